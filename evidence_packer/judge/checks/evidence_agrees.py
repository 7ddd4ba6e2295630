"""Do the pages tell the same days and places as the case?"""

import datetime as dt
from collections.abc import Iterator

from casefile.facts import FileFacts
from casefile.fields.files import Kind
from casefile.finding import Finding
from evidence_packer.judge.check import Dossier
from evidence_packer.understand.moments import same_day

CODE = "evidence-agrees"
INPUT = "facts"
_PAPERS: frozenset[Kind] = frozenset({"tracking", "proof_of_delivery"})
_RECORDS = _PAPERS | {"messages", "refund_proof"}
"""Kinds that print only what has happened."""
_DAY = dt.timedelta(days=1)


def _delivery(dossier: Dossier, file: FileFacts) -> Iterator[Finding]:
    """The delivery that our parcel's own page prints on another day than the case."""
    claimed = [p.delivered_at for p in dossier.case.parcels if p.delivered_at and p.direction != "return"]
    events = [event for event in file.events if event.status in {"delivered", "signed"}]
    if not claimed or not events or not any(seen.matches for seen in file.tracking_numbers):
        return
    times = {event.at for event in events}
    if any(same_day(seen, moment) for seen in file.timestamps if seen.at in times for moment in claimed):
        return
    first = events[0]
    yield Finding(
        code="delivery-date-differs",
        severity="warning",
        file=file.file,
        page=first.page,
        box=first.box,
        params={"found": first.at.replace("T", " ")[:16], "expected": claimed[0].isoformat(timespec="minutes")},
        rules=("S003-13",),
    )


def _house(file: FileFacts) -> Iterator[Finding]:
    """Our street on a delivery paper, with another house number."""
    seen = next((place for place in file.places if place.part == "house_number" and not place.matches), None)
    if seen:
        yield Finding(
            code="house-number-differs",
            severity="warning",
            file=file.file,
            page=seen.page,
            box=seen.box,
            params={"found": seen.text},
            rules=("S000-64",),
        )


def _before_the_order(dossier: Dossier, file: FileFacts) -> Iterator[Finding]:
    """A page whose every date lies before the order: it belongs to another one."""
    placed = dossier.case.order.placed_at if dossier.case.order else None
    dates = [seen for seen in file.timestamps if seen.at and not seen.ambiguous and not seen.desktop_clock]
    if placed is None or not dates:
        return
    last = max(dt.date.fromisoformat(str(seen.at)[:10]) for seen in dates)
    if last < placed.date() - _DAY:
        yield Finding(
            code="page-before-order",
            severity="warning",
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
        yield Finding(
            code="clock-before-page",
            severity="warning",
            file=file.file,
            page=late.page,
            box=late.box,
            params={"found": late.text, "clock": clocks[-1].text},
        )


def _camera(dossier: Dossier, file: FileFacts) -> Iterator[Finding]:
    """A photograph whose camera says another day than the case."""
    entry = dossier.case.entry(file.file)
    if entry is None or entry.captured_at is None or file.exif.taken_at is None:
        return
    camera = dt.datetime.fromisoformat(file.exif.taken_at).date()
    if abs((camera - entry.captured_at.date()).days) > 1:
        yield Finding(
            code="camera-time-differs",
            severity="advice",
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
        yield Finding(
            code="time-zone-unclear",
            severity="advice",
            file=file.file,
            page=seen.page,
            box=seen.box,
            params={"text": seen.text, "zone": seen.zone_asked or ""},
        )


def check(dossier: Dossier) -> Iterator[Finding]:
    """Warnings for days and places that differ, advice for camera clocks and zone words."""
    for file in dossier.facts:
        if file.kind in _PAPERS:
            yield from _delivery(dossier, file)
            yield from _house(file)
            yield from _before_the_order(dossier, file)
        yield from _clock(file)
        yield from _camera(dossier, file)
        yield from _zone(file)
