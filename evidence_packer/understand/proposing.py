"""Where a heap of pages and a mail belong, and the case that they begin: platform, site, procedure, reason, ids, dates. Pure.

What the caller already says always stands. The mail speaks before the pages, because it is about this very case.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from casefile.as_printed import of_day
from casefile.case import Case
from casefile.errors import RequestFault
from casefile.house import House
from casefile.parse import parse_case
from casefile.platform import Platform
from casefile.pointer import put, resolve
from casefile.reading import Reading
from casefile.subject import SUBJECT_FIELDS
from evidence_packer.understand.candidates import MoneyText
from evidence_packer.understand.mail import MailFacts, read_mail

MAIL_TYPES = frozenset({"message/rfc822", "application/vnd.ms-outlook", "text/plain"})
"""What is read as a mail of the platform is."""
_CURRENCY = ".currency"
_PLACE = ("/platform", "/site", "/procedure", "/reason")
_PAGES, _MOST_LINES = 3, 300
"""Pages of a file and lines of a heap that say where it belongs."""
_METRIC = ("name", "value", "target", "from", "to", "orders_affected")
_ALWAYS = (
    *(f"/metric/{name}" for name in _METRIC), "/order/id", "/claim/statement", "/claim/opened_at", "/claim/amount",
    "/deadline/at", "/claim/id",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """A case as the caller and the mail begin it, and what of it the mail said: pointer → value for people.

    Platform and procedure of ``case`` are empty where neither names one that is known.
    """

    case: Case
    said: Mapping[str, str]
    end_of_day: frozenset[str] = frozenset()
    """Times of which the mail says only the day, and its end was taken."""
    unread: tuple[str, ...] = ()
    """Lines of the mail that state something and were not understood."""
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Dates of the mail that can mean two days, where the caller says none."""
    of_mail: bool = False
    """Whether a mail says where it belongs, and not only the words of screenshots."""


def begun_by_heap(partial: Case, text: str, heap: Iterable[Reading], house: House) -> Beginning:
    """The case that a heap begins: what ``text`` says, and where its mails, else the words of its pages, say that it belongs.

    What a mail among the files says besides stands on its page, and is read there like everything else.
    """
    heap = tuple(heap)
    first = begun(partial, text, house)
    mails = begun(first.case, _words(one for one in heap if one.media_type in MAIL_TYPES), house)
    said = {**first.said, **{pointer: mails.said[pointer] for pointer in _PLACE if pointer in mails.said}}
    if not said:
        return begun(partial, _words(heap), house, of_pages=True)
    placed = _taken(first.case, {pointer: said[pointer] for pointer in _PLACE if pointer in said}, said)
    of_mail = not set(first.said) | set(mails.said) <= set(_PLACE)
    return replace(
        first, case=placed.case, said=said, unread=(*first.unread, *mails.unread), of_mail=of_mail,
        choices={pointer: many for pointer, many in first.choices.items() if resolve(placed.case, pointer) is None},
    )  # fmt: skip


def _words(heap: Iterable[Reading]) -> str:
    """The words on the first pages of files."""
    lines = [line.text for reading in heap for page in reading.pages[:_PAGES] for line in page.lines]
    return "\n".join(lines[:_MOST_LINES])


def begun(partial: Case, text: str, house: House, *, of_pages: bool = False) -> Beginning:
    """The case that ``text`` (a mail, a notice, the pages of a heap) begins, with what the caller already says.

    ``of_pages``: the text is that of screenshots, which place the case but are read page by page for everything else.
    """
    platform = house.platforms.get(partial.platform)
    procedure = partial.procedure if platform and partial.procedure in platform.procedures else None
    mail = (
        read_mail(text, house, platform=platform.id if platform else None, procedure=procedure)
        if text.strip()
        else None
    )
    if mail is None:
        return Beginning(case=partial, said={})
    found = {name: value for name in ("platform", "procedure", "site", "reason") if (value := getattr(mail, name))}
    values: dict[str, str | int | MoneyText] = {f"/{name}": value for name, value in found.items()}
    told = {**{f"/{name}": value for name, value in found.items()}, **mail.fields, **_sums(mail.fields)}
    if not of_pages:
        site = house.platforms[mail.platform].site(partial.site or mail.site)
        values |= values_of(mail, house.platforms[mail.platform], ZoneInfo(site.zone))
        items = {f"/notice/required_items/{place}/text": item for place, item in enumerate(mail.items)}
        values, told = values | items, told | items
    taken = _taken(partial, values, told)
    if of_pages:
        return taken
    open_ = {pointer: many for pointer, many in mail.choices.items() if resolve(taken.case, pointer) is None}
    return replace(taken, end_of_day=mail.end_of_day, unread=mail.unread, choices=open_)


def _sums(fields: Mapping[str, str]) -> dict[str, str]:
    """Sums as people read them, with their currency."""
    return {
        pointer: f"{amount} {fields[pointer + _CURRENCY]}"
        for pointer, amount in fields.items()
        if pointer + _CURRENCY in fields
    }


def _taken(partial: Case, values: Mapping[str, str | int | MoneyText], told: Mapping[str, str]) -> Beginning:
    """The case with those values that the caller left open and that a case can hold, each tried by itself."""
    case, said = partial, dict[str, str]()
    for pointer, value in values.items():
        if resolve(case, pointer) not in (None, "", ()):
            continue
        plain = case.model_dump(mode="json", by_alias=True, exclude_unset=True)
        if put(plain, pointer, value, over=not resolve(case, pointer)):
            try:
                case = parse_case(plain)
            except RequestFault:
                continue
            said[pointer] = told[pointer]
    return Beginning(case=case, said=said)


def values_of(mail: MailFacts, platform: Platform, zone: ZoneInfo) -> dict[str, str | int | MoneyText]:
    """The fields of a mail as a case takes them, those that its procedure asks for or that every case has."""
    procedure = platform.procedures[mail.procedure]
    wanted = {*_ALWAYS, *procedure.ask, *procedure.required, *SUBJECT_FIELDS[procedure.subject]}
    found: dict[str, str | int | MoneyText] = {}
    for pointer, text in mail.fields.items():
        if pointer.endswith(_CURRENCY) or pointer not in wanted:
            continue
        if pointer.endswith("/amount"):
            if currency := mail.fields.get(pointer + _CURRENCY):
                found[pointer] = MoneyText(amount=text, currency=currency)
        elif pointer == "/metric/orders_affected":
            found[pointer] = int(text)
        elif pointer.endswith(("_at", "/at")):
            found[pointer] = _moment(text, zone)
        else:
            found[pointer] = text
    return found


def _moment(text: str, zone: ZoneInfo) -> str:
    """A local time of a mail with its offset; a day alone stays one."""
    if len(text) == len("2026-11-18"):
        return of_day(dt.date.fromisoformat(text), zone).isoformat()
    moment = dt.datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).isoformat()
