"""The dates of a mail by what they are: when the claim was opened, when the mail was sent, by when it has to be answered. Pure."""

import datetime as dt
from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from casefile.facts import TimestampSeen
from evidence_packer.understand.mail_dates import DATED, MailPlace, named, places
from evidence_packer.understand.mail_spans import MailDue, due_of, period_in
from evidence_packer.understand.mail_text import MailText, plain

_DAY = len("2026-11-18")
_LONG_LABEL = 40
_DATED = (("deadline", "/deadline/at"), ("opened", "/claim/opened_at"), ("sent", "/claim/notified_at"))

MailDates = Sequence[tuple[TimestampSeen, str | None]]
"""Each date of a mail with the table of labels that it stands under."""


def dates_of(mail: MailText, stamps: Sequence[TimestampSeen]) -> MailDates:
    """The dates of a mail, each with what its label says that it is."""
    where = places(mail, stamps)
    return [
        (seen, named(mail, place, where, DATED) or _begun(mail, place))
        for seen, place in zip(stamps, where, strict=True)
    ]


def _begun(mail: MailText, place: MailPlace) -> str | None:
    """``opened`` where the label is made of a claim and a word for a date ("Datum des Konflikts", 申请日期)."""
    label, colon, _ = mail.lines[place.row][: place.start].replace("：", ":").rpartition(":")
    called = plain(label)
    if not colon or len(called) > _LONG_LABEL:
        return None
    both = all(any(plain(word) in called for word in mail.labels(name)) for name in ("claims", "dates"))
    return "opened" if both else None


def _local(at: str, zone: str, *, end_of_day: bool) -> str:
    """The moment as a form takes it, local to the site; a day alone stays one, and a deadline on a day is its end."""
    if len(at) == _DAY:
        return at + ("T23:59" if end_of_day else "")
    moment = dt.datetime.fromisoformat(at)
    local = moment.astimezone(ZoneInfo(zone)) if moment.tzinfo else moment
    return local.strftime("%Y-%m-%dT%H:%M")


def times_of(mail: MailText, dates: MailDates) -> dict[str, str]:
    """The settled dates of a mail by the pointer that their label stands for."""
    zone = mail.platform.site(mail.site).zone
    found: dict[str, str] = {}
    for name, pointer in _DATED:
        for seen, label in dates:
            if label != name or seen.at is None or seen.ambiguous:
                continue
            at = _local(seen.at, zone, end_of_day=name == "deadline")
            if at not in found.values():
                found[pointer] = at
                break
    return found


def open_times(mail: MailText, dates: MailDates, known: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Dates that can mean two days, by the pointers that nothing else fills."""
    zone = mail.platform.site(mail.site).zone
    return {
        pointer: tuple(_local(at, zone, end_of_day=name == "deadline") for at in seen.meanings)
        for name, pointer in reversed(_DATED)
        if pointer not in known
        for seen, label in dates
        if seen.ambiguous and seen.meanings and label == name
    }


def due_in(mail: MailText, times: Mapping[str, str], stamps: tuple[TimestampSeen, ...]) -> MailDue | None:
    """The deadline by its date, or by the period that the mail gives; ``end_of_day`` where neither says an hour."""
    if at := times.get("/deadline/at"):
        dated = [seen for seen in stamps if seen.at and len(seen.at) == _DAY and at.startswith(seen.at)]
        return MailDue(at=at, end_of_day=bool(dated) and at.endswith("T23:59"))
    sent = times.get("/claim/notified_at")
    period = period_in("\n".join(mail.lines), mail.words)
    return due_of(period, sent, mail.platform.country(mail.site)) if sent and period else None
