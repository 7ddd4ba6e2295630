"""What stands beside the fields while a case is typed: the clock, what is missing, the files' signs, the letter.

The judging is done by the work book over looks made earlier; here it becomes what a page shows.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request

from api.form.drafting import FormDraft
from api.form.due import TimeLeft, due_now
from api.form.facts import Fact, extra, facts
from api.form.file_views import FileView, exhibit_numbers, file_view
from api.form.gaps import Gap, gaps, place
from api.form.groups import Sorted, by_source, decisive, groups
from api.form.letter_gaps import LetterGap, at_conclusion, letter_gaps
from api.form.next_step import DeskVerdict, desk_verdict
from api.form.noted import keep
from api.form.own_words import Box, UnusedWords, box, pages, parts, unused
from api.form.retake import retake_list
from api.form.slots import Slot, slots
from api.form.words import PageWords
from api.service import Service, now, service_of, tenant_of
from casefile.case import Case
from casefile.filling import Filled
from evidence_packer.judge.known_checks import kind_of
from evidence_packer.report.shape import ReportDeadline, ReportLeftOut, ReportTick
from jobs.case_work.kinds.live_preview import DeskRequest, KnownFile, Preview, completed_case, live_preview
from jobs.records.reading_cache import KeptLook


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskClock:
    """A deadline that still runs, and where its date comes from; ``warn`` is when it becomes close."""

    time: TimeLeft
    warn: str | None
    source: str
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskLetter:
    """The letter as it would be now: its HTML in pieces, each with the box to say it in own words where there is one."""

    language: str
    chars: int
    limit: int | None
    left_out: tuple[ReportLeftOut, ...]
    before: tuple[tuple[str, Box | None], ...]
    """The pieces up to the conclusion; the gaps stand behind them."""
    after: tuple[tuple[str, Box | None], ...]
    gaps: tuple[LetterGap, ...]
    copy: Mapping[str, str]
    """What each paragraph says in the reader's language, by its name."""
    pages: str
    unused: tuple[UnusedWords, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingLine:
    """Words of the letter that would be said better, and the field they stand in."""

    title: str
    hint: str
    to: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactTable:
    """The table of facts: the line of each field, the fields by who knows them, and what was read besides, as names and values."""

    facts: Mapping[str, Fact]
    fields: Sorted
    extra: tuple[tuple[str, str], ...]

    @property
    def lines(self) -> str:
        """Stands for the lines of the table; a page that was drawn with others is drawn anew."""
        drawn = [field.pointer for field in self.fields.known], self.extra
        return hashlib.sha256(repr(drawn).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Everything beside the fields."""

    clocks: tuple[DeskClock, ...]
    gaps: tuple[Gap, ...]
    slots: tuple[Slot, ...]
    files: tuple[FileView, ...]
    letter: DeskLetter
    table: FactTable
    verdict: DeskVerdict
    wording: tuple[WordingLine, ...]
    checklist: tuple[ReportTick, ...]
    retakes: str
    """The list for the colleague who takes screenshots again; empty when there is nothing to take."""
    reading: bool
    """Some file is still being read."""
    case: Case
    """The case as its files complete it."""
    filled: tuple[Filled, ...]


def known_files(service: Service, draft: FormDraft) -> tuple[tuple[KnownFile, KeptLook | None], ...]:
    """The files of a draft in order, each with what was read of it so far."""
    found = []
    for row in draft.rows:
        file = draft.file(row.name)
        if file is None:
            continue
        look = service.looks.of(file.key)
        known = KnownFile(
            name=file.name,
            bytes=file.bytes,
            reading=look.reading if look else None,
            refused=look.refused if look else None,
        )
        found.append((known, look))
    return tuple(found)


def desk(request: Request, draft: FormDraft, words: PageWords) -> Desk:
    """The desk of a draft now."""
    service = service_of(request)
    files = known_files(service, draft)
    seen = live_preview(_asked(request, draft, words, files), service.house)
    report = seen.report
    findings = words.findings(report)
    numbers = exhibit_numbers(files, seen.plan)
    views = tuple(file_view(draft, words, numbers[pair[0].name], pair, (seen, findings)) for pair in files)
    kinds = [view.kind for view in views if view.state != "refused"]
    open_ones = gaps(draft, words, findings, views)
    missing = letter_gaps(draft.procedure, seen, words)
    table = _table(draft, words, seen, views, service.house.practice.completion.never)
    return Desk(
        clocks=_clocks(draft, words, report.deadlines),
        gaps=open_ones,
        slots=slots(draft.procedure, draft.reason, kinds, report.coverage),
        files=views,
        letter=_letter(draft, seen, missing),
        table=table,
        verdict=desk_verdict(report.verdict, draft, words, open_ones, missing, views),
        wording=tuple(
            WordingLine(title=f.title, hint=f.hint, to=place(draft, f))
            for f in findings
            if kind_of(f.code).role == "wording"
        ),
        checklist=report.checklist,
        retakes=retake_list(words, _named(draft, words), report) if views else "",
        reading=any(view.state == "reading" for view in views),
        case=seen.case,
        filled=seen.filled,
    )


def _asked(
    request: Request, draft: FormDraft, words: PageWords, files: Sequence[tuple[KnownFile, KeptLook | None]]
) -> DeskRequest:  # what it is made of
    return DeskRequest(
        case=draft.plain_case(), files=tuple(known for known, _ in files), as_of=now(), language=words.catalog.language,
        earlier=service_of(request).memory.of(tenant_of(request), draft.id),
    )  # fmt: skip


def seen_now(request: Request, draft: FormDraft, words: PageWords) -> FormDraft:
    """The draft with the numbers and times that its files say now."""
    service = service_of(request)
    asked = _asked(request, draft, words, known_files(service, draft))
    return keep(request, draft, *completed_case(asked, service.house))


def _table(
    draft: FormDraft, words: PageWords, seen: Preview, views: Sequence[FileView], never: Sequence[str]
) -> FactTable:  # what its lines are made of
    listed = groups(draft.procedure, draft.reason, {**dict.fromkeys(_lines(seen), ""), **draft.fields})
    fields = [field for group in listed for field in (*group.first, *group.more)]
    known = facts(draft, words, fields, seen, views, decisive(draft.procedure, draft.reason))
    told = {pointer for pointer, fact in known.items() if fact.state != "open"}
    return FactTable(facts=known, fields=by_source(listed, never, told), extra=extra(seen, known, words))


def _named(draft: FormDraft, words: PageWords) -> str:
    """What a case is called where it has no number yet."""
    return draft.fields.get("/order/id") or words.name(draft.procedure.name)


def _lines(seen: Preview) -> tuple[str, ...]:
    """Fields of lists that the evidence fills: each needs a line of its own."""
    return tuple(one.pointer for one in seen.filled if one.pointer.startswith("/parcels/") and one.state == "adopted")


def _letter(draft: FormDraft, seen: Preview, missing: tuple[LetterGap, ...]) -> DeskLetter:
    """The letter as the report has it, its HTML in pieces with the boxes to say a paragraph in own words."""
    letter, told = seen.letter, seen.report.letter
    boxes = {one.paragraph: box(one, letter.language) for one in letter.editable}
    before, after = at_conclusion(tuple(parts(seen.letter_html, boxes)))
    return DeskLetter(
        language=letter.language,
        chars=told.chars if told else 0,
        limit=told.limit if told else None,
        left_out=told.left_out if told else (),
        before=before,
        after=after,
        gaps=missing,
        copy=seen.copy,
        pages=pages(seen.plan),
        unused=tuple(unused(draft.fields, letter.language, boxes)),
    )


def _clocks(draft: FormDraft, words: PageWords, deadlines: Sequence[ReportDeadline]) -> tuple[DeskClock, ...]:
    zone = draft.platform.site(draft.site_code).zone
    running = [(due, due_now(due, words, zone, now())) for due in deadlines]
    return tuple(_clock(words, due, left) for due, left in running if left)


def _clock(words: PageWords, due: ReportDeadline, left: TimeLeft) -> DeskClock:
    own = due.source in {"user", "notice", "back_office", "email"}
    return DeskClock(
        time=left,
        warn=words.moment(due.warn_at, left.zone) if due.warn_at and due.block_at else None,
        source=words.catalog.text("clock.source.own") if own else due.source, confidence=due.confidence,
    )  # fmt: skip
