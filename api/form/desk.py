"""What stands beside the fields while a case is typed: the clock, what is missing, the files' signs, the letter.

The judging is done by the work book over looks made earlier; here it becomes what a page shows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request

from api.form.drafting import FormDraft
from api.form.due import TimeLeft, due_now
from api.form.file_views import FileView, file_view
from api.form.gaps import Gap, gaps, place
from api.form.own_words import Box, box, pages, parts, unused
from api.form.retake import retake_list
from api.form.slots import Slot, slots
from api.form.words import PageWords
from api.service import Service, now, service_of, tenant_of
from evidence_packer.judge.known_checks import kind_of
from evidence_packer.report.shape import ReportDeadline, ReportLeftOut, ReportTick
from jobs.case_work.kinds.live_preview import DeskRequest, KnownFile, Preview, case_desk
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
    parts: tuple[tuple[str, Box | None], ...]
    pages: str
    unused: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingLine:
    """Words of the letter that would be said better, and the field they stand in."""

    title: str
    hint: str
    to: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Everything beside the fields."""

    clocks: tuple[DeskClock, ...]
    gaps: tuple[Gap, ...]
    slots: tuple[Slot, ...]
    files: tuple[FileView, ...]
    letter: DeskLetter
    offers: Mapping[str, str]
    wording: tuple[WordingLine, ...]
    checklist: tuple[ReportTick, ...]
    retakes: str
    """The list for the colleague who takes screenshots again; empty when there is nothing to take."""
    reading: bool
    """Some file is still being read."""


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
    asked = DeskRequest(
        case=draft.plain_case(), files=tuple(known for known, _ in files), as_of=now(), language=words.catalog.language,
        earlier=service.memory.of(tenant_of(request), draft.id),
    )  # fmt: skip
    seen = case_desk(asked, service.house)
    report = seen.report
    findings = words.findings(report)
    views = tuple(file_view(draft, words, n, pair, (seen, findings)) for n, pair in enumerate(files, start=1))
    kinds = [view.kind for view in views if view.state != "refused"]
    return Desk(
        clocks=_clocks(draft, words, report.deadlines),
        gaps=gaps(draft, words, findings, [view.tone for view in views]),
        slots=slots(draft.procedure, draft.reason, kinds, report.coverage),
        files=views,
        letter=_letter(draft, seen),
        offers=seen.offers,
        wording=tuple(
            WordingLine(title=f.title, hint=f.hint, to=place(draft, f))
            for f in findings
            if kind_of(f.code).role == "wording"
        ),
        checklist=report.checklist,
        retakes=retake_list(words, draft.fields.get("/order/id") or words.name(draft.procedure.name), report)
        if views
        else "",
        reading=any(view.state == "reading" for view in views),
    )


def _letter(draft: FormDraft, seen: Preview) -> DeskLetter:
    """The letter as the report has it, its HTML in pieces with the boxes to say a paragraph in own words."""
    letter, told = seen.letter, seen.report.letter
    boxes = {one.paragraph: box(one, letter.language) for one in letter.editable}
    return DeskLetter(
        language=letter.language,
        chars=told.chars if told else 0,
        limit=told.limit if told else None,
        left_out=told.left_out if told else (),
        parts=tuple(parts(seen.letter_html, boxes)),
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
