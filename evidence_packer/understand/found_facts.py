"""What interpreters find: fields of ``FileFacts`` by their names, each with its type.

An interpreter gives some of them, and reads those that others gave before it.
"""

from typing import TypedDict

from casefile.facts import (
    AmountSeen,
    DeliveryPlaceSeen,
    DetailSeen,
    EventSeen,
    FieldSeen,
    MessageSeen,
    OrderIdSeen,
    PageContext,
    PlaceSeen,
    StatusSeen,
    TimestampSeen,
    TrackingNumberSeen,
)
from casefile.fields.files import Kind
from casefile.personal_facts import LeakSeen, MaskedSeen, PrivateSeen
from casefile.statement import Fate, QuoteSeen, Statement


class FoundFacts(TypedDict, total=False):
    """Fields of ``FileFacts`` that are interpreted, of one file; ``FileFacts`` says what each means."""

    kind: Kind
    kind_proposed: bool
    kind_reason: str | None
    kind_words: tuple[str, ...]
    kind_seen: Kind | None
    order_ids: tuple[OrderIdSeen, ...]
    tracking_numbers: tuple[TrackingNumberSeen, ...]
    timestamps: tuple[TimestampSeen, ...]
    statuses: tuple[StatusSeen, ...]
    places: tuple[PlaceSeen, ...]
    amounts: tuple[AmountSeen, ...]
    fields: tuple[FieldSeen, ...]
    unsettled: tuple[FieldSeen, ...]
    details: tuple[DetailSeen, ...]
    private_data: tuple[PrivateSeen, ...]
    masked_numbers: tuple[MaskedSeen, ...]
    redactions: int
    events: tuple[EventSeen, ...]
    messages: tuple[MessageSeen, ...]
    quotes: tuple[QuoteSeen, ...]
    delivery_places: tuple[DeliveryPlaceSeen, ...]
    states: tuple[Statement, ...]
    fates: tuple[Fate, ...]
    refunds: tuple[Statement, ...]
    said: tuple[Statement, ...]
    leaks: tuple[LeakSeen, ...]
    context: PageContext
