"""What a made page really says: the truth that reading is measured against."""

from dataclasses import dataclass, field

from benchmarks.meaning.sheet import Sheet

AT_HOME = frozenset({"recipient", "household", "safe_place", "mailbox", "reception", "unknown"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What became of one parcel. ``right``: every (state, to) that a careful person would accept; the first is the plainest."""

    number: str | None
    right: tuple[tuple[str, str | None], ...]

    @property
    def state(self) -> str:
        return self.right[0][0]

    @property
    def at_home(self) -> bool:
        """Whether the parcel reached the buyer's own address."""
        return any(state == "delivered" and (to or "unknown") in AT_HOME for state, to in self.right)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One message. ``sort``: the list its words come from; ``intents``: what it means to say."""

    author: str
    text: str
    sort: str
    intents: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """Everything a page says. ``dates``: (day, minute or None) that have to be read; ``also``: such as may be read."""

    fates: tuple[Fate, ...] = ()
    dates: frozenset[tuple[str, str | None]] = frozenset()
    also: frozenset[tuple[str, str | None]] = frozenset()
    told: tuple[Told, ...] = ()
    refunds: tuple[tuple[str, str], ...] = ()
    refund_page: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page with its case and its truth. ``kind`` is declared in the case on every second page."""

    name: str
    language: str
    layout: str
    kind: str
    declared: bool
    platform: str
    site: str
    order: str
    placed_at: str
    parcels: tuple[tuple[str, str], ...]
    buyer: str
    seller: str
    sheet: Sheet
    truth: Truth = field(default_factory=Truth)
