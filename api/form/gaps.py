"""What is still to do about a case while it is typed: one line each, with the place where it is mended."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from api.form.drafting import FormDraft
from api.form.entries import asked
from api.form.own_words import id_of
from api.form.words import PageWords
from evidence_packer.judge.known_checks import kind_of
from evidence_packer.report.shape import ReportFinding
from jobs.records.pack_id import is_pack_id

TONES = {"blocker": "bad", "warning": "warn", "advice": "note"}
"""Severity of a finding and its look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One thing still to do, and the address of the place where it is done."""

    tone: str
    text: str
    to: str | None


def gaps(
    draft: FormDraft, words: PageWords, findings: Sequence[ReportFinding], tones: Sequence[str]
) -> tuple[Gap, ...]:
    """What is still to do about the case as a whole; what concerns one file stands at the file, ``tones`` are their marks."""
    names = {row.name for row in draft.rows}
    kinds = [(kind_of(f.code), f) for f in findings if f.file not in names]
    begun = all(kind.role != "missing_field" for kind, _ in kinds)
    told = [(kind, f) for kind, f in kinds if kind.role != "wording" and (begun or not kind.follows)]
    open_ones = [f for kind, f in told if f.severity != "advice" or kind.about == "history"]
    lines = [Gap(tone=TONES[f.severity], text=_gap(words, f), to=place(draft, f)) for f in open_ones]
    counts = {tone: tones.count(tone) for tone in ("bad", "warn")}
    lines += [
        Gap(tone=tone, text=words.catalog.text(f"gap.files.{tone}", count=count), to="#h-files")
        for tone, count in counts.items()
        if count
    ]
    return tuple({line.text: line for line in lines}.values())


def place(draft: FormDraft, finding: ReportFinding) -> str | None:
    """Where a gap is mended: a field of this page, or the earlier pack that it names."""
    pack = next((part for part in re.findall(r"[\w-]+", finding.detail) if is_pack_id(part)), None)
    kind = kind_of(finding.code)
    if kind.about == "history" and pack:
        return f"/packs/{pack}"
    if kind.role == "missing_evidence":
        return "#h-slots"
    field = _field(draft, finding.pointer)
    return f"#{field}" if field else None


def _field(draft: FormDraft, pointer: str | None) -> str | None:
    """The id of the field on the page that a pointer means, or of the first field below it."""
    if not pointer or pointer == "/reason":
        return "reason" if pointer else None
    if pointer.startswith("/letter_edits/"):
        return id_of(draft.fields, pointer)
    pointers = [field.pointer for field in asked(draft.procedure, draft.fields)]
    found = next((name for name in pointers if name == pointer or name.startswith(pointer + "/")), None)
    return "f" + found.replace("/", "-") if found else None


def _gap(words: PageWords, finding: ReportFinding) -> str:
    """A gap in one line: which field or which proof, where the title says only that something is missing."""
    kind = kind_of(finding.code)
    if kind.named_in_detail:
        return re.split(r"(?<=[.。])\s*", finding.detail)[0].rstrip(".。")
    if kind.about == "history":
        return words.catalog.text("gap.history", title=finding.title, detail=finding.detail)
    return finding.title
