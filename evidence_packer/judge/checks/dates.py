"""Dates of pages: shown where they have to be, those of the case, with clocks and zones that are clear; a dispatch in time."""

import datetime as dt
from collections.abc import Iterator

from casefile.as_printed import plain, shown
from casefile.facts import FileFacts
from casefile.fields.files import Kind
from casefile.finding import Finding
from casefile.finding_kind import FindingKind
from casefile.promptness import dispatched_in_time
from evidence_packer.judge.check import EXPECTS_TIME, CheckOf, Dossier, Skip
from evidence_packer.judge.evidence_events import dated, outbound, steps
from evidence_packer.judge.witness import older_than_order
from evidence_packer.understand.moments import on_day_of

TIMESTAMP_MISSING = FindingKind(code="timestamp-missing", severity="warning", about="file", sign="time", retake=True)
TIMESTAMP_AMBIGUOUS = FindingKind(code="timestamp-ambiguous", severity="advice", about="file", sign="time", retake=True)
_MUST = frozenset({"tracking", "messages", "proof_of_delivery"})


def check_timestamp_visible(dossier: Dossier) -> Iterator[Finding]:
    """Does a page that has to say when, say when?

    One warning per file whose kind needs a date and shows none (unreadable pages have their own finding).
    """
    for file in dossier.of_kinds(EXPECTS_TIME):
        if not dossier.legible(file):
            continue
        if not file.timestamps and file.has_text:
            yield TIMESTAMP_MISSING.found(file=file.file, rules=("S000-54", "S001-47"))
        elif file.timestamps and all(seen.ambiguous for seen in file.timestamps) and file.kind in _MUST:
            first = file.timestamps[0]
            yield TIMESTAMP_AMBIGUOUS.found(file=file.file, page=first.page, box=first.box, params={"text": first.text})


DELIVERY_DATE_DIFFERS = FindingKind(code="delivery-date-differs", severity="warning", about="file")
HOUSE_NUMBER_DIFFERS = FindingKind(code="house-number-differs", severity="warning", about="file")
PAGE_BEFORE_ORDER = FindingKind(code="page-before-order", severity="warning", about="file")
CLOCK_BEFORE_PAGE = FindingKind(code="clock-before-page", severity="warning", about="file")
CAMERA_TIME_DIFFERS = FindingKind(code="camera-time-differs", severity="advice", about="file")
TIME_ZONE_UNCLEAR = FindingKind(code="time-zone-unclear", severity="advice", about="file")
_PAPERS: frozenset[Kind] = frozenset({"tracking", "proof_of_delivery"})
_RECORDS = _PAPERS | {"messages", "refund_proof"}
"""Kinds that print only what has happened."""
_DAY = dt.timedelta(days=1)


def _other_delivery_day(dossier: Dossier, file: FileFacts) -> Iterator[Finding]:
    """The delivery that a parcel's own page prints on another day than the case."""
    for number, told in steps(dossier.case, file) if outbound(dossier.case, file) else ():
        claimed = dated(dossier.case, "delivered", number)
        said = [one for one in told if one.says == "delivered"]
        if claimed and said and not any(on_day_of(str(one.at), moment) for one in said for moment in claimed):
            yield DELIVERY_DATE_DIFFERS.found(
                file=file.file,
                page=said[0].page,
                box=said[0].box,
                params={
                    "found": plain(str(said[0].at)),
                    "expected": shown(claimed[0]),
                },
                rules=("S003-13",),
            )


def _other_house_number(file: FileFacts) -> Iterator[Finding]:
    """Our street on a delivery paper, with another house number."""
    seen = next((place for place in file.places if place.part == "house_number" and not place.matches), None)
    if seen:
        yield HOUSE_NUMBER_DIFFERS.found(
            file=file.file, page=seen.page, box=seen.box, params={"found": seen.text}, rules=("S000-64",)
        )


def _before_the_order(dossier: Dossier, file: FileFacts) -> Iterator[Finding]:
    """A page whose every date lies before the order: it belongs to another one. One may chat before one buys."""
    placed = dossier.case.order.placed_at if dossier.case.order else None
    if placed is None or file.kind == "messages" or not older_than_order(dossier.case, file):
        return
    dates = [seen for seen in file.timestamps if seen.at and not seen.ambiguous and not seen.desktop_clock]
    last = max(dt.date.fromisoformat(str(seen.at)[:10]) for seen in dates)
    yield PAGE_BEFORE_ORDER.found(
        file=file.file,
        page=dates[0].page,
        box=dates[0].box,
        params={"found": last.isoformat(), "expected": placed.date().isoformat()},
        rules=("S003-13",),
    )


def _clock(file: FileFacts) -> Iterator[Finding]:
    """A page that prints times later than the clock of the screen on which it was taken."""
    clocks = [seen for seen in file.timestamps if seen.desktop_clock and seen.at and not seen.ambiguous]
    others = [
        seen for seen in file.timestamps if seen.has_time and seen.at and not seen.desktop_clock and not seen.ambiguous
    ]
    if not clocks or file.kind not in _RECORDS:
        return
    taken = dt.date.fromisoformat(str(clocks[-1].at)[:10])
    late = next((seen for seen in others if dt.date.fromisoformat(str(seen.at)[:10]) > taken + _DAY), None)
    if late:
        yield CLOCK_BEFORE_PAGE.found(
            file=file.file, page=late.page, box=late.box, params={"found": late.text, "clock": clocks[-1].text}
        )


def _camera(dossier: Dossier, file: FileFacts) -> Iterator[Finding]:
    """A photograph whose camera says another day than the case."""
    entry = dossier.case.entry(file.file)
    if entry is None or entry.captured_at is None or file.exif.taken_at is None:
        return
    camera = dt.datetime.fromisoformat(file.exif.taken_at).date()
    if abs((camera - entry.captured_at.date()).days) > 1:
        yield CAMERA_TIME_DIFFERS.found(
            file=file.file,
            params={
                "found": file.exif.taken_at.replace("T", " "),
                "expected": entry.captured_at.isoformat(timespec="minutes"),
            },
        )


def _zone(file: FileFacts) -> Iterator[Finding]:
    """A zone word that means several zones."""
    seen = next((one for one in file.timestamps if one.zone_asked), None)
    if seen:
        yield TIME_ZONE_UNCLEAR.found(
            file=file.file, page=seen.page, box=seen.box, params={"text": seen.text, "zone": seen.zone_asked or ""}
        )


def check_evidence_agrees(dossier: Dossier) -> Iterator[Finding]:
    """Do the pages tell the same days and places as the case?

    Warnings for days and places that differ, advice for camera clocks and zone words.
    """
    for file in dossier.facts:
        if file.kind in _PAPERS:
            yield from _other_delivery_day(dossier, file)
            yield from _other_house_number(file)
        yield from _before_the_order(dossier, file)
        yield from _clock(file)
        yield from _camera(dossier, file)
        yield from _zone(file)


DISPATCHED_LATE = FindingKind(code="dispatched-late", severity="warning")


def check_dispatched_in_time(dossier: Dossier) -> Iterator[Finding]:
    """Did the order leave by its ship-by date?

    A warning where it left later: the letter then claims a dispatch, and never one in time.
    """
    if dossier.case.reason == "late_shipment":
        raise Skip("about-lateness")
    in_time = dispatched_in_time(dossier.case)
    if in_time is None:
        raise Skip("no-ship-by-date")
    if not in_time:
        yield DISPATCHED_LATE.found(pointer="/order/ship_by_at")


CHECKS = (
    CheckOf(
        code="timestamp-visible",
        judges="facts",
        findings=(TIMESTAMP_MISSING, TIMESTAMP_AMBIGUOUS),
        run=check_timestamp_visible,
    ),
    CheckOf(
        code="evidence-agrees",
        judges="facts",
        findings=(
            DELIVERY_DATE_DIFFERS,
            HOUSE_NUMBER_DIFFERS,
            PAGE_BEFORE_ORDER,
            CLOCK_BEFORE_PAGE,
            CAMERA_TIME_DIFFERS,
            TIME_ZONE_UNCLEAR,
        ),
        run=check_evidence_agrees,
    ),
    CheckOf(code="dispatched-in-time", judges="case", findings=(DISPATCHED_LATE,), run=check_dispatched_in_time),
)
