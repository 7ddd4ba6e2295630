"""Packs made of readings that nobody had to read: case, evidence, checks, letter and report, as a pack has them.

Nothing is drawn and nothing is set, so that a pack costs a fraction of a second; what it says is what a packed case says.
"""

from dataclasses import dataclass

from casefile.admission import admit
from casefile.case import Case
from casefile.casework import Matter
from casefile.discovery import load_house
from casefile.reading import Exif, Reading, ReadPage
from evidence_packer.assemble import ReadUpload, completed
from evidence_packer.judge.check import Dossier
from evidence_packer.judge.judging import judge
from evidence_packer.report.report import report
from evidence_packer.report.shape import Report
from jobs.case_work.steps.casework import Casework
from jobs.case_work.steps.write import composed
from letters.render import plain_text
from tests.casework_parts import NOW
from tests.evidence_packer.conftest import BLURRED, SHARP, laid_out, make_case

HOUSE = load_house()
_WIDTH, _HEIGHT = 1920, 1080


@dataclass(frozen=True, kw_only=True)
class MadePack:
    """What a pack says: its report in English, and its letter as text."""

    work: Casework
    report: Report
    letter: str
    titles: tuple[str, ...]
    """Headings of the letter, in order."""
    classes: frozenset[str]
    """Classes of its sentences: what states, argues, asks."""


def reading(page):
    """A page of evidence as if it had been read: lines of text, blurred or not, on a screen or a telephone."""
    width, height = page.get("size", (_WIDTH, _HEIGHT))
    one = ReadPage(
        number=1, width=width, height=height, lines=laid_out("\n".join(page.get("lines", ()))) if page.get("lines") else (),
        sharpness=BLURRED if page.get("blurred") else SHARP, text_source="ocr",
    )  # fmt: skip
    exif = Exif(software=page["software"]) if "software" in page else None
    kept = {"exif": exif} if exif else {}
    return Reading(sha256=page["name"].encode().hex().ljust(64, "0")[:64], media_type="image/png", pages=(one,), **kept)


def case_of(changes, pages):
    """The small case, changed, with a line for each page that says its kind."""
    listed = [{"name": name, "kind": page["kind"], **page.get("entry", {})} for name, page in pages.items()]
    return make_case(**({"files": listed} if listed else {}) | changes)


def made_pack(changes=None, pages=None, *, earlier=(), language="en"):
    """The pack of the small case with these ``changes`` and these ``pages`` (name → kind, lines)."""
    pages = pages or {}
    case: Case = case_of(changes or {}, pages)
    admit(case, HOUSE)
    read = {name: reading({"name": name, **page}) for name, page in pages.items()}
    matter = Matter.of(case, HOUSE, case.as_of or NOW, read)
    matter, evidence = completed(matter, [ReadUpload(name, one, 1000) for name, one in read.items()])
    work = Casework(matter=matter, evidence=evidence, language=language, read={})
    letter = composed(work, matter.letter_language)
    text = plain_text(letter, None)
    dossier = Dossier(
        matter=matter, evidence=evidence, uploaded=tuple(pages), letter=letter, letter_chars=text.whole, earlier=earlier
    )
    told = report(
        dossier, judge(dossier), HOUSE.catalogs.of(language), {x.file: x.file for x in evidence.plan.exhibits}
    )
    titles = tuple(section.title for section in letter.sections)
    said = (one for section in letter.sections for paragraph in section.paragraphs for one in paragraph.sentences)
    classes = frozenset(one.sentence_class for one in said)
    return MadePack(work=work, report=told, letter=text.text, titles=titles, classes=classes)
