"""Do the paragraphs in own words still fit the case that the letter tells?"""

from collections.abc import Iterator

from casefile.citation import written
from casefile.fields.letter import CITE
from casefile.finding import Finding
from evidence_packer.check import Dossier

CODE = "letter-edits"
INPUT = "letter"


def check(dossier: Dossier) -> Iterator[Finding]:
    """A warning per paragraph in own words that was overtaken by the facts, is not used, or cites what is not there."""
    letter = dossier.letter
    assert letter is not None  # INPUT promises it
    known = {one.paragraph: one for one in letter.editable}
    told = {left.sentence for left in letter.left_out}
    for place, edit in enumerate(dossier.case.letter_edits):
        pointer, params = f"/letter_edits/{place}/text", {"text": CITE.sub("…", edit.text)[:60]}
        if pointer in told:
            continue
        if edit.language not in {letter.language, dossier.case.reading_copy} or edit.paragraph not in known:
            yield Finding(code="edit-unused", severity="warning", pointer=pointer, params=params)
            continue
        if edit.language == letter.language and known[edit.paragraph].outdated:
            yield Finding(code="edit-outdated", severity="warning", pointer=pointer, params=params)
        lost = [cite["file"] for cite in CITE.finditer(edit.text) if not dossier.plan.of_file(cite["file"])]
        words = written(dossier.house.catalogs.of(edit.language).text("letter.cite.page"))
        wrong = [
            cite[0] for cite in words.finditer(edit.text) if not dossier.plan.at(int(cite["number"]), int(cite["page"]))
        ]
        if lost or wrong:
            params = {**params, "cited": (lost + wrong)[0]}
            yield Finding(code="edit-citation-lost", severity="warning", pointer=pointer, params=params)
