"""What is still to do about a case while it is typed: one line each, with the place where it is mended."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from api.form.drafting import FormDraft
from api.form.entries import BANKED, asked
from api.form.file_views import TONES, FileView
from api.form.own_words import id_of
from api.form.words import PageWords
from evidence_packer.judge.known_checks import kind_of
from evidence_packer.report.shape import ReportFinding
from jobs.records.pack_id import is_pack_id

_BETWEEN_HAN = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
_ORDER = ("bad", "warn", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One thing still to do, and the address of the place where it is done."""

    tone: str
    text: str
    to: str | None


def gaps(
    draft: FormDraft, words: PageWords, findings: Sequence[ReportFinding], files: Sequence[FileView]
) -> tuple[Gap, ...]:
    """What is still to do, the heaviest first; what concerns one file stands at the file and is counted here."""
    names = {row.name for row in draft.rows}
    kinds = [(kind_of(f.code), f) for f in findings if f.file not in names]
    begun = all(kind.role != "missing_field" for kind, _ in kinds)
    told = [(kind, f) for kind, f in kinds if kind.role != "wording" and (begun or not kind.follows)]
    open_ones = [f for kind, f in told if f.severity != "advice" or kind.about == "history"]
    lines = [Gap(tone=TONES[f.severity], text=_gap(words, f), to=place(draft, f)) for f in open_ones]
    bad = [file for file in files if file.tone == "bad"]
    lines += [Gap(tone="bad", text=_of_file(words, file), to=f"#row-{file.row.key}") for file in bad]
    if doubtful := [file for file in files if file.tone == "warn"]:
        text = words.catalog.text("gap.files.warn", count=len(doubtful))
        lines.append(Gap(tone="warn", text=text, to=f"#row-{doubtful[0].row.key}"))
    lines.sort(key=lambda line: _ORDER.index(line.tone))
    return tuple({line.text: line for line in lines}.values())


def named_pack(text: str) -> str | None:
    """The id of the pack that a text names."""
    return next((part for part in re.findall(r"[\w-]+", text) if is_pack_id(part)), None)


def without_ids(text: str) -> str:
    """A text for people: the pack that it names is reached by a link beside it, not by its id."""
    pack = named_pack(text)
    return _BETWEEN_HAN.sub("", re.sub(rf"\s?{pack}(?=\W|$)", "", text)) if pack else text


def _of_file(words: PageWords, file: FileView) -> str:
    """What is wrong with a file that cannot be sent as it is, with its name."""
    said = file.hints[0].title if file.hints else words.catalog.text("gap.files.bad", count=1)
    return said if file.row.name in said else words.catalog.text("gap.file", file=file.row.name, said=said)


def place(draft: FormDraft, finding: ReportFinding) -> str | None:
    """Where a gap is mended: a field of this page, or the earlier pack that it names."""
    pack = named_pack(finding.detail)
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
    if line := re.match(rf"({'|'.join(BANKED)})/\d+(?=/(code|slots))", pointer):
        return f"f{line[0].replace('/', '-')}-code"
    pointers = [field.pointer for field in asked(draft.procedure, draft.fields)]
    found = next((name for name in pointers if name == pointer or name.startswith(pointer + "/")), None)
    return "f" + found.replace("/", "-") if found else None


def _gap(words: PageWords, finding: ReportFinding) -> str:
    """A gap in one line: which field or which proof, where the title says only that something is missing."""
    kind = kind_of(finding.code)
    if kind.named_in_detail:
        return re.split(r"(?<=[.。])\s*", finding.detail)[0].rstrip(".。")
    if kind.about == "history":
        return words.catalog.text("gap.history", title=finding.title, detail=without_ids(finding.detail))
    return finding.title
