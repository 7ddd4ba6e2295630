"""Was the same thing sent twice?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casefile.facts import FileFacts
from casefile.finding import Finding
from evidence_packer.judge.check import Dossier
from evidence_packer.judge.same_picture import PageSigns, same_words
from reading.looks.same_look import same_looks

CODE = "exhibit-duplicated"
INPUT = "case"
_SAME_BITS = 4
"""Two 64-bit picture hashes this near look alike to the eye."""
_FEW_LINES = 4
"""With no more lines of text, a picture is known by its look alone."""


def _says(file: FileFacts) -> tuple[object, ...]:
    numbers = sorted({seen.value for seen in file.order_ids} | {seen.value for seen in file.tracking_numbers})
    return (*numbers, *sorted({seen.text for seen in file.timestamps}))


@dataclass(frozen=True, slots=True)
class _Known:
    """What of a file is compared with every other one, made once."""

    file: FileFacts
    says: tuple[object, ...]
    words: PageSigns | None
    """``None`` for what has more than one page."""
    wordless: bool


def _known(file: FileFacts) -> _Known:
    words = PageSigns.of(file) if len(file.pages) == 1 else None
    return _Known(file, _says(file), words, len(file.texts) <= _FEW_LINES)


def _alike(a: _Known, b: _Known, looks: frozenset[tuple[str, str]]) -> bool:
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


def _looks(known: list[_Known]) -> frozenset[tuple[str, str]]:
    """The pairs of pictures without words that look the same."""
    pictures = [one.file for one in known if one.words and one.wordless and one.file.thumbprint]
    pairs = same_looks([(file.thumbprint, file.pages[0][0] / file.pages[0][1]) for file in pictures])
    return frozenset((pictures[a].file, pictures[b].file) for a, b in pairs)


def check(dossier: Dossier) -> Iterator[Finding]:
    """Advice per file left out as an exact copy, a warning per exhibit that is a copy or a part of another, or the other of it.

    Each is named once, with the first exhibit that it repeats.
    """
    for line in dossier.not_included:
        if line.code == "duplicate-of":
            yield Finding(
                code="exhibit-duplicated", severity="advice", file=line.file, params={"other": line.params["other"]}
            )
    for file, first in near_duplicates(dossier.facts):
        yield Finding(code="exhibit-near-duplicate", severity="warning", file=file, params={"other": first})


def near_duplicates(files: Sequence[FileFacts]) -> Iterator[tuple[str, str]]:
    """Each file that repeats an earlier one or is a part of it, or the other way round, with the first such file."""
    known = [_known(file) for file in files]
    looks = _looks(known)
    for place, b in enumerate(known):
        first = next((a for a in known[:place] if _alike(a, b, looks)), None)
        if first is not None:
            yield b.file.file, first.file.file
