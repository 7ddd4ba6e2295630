"""What an exhibit is called where nobody gave it a caption: its kind, what it is about and its date, as its page says. Pure.

Only what a page states enters: the case's own number where it was read there, a delivery that the page asserts, the times of its
messages, its day where it prints but one.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from babel import Locale

from casefile import text_folding
from casefile.carrier import Carrier
from casefile.facts import FileFacts
from casefile.fields.base import any_text
from casefile.fields.files import Kind
from casefile.local_days import period
from casefile.statement import Span, Statement
from casefile.wording import Catalog

_OF_A_PARCEL: frozenset[Kind] = frozenset(
    {"tracking", "proof_of_delivery", "dispatch", "carrier_statement", "reshipment_proof"}
)
_TELLS_DELIVERY: frozenset[Kind] = frozenset({"tracking", "proof_of_delivery"})
_BY_CARRIER: Mapping[Kind, str] = {
    "tracking": "caption.tracking",
    "proof_of_delivery": "caption.proof_of_delivery",
    "dispatch": "caption.label",
}
_HEAD, _TAIL, _LONG = 2, 4, 12
"""Signs of a number that are shown at either end where it has more than that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExhibitName:
    """What is known of an exhibit: the carrier by its file's name, a parcel's number, whether it was delivered, its days.

    ``label``: it bears the number as a bar code, as what is stuck to a parcel does.
    """

    kind: Kind
    carrier: str | None = None
    number: str | None = None
    delivered: bool = False
    label: bool = False
    first: dt.date | None = None
    last: dt.date | None = None


def name_of(facts: FileFacts, denied: frozenset[Span] = frozenset()) -> ExhibitName:
    """The name of a file by what it says; what was ``denied`` on the finished page is not said."""
    own = {text_folding.number(seen.value): seen for seen in reversed(facts.tracking_numbers) if seen.matches}
    only = next(iter(own.values())) if len(own) == 1 and facts.kind in _OF_A_PARCEL else None
    number = text_folding.strict_number(only.value) if only else None
    handed_over = _delivery(facts, number, denied) if facts.kind in _TELLS_DELIVERY else None
    days = (handed_over, handed_over) if handed_over else _days(facts)
    return ExhibitName(
        kind=facts.kind, carrier=only.carrier if only else None, number=number, delivered=handed_over is not None,
        label=facts.kind == "dispatch" and number in {text_folding.strict_number(code.text) for _, code in facts.barcodes},
        first=days[0], last=days[1],
    )  # fmt: skip


def _delivery(facts: FileFacts, number: str | None, denied: frozenset[Span]) -> dt.date | None:
    """The day on which the page says that this parcel, or its only one, was delivered."""
    told = [
        fate.decided_by
        for fate in facts.fates
        if fate.state == "delivered"
        and not fate.unclear
        and (fate.of is None or (number and text_folding.number(fate.of) == text_folding.number(number)))
        and _stands(fate.decided_by, denied)
    ]
    days = {found for one in told if (found := _day(one.at))}
    return days.pop() if len(days) == 1 and len(facts.fates) == 1 else None


def _stands(statement: Statement, denied: frozenset[Span]) -> bool:
    return statement.asserts and not {statement.span, *statement.near} & denied


def _days(facts: FileFacts) -> tuple[dt.date | None, dt.date | None]:
    """First and last day of its messages; else the only day that the pages print, the clock of the screen aside."""
    if facts.kind in {"messages", "buyer_confirmation"}:
        days = sorted(found for message in facts.messages if (found := _day(message.at)))
        if days:
            return days[0], days[-1]
    printed = [seen for seen in facts.timestamps if not seen.desktop_clock]
    several = {_day(seen.at) for seen in printed}
    only = several.pop() if len(several) == 1 and not any(seen.ambiguous for seen in printed) else None
    return only, only


def _day(at: str | None) -> dt.date | None:
    return dt.datetime.fromisoformat(at).date() if at else None


def named(name: ExhibitName, carriers: Mapping[str, Carrier], catalog: Catalog, locale: Locale) -> str:
    """The name in a language: ``UPS tracking 1Z…6784, delivered 2 Nov 2026``."""
    what = catalog.text(f"kind.{name.kind}")
    carrier = carriers.get(name.carrier) if name.carrier else None
    if name.number:
        number = _shortened(name.number)
        key = _BY_CARRIER.get(name.kind) if name.kind != "dispatch" or name.label else None
        called = any_text(dict(carrier.name), catalog.language, "en") if carrier else None
        if key and called:
            what = catalog.text(key, carrier=called, number=number)
        else:
            what = catalog.text("caption.about", what=what, number=number)
    if not name.first or not name.last:
        return what
    when = period(name.first, name.last, locale)
    return catalog.text("caption.delivered" if name.delivered else "caption.dated", what=what, date=when)


def dated(what: str, first: dt.date, last: dt.date, catalog: Catalog, locale: Locale) -> str:
    """Anything with its day or days."""
    return catalog.text("caption.dated", what=what, date=period(first, last, locale))


def _shortened(number: str) -> str:
    return f"{number[:_HEAD]}…{number[-_TAIL:]}" if len(number) > _LONG else number
