"""Values of a case as the table of facts shows them, and as an input takes them: moments with their zone and Beijing's."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

from api.form.fields import FormField
from api.form.words import PageWords
from casefile.as_printed import is_clock_alone, is_day_alone
from casefile.case import Case
from casefile.fields.base import Money, any_text
from casefile.pointer import resolve

_BEIJING = ZoneInfo("Asia/Shanghai")
_DAY = len("2026-11-02")
_MONEY = re.compile(r"(?P<amount>[\d.,]+) (?P<currency>[A-Z]{3})")


def value_of(case: Case, pointer: str) -> object:
    """What the case says at a pointer of the form, or ``None``."""
    try:
        return resolve(case, pointer)
    except (KeyError, ValueError, IndexError):
        return None


def shown(value: object, field: FormField, words: PageWords) -> str:
    """A value for people, in the reader's language; empty where there is none."""
    if value is None or value == "":
        return ""
    match value:
        case dt.datetime():
            said = moment(value, words)
        case dt.date():
            said = words.moment(value.isoformat())
        case Money():
            said = f"{value.amount} {value.currency}"
        case tuple() | list():
            said = words.catalog.text("form.list_comma").join(str(one) for one in value)
        case dict():
            said = any_text({str(k): str(v) for k, v in value.items()}, words.catalog.language, "en") or ""
        case str() if field.pointer.endswith("/carrier"):
            said = words.carrier(value)
        case _:
            said = words.choice(field, str(value)) if field.sort == "choice" else str(value)
    return said


def moment(at: dt.datetime, words: PageWords) -> str:
    """A moment as its page prints it: the day where it prints no hour; with its zone where it prints one."""
    if is_day_alone(at):
        return words.moment(at.date().isoformat())
    said = words.moment(at.replace(tzinfo=None, microsecond=0).isoformat())
    return said if is_clock_alone(at) or at.tzinfo is None else f"{said} ({offset(at)})"


def beside(value: object, words: PageWords) -> str:
    """The same moment in Beijing, or that the page names no zone; nothing for what is no moment, or is there already."""
    if not isinstance(value, dt.datetime) or is_day_alone(value) or value.tzinfo is None:
        return ""
    there = value.astimezone(_BEIJING)
    if there.utcoffset() == value.utcoffset():
        return ""
    at = words.moment(there.replace(tzinfo=None, microsecond=0).isoformat())
    return words.catalog.text("fact.beijing_about" if is_clock_alone(value) else "fact.beijing", at=at)


def offset(at: dt.datetime) -> str:
    """The zone of a moment as people write it: ``UTC-8``, ``UTC+5:30``."""
    minutes = int((at.utcoffset() or dt.timedelta()).total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02d}" if rest else "")


def as_typed(text: str, field: FormField, zone: str) -> str:
    """A value that the evidence offers, as the field's input takes it."""
    if field.sort == "time":
        try:
            at = dt.datetime.fromisoformat(text)
        except ValueError:
            return text
        if len(text) <= _DAY or is_day_alone(at):
            return at.date().isoformat()
        local = at.astimezone(ZoneInfo(zone)) if at.tzinfo else at
        return local.strftime("%Y-%m-%dT%H:%M")
    if field.sort == "money" and (match := _MONEY.fullmatch(text)):
        return match["amount"]
    return text


def currency_of(text: str) -> str:
    """The currency of an offered amount, or nothing."""
    match = _MONEY.fullmatch(text)
    return match["currency"] if match else ""
