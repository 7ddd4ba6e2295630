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


class ReadingWords(Words):
    """``locales/<language>/reading.toml``: how pages of this language write months, half-days and statuses."""

    months: dict[str, tuple[str, ...]] = {}
    weekdays: tuple[str, ...] = ()
    am: tuple[str, ...] = ()
    pm: tuple[str, ...] = ()
    date_patterns: tuple[str, ...] = ()
    buddhist_years: bool = False
    statuses: tuple[StatusWords, ...] = ()
    kinds: tuple[KindWords, ...] = ()
    refusals: tuple[str, ...] = ()
    """Words by which a sentence says that something is refused or missing."""
    negations: tuple[str, ...] = ()
    """Words that deny what stands beside them."""
    courtesies: tuple[str, ...] = ()
    """Words of sentences around a refusal that give no reason."""
    delivery_places: dict[str, tuple[str, ...]] = {}
    """``locker``, ``neighbour``, ``reception``, ``po_box`` → the words for it."""
    unnamed_signers: tuple[str, ...] = ()
    """What stands where a signature names nobody (resident, 本人)."""
    chats: dict[str, tuple[str, ...]] = {}
    """Chat program, or ``on_platform``, → what only its pages write."""
    speakers: dict[str, tuple[str, ...]] = {}
    """``buyer``, ``seller`` → how message pages call them."""
    currencies: dict[str, str] = {}
    """Words for money behind an amount (円) → currency code."""
    fields: dict[str, tuple[str, ...]] = {}
    """Name in ``FieldName`` → its labels on order pages, the plainest first; ``other``: labels of anything else;
    ``delivered_to``: of a place; ``some_address``: of an address that need not be the buyer's."""


class MailWords(Words):
    """``locales/<language>/mail.toml``: how platforms' mails of this language speak of the matter.

    Plain lists are labels that stand before a fact; ``procedures`` and ``reasons`` are words that hint at one;
    ``within`` is a pattern with the groups ``n`` and ``unit`` for "within 48 hours".
    """

    order_id: tuple[str, ...]
    claim_id: tuple[str, ...]
    deadline: tuple[str, ...]
    opened: tuple[str, ...]
    sent: tuple[str, ...]
    amount: tuple[str, ...]
    required: tuple[str, ...]
    said: tuple[str, ...]
    within: str
    procedures: dict[str, tuple[str, ...]]
    reasons: dict[str, tuple[str, ...]]
