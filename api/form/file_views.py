"""The list of files while a case is typed: each with its picture, its signs at a glance, and what to do about it."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.form.covers import as_typed
from api.form.drafting import FormDraft
from api.form.typed import Row
from api.form.words import PageWords
from casefile.citation import BundlePlan
from casefile.fields.files import Box
from evidence_packer.judge.known_checks import kind_of
from evidence_packer.report.shape import ReportFinding
from jobs.case_work.kinds.live_preview import KnownFile, Preview
from jobs.case_work.steps.signs import FileSign
from jobs.records.reading_cache import KeptLook

TONES = {"blocker": "bad", "warning": "warn", "advice": "note"}
"""Severity of a finding and its look."""
_WORST = ("bad", "warn", "good")
_AROUND = 0.003
"""How much more than the words themselves is covered, on each side."""
_SAID_BY_THE_ROW = "proposed_kind"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignView:
    """A sign in words, and where it was read."""

    tone: str
    label: str
    page: int | None
    box: Box | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HintView:
    """What is wrong with a file and what to do, with the place that it is about."""

    tone: str
    title: str
    hint: str
    page: int | None = None
    box: Box | None = None
    cover: str = ""
    """The place that settles it when covered, as the form takes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """One row of the list of files, ready to show."""

    row: Row
    number: int
    """As the letter cites it; 0 for a file that is no exhibit."""
    bytes: int
    kind: str
    proposed: bool
    state: str
    """``read``, ``reading`` or ``refused``."""
    tone: str
    again: bool
    """Whether it has to be taken again, or anew."""
    signs: tuple[SignView, ...]
    hints: tuple[HintView, ...]
    picture: str | None
    pages: int
    sizes: Mapping[int, tuple[int, int]]
    """Width and height of the pages that have a picture, by number from 1."""


def exhibit_numbers(files: Sequence[tuple[KnownFile, KeptLook | None]], plan: BundlePlan) -> Mapping[str, int]:
    """The number of each file as the letter cites it; what is still being read counts, what cannot be used does not (0)."""
    shown, counted = {exhibit.file for exhibit in plan.exhibits}, itertools.count(1)
    return {
        known.name: next(counted) if known.name in shown or not (known.reading or known.refused) else 0
        for known, _ in files
    }


def file_view(
    draft: FormDraft,
    words: PageWords,
    number: int,
    file: tuple[KnownFile, KeptLook | None],
    judged: tuple[Preview, Sequence[ReportFinding]],
) -> FileView:  # one row brings these together
    """One file of the list; ``judged`` is what the desk saw, and its findings in words."""
    (known, look), (seen, findings) = file, judged
    row = next(row for row in draft.rows if row.name == known.name)
    signs = tuple(_sign(words, sign) for sign in seen.signs.get(known.name, ()))
    mine = {f.code: f for f in reversed(findings) if f.file == known.name and kind_of(f.code).role != _SAID_BY_THE_ROW}
    hints = [
        _hint(finding, seen) for finding in sorted((one for one in findings if mine.get(one.code) is one), key=_weight)
    ]
    if known.refused:
        code, params = known.refused.code, known.refused.params
        reason = words.catalog.text(f"not_included.{code}", {"file": known.name, **params})
        hints = [HintView(tone="bad", title=reason, hint=words.remedy(code))]
    kind, proposed = seen.kinds.get(known.name, (row.kind or "other", row.kind is None))
    tones = [*(sign.tone for sign in signs), *(hint.tone for hint in hints)]
    has_picture = look is not None and look.pages > 0
    retaken = any(kind_of(one.code).retake and one.severity != "advice" for one in mine.values())
    return FileView(
        row=row, number=number, bytes=known.bytes, kind=kind, proposed=proposed and row.kind is None,
        state="refused" if known.refused else "read" if known.reading else "reading",
        tone=next((tone for tone in _WORST if tone in tones), ""),
        again=bool(known.refused) or "bad" in tones or retaken, signs=signs, hints=tuple(hints),
        picture=f"/drafts/{draft.id}/pictures/{row.key}" if has_picture else None,
        pages=len(known.reading.pages) if known.reading else 0,
        sizes=_sizes(known, look),
    )  # fmt: skip


def _weight(finding: ReportFinding) -> tuple[int, bool]:
    """The heaviest first; of one weight what has to be taken again, which nothing else mends."""
    return list(TONES).index(finding.severity), not kind_of(finding.code).retake


def _sizes(known: KnownFile, look: KeptLook | None) -> Mapping[int, tuple[int, int]]:
    pages = known.reading.pages[: look.pages] if known.reading and look else ()
    return {page.number: (page.width, page.height) for page in pages}


def _sign(words: PageWords, sign: FileSign) -> SignView:
    key = f"sign.{sign.code}.{sign.finding or sign.tone}"
    if not words.catalog.has(key):
        key = f"sign.{sign.code}.{sign.tone}"
    label = words.catalog.text(key, text=sign.text or "")
    return SignView(tone=sign.tone, label=label, page=sign.page, box=sign.box)


def _hint(finding: ReportFinding, seen: Preview) -> HintView:
    mine = seen.signs.get(finding.file or "", ())
    spot = next((sign for sign in mine if sign.finding == finding.code and sign.box), None)
    return HintView(
        tone=TONES[finding.severity],
        title=finding.detail if kind_of(finding.code).named_in_detail else finding.title,
        hint=finding.hint,
        page=(spot.page if spot else finding.page) or 1,
        box=spot.box if spot else finding.box,
        cover=_cover(finding),
    )


def _cover(finding: ReportFinding) -> str:
    if finding.box is None or not kind_of(finding.code).coverable:
        return ""
    x0, y0, x1, y1 = finding.box
    start, end = (max(0.0, x0 - _AROUND), max(0.0, y0 - _AROUND)), (min(1.0, x1 + _AROUND), min(1.0, y1 + _AROUND))
    box = (round(start[0], 4), round(start[1], 4), round(end[0], 4), round(end[1], 4))
    return as_typed(((finding.page or 1, box),))
