"""What a reading means for one case: ids that match, times, status words, the kind of evidence. Derived, never cached."""

from dataclasses import dataclass
from typing import Literal, Protocol, Self

from casefile.fields.files import Box, Kind
from casefile.personal_facts import LeakSeen, MaskedSeen, PrivateSeen
from casefile.reading import Barcode, Exif, Flaw, Receipt, Sharpness, Thumbprint, Unread
from casefile.statement import Fate, Intent, QuoteSeen, Statement

Status = Literal[
    "delivered", "in_transit", "out_for_delivery", "label_created", "accepted", "exception", "returned", "lost",
    "refunded", "signed", "passed"]  # fmt: skip
"""What a carrier's or platform's page says happened."""


FieldName = Literal[
    "order_id", "order_date", "total", "item", "recipient", "address", "buyer", "seller", "shipped_at", "ship_by", "refund",
    "refund_date", "signer", "tracking_number"]  # fmt: skip
"""A datum that a page states under a label."""


class _Placed(Protocol):
    """Anything seen at a place of a page."""

    @property
    def page(self) -> int: ...
    @property
    def box(self) -> Box: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place of a file: its page, and the box in which something was read (``None``: anywhere on the page)."""

    page: int
    box: Box | None = None

    @classmethod
    def of(cls, seen: _Placed) -> Self:
        """Where something was seen."""
        return cls(page=seen.page, box=seen.box)

    @property
    def tall(self) -> float:
        """How tall the box is, from 0 to 1."""
        return self.box[3] - self.box[1] if self.box else 0.0

    @property
    def height(self) -> float:
        """The middle of the box, from 0 (top) to 1."""
        return (self.box[1] + self.box[3]) / 2 if self.box else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderIdSeen:
    """An order id of a file: the case's own (``matches``), one sign off (``near``), or only ``alike`` though surely read."""

    value: str
    matches: bool
    box: Box
    page: int
    score: float = 1.0
    near: str | None = None
    alike: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackingNumberSeen:
    """A tracking number read in a file; ``valid`` is ``None`` where its carrier publishes no check digit, the rest as above."""

    value: str
    matches: bool
    carrier: str | None
    valid: bool | None
    box: Box
    page: int
    score: float = 1.0
    near: str | None = None
    alike: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TimestampSeen:
    """A date, with or without a time, as written (``text``) and as understood.

    ``at`` is ISO 8601 (a date, a local time, or a time with offset) or ``None`` when the text is ambiguous in a way that
    matters. ``zone`` says where the offset came from; ``zone_asked`` is a zone word with several meanings (``CST``).
    ``desktop_clock``: the clock of the screen, so the time of the screenshot. ``meanings``: what an ambiguous one can mean, the
    likeliest first; ``at`` is then a guess.
    """

    text: str
    at: str | None
    ambiguous: bool
    box: Box
    page: int
    has_time: bool = False
    zone: Literal["page", "site", "none"] = "none"
    zone_asked: str | None = None
    desktop_clock: bool = False
    meanings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusSeen:
    """A status word such as "Delivered" or 已签收."""

    text: str
    status: Status
    box: Box
    page: int


Detail = Literal["buyer", "listing", "policy", "paper", "serial", "weight", "charge", "goods"]
"""The buyer's own account, address or device; words of the listing or a policy; the number of a paper, of an item, of another
charge; the weight of a parcel that came back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailSeen:
    """A detail that the case states (``text``), read in a file."""

    what: Detail
    text: str
    box: Box
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceSeen:
    """An address part of the case (postcode, city, house number) found, or another postcode where ours should be."""

    text: str
    part: Literal["postal_code", "city", "street", "house_number", "name"]
    matches: bool
    box: Box
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountSeen:
    """A money amount with its currency code, where the page states one."""

    text: str
    amount: str
    currency: str | None
    matches: bool
    box: Box
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSeen:
    """What a page states under a label. ``value``: a date or time in ISO 8601, a decimal amount, or the words themselves.

    ``currency`` of amounts is ``None`` where the sign means several; ``meanings`` of a date only in ``unsettled``, as printed.
    """

    name: FieldName
    value: str
    box: Box
    page: int
    currency: str | None = None
    meanings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EventSeen:
    """A status with the time beside it, ``at`` as a timestamp understands it, and the place that the page names with it."""

    status: Status
    at: str
    box: Box
    page: int
    place: str | None = None


Channel = Literal["on_platform", "email", "chat_app", "unknown"]
"""How a message went: on the platform's page or through its relay, by mail, in a program for chats."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSeen:
    """A message: who wrote it, by name, role or side of the page, as far as the page says; its words; what they intend.

    ``at`` is ``None`` where the page prints no time with it.
    """

    who: Literal["buyer", "seller", "platform", "unknown"]
    name: str | None
    at: str | None
    box: Box
    page: int
    text: str = ""
    intents: tuple[Intent, ...] = ()
    channel: Channel = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryPlaceSeen:
    """``locker``, ``neighbour``, ``reception`` or ``po_box``, as the page says it."""

    what: str
    text: str
    box: Box
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedText:
    """A line of text as read."""

    text: str
    box: Box
    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PageContext:
    """Where a screenshot comes from: hosts in the address bar, device by its proportions, chat program by its words."""

    hosts: tuple[str, ...] = ()
    device: Literal["desktop", "phone", "unknown"] = "unknown"
    chat: Literal["on_platform", "wechat", "qq", "whatsapp", "telegram", "line", "none"] = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    """Everything one file says about the case. ``pages`` lists (width, height) in pixels of each page of the file."""

    file: str
    sha256: str
    kind: Kind = "other"
    kind_proposed: bool = False
    kind_reason: str | None = None
    kind_words: tuple[str, ...] = ()
    kind_seen: Kind | None = None
    media_type: str = ""
    bytes: int = 0
    pages: tuple[tuple[int, int], ...] = ()
    sharpness: tuple[Sharpness, ...] = ()
    flaws: tuple[tuple[int, Flaw], ...] = ()
    """Page and flaw of a picture's making."""
    text_height_px: float | None = None
    rows: tuple[tuple[tuple[float, float], ...], ...] = ()
    """Per page, top and bottom (0 to 1) of every line of text: where a long page may not be cut."""
    has_text: bool = False
    has_text_layer: bool = False
    order_ids: tuple[OrderIdSeen, ...] = ()
    tracking_numbers: tuple[TrackingNumberSeen, ...] = ()
    timestamps: tuple[TimestampSeen, ...] = ()
    statuses: tuple[StatusSeen, ...] = ()
    places: tuple[PlaceSeen, ...] = ()
    amounts: tuple[AmountSeen, ...] = ()
    fields: tuple[FieldSeen, ...] = ()
    unsettled: tuple[FieldSeen, ...] = ()
    details: tuple[DetailSeen, ...] = ()
    barcodes: tuple[tuple[int, Barcode], ...] = ()
    private_data: tuple[PrivateSeen, ...] = ()
    masked_numbers: tuple[MaskedSeen, ...] = ()
    redactions: int = 0
    events: tuple[EventSeen, ...] = ()
    messages: tuple[MessageSeen, ...] = ()
    quotes: tuple[QuoteSeen, ...] = ()
    """What of the case's quoted words is read in it."""
    delivery_places: tuple[DeliveryPlaceSeen, ...] = ()
    states: tuple[Statement, ...] = ()
    """What it says of parcels, silent voices included: only those that assert may prove anything."""
    fates: tuple[Fate, ...] = ()
    """What it says became of each parcel."""
    refunds: tuple[Statement, ...] = ()
    """What it says of refunds."""
    said: tuple[Statement, ...] = ()
    """What the messages on it intend; ``value`` is who wrote."""
    leaks: tuple[LeakSeen, ...] = ()
    context: PageContext = PageContext()
    exif: Exif = Exif()
    perceptual_hashes: tuple[int, ...] = ()
    texts: tuple[PlacedText, ...] = ()
    thumbprint: Thumbprint = b""
    unread: tuple[tuple[int, Unread], ...] = ()
    """Page and why it was not read, or only in part."""
    receipts: tuple[tuple[int, Receipt], ...] = ()
    """Per page, how far it was read."""
    covered: tuple[tuple[int, Box], ...] = ()
    covered_words: tuple[tuple[int, str], ...] = ()
    """Page and place of text that nobody can see and that was taken away; page and what it said."""
    changes: tuple[str, ...] = ()

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Everything that the file says."""
        return (*self.states, *self.refunds, *self.said)

    def stated(self, name: FieldName) -> FieldSeen | None:
        """What the file states first under the labels of ``name``."""
        return next((seen for seen in self.fields if seen.name == name), None)
