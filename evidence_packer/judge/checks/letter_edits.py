"""Do the paragraphs in own words still fit the case that the letter tells?"""

from collections.abc import Iterator

from casefile.citation import written
from casefile.fields.base import same_language
from casefile.fields.letter import CITE, LetterEdit
from casefile.finding import Finding
from casefile.letter import Paragraph
from evidence_packer.judge.check import Dossier

CODE = "letter-edits"
INPUT = "letter"


def check(dossier: Dossier) -> Iterator[Finding]:
    """A warning per paragraph in own words that was overtaken by the facts, is not used, or cites what is not there."""
    letter = dossier.letter
    assert letter is not None  # INPUT promises it
    known = {one.paragraph: one for one in letter.editable}
    last = {(edit.paragraph, edit.language): place for place, edit in enumerate(dossier.case.letter_edits)}
    for place, edit in enumerate(dossier.case.letter_edits):
        pointer, params = f"/letter_edits/{place}/text", {"text": CITE.sub("…", edit.text)[:60]}
        written_for = [tag for tag in (letter.language, dossier.case.reading_copy) if tag]
        used = any(same_language(edit.language, tag) for tag in written_for) and edit.paragraph in known
        if not used or last[edit.paragraph, edit.language] != place:
            yield Finding(code="edit-unused", severity="warning", pointer=pointer, params=params)
            continue
        if same_language(edit.language, letter.language) and known[edit.paragraph].outdated:
            yield Finding(code="edit-outdated", severity="warning", pointer=pointer, params=params)
        if lost := _lost(dossier, edit):
            params = {**params, "cited": lost[0]}
            yield Finding(code="edit-citation-lost", severity="warning", pointer=pointer, params=params)


def _lost(dossier: Dossier, edit: LetterEdit) -> list[str]:
    """What the own words cite and the letter cannot: files that are no exhibit, pages that are not there."""
    cited = {c.number for p in _paragraphs(dossier, edit) for sentence in p.sentences for c in sentence.exhibits}
    files = [cite["file"] for cite in CITE.finditer(edit.text)]
    lost = [name for name in files if not (exhibit := dossier.plan.of_file(name)) or exhibit.number not in cited]
    words = written(dossier.house.catalogs.of(edit.language).text("letter.cite.page"))
    places = words.finditer(CITE.sub(" ", edit.text))
    return lost + [at[0] for at in places if not dossier.plan.at(int(at["number"]), int(at["page"]))]


def _paragraphs(dossier: Dossier, edit: LetterEdit) -> list[Paragraph]:
    sections = dossier.letter.sections if dossier.letter else ()
    return [paragraph for section in sections for paragraph in section.paragraphs if paragraph.key == edit.paragraph]
