"""Paragraphs in the seller's own words, in the place of those that the blocks wrote; what those cited stays cited. Pure.

Sentences that were not touched keep their class and their proof; what is new is marked as own words and cites what it names,
and what the sentences it replaces had cited.
"""

import dataclasses
import hashlib
import re
from collections.abc import Iterable, Iterator

from casefile.citation import Citation, written
from casefile.fields.base import same_language
from casefile.fields.letter import CITE, LetterEdit, without_lost
from casefile.letter import Editable, SentenceClass
from letters.language_formatter import bare, east_asian, ended, opened
from letters.letter_context import LetterContext
from letters.raw import Paragraphs, Raw, RawParagraph
from letters.zones import plainly

_SAYS = re.compile(r"[^\s.,;:!?。，；：！？、…()（）]")
"""What stands between sentences that were kept says something unless it is punctuation alone."""
_WEIGHTIEST: tuple[SentenceClass, ...] = ("request", "legal", "fact", "commitment", "argument")


def with_edits(scene: LetterContext, block: str, paragraphs: Paragraphs) -> Paragraphs:
    """The paragraphs of a block, each named, those in own words replaced; rows of tables are answers to fields and stay."""
    found: Paragraphs = []
    for place, paragraph in enumerate(paragraphs, start=1):
        if paragraph.table:
            found.append(paragraph)
        else:
            found += _one(scene, dataclasses.replace(paragraph, key=f"{block}/{place}"))
    return found


def _one(scene: LetterContext, paragraph: RawParagraph) -> Paragraphs:
    marked = [_named(scene, raw) for raw in paragraph.sentences]
    mark = hashlib.sha256("\n".join(marked).encode()).hexdigest()[:12]
    edit = _edit(scene, paragraph.key)
    between = "\n" if paragraph.listed else "" if east_asian(scene.request.language) else " "
    text = _worded(scene, edit.text) if edit else plainly(between.join(raw.text for raw in paragraph.sentences))
    outdated = bool(edit and edit.replaces and edit.replaces != mark)
    scene.editable.append(
        Editable(paragraph=paragraph.key, text=text, mark=mark, edited=edit is not None, outdated=outdated)
    )
    return _replaced(scene, paragraph, marked, edit.text) if edit else [paragraph]


def _edit(scene: LetterContext, key: str) -> LetterEdit | None:
    """The own words for a paragraph; a reading copy says what the letter says, in its own language where it can."""
    deciding = scene.request.copy_of or scene.request.language
    mine = [edit for edit in scene.case.letter_edits if edit.paragraph == key]
    decided = _last(mine, deciding)
    here = _last(mine, scene.request.language)
    if decided is None or here is None:
        return decided
    return here if len(here.text.splitlines()) == len(decided.text.splitlines()) else decided


def _last(edits: list[LetterEdit], language: str) -> LetterEdit | None:
    """Of several own words for one paragraph the last in this very language, else the last that its readers read."""
    exact = [edit for edit in edits if edit.language == language]
    near = exact or [edit for edit in edits if same_language(edit.language, language)]
    return near[-1] if near else None


def _named(scene: LetterContext, raw: Raw) -> str:
    """A sentence with its citations named by file."""
    text = plainly(raw.text)
    for citation in sorted(raw.exhibits, key=lambda c: -len(scene.citing.words([c])[0])):
        exhibit = next(e for e in scene.request.plan.exhibits if e.number == citation.number)
        name = f"{{cite:{exhibit.file}#{citation.page - exhibit.first_page + 1}}}"
        text = text.replace(scene.citing.words([citation])[0], name)
    return text


def _cited(scene: LetterContext, text: str) -> Iterator[Citation]:
    """What a text cites, by file or written out; what the plan does not have is passed over."""
    for match in CITE.finditer(text):
        exhibit = scene.request.plan.of_file(match["file"])
        if exhibit:
            page = exhibit.first_page + int(match["page"]) - 1
            yield Citation(number=exhibit.number, page=min(page, exhibit.last_page))
    for match in written(scene.request.catalog.text("letter.cite.page")).finditer(CITE.sub(" ", text)):
        number, page = int(match["number"]), int(match["page"])
        if scene.request.plan.at(number, page):
            yield Citation(number=number, page=page)


def _worded(scene: LetterContext, text: str) -> str:
    """Own words with their citations in words; a citation of a file that is no exhibit any more is gone."""

    def words(match: re.Match[str]) -> str:
        return scene.citing.all(_cited(scene, match[0]))

    known = {exhibit.file for exhibit in scene.request.plan.exhibits} if scene.kind.cites else set()
    return CITE.sub(words, without_lost(text, known))


def _replaced(scene: LetterContext, paragraph: RawParagraph, marked: list[str], text: str) -> Paragraphs:
    """The paragraph's sentences as own words have them: a list stays one, other lines are paragraphs of their own."""
    before = dict(zip(marked, paragraph.sentences, strict=True))
    lines = [list(_pieces(line.strip(), before)) for line in text.splitlines() if line.strip()]
    kept = {piece for line in lines for piece in line if piece in before}
    gone = [raw for name, raw in before.items() if name not in kept]
    owed = {c for raw in gone for c in raw.exhibits}
    owed -= {c for line in lines for piece in line for c in _cited(scene, piece)}
    owed -= {c for piece in kept for c in before[piece].exhibits}
    own = [piece for line in lines for piece in line if piece not in before]
    made: list[tuple[Raw, ...]] = []
    for line in lines:
        said = (
            before.get(piece) or _own(scene, piece, gone, owed if piece is own[-1] else set())
            for piece in line
        )  # fmt: skip
        made.append(tuple(said))
    if paragraph.listed:
        made = [tuple(raw for line in made for raw in line)]
    return [dataclasses.replace(paragraph, sentences=line) for line in made]


def _pieces(line: str, before: Iterable[str]) -> Iterator[str]:
    """The line cut where a sentence of before stands in it unchanged."""
    known = "|".join(re.escape(name) for name in sorted(before, key=len, reverse=True))
    yield from (piece.strip() for piece in re.split(f"({known})", line) if _SAYS.search(piece))


def _own(scene: LetterContext, piece: str, gone: list[Raw], owed: set[Citation]) -> Raw:
    """A sentence in own words; ``owed`` are citations of what it replaces that it does not name itself."""
    cites = tuple(sorted({*_cited(scene, piece), *owed}))
    said: SentenceClass = next((c for c in _WEIGHTIEST if any(raw.sentence_class == c for raw in gone)), "fact")
    text = ended(_worded(scene, piece), scene.request.language)
    if owed:
        text = scene.text("letter.own_cited", text=bare(text), cites=scene.citing.all(owed))
    return Raw(
        text=scene.say.smooth(opened(text)), sentence_class=said, exhibits=cites, own_words=True,
        proof="attached" if cites else "record" if said == "fact" else "none", essential=any(r.essential for r in gone),
    )  # fmt: skip
