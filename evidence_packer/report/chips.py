"""What was read from an exhibit, as small labels of a sign and a word: never by colour alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from casefile.wording import Catalog
from evidence_packer.judge.check import EXPECTS_ORDER_ID, EXPECTS_TIME, EXPECTS_TRACKING_NUMBER
from evidence_packer.report.exhibit_shape import OrderIdFacts, ReportExhibit, TimestampFacts, TrackingNumberFacts

Tone = Literal["good", "watch", "bad", "none"]
_SIGNS: dict[Tone, str] = {"good": "✓", "watch": "!", "bad": "×", "none": "–"}
_SHARPNESS: dict[str, Tone] = {"sharp": "good", "soft": "watch", "blurred": "bad", "no_content": "none"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A label: ``tone`` styles it, ``sign`` says the same without colour."""

    tone: Tone
    text: str

    @property
    def sign(self) -> str:
        """Tick, exclamation mark, cross or dash."""
        return _SIGNS[self.tone]


def _number(seen: Sequence[OrderIdFacts | TrackingNumberFacts], *, expected: bool, catalog: Catalog) -> Chip:
    own = next((item for item in seen if item.matches), None)
    if own:
        return Chip(tone="good", text=catalog.text("report.chip.own"))
    if seen:
        return Chip(tone="watch", text=seen[0].value)
    if expected:
        return Chip(tone="bad", text=catalog.text("report.chip.not_read"))
    return Chip(tone="none", text=catalog.text("report.chip.not_expected"))


def _time(seen: Sequence[TimestampFacts], *, expected: bool, catalog: Catalog) -> Chip:
    clear = next((item for item in seen if not item.ambiguous), None)
    if clear:
        return Chip(tone="good", text=clear.text)
    if seen:
        return Chip(tone="watch", text=seen[0].text)
    if expected:
        return Chip(tone="bad", text=catalog.text("report.chip.not_read"))
    return Chip(tone="none", text=catalog.text("report.chip.not_expected"))


def exhibit_chips(exhibit: ReportExhibit, catalog: Catalog) -> dict[str, Chip]:
    """Labels for sharpness, time, order number and tracking number of one exhibit of the report."""
    facts, kind = exhibit.facts, exhibit.kind
    verdict = facts.sharpness.verdict
    orders, parcels = facts.order_ids, facts.tracking_numbers
    return {
        "sharpness": Chip(tone=_SHARPNESS[verdict], text=catalog.text(f"report.sharp.{verdict}")),
        "time": _time(facts.timestamps, expected=kind in EXPECTS_TIME, catalog=catalog),
        "order": _number(orders, expected=kind in EXPECTS_ORDER_ID, catalog=catalog),
        "tracking": _number(parcels, expected=kind in EXPECTS_TRACKING_NUMBER, catalog=catalog),
    }
