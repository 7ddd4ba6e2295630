"""What was read from an exhibit of a finished pack, in a few words."""

from dataclasses import dataclass

from api.form.words import PageWords
from evidence_packer.report.exhibit_shape import ReportExhibit

_SHARPNESS = {"sharp": "good", "soft": "warn", "blurred": "bad", "no_content": "warn"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExhibitChip:
    """A few words, and whether they are good or bad."""

    text: str
    tone: str


def chips(words: PageWords, exhibit: ReportExhibit) -> list[ExhibitChip]:
    """Those of one exhibit of the report."""
    facts = exhibit.facts
    verdict = facts.sharpness.verdict
    found = [(f"form.chip.{verdict}", _SHARPNESS[verdict])]
    if facts.timestamps:
        found.append(("form.chip.time", "good"))
    if any(seen.matches for seen in facts.order_ids):
        found.append(("form.chip.order", "good"))
    if any(not seen.matches for seen in facts.order_ids):
        found.append(("form.chip.foreign", "bad"))
    if any(seen.matches for seen in facts.tracking_numbers):
        found.append(("form.chip.tracking", "good"))
    return [ExhibitChip(text=words.catalog.text(key), tone=tone) for key, tone in found]
