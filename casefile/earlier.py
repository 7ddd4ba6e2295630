"""What is remembered of earlier cases of one tenant: enough to tell a repeat from a new case, nothing of the evidence itself.

Ids are kept as written; the buyer and the files as SHA-256; the letter as hashes of its word groups, so that two letters can
be compared without keeping either.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from casefile.case import Case

_GROUP = 4
"""Words in one group: long enough that common phrases do not make two letters alike."""


def word_groups(text: str) -> frozenset[int]:
    """Hashes of every four words in a row (hanzi count as words), numbers and ids left out.

    What differs between two orders by its nature, dates, amounts and ids, must not make a template look new.
    """
    words = re.findall(r"[^\W\d_]+|[\u3040-\u30ff\u4e00-\u9fff]", re.sub(r"\S*\d\S*", " ", text.lower()))
    groups = (" ".join(words[place : place + _GROUP]) for place in range(len(words) - _GROUP + 1))
    return frozenset(int.from_bytes(hashlib.blake2b(g.encode(), digest_size=6).digest()) for g in groups)


def similarity(first: frozenset[int], second: frozenset[int]) -> float:
    """Share of the smaller letter's word groups that the other has too, 0 to 1."""
    smaller = min(len(first), len(second))
    return len(first & second) / smaller if smaller else 0.0


def buyer_mark(case: Case) -> str | None:
    """A hash that tells one buyer of a case from another, or ``None`` where the case names none."""
    buyer = case.buyer
    known = (buyer.account_id or buyer.username or buyer.email or buyer.name) if buyer else None
    return hashlib.sha256(f"{case.platform} {known.strip().lower()}".encode()).hexdigest() if known else None


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierCase:
    """One earlier case. ``order_ids`` and ``tracking_numbers`` are as written; ``files`` are SHA-256 of its evidence."""

    pack_id: str
    platform: str
    procedure: str
    reason: str | None = None
    subject: str | None = None
    store: str | None = None
    order_ids: tuple[str, ...] = ()
    tracking_numbers: tuple[str, ...] = ()
    buyer: str | None = None
    files: tuple[str, ...] = ()
    letter: frozenset[int] = frozenset()
    submitted_at: dt.datetime | None = None
    outcome: Literal["won", "lost", "withdrawn"] | None = None
    outcome_at: dt.datetime | None = None
    draft: str | None = None
    """The draft of the form that it was made of."""


def nearest(letter: frozenset[int], earlier: Iterable[EarlierCase]) -> tuple[float, EarlierCase] | None:
    """The earlier letter that is most alike, with its similarity."""
    rated = [(similarity(letter, one.letter), one.pack_id, one) for one in earlier if one.letter]
    best = max(rated, key=lambda row: (row[0], row[1]), default=None)
    return (best[0], best[2]) if best else None
