"""A case while it is being typed: what its files show so far, what is missing, the letter as it would be now.

Pure over readings made earlier, so that it may run on every pause of the typist; a half-typed or wrong field counts as not typed.
"""

import datetime as dt
import functools
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import escape

from casefile.care import UNFIT
from casefile.case import Case
from casefile.casework import Matter
from casefile.citation import BundlePlan
from casefile.earlier import EarlierCase
from casefile.errors import RequestFault
from casefile.facts import FileFacts
from casefile.fields.base import same_language
from casefile.fields.files import Kind
from casefile.filling import Filled
from casefile.finding import CheckResult
from casefile.house import House
from casefile.letter import Letter
from casefile.letter_language import spoken
from casefile.parse import parse_case
from casefile.plain_case import PlainCase
from casefile.reading import Line, Reading, ReadPage
from casefile.upload import NotIncluded
from evidence_packer.assemble import ReadUpload, completed
from evidence_packer.judge.known_checks import kind_of
from evidence_packer.report.report import LetterFacts, report
from evidence_packer.report.shape import Report
from evidence_packer.understand.allowance import Purse
from evidence_packer.understand.interpret import interpret
from jobs.case_work.kinds.veiled import veiled
from jobs.case_work.steps.casework import Casework
from jobs.case_work.steps.judge import dossier_of, judged
from jobs.case_work.steps.signs import FileSign, signs
from jobs.case_work.steps.sparing import sparing
from jobs.case_work.steps.write import ComposedLetter, composed
from letters.render import letter_html, plain_text
from press.html import Typesetter

_OFFERED = {"/order/id": "order_ids", "/parcels/0/tracking_number": "tracking_numbers"}
"""Fields that the evidence can fill, and the facts that hold their values."""
_NOT_LOOKED_FOR: dict[str, Any] = {
    "as_of": True,
    "deadline": True,
    "request": True,
    "facts": True,
    "root_causes": True,
    "actions_taken": True,
    "preventions": True,
    "metric": True,
    "ground": True,
    "language": True,
    "reading_copy": True,
    "reason": True,
    "rejections": True,
    "contacts": True,
    "confirmations": True,
    "letter_edits": True,
    "files": True,
    "claim": {"statement": True, "decision": True, "points": {"__all__": {"says", "answer", "files"}}},
}
"""Parts of a case that no interpreter compares with a page; of ``files`` it looks at its own line only."""
_FILE_SECONDS = 8.0
"""CPU that the writing of one file may take while somebody looks at the form: other requests wait for it."""
_BODY = re.compile(r"<body[^>]*>(.*)</body>", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFile:
    """A file of the case: its size, and what was read, or why it cannot be used; neither while it is being read."""

    name: str
    bytes: int
    reading: Reading | None = None
    refused: NotIncluded | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskRequest:
    """A case as typed (JSON) with its files; ``language`` is the operator's."""

    case: PlainCase
    files: tuple[KnownFile, ...]
    as_of: dt.datetime
    language: str
    earlier: tuple[EarlierCase, ...] = ()
    """What is remembered of the tenant's earlier cases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What is seen of a case while it is typed.

    ``letter_html`` is the body of the letter's page; ``copy`` is what its paragraphs say in the operator's language, by their
    names, where that is another; ``signs`` are by file; ``offers`` are values of the evidence by the pointer of the field they
    fill; ``kinds`` are by file, each with whether it was proposed; ``case`` is completed by the evidence, ``filled`` says how.
    """

    report: Report
    letter: Letter
    letter_html: str
    plan: BundlePlan
    signs: Mapping[str, tuple[FileSign, ...]]
    offers: Mapping[str, str]
    kinds: Mapping[str, tuple[Kind, bool]]
    case: Case
    filled: tuple[Filled, ...]
    copy: Mapping[str, str]


@functools.cache
def _typesetter(house_root: Any) -> Typesetter:  # noqa: ANN401  # a path
    return Typesetter(house_root / "templates")


def _without(case: Any, pointer: str) -> None:  # noqa: ANN401  # JSON
    """Take out what a pointer means; of what is missing, the value that misses it (an amount without digits)."""
    holder, (*way, last) = case, [part for part in pointer.split("/") if part]
    for part in way:
        lists = isinstance(holder, list) and part.isdigit() and int(part) < len(holder)
        holder = holder[int(part)] if lists else holder.get(part) if isinstance(holder, dict) else None
    if isinstance(holder, dict) and last in holder:
        holder.pop(last)
    elif isinstance(holder, list) and last.isdigit() and int(last) < len(holder):
        holder.pop(int(last))
    elif way:
        _without(case, "/".join(way))


def readable(case: PlainCase) -> Case:
    """The case without the fields that cannot be read (yet)."""
    plain = _copy(case.json)
    for _ in range(20):
        try:
            return parse_case(plain)
        except RequestFault as fault:
            if not fault.faults:
                break
            for pointer in dict.fromkeys(wrong.pointer for wrong in reversed(fault.faults)):
                _without(plain, pointer)
    return parse_case({"platform": case.json["platform"], "procedure": case.json["procedure"]})


def _copy(value: Any) -> Any:  # noqa: ANN401  # JSON
    if isinstance(value, Mapping):
        return {key: _copy(inner) for key, inner in value.items()}
    return [_copy(inner) for inner in value] if isinstance(value, (list, tuple)) else value


class _Asked:
    """A case as the interpreters of one file see it: cases that differ only in what nobody looks for in it are the same."""

    def __init__(self, case: Case, house: House, looked_for: str, file: str) -> None:
        self.case, self.house = case, house
        entry = case.entry(file)
        self._key = looked_for + (entry.model_dump_json(exclude={"caption", "proves"}) if entry else "")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)


@functools.lru_cache(maxsize=500)
def _facts(name: str, reading: Reading, size: int, asked: _Asked) -> FileFacts:
    """What a file says about the case; typing a sentence changes none of it."""
    return interpret(name, reading, size, asked.case, asked.house, Purse(2 * _FILE_SECONDS, _FILE_SECONDS))


@functools.cache
def warmed(house: House) -> bool:
    """Have the interpreters prepare their patterns, before somebody waits for the first file."""
    line = Line(text="Order 1, 2 Nov 2026, 14:22, 1.00", box=(0.0, 0.0, 1.0, 1.0), score=1.0)
    page = ReadPage(number=1, width=100, height=100, lines=(line,), text_source="text_layer")
    reading = Reading(sha256="0" * 64, media_type="text/plain", pages=(page,), has_text_layer=True)
    platform = next(iter(house.platforms.values()))
    interpret("warm.txt", reading, 0, Case(platform=platform.id, procedure=next(iter(platform.procedures))), house)
    return True


def _casework(request: DeskRequest, house: House) -> Casework:
    case = readable(request.case)
    covers = {entry.name: entry.redact for entry in case.files}
    readings = {file.name: veiled(file.reading, covers.get(file.name, ())) for file in request.files if file.reading}
    matter = Matter.of(case, house, request.as_of, readings)
    known: list[tuple[Case, str]] = []

    def looked_for(case: Case) -> str:
        found = next((text for one, text in known if one is case), None)
        if found is None:
            found = case.model_dump_json(exclude=_NOT_LOOKED_FOR)
            known.append((case, found))
        return found

    def remembered(name: str, reading: Reading, size: int, case: Case, house: House) -> FileFacts:
        return _facts(name, reading, size, _Asked(case, house, looked_for(case), name))

    files = [ReadUpload(file.name, readings[file.name], file.bytes) for file in request.files if file.reading]
    refused = tuple(file.refused for file in request.files if file.refused)
    matter, evidence = completed(matter, files, refused, interpret=remembered)
    return Casework(matter=matter, evidence=evidence, language=request.language, read={})


def _offers(case: Case, work: Casework) -> dict[str, str]:
    """A value for each field that was left empty in what was typed (``case``) and that most of the files agree on."""
    found = dict[str, str]()
    typed = {
        "/order/id": case.order.id if case.order else None,
        "/parcels/0/tracking_number": case.parcels[0].tracking_number if case.parcels else None,
    }
    for pointer, name in _OFFERED.items():
        seen = Counter(value for facts in work.facts for value in {s.value for s in getattr(facts, name)})
        if not typed[pointer] and seen:
            (best, count), *others = seen.most_common(2)
            if not others or others[0][1] < count:
                found[pointer] = best
    return found


def live_preview(request: DeskRequest, house: House) -> Preview:
    """Report, letter (HTML body and plain text with its length), signs per file, and values the evidence offers."""
    names = tuple(file.name for file in request.files if file.reading)
    return sparing(names, lambda out: _desk(_without_files(request, out), house))


def completed_case(request: DeskRequest, house: House) -> tuple[Case, tuple[Filled, ...]]:
    """The case as its files complete it, and what was filled in."""

    def complete(out: frozenset[str]) -> tuple[Case, tuple[Filled, ...]]:
        work = _casework(_without_files(request, out), house)
        return work.matter.case, work.evidence.filled

    return sparing(tuple(file.name for file in request.files if file.reading), complete)


def _without_files(request: DeskRequest, out: frozenset[str]) -> DeskRequest:
    def unfit(file: KnownFile) -> KnownFile:
        return replace(file, reading=None, refused=NotIncluded(file=file.name, code=UNFIT))

    return replace(request, files=tuple(unfit(f) if f.name in out and f.reading else f for f in request.files))


def _desk(request: DeskRequest, house: House) -> Preview:
    work = _casework(request, house)
    letter = composed(work, work.matter.letter_language, draft=not work.facts)
    text = plain_text(letter, work.procedure.limits.text_chars)
    written = ComposedLetter(letter=letter, pdf=b"", text=text)
    uploaded = tuple(file.name for file in request.files)
    dossier = replace(dossier_of(work, written), uploaded=uploaded, earlier=request.earlier)
    results = judged(dossier)
    catalog = house.catalogs.of(request.language)
    told = LetterFacts(letter=letter, chars=text.whole, limit=work.procedure.limits.text_chars, dropped=text.left_out)
    return Preview(
        report=report(dossier, results, catalog, work.captions(), told),
        letter_html=_body(letter, house, _avoided(results)),
        letter=letter,
        plan=work.plan,
        signs=signs(work, results),
        offers=_offers(readable(request.case), work),
        kinds={facts.file: (facts.kind, facts.kind_proposed) for facts in work.facts},
        case=work.matter.case,
        filled=work.evidence.filled,
        copy=_copied(work, letter, house),
    )


def _copied(work: Casework, letter: Letter, house: House) -> dict[str, str]:
    """What each paragraph says in the operator's language; nothing where that is the letter's, or knows no such letter."""
    reads = spoken(work.language, letter.kind, house.catalogs)
    if reads is None or same_language(reads, letter.language):
        return {}
    copy = composed(work, reads, draft=letter.draft, copy_of=letter.language)
    return {one.paragraph: one.text for one in copy.editable}


def _avoided(results: tuple[CheckResult, ...]) -> list[str]:
    """The words in the letter that would be said better."""
    found = [f.params.get("found") for result in results for f in result.findings if kind_of(f.code).role == "wording"]
    return [str(words) for words in found if words]


def _body(letter: Letter, house: House, avoided: list[str]) -> str:
    """The letter's page without its frame, the words to avoid marked."""
    html = letter_html(letter, house, _typesetter(house.root))
    found = _BODY.search(html)
    text = found[1] if found else ""
    for words in avoided:
        pattern = re.compile(rf"({re.escape(str(escape(words)))})(?![^<]*>)", re.IGNORECASE)
        text = pattern.sub(r"<mark>\1</mark>", text)
    return text
