"""Exhibit numbers and printed pages, fixed before anything is laid out. Pure."""

from collections.abc import Iterator

from casefile.case import Case
from casefile.citation import WHOLE, BundlePlan, Part, PlannedExhibit
from casefile.facts import FileFacts
from casefile.fields.base import in_language, same_language
from casefile.fields.files import FileEntry, page_numbers
from evidence_packer.bind.slicing import parts

_LINES, _CHARS = 30, 80
"""Lines on a page of translation, and Latin letters in a line (a Chinese character counts for two), with room to spare."""


def _shown_pages(case: Case, facts: FileFacts) -> tuple[int, ...]:
    """The pages of the file that the case wants shown and the file has; all of them when none of those exist."""
    entry = case.entry(facts.file)
    every = tuple(range(1, len(facts.pages) + 1))
    if entry is None or entry.pages is None:
        return every
    return tuple(number for number in page_numbers(entry.pages) if number in every) or every


def _printed(case: Case, facts: FileFacts) -> Iterator[tuple[int, Part]]:
    """Source page and part of every printed page of a file."""
    for number in _shown_pages(case, facts):
        rows = facts.rows[number - 1] if number <= len(facts.rows) else ()
        for part in parts(facts.pages[number - 1], facts.text_height_px, rows):
            yield number, part


def translation_of(entry: FileEntry | None, language: str) -> str | None:
    """The seller's translation of an exhibit into ``language``, unless the exhibit itself is written in it."""
    if entry is None or (entry.language and same_language(entry.language, language)):
        return None
    return in_language(entry.translation, language)


def _lines(paragraph: str) -> int:
    chars = sum(2 if ord(char) > 0x2E7F else 1 for char in paragraph)
    return max(1, -(-chars // _CHARS))


def paged(text: str) -> tuple[str, ...]:
    """``text`` in portions that fit a page each, broken between paragraphs, else between words or characters."""
    pages: list[list[str]] = [[]]
    room = _LINES
    for paragraph in text.splitlines():
        rest = paragraph
        while rest or not paragraph:
            if room <= 0:
                pages.append([])
                room = _LINES
            piece = _head(rest, room)
            pages[-1].append(piece)
            room -= _lines(piece)
            rest = rest[len(piece) :].lstrip()
            if not paragraph:
                break
    return tuple("\n".join(page) for page in pages if any(page))


def _head(text: str, room: int) -> str:
    """As much of ``text`` as ``room`` lines take."""
    if _lines(text) <= room:
        return text
    end, chars = 0, 0
    for end, char in enumerate(text):  # noqa: B007  # where it stops is what is wanted
        chars += 2 if ord(char) > 0x2E7F else 1
        if chars > room * _CHARS:
            break
    blank = text.rfind(" ", end // 2, end)
    return text[: blank if blank > 0 else end]


def plan(case: Case, facts: tuple[FileFacts, ...], language: str = "en", front: int = 0) -> BundlePlan:
    """The exhibits in the order of ``facts``, numbered from 1; their sheets follow ``front`` others without a gap.

    Files the case uses as reference only, or excludes, are no exhibits. A long screenshot takes several pages; a translation
    into ``language``, the bundle's, follows its exhibit.
    """
    exhibits: list[PlannedExhibit] = []
    page = front + 1
    for file in facts:
        entry = case.entry(file.file)
        if entry is not None and entry.use != "exhibit":
            continue
        printed = tuple(_printed(case, file))
        exhibit = PlannedExhibit(
            number=len(exhibits) + 1,
            file=file.file,
            kind=file.kind,
            source_pages=tuple(number for number, _ in printed),
            parts=tuple(part for _, part in printed) if any(part != WHOLE for _, part in printed) else (),
            first_page=page,
            translation=paged(translation_of(entry, language) or ""),
        )
        exhibits.append(exhibit)
        page = exhibit.last_page + 1
    return BundlePlan(exhibits=tuple(exhibits), front=front)
