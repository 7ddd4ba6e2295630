"""Proposes a case from a heap of files and a mail: nothing is kept, and nothing is guessed that only a person can say."""

import itertools
from collections.abc import Container, Mapping
from dataclasses import dataclass

from casefile.admission import admit
from casefile.case import Case
from casefile.casework import Evidence, Matter
from casefile.errors import RequestFault
from casefile.facts import FileFacts
from casefile.fields.files import FileEntry
from casefile.fields.order import Order
from casefile.filling import Filled
from casefile.half_known import plainly
from casefile.house import House
from casefile.labels import field_name
from casefile.plain_case import PlainCase
from casefile.platform import Site
from casefile.pointer import resolve
from casefile.wording import Catalog
from evidence_packer.assemble import ReadUpload, completed
from evidence_packer.report.filled import filled
from evidence_packer.report.proposal import Proposal, ProposalGap, ProposalQuestion, ProposedCase
from evidence_packer.report.shape import ReportChoice, ReportFilled, ReportRefusal
from evidence_packer.report.texts import params
from evidence_packer.understand.allowance import Purse
from evidence_packer.understand.interpret import Interpretation
from evidence_packer.understand.matching import differ_by_one
from evidence_packer.understand.proposing import Beginning, begun, begun_by_heap
from evidence_packer.understand.subject_numbers import ORDER, subject_numbers, with_subject
from jobs.case_work.pack import PackRequest, ProposalRequest
from jobs.case_work.steps.taking import Progress, Readings, readings, silent
from jobs.case_work.workshop import Workshop

_NUMBERS = frozenset({"kind", "order_ids", "tracking_numbers"})


def propose(request: ProposalRequest, workshop: Workshop, progress: Progress = silent) -> Proposal:
    """The cases that a heap is about."""
    house, catalog = workshop.house, workshop.house.catalogs.of(request.language)
    first = begun(request.partial, request.text, house)
    found = readings(_to_read(request, first, house), _site(first, house), workshop, progress)
    heap = {name: file.reading for name, file in found.read.items()}
    start = begun_by_heap(request.partial, request.text, heap.values(), house)
    whole = _Heap(request, start, house, catalog, found, _facts(start.case, found, house))
    cases = tuple(_proposed(whole, case, names) for case, names in _by_order(whole))
    return Proposal.of(cases, _refused(found, catalog), start.unread)


@dataclass(frozen=True, slots=True)
class _Heap:
    """What every case of a heap is made from."""

    request: ProposalRequest
    start: Beginning
    house: House
    catalog: Catalog
    found: Readings
    facts: Mapping[str, FileFacts]
    """What its pages show of numbers, by file; nothing while it is not known where the case belongs."""


def _placed(case: Case, house: House) -> Case:
    """The case on some platform, so that its files can be read before it is known where it belongs."""
    platform = house.platforms.get(case.platform) or house.platforms[min(house.platforms)]
    procedure = case.procedure if case.procedure in platform.procedures else next(iter(platform.procedures))
    site = case.site if case.site in platform.sites else None
    return case.model_copy(update={"platform": platform.id, "procedure": procedure, "site": site})


def _to_read(request: ProposalRequest, first: Beginning, house: House) -> PackRequest:
    case = _placed(first.case, house)
    return PackRequest(case=case, uploads=request.uploads, as_of=request.as_of, language=request.language)


def _site(first: Beginning, house: House) -> Site:
    case = _placed(first.case, house)
    return house.platforms[case.platform].site(case.site)


def _facts(case: Case, found: Readings, house: House) -> dict[str, FileFacts]:
    """The numbers and kinds of the pages, of a case whose place is known."""
    platform = house.platforms.get(case.platform)
    if platform is None or case.procedure not in platform.procedures:
        return {}
    purse = Purse()
    return {
        name: Interpretation(name, file.reading, found.sizes[name], house, purse).facts(_placed(case, house), _NUMBERS)
        for name, file in found.read.items()
    }


def _by_order(heap: _Heap) -> list[tuple[Case, tuple[str, ...]]]:
    """The cases that begin here, each with its files: one, or one an order where the heap names several and nobody says which.

    Numbers that differ in one sign may be one number, badly read: that is asked.
    """
    case, everything = heap.start.case, tuple(heap.found.read)
    named = subject_numbers(case, tuple(heap.facts.values()), heap.house) if heap.facts else ()
    asked = next((one for one in named if one.pointer == ORDER and one.source == "several"), None)
    values = sorted(choice.value for choice in asked.choices) if asked else []
    if not values or any(differ_by_one(a, b) for a, b in itertools.combinations(values, 2)):
        return [(case, everything)]
    of_file = {name: {seen.value for seen in facts.order_ids} for name, facts in heap.facts.items()}
    cases = []
    for value in values:
        mine = tuple(name for name in everything if value in of_file[name] or not of_file[name])
        order = (case.order or Order()).model_copy(update={"id": value})
        cases.append((case.model_copy(update={"order": order}), mine))
    return cases


def _proposed(heap: _Heap, case: Case, names: tuple[str, ...]) -> ProposedCase:
    listed = {entry.name for entry in case.files}
    more = tuple(FileEntry(name=name) for name in names if name not in listed)
    case = case.model_copy(update={"files": (*case.files, *more)})
    said = _said(heap, case)
    named = with_subject(case, tuple(heap.facts[name] for name in names if name in heap.facts), heap.house)
    try:
        admit(named.case, heap.house)
    except RequestFault as fault:
        questions = _faults(fault, named.filled, heap.catalog)
        return ProposedCase(case=_plain(case).json, files=names, filled=said, questions=questions)
    read = {name: heap.found.read[name] for name in names}
    matter = Matter.of(case, heap.house, heap.request.as_of, {name: file.reading for name, file in read.items()})
    uploads = [ReadUpload(name, file.reading, heap.found.sizes[name]) for name, file in read.items()]
    matter, evidence = completed(matter, uploads)
    told = filled(evidence, heap.catalog)
    return ProposedCase(
        case=_plain(matter.case).json,
        files=names,
        filled=(*said, *told),
        questions=(*_guesses(heap), *_of_two_days(heap), *_questions(matter, told, heap.catalog, heap.start.choices)),
        missing=_missing(evidence, heap.catalog),
    )


def _plain(case: Case) -> PlainCase:
    """The case as JSON, as far as it was said; what nobody could say is not there."""
    said = plainly(PlainCase.of(case)).json
    return PlainCase({name: value for name, value in said.items() if value or name not in {"platform", "procedure"}})


def _said(heap: _Heap, case: Case) -> tuple[ReportFilled, ...]:
    """What the mail, or the words of the pages, said of the case."""
    source = heap.catalog.text("filled.source.mail" if heap.start.of_mail else "filled.source.pages")
    told, given = {**heap.start.said}, heap.request.partial.order
    if case.order and case.order.id and not (given and given.id):
        told.setdefault("/order/id", case.order.id)
    of_day = heap.catalog.text("filled.source.mail-day")
    return tuple(
        ReportFilled(
            pointer=pointer, value=value, state="adopted", source=of_day if pointer in heap.start.end_of_day else source
        )
        for pointer, value in told.items()
    )


def _faults(fault: RequestFault, found: tuple[Filled, ...], catalog: Catalog) -> tuple[ProposalQuestion, ...]:
    """What has to be said before there is a case at all, with what the heap offers."""
    offers = {one.pointer: tuple(ReportChoice(value=choice.value) for choice in one.choices) for one in found}
    pointers = dict.fromkeys(one.pointer or "/platform" for one in fault.faults)
    return tuple(_question(pointer, catalog, offers.get(pointer, ())) for pointer in pointers)


def _question(pointer: str, catalog: Catalog, offers: tuple[ReportChoice, ...] = ()) -> ProposalQuestion:
    text = catalog.text("question.missing", field=field_name(pointer, catalog))
    return ProposalQuestion(pointer=pointer, text=text, candidates=offers)


def _guesses(heap: _Heap) -> tuple[ProposalQuestion, ...]:
    """What was guessed from the words of pages, to be confirmed: what the case is about is not read off a screenshot."""
    said = {} if heap.start.of_mail else heap.start.said
    catalog = heap.catalog
    return tuple(
        ProposalQuestion(
            pointer=pointer,
            text=catalog.text("question.confirm", field=field_name(pointer, catalog)),
            candidates=(ReportChoice(value=said[pointer]),),
        )
        for pointer in ("/procedure", "/reason")
        if pointer in said
    )


def _of_two_days(heap: _Heap) -> tuple[ProposalQuestion, ...]:
    """The dates of a mail that can mean two days, with both."""
    catalog = heap.catalog
    why = catalog.text("filled.source.two-meanings")
    return tuple(
        ProposalQuestion(
            pointer=pointer,
            text=catalog.text("question.several", field=field_name(pointer, catalog), why=why),
            candidates=tuple(ReportChoice(value=value) for value in values),
        )
        for pointer, values in heap.start.choices.items()
    )


def _questions(
    matter: Matter, told: tuple[ReportFilled, ...], catalog: Catalog, elsewhere: Container[str]
) -> tuple[ProposalQuestion, ...]:
    """What the procedure needs and nobody said, then what the evidence says in several ways; what is asked ``elsewhere`` once."""
    asked = tuple(
        ProposalQuestion(
            pointer=one.pointer,
            text=catalog.text("question.several", field=field_name(one.pointer, catalog), why=one.source),
            candidates=one.candidates,
        )
        for one in told
        if one.state == "asked" and one.pointer not in elsewhere
    )
    open_ = {one.pointer for one in asked}
    for_reason = [p for p, reasons in matter.procedure.required_for.items() if matter.case.reason in reasons]
    needed = dict.fromkeys((*matter.procedure.required, *for_reason))
    lacking = [p for p in needed if p not in open_ and p not in elsewhere and resolve(matter.case, p) is None]
    return (*(_question(pointer, catalog) for pointer in lacking), *asked)


def _missing(evidence: Evidence, catalog: Catalog) -> tuple[ProposalGap, ...]:
    gaps = [
        ProposalGap(
            proposition=covered.proposition,
            statement=catalog.text(f"proposition.{covered.proposition}"),
            needs=covered.needs,
            required=covered.required,
        )
        for covered in evidence.coverage
        if covered.status not in {"shown", "described"} and not covered.optional
    ]
    return tuple(sorted(gaps, key=lambda gap: not gap.required))


def _refused(found: Readings, catalog: Catalog) -> tuple[ReportRefusal, ...]:
    return tuple(
        ReportRefusal(
            file=line.file,
            code=line.code,
            reason=catalog.text(f"not_included.{line.code}", {"file": line.file, **params(line.params, catalog)}),
        )
        for line in found.refused
    )
