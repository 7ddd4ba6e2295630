"""Word lists as data: what a letter must not say, and what pages say in each language."""

from typing import Literal

from casefile.fields.base import Words

WordingClass = Literal[
    "emotion", "urgency", "blame", "accusation", "vague_time", "vague_cause", "bare_denial", "threat",
    "review_manipulation", "off_platform", "insider", "empty_opening", "template_residue", "other_platform", "personal_data",
]  # fmt: skip


class WordingEntry(Words):
    """One wording to avoid: a literal term or a pattern (``re``, ignoring case), and how to say it instead."""

    id: str
    wording_class: WordingClass
    terms: tuple[str, ...] = ()
    pattern: str | None = None
    severity: Literal["blocker", "warning", "advice"] = "warning"
    letters: tuple[str, ...] = ("*",)
    """Letter kinds it applies to; ``*`` is every kind."""
    not_letters: tuple[str, ...] = ()
    """Letter kinds that may, or must, say it: a counter-notice carries the sender's address and telephone number."""
    sites: tuple[str, ...] = ()
    """Sites it applies on; empty: all."""
    unless_kinds: tuple[str, ...] = ()
    """Kinds of evidence that make the wording true, so that it may stand."""
    unless_files: bool = False
    """Whether it may stand where the text names files of its own."""
    rewrite: dict[str, str]
    rules: tuple[str, ...] = ()


class Wording(Words):
    """``locales/<language>/wording.toml``."""

    entries: tuple[WordingEntry, ...] = ()


class StatusWords(Words):
    """What pages of this language write for one status; ``not_words`` undo it ("not delivered")."""

    status: str
    words: tuple[str, ...]
    not_words: tuple[str, ...] = ()


class KindWords(Words):
    """Words that hint at a kind of evidence, each with its weight."""

    kind: str
    words: dict[str, float]


class DateWords(Words):
    """``[calendar]`` of ``reading.toml``: words by which pages of this language write days and times, and those that deny one."""

    months: dict[str, tuple[str, ...]] = {}
    """Number → names in every case and abbreviation (Unicode CLDR, and what pages write besides)."""
    ordinary: tuple[str, ...] = ()
    """Names of months that are ordinary words of some language: they count only with a year or a time."""
    capital: tuple[str, ...] = ()
    """Names of months that are ordinary words unless they begin with a capital."""
    weekdays: tuple[tuple[str, ...], ...] = ()
    """From Monday to Sunday."""
    am: tuple[str, ...] = ()
    pm: tuple[str, ...] = ()
    noon: tuple[str, ...] = ()
    """Around midday: 11 is before noon, 1 is after it."""
    night: tuple[str, ...] = ()
    """Late evening and small hours: 11 is before midnight, 1 is after it, 12 is left open."""
    links: tuple[str, ...] = ()
    """Between day, month and year."""
    before_time: tuple[str, ...] = ()
    after_time: tuple[str, ...] = ()
    before_date: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    """Between the two ends of a span."""
    numbers: tuple[str, ...] = ()
    """Words before a number that is no date: a version, a size, a lot."""
    units: tuple[str, ...] = ()
    """Words behind a number that is no date: goods, measures, money."""


class ReadingWords(Words):
    """``locales/<language>/reading.toml``: how pages of this language write dates, statuses and kinds of evidence."""

    calendar: DateWords = DateWords()
    statuses: tuple[StatusWords, ...] = ()
    kinds: tuple[KindWords, ...] = ()
    file_names: dict[str, tuple[str, ...]] = {}
    """Kind → words by which people name such a file."""
    refusals: tuple[str, ...] = ()
    """Words by which a sentence says that something is refused or missing."""
    negations: tuple[str, ...] = ()
    """Words that deny what stands beside them."""
    courtesies: tuple[str, ...] = ()
    """Words of sentences around a refusal that give no reason."""
    delivery_places: dict[str, tuple[str, ...]] = {}
    """``locker``, ``neighbour``, ``reception``, ``po_box`` → the words for it."""
    headings: tuple[str, ...] = ()
    """What heads a part of a page and names nobody: "Logistics", "Country"."""
    unnamed_signers: tuple[str, ...] = ()
    """What stands where a signature names nobody (resident, 本人)."""
    common: tuple[str, ...] = ()
    """Words that any page of the language has: by them it is told from others."""
    fees: tuple[str, ...] = ()
    """What a platform takes off the seller's money: a total below it is no buyer's."""
    chats: dict[str, tuple[str, ...]] = {}
    """Chat program, or ``on_platform``, → what only its pages write."""
    speakers: dict[str, tuple[str, ...]] = {}
    """``buyer``, ``seller`` → how message pages call them."""
    talk: dict[str, tuple[str, ...]] = {}
    """What stands around messages: headers of mails (``from`` …), ``wrote``, ``forwarded``, ``furniture``, ``read_marks``."""
    intents: dict[str, tuple[str, ...]] = {}
    """What writers of messages intend, and what undoes it: see ``understand/talk/intents.py``."""
    refunds: dict[str, tuple[str, ...]] = {}
    """How far refunds came, and what undoes it: see ``understand/interpreters/refunds.py``."""
    currencies: dict[str, str] = {}
    """Words for money behind an amount (円) → currency code."""
    fields: dict[str, tuple[str, ...]] = {}
    """Name in ``FieldName`` → its labels on order pages, the plainest first; ``other``: labels of anything else;
    ``delivered_to``: of a place; ``some_address``: of an address that need not be the buyer's."""


class MailWords(Words):
    """``locales/<language>/mail.toml``: how platforms' mails of this language speak of the matter.

    Plain lists are labels that stand before a fact; ``procedures`` and ``reasons`` are words that hint at one;
    ``within`` is a pattern with the groups ``n`` and ``unit`` for "within 48 hours"; ``hours`` and ``business`` are parts of the
    words for such units. ``metrics``: name in ``Metric`` → words for it; ``target`` and ``affected`` stand before its figures.
    ``listed``: words behind which a sentence lists what is asked for. A date right behind a word of ``by``, or right before one of
    ``until``, is a deadline in a line that asks for something (``asks``). ``claims`` and ``returns`` with a word for a number
    (``ids``) make the label of a claim's number, ``claims`` with a word for a date (``dates``) that of its beginning. ``sender``:
    headers before who wrote. ``refund_only`` and ``return_refund``: what a return or refund request is called by what it asks.
    """

    order_id: tuple[str, ...]
    claim_id: tuple[str, ...]
    deadline: tuple[str, ...]
    opened: tuple[str, ...]
    sent: tuple[str, ...]
    by: tuple[str, ...] = ()
    until: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    sender: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    returns: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    amount: tuple[str, ...]
    required: tuple[str, ...]
    said: tuple[str, ...]
    within: str
    hours: tuple[str, ...]
    business: tuple[str, ...]
    target: tuple[str, ...]
    affected: tuple[str, ...]
    listed: tuple[str, ...]
    refund_only: tuple[str, ...] = ()
    return_refund: tuple[str, ...] = ()
    metrics: dict[str, tuple[str, ...]]
    procedures: dict[str, tuple[str, ...]]
    reasons: dict[str, tuple[str, ...]]
