"""What the letter does not say yet: a grey line in the letter, in place of each sentence that its reason asks for."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.form.own_words import Box
from api.form.words import PageWords
from casefile.procedure import Procedure
from evidence_packer.report.shape import ReportCoverage
from jobs.case_work.kinds.live_preview import Preview

_OPEN = ("missing", "attached", "contradicted")
_CONCLUSION = '<section class="last">'


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterGap:
    """A sentence that is missing; ``required``: nothing is won without it. ``to`` is where it is mended."""

    tone: str
    text: str
    required: bool
    to: str


def letter_gaps(procedure: Procedure, seen: Preview, words: PageWords) -> tuple[LetterGap, ...]:
    """The gaps of a letter, those without which nothing is won first."""
    needed = {rule.proposition: rule.required for rule in procedure.needed(seen.case) if not rule.optional}
    rows = [row for row in seen.report.coverage if row.proposition in needed and row.status in _OPEN]
    found = [
        LetterGap(
            tone="bad" if row.status == "contradicted" else "", text=_text(row, words),
            required=needed[row.proposition], to="#h-slots" if row.status == "missing" else _file(row),
        )
        for row in rows
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda gap: not gap.required))


def _file(row: ReportCoverage) -> str:
    return f"#exhibit-{row.exhibits[0].number}" if row.exhibits else "#h-files"


def _text(row: ReportCoverage, words: PageWords) -> str:
    """What should stand there, and why it does not."""
    text = words.catalog.text
    numbers = dict.fromkeys(one.number for one in row.exhibits)
    exhibits = text("form.list_comma").join(text("form.exhibit", number=number) for number in numbers)
    kinds = text("form.list_or").join(text(f"kind.{kind}") for kind in row.needs[:3])
    state = row.status if row.status == "missing" or exhibits else "missing"
    return text(f"letter_gap.{state}", what=row.statement, exhibits=exhibits, kinds=kinds)


def at_conclusion(pieces: Sequence[tuple[str, Box | None]]) -> tuple[tuple[tuple[str, Box | None], ...], ...]:
    """The pieces before the conclusion, where the gaps stand, and those from it on; of a letter without one all stand before."""
    for number, (html, one) in enumerate(pieces):
        if (place := html.find(_CONCLUSION)) >= 0:
            return (*pieces[:number], (html[:place], None)), ((html[place:], one), *pieces[number + 1 :])
    return tuple(pieces), ()
