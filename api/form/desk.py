"""What stands beside the fields while a case is typed: the clock, what is missing, the files' signs, the letter.

The judging is done by the work book (``jobs/kinds/case_desk.py``) over looks made earlier; here it becomes what a page shows.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from api.form.drafting import FormDraft
from api.form.gaps import TONES, gaps, place
from api.form.own_words import box, pages, parts, unused
from api.form.retake import retake_list
from api.form.slots import Slot, slots
from api.form.typed import Row
from api.form.words import PageWords
from api.service import Service, now, service_of, tenant_of
from jobs.kinds.case_desk import DeskRequest, KnownFile, case_desk
from jobs.looks import KeptLook

_WORST = ("bad", "warn", "good")
_SOON_HOURS = 24
_NAMES_ANOTHER = {"exhibit-near-duplicate", "chat-out-of-order"}
"""Findings that another file is part of; only their detail names it."""
_SAID = "kind-proposed"
"""The row's own choice of kinds says it already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """One row of the list of files, ready to show."""

    row: Row
    number: int
    bytes: int
    kind: str
    proposed: bool
    state: str
    """``read``, ``reading`` or ``refused``."""
    tone: str
    signs: tuple[Mapping[str, Any], ...]
    hints: tuple[Mapping[str, Any], ...]
    picture: str | None
    pages: int
    sizes: Mapping[int, tuple[int, int]]
    """Width and height of the pages that have a picture, by number from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Everything beside the fields."""

    clocks: tuple[Mapping[str, Any], ...]
    gaps: tuple[Mapping[str, Any], ...]
    slots: tuple[Slot, ...]
    files: tuple[FileView, ...]
    letter: Mapping[str, Any]
    offers: Mapping[str, str]
    wording: tuple[Mapping[str, Any], ...]
    checklist: tuple[Mapping[str, Any], ...]
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
    findings = words.findings(seen["report"])
    views = tuple(_view(draft, words, n, pair, seen, findings) for n, pair in enumerate(files, start=1))
    kinds = [view.kind for view in views if view.state != "refused"]
    return Desk(
        clocks=tuple(_clock(draft, words, due) for due in seen["report"]["deadlines"] if due["hours_left"] is not None),
        gaps=gaps(draft, words, findings, [view.tone for view in views]),
        slots=slots(draft.procedure, draft.reason, kinds, seen["report"]["coverage"]),
        files=views,
        letter=_letter(draft, seen),
        offers=seen["offers"],
        wording=tuple({**f, "to": place(draft, f)} for f in findings if f["code"] == "wording"),
        checklist=tuple(seen["report"]["checklist"]),
        retakes=retake_list(
            words, draft.fields.get("/order/id") or words.name(draft.procedure.name), seen["report"], findings
        )
        if views
        else "",
        reading=any(view.state == "reading" for view in views),
    )


def _letter(draft: FormDraft, seen: Mapping[str, Any]) -> Mapping[str, Any]:
    """The letter as the report has it, its HTML in pieces with the boxes to say a paragraph in own words."""
    letter = seen["letter"]
    boxes = {one.paragraph: box(one, letter["language"]) for one in letter["editable"]}
    return {
        **letter, **(seen["report"]["letter"] or {}), "parts": tuple(parts(letter["html"], boxes)),
        "pages": pages(letter["plan"]), "unused": unused(draft.fields, letter["language"], boxes),
    }  # fmt: skip


def _clock(draft: FormDraft, words: PageWords, due: Mapping[str, Any]) -> Mapping[str, Any]:
    zone = draft.platform.site(draft.site_code).zone
    at, hours = due["block_at"] or due["warn_at"], due["hours_left"]
    warned = due["warn_at"] is not None and dt.datetime.fromisoformat(due["warn_at"]) <= now()
    tone = "bad" if hours < 0 else "warn" if warned or hours < _SOON_HOURS else ""
    own = due["source"] in {"user", "notice", "back_office", "email"}
    return {
        "name": due["name"], "at": at, "left": words.left(hours), "tone": tone, "there": words.moment(at, zone), "zone": zone,
        "warn": words.moment(due["warn_at"], zone) if due["warn_at"] and due["block_at"] else None,
        "source": words.catalog.text("clock.source.own") if own else due["source"], "confidence": due["confidence"],
    }  # fmt: skip


def _view(  # one row brings these together
    draft: FormDraft,
    words: PageWords,
    number: int,
    pair: tuple[KnownFile, KeptLook | None],
    seen: Mapping[str, Any],
    findings: list[dict[str, Any]],
) -> FileView:
    known, look = pair
    row = next(row for row in draft.rows if row.name == known.name)
    signs = tuple(_sign(words, sign) for sign in seen["signs"].get(known.name, ()))
    mine = {f["code"]: f for f in reversed(findings) if f["file"] == known.name and f["code"] != _SAID}
    hints = [_hint(finding, seen) for finding in reversed(mine.values())]
    if known.refused:
        code, params = known.refused.code, known.refused.params
        reason = words.catalog.text(f"not_included.{code}", {"file": known.name, **params})
        hints = [{"tone": "bad", "title": reason, "hint": words.remedy(code), "page": None, "box": None}]
    kind, proposed = seen["kinds"].get(known.name, (row.kind or "other", row.kind is None))
    tones = [sign["tone"] for sign in signs] + [hint["tone"] for hint in hints]
    has_picture = look is not None and look.pages > 0
    return FileView(
        row=row, number=number, bytes=known.bytes, kind=kind, proposed=proposed and row.kind is None,
        state="refused" if known.refused else "read" if known.reading else "reading",
        tone=next((tone for tone in _WORST if tone in tones), ""), signs=signs, hints=tuple(hints),
        picture=f"/drafts/{draft.id}/pictures/{row.key}" if has_picture else None,
        pages=len(known.reading.pages) if known.reading else 0,
        sizes=_sizes(known, look),
    )  # fmt: skip


def _sizes(known: KnownFile, look: KeptLook | None) -> Mapping[int, tuple[int, int]]:
    pages = known.reading.pages[: look.pages] if known.reading and look else ()
    return {page.number: (page.width, page.height) for page in pages}


def _sign(words: PageWords, sign: Mapping[str, Any]) -> Mapping[str, Any]:
    key = f"sign.{sign['code']}.{sign['finding'] or sign['tone']}"
    if not words.catalog.has(key):
        key = f"sign.{sign['code']}.{sign['tone']}"
    return {**sign, "label": words.catalog.text(key, text=sign["text"] or "")}


def _hint(finding: Mapping[str, Any], seen: Mapping[str, Any]) -> Mapping[str, Any]:
    place = next(
        (sign for sign in seen["signs"].get(finding["file"], ()) if sign["finding"] == finding["code"] and sign["box"]),
        None,
    )
    box, page = (place["box"], place["page"]) if place else (finding["box"], finding["page"])
    return {
        "tone": TONES[finding["severity"]],
        "title": finding["detail"] if finding["code"] in _NAMES_ANOTHER else finding["title"],
        "hint": finding["hint"],
        "page": page or 1,
        "box": box,
    }
