"""What pages of one language write about parcels, as data: states, what undoes them, and to whom a parcel came.

A line is understood word by word: that keeps "Delivered to local carrier" and "Notify me when delivered" apart from a delivery
without a list of all sentences that pages may write.
"""

from typing import Literal

from casefile.fields.base import Words
from casefile.sources import SourceId
from casefile.statement import ParcelState, Recipient

Undone = Literal["not", "later", "if", "asks", "said", "measure", "menu", "doubt", "why"]
"""Why a state is no fact: denied; still to come, or promised; under a condition; asked; told by somebody; a figure or a
statistic; a control or a list of the page; mistaken, partial or of another thing; a reason, which only a state of harm may have."""


class ParcelWords(Words):
    """``locales/<language>/parcels.toml``. Spelling: accents, case, spaces, hyphens and apostrophes make no difference.

    Of several words that begin at one place of a line the longest counts, so that "signature not required" in ``plain`` takes
    the "not" out of it.
    """

    commas: bool = False
    """Whether a comma ends a sentence as far as ``undone`` goes (Chinese, Japanese)."""
    nouns: bool = False
    """Whether every noun has a capital, so that a capital makes no name (German)."""
    states: dict[ParcelState | Literal["signed"], tuple[str, ...]] = {}
    weak: tuple[str, ...] = ()
    """Words among ``states.delivered`` that say so only where the buyer or somebody at the address is named ("left with")."""
    labels: dict[ParcelState | Literal["signed"], tuple[str, ...]] = {}
    """Labels of a state's moment, or of a signer ("Delivered on"): they say something only with their value."""
    undone: dict[Undone, tuple[str, ...]] = {}
    """Words that undo a state in their sentence."""
    against: tuple[str, ...] = ()
    """Words that undo a delivery wherever in the line they stand."""
    to: dict[Recipient, tuple[str, ...]] = {}
    foretold: tuple[str, ...] = ()
    """Words beside a day that is only expected or promised: nothing happened on it."""
    collected: tuple[str, ...] = ()
    """That the recipient took it from where it was left."""
    waiting: tuple[str, ...] = ()
    """That it still waits to be taken."""
    toward: tuple[str, ...] = ()
    """Words before whom it came to: before a carrier's name they say that the carrier has it."""
    by: tuple[str, ...] = ()
    """Words before who did it, or whence it came."""
    until: tuple[str, ...] = ()
    """Words that make a deadline of the day or hour behind them."""
    of: tuple[str, ...] = ()
    """Words between two numbers that make a part of the first ("2 of 3")."""
    days: tuple[str, ...] = ()
    """Names of days and months, short forms included, beside those of ``reading.toml``."""
    near: tuple[str, ...] = ()
    """Words before a place or a name."""
    title: tuple[str, ...] = ()
    """How people are called before their name ("Frau Schulz")."""
    surname: tuple[str, ...] = ()
    """Signs with which a person's name begins behind a word of ``by`` (由张三签收)."""
    district: tuple[str, ...] = ()
    """Signs in which the name of a town or a district ends, in scripts without spaces (市, 区)."""
    plain: tuple[str, ...] = ()
    """Words that change nothing. What is none of all these words makes a line uncertain."""
    unsigned: tuple[str, ...] = ()
    """What stands in the place of a signer where nobody signed ("Driver release, no signature required")."""
    brands: tuple[str, ...] = ()
    """Carriers that have no file of their own; they count in every language."""
    lines: dict[str, tuple[str, ...]] = {}
    """Examples: a state, or ``state/recipient``, or ``silent`` → lines that say it; one test reads them all."""


class CarrierStates(Words):
    """What a carrier or platform writes for one state in its own words."""

    state: ParcelState
    language: str = "en"
    words: tuple[str, ...]
    source: SourceId
