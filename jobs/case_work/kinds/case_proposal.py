"""Proposes a case from a heap of files and a mail: nothing is kept, and nothing is guessed that only a person can say."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from casefile.admission import admit
from casefile.case import Case
from casefile.casework import Evidence, Matter
from casefile.errors import RequestFault
from casefile.fields.files import FileEntry
from casefile.fields.order import Order
from casefile.half_known import plainly
from casefile.house import House
from casefile.labels import field_name
from casefile.plain_case import PlainCase
from casefile.platform import Site
from casefile.pointer import resolve
from casefile.reading import Reading
from casefile.wording import Catalog
from evidence_packer.assemble import ReadUpload, completed
from evidence_packer.report.filled import filled
from evidence_packer.report.proposal import Proposal, ProposalGap, ProposalQuestion, ProposedCase
from evidence_packer.report.shape import ReportChoice, ReportFilled, ReportRefusal
from evidence_packer.report.texts import params
from evidence_packer.understand.allowance import Purse
from evidence_packer.understand.interpret import interpret
from evidence_packer.understand.proposing import Beginning, begun
from jobs.case_work.pack import PackRequest, ProposalRequest
from jobs.case_work.steps.taking import Progress, Readings, readings, silent
from jobs.case_work.workshop import Workshop

_MAILS = frozenset({"message/rfc822", "text/plain"})
_MOST_LINES = 300
_GUESSED = frozenset({"/platform", "/site", "/procedure", "/reason"})
_OF_ORDERS = frozenset({"order", "orders"})


def propose(request: ProposalRequest, workshop: Workshop, progress: Progress = silent) -> Proposal:
    """The cases that a heap is about."""
    house, catalog = workshop.house, workshop.house.catalogs.of(request.language)
    first = begun(request.partial, request.text, house)
    found = readings(_to_read(request, first, house), _site(first, house), workshop, progress)
    heap = {name: file.reading for name, file in found.read.items()}
    mails = "\n".join((request.text, _words(reading for reading in heap.values() if reading.media_type in _MAILS)))
    start = begun(request.partial, mails, house)
    if not start.said:
        start = begun(request.partial, _words(heap.values()), house, of_pages=True)
    of_mail = not set(start.said) <= _GUESSED
    whole = _Heap(request, start, house, catalog, found, of_mail)
    cases = tuple(_proposed(whole, case, names) for case, names in _by_order(start.case, heap, found, house))
    return Proposal.of(cases, _refused(found, catalog), start.unread)


@dataclass(frozen=True, slots=True)
class _Heap:
    """What every case of a heap is made from."""

    request: ProposalRequest
    start: Beginning
    house: House
    catalog: Catalog
    found: Readings
    of_mail: bool
    """Whether a mail began it, and not only the words of screenshots."""


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


def _words(heap: Iterable[Reading]) -> str:
    """The words on the first pages of files."""
    lines = [line.text for reading in heap for page in reading.pages[:3] for line in page.lines]
    return "\n".join(lines[:_MOST_LINES])


def _by_order(
    case: Case, heap: Mapping[str, Reading], found: Readings, house: House
) -> list[tuple[Case, tuple[str, ...]]]:
    """The cases that begin here, each with its files: one, or one an order where the pages name several and nobody says which."""
    everything = tuple(heap)
    platform = house.platforms.get(case.platform)
    procedure = platform.procedures.get(case.procedure) if platform else None
    about_orders = procedure is not None and procedure.subject in _OF_ORDERS
    if not about_orders or (case.order and case.order.id) or case.orders:
        return [(case, everything)]
    of_file: dict[str, set[str]] = {}
    purse = Purse()
    for name, reading in heap.items():
        facts = interpret(name, reading, found.sizes[name], _placed(case, house), house, purse)
        of_file[name] = {seen.value for seen in facts.order_ids}
    # A page that lists many orders names none of them as the case's.
    named = {value for values in of_file.values() if len(values) == 1 for value in values}
    named = named or {value for values in of_file.values() for value in values}
    cases = []
    for value in sorted(named):
        mine = tuple(name for name in everything if value in of_file[name] or not of_file[name])
        order = (case.order or Order()).model_copy(update={"id": value})
        cases.append((case.model_copy(update={"order": order}), mine if len(named) > 1 else everything))
    return cases or [(case, everything)]


def _proposed(heap: _Heap, case: Case, names: tuple[str, ...]) -> ProposedCase:
    listed = {entry.name for entry in case.files}
    more = tuple(FileEntry(name=name) for name in names if name not in listed)
    case = case.model_copy(update={"files": (*case.files, *more)})
    said = _said(heap, case)
    try:
        admit(case, heap.house)
    except RequestFault as fault:
        return ProposedCase(case=_plain(case).json, files=names, filled=said, questions=_faults(fault, heap.catalog))
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
    source = heap.catalog.text("filled.source.mail" if heap.of_mail else "filled.source.pages")
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


def _faults(fault: RequestFault, catalog: Catalog) -> tuple[ProposalQuestion, ...]:
    """What has to be said before there is a case at all."""
    pointers = dict.fromkeys(one.pointer or "/platform" for one in fault.faults)
    return tuple(_question(pointer, catalog) for pointer in pointers)


def _question(pointer: str, catalog: Catalog) -> ProposalQuestion:
    return ProposalQuestion(pointer=pointer, text=catalog.text("question.missing", field=field_name(pointer, catalog)))


def _guesses(heap: _Heap) -> tuple[ProposalQuestion, ...]:
    """What was guessed from the words of pages, to be confirmed: what the case is about is not read off a screenshot."""
    said = {} if heap.of_mail else heap.start.said
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
