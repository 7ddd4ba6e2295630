"""The cases of a tenant, one row each with its versions inside: what is still open by the time that is left, then the rest.

A case is what drafts and packs of one platform and one subject are about. Its deadline follows from what the case says.
"""

import datetime as dt
import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from api.form.drafting import FormDraft
from api.service import Service
from casefile import text_folding
from casefile.deadline import due_dates, effective_deadline
from casefile.house import House
from casefile.plain_case import PlainCase
from casefile.subject import subject_id
from jobs.case_work.kinds.live_preview import readable
from jobs.engine.pack_view import PackView

CaseState = Literal["open", "making", "ready", "sent", "waiting", "won", "lost", "withdrawn", "failed"]
STATES: tuple[CaseState, ...] = ("open", "ready", "sent", "waiting", "won", "lost", "withdrawn")
"""States that a list can be narrowed to, in the order in which a case goes through them."""
STATE_TONES: Mapping[CaseState, str] = {
    "open": "warn", "making": "note", "ready": "good", "sent": "note", "waiting": "note", "won": "good", "lost": "bad",
    "withdrawn": "", "failed": "bad",
}  # fmt: skip
_CLOSED = frozenset({"won", "lost", "withdrawn"})
_ANSWERED = frozenset({"sent", "waiting"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The deadline that counts, and its name by language."""

    at: dt.datetime
    name: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft of the list: its form, and when it was last changed."""

    draft: FormDraft
    changed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """One case: ``drafts`` where it is worked on in the pages and ``packs``, both newest first."""

    platform: str
    procedure: str
    reason: str
    subject: str
    state: CaseState
    due: Due | None
    who: str
    changed: str
    drafts: tuple[DraftLine, ...]
    packs: tuple[PackView, ...]

    @property
    def href(self) -> str:
        """Where its work goes on: the draft, which shows what was made of it; a pack that was made elsewhere."""
        mine = next((line.draft for line in self.drafts if not self.packs or line.draft.pack == self.packs[0].id), None)
        return f"/drafts/{mine.id}" if mine else f"/packs/{self.packs[0].id}"

    @property
    def closed(self) -> bool:
        """Whether it has ended."""
        return self.state in _CLOSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a list is narrowed to; empty means everything."""

    text: str = ""
    state: str = ""
    platform: str = ""

    def takes(self, row: CaseRow) -> bool:
        """Whether a row belongs on the list."""
        folded = text_folding.number(row.subject)
        return (
            (not self.text or text_folding.number(self.text) in folded or self.text.casefold() in row.who.casefold())
            and (not self.state or row.state == self.state)
            and (not self.platform or row.platform == self.platform)
        )


def rows(service: Service, drafts: Iterable[DraftLine], packs: Iterable[PackView]) -> list[CaseRow]:
    """The cases of these drafts and packs, the most pressing first."""
    grouped: dict[tuple[str, str], tuple[list[DraftLine], list[PackView]]] = {}
    for view in packs:
        grouped.setdefault((view.asked.platform, text_folding.number(view.asked.subject)), ([], []))[1].append(view)
    of_pack = {view.id: key for key, (_, mine) in grouped.items() for view in mine}
    for line in drafts:
        subject = _subject(line.draft) or str(line.draft.id)
        key = of_pack.get(line.draft.pack or "") or (line.draft.platform.id, text_folding.number(subject))
        grouped.setdefault(key, ([], []))[0].append(line)
    return sorted((_row(service, mine, views) for mine, views in grouped.values()), key=_order)


def _order(row: CaseRow) -> tuple[object, ...]:
    rank = 2 if row.closed else 1 if row.state in _ANSWERED else 0
    due = row.due.at.timestamp() if row.due and not rank else float("inf")
    return rank, due, tuple(-ord(sign) for sign in row.changed[:19])


def _row(service: Service, drafts: list[DraftLine], packs: list[PackView]) -> CaseRow:
    newest = max(drafts, key=lambda line: line.changed, default=None)
    state = _state(packs)
    if packs:
        asked = packs[0].asked
        about = (asked.platform, asked.procedure, asked.reason or "", asked.subject)
    else:
        assert newest is not None
        draft = newest.draft
        about = (draft.platform.id if draft.placed else "", draft.procedure_id, draft.reason, _subject(draft))
    due = None
    if state not in {*_CLOSED, *_ANSWERED}:
        due = (
            _due_of_draft(newest.draft, service.house)
            if newest
            else _due_of_pack(service, packs[0].asked.tenant, packs[0].id)
        )
    return CaseRow(
        platform=about[0], procedure=about[1], reason=about[2], subject=about[3], state=state, due=due,
        who=newest.draft.fields.get("who", "") if newest else "",
        changed=max([line.changed for line in drafts] + [view.asked.created_at for view in packs]),
        drafts=tuple(sorted(drafts, key=lambda line: line.changed, reverse=True)), packs=tuple(packs),
    )  # fmt: skip


def _state(packs: list[PackView]) -> CaseState:
    """How far a case is: what was recorded last of it, else what its newest pack was found to be."""
    outcome = next((view.outcome for view in packs if view.outcome), None)
    if outcome and outcome.outcome in _CLOSED:
        return outcome.outcome
    if sent := next((view.submission for view in packs if view.submission), None):
        return "waiting" if sent.case_id else "sent"
    if not packs:
        return "open"
    if packs[0].state in {"queued", "running"}:
        return "making"
    verdict = packs[0].result.verdict if packs[0].result else None
    return "failed" if verdict is None else "open" if verdict == "blocked" else "ready"


def _subject(draft: FormDraft) -> str:
    return subject_id(readable(draft.known_case()), draft.procedure.subject) or "" if draft.fields else ""


def _due_of_draft(draft: FormDraft, house: House) -> Due | None:
    return _due(draft.known_case(), house) if draft.placed else None


@functools.lru_cache(maxsize=5000)
def _due_of_pack(service: Service, tenant: str, pack_id: str) -> Due | None:
    """The deadline of a pack that no draft belongs to; what was asked for never changes."""
    accepted = service.packs.shelf(tenant, pack_id).accepted()
    return _due(PlainCase(accepted.case), service.house) if accepted else None


def _due(case: PlainCase, house: House) -> Due | None:
    known = readable(case)
    platform = house.platforms.get(known.platform)
    procedure = platform.procedures.get(known.procedure) if platform else None
    if platform is None or procedure is None:
        return None
    found = effective_deadline(due_dates(known, platform, procedure))
    return Due(at=found.ends, name=found.name) if found and found.ends else None
