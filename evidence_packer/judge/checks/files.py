"""Files: sent and usable, not twice the same, named as what they are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casefile.facts import FileFacts
from casefile.finding import Finding
from casefile.finding_kind import FindingKind
from evidence_packer.judge.check import CheckOf, Dossier
from evidence_packer.judge.same_picture import PageSigns, same_words
from reading.looks.same_look import same_looks

FILE_NOT_SENT = FindingKind(code="file-not-sent", severity="blocker", about="file")
FILE_UNUSABLE = FindingKind(code="file-unusable", severity="advice", about="file", role="refused_file")
KIND_PROPOSED = FindingKind(code="kind-proposed", severity="advice", about="file", role="proposed_kind")
KIND_UNSURE = FindingKind(code="kind-unsure", severity="warning", about="file")
KIND_DIFFERS = FindingKind(code="kind-differs", severity="warning", about="file")
_BY_CHOICE = {"duplicate-of", "excluded-by-case", "reference-only", "archive-unpacked"}


def _names_in_case(dossier: Dossier) -> dict[str, str]:
    """File name → pointer of the place that names it first."""
    found: dict[str, str] = {}

    def walk(value: object, pointer: str) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                here = f"{pointer}/{key}"
                if key in {"files", "authorisation"} and isinstance(inner, (list, tuple)):
                    for place, name in enumerate(inner):
                        if isinstance(name, str):
                            found.setdefault(name, f"{here}/{place}")
                if key != "extra":
                    walk(inner, here)
        elif isinstance(value, (list, tuple)):
            for place, inner in enumerate(value):
                walk(inner, f"{pointer}/{place}")

    for place, entry in enumerate(dossier.case.files):
        found.setdefault(entry.name, f"/files/{place}/name")
    walk(dossier.case.model_dump(by_alias=True), "")
    return found


def check_files_arrived(dossier: Dossier) -> Iterator[Finding]:
    """Was every listed file sent, and is every sent file usable?

    Blockers for files named but not sent; advice for files that cannot be used and for proposed kinds, a question for unsure ones.

    A file that cannot be used changes no verdict: only what is missing because of it does.
    """
    sent = set(dossier.uploaded)
    for name, pointer in _names_in_case(dossier).items():
        if name not in sent:
            yield FILE_NOT_SENT.found(file=name, pointer=pointer, rules=("S001-59",))
    for line in dossier.not_included:
        if line.code not in _BY_CHOICE:
            yield FILE_UNUSABLE.found(
                file=line.file, params={"reason": f"@not_included.{line.code}", **line.params}, rules=("S001-59",)
            )
    for file in dossier.facts:
        if file.kind_proposed:
            kind = KIND_UNSURE if file.kind_reason == "one_sign" else KIND_PROPOSED
            yield kind.found(
                file=file.file,
                params={
                    "kind": f"@kind.{file.kind}",
                    "why": f"@kind_reason.{file.kind_reason}",
                    "words": f": {', '.join(file.kind_words)}" if file.kind_words else "",
                },
            )


def check_kinds_agree(dossier: Dossier) -> Iterator[Finding]:
    """Is a file what the case calls it?

    A warning per file that is clearly something else by its title and more; the kind of the case is kept.
    """
    for file in dossier.facts:
        if file.kind_seen:
            yield KIND_DIFFERS.found(
                file=file.file, params={"kind": f"@kind.{file.kind}", "seen": f"@kind.{file.kind_seen}"}
            )


EXHIBIT_DUPLICATED = FindingKind(code="exhibit-duplicated", severity="advice", about="file")
EXHIBIT_NEAR_DUPLICATE = FindingKind(
    code="exhibit-near-duplicate", severity="warning", about="file", sign="same", named_in_detail=True
)
_SAME_BITS = 4
"""Two 64-bit picture hashes this near look alike to the eye."""
_FEW_LINES = 4
"""With no more lines of text, a picture is known by its look alone."""


def _says(file: FileFacts) -> tuple[object, ...]:
    numbers = sorted({seen.value for seen in file.order_ids} | {seen.value for seen in file.tracking_numbers})
    return (*numbers, *sorted({seen.text for seen in file.timestamps}))


@dataclass(frozen=True, slots=True)
class _ComparedFile:
    """What of a file is compared with every other one, made once."""

    file: FileFacts
    says: tuple[object, ...]
    words: PageSigns | None
    """``None`` for what has more than one page."""
    wordless: bool


def _known(file: FileFacts) -> _ComparedFile:
    words = PageSigns.of(file) if len(file.pages) == 1 else None
    return _ComparedFile(file, _says(file), words, len(file.texts) <= _FEW_LINES)


def _alike(a: _ComparedFile, b: _ComparedFile, looks: frozenset[tuple[str, str]]) -> bool:
    """A copy, or a part cut out. Two chat screenshots look alike but say different things: what they say decides."""
    if a.words and b.words:
        if not (a.wordless and b.wordless):
            if same_words(a.words, b.words):
                return True
        elif a.says == b.says and (a.file.file, b.file.file) in looks:
            return True
    if not a.says or a.says != b.says or len(a.file.pages) != len(b.file.pages):
        return False
    hashes = list(zip(a.file.perceptual_hashes, b.file.perceptual_hashes, strict=False))
    return bool(hashes) and all((x ^ y).bit_count() <= _SAME_BITS for x, y in hashes)


def _looks(known: list[_ComparedFile]) -> frozenset[tuple[str, str]]:
    """The pairs of pictures without words that look the same."""
    pictures = [one.file for one in known if one.words and one.wordless and one.file.thumbprint]
    pairs = same_looks([(file.thumbprint, file.pages[0][0] / file.pages[0][1]) for file in pictures])
    return frozenset((pictures[a].file, pictures[b].file) for a, b in pairs)


def check_exhibit_duplicated(dossier: Dossier) -> Iterator[Finding]:
    """Was the same thing sent twice?

    Advice per file left out as an exact copy, a warning per exhibit that is a copy or a part of another, or the other of it.

    Each is named once, with the first exhibit that it repeats.
    """
    for line in dossier.not_included:
        if line.code == "duplicate-of":
            yield EXHIBIT_DUPLICATED.found(file=line.file, params={"other": line.params["other"]})
    for file, first in near_duplicates(dossier.facts):
        yield EXHIBIT_NEAR_DUPLICATE.found(file=file, params={"other": first})


def near_duplicates(files: Sequence[FileFacts]) -> Iterator[tuple[str, str]]:
    """Each file that repeats an earlier one or is a part of it, or the other way round, with the first such file."""
    known = [_known(file) for file in files]
    looks = _looks(known)
    for place, b in enumerate(known):
        first = next((a for a in known[:place] if _alike(a, b, looks)), None)
        if first is not None:
            yield b.file.file, first.file.file


FILE_NAME_MISLEADS = FindingKind(code="file-name-misleads", severity="advice", about="file")
_USUAL = {"RFC822": "EML", "PLAIN": "TXT"}


def check_file_name_true(dossier: Dossier) -> Iterator[Finding]:
    """Does the ending of a file's name say what the file is?

    Advice per file that is of another type than its name says; it was read by its content.
    """
    for file in dossier.facts:
        if "extension-corrected" in file.changes:
            kind = file.media_type.rsplit("/", maxsplit=1)[-1].upper()
            yield FILE_NAME_MISLEADS.found(
                file=file.file, params={"type": _USUAL.get(kind, kind), "ending": file.file.rpartition(".")[2]}
            )


CHECKS = (
    CheckOf(
        code="files-arrived",
        judges="case",
        findings=(FILE_NOT_SENT, FILE_UNUSABLE, KIND_PROPOSED, KIND_UNSURE),
        run=check_files_arrived,
    ),
    CheckOf(code="kinds-agree", judges="facts", findings=(KIND_DIFFERS,), run=check_kinds_agree),
    CheckOf(
        code="exhibit-duplicated",
        judges="case",
        findings=(EXHIBIT_DUPLICATED, EXHIBIT_NEAR_DUPLICATE),
        run=check_exhibit_duplicated,
    ),
    CheckOf(code="file-name-true", judges="facts", findings=(FILE_NAME_MISLEADS,), run=check_file_name_true),
)
