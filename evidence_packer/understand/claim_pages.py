"""What the platform's mails, notices and case pages among the files say of the claim: ids, sums, dates, the buyer's words. Pure.

They are read as a pasted mail is read. Values of one page are adopted; where two pages differ, both are shown and a person says.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from casefile import text_folding
from casefile.case import Case
from casefile.facts import FileFacts
from casefile.fields.files import Box
from casefile.filling import Choice, Filled, FilledAt
from casefile.house import House
from casefile.plain_case import PlainCase
from casefile.pointer import resolve
from evidence_packer.understand.candidates import MoneyText
from evidence_packer.understand.claim_lines import in_order
from evidence_packer.understand.completed import Completed, checked
from evidence_packer.understand.interpret import own_order_ids
from evidence_packer.understand.mail import MailFacts, names_platform, read_mail
from evidence_packer.understand.proposing import MAIL_TYPES, values_of

_SUMS = ("/claim/amount", "/return/amount")
_TIMES = ("/deadline/at", "/claim/opened_at", "/claim/notified_at")
_APPEALS = frozenset({"account", "listing"})
"""Subjects whose notices ask for items that a letter answers one by one."""
_DAY = len("2026-11-18")
_MOST_LINES = 200


def with_claims(case: Case, files: Iterable[FileFacts], house: House) -> Completed:
    """The case with what its platform's pages say of the claim, where the case says nothing of it."""
    platform = house.platforms.get(case.platform)
    if platform is None or case.procedure not in platform.procedures:
        return Completed(case=case)
    zone, never = ZoneInfo(platform.site(case.site).zone), house.practice.completion.never
    offers: dict[str, list[tuple[object, Filled]]] = {}
    unsettled: dict[str, Filled] = {}
    for file in files:
        if not _speaks(file, case, house):
            continue
        texts = file.texts[:_MOST_LINES]
        text = "\n".join(line.text for line in texts) if file.media_type in MAIL_TYPES else in_order(texts, house)
        mail = read_mail(text, house, platform=case.platform, procedure=case.procedure)
        if mail is None or _is_of_another_order(mail, case):
            continue
        for pointer, meanings in mail.choices.items():
            if pointer in _TIMES and not any(pointer.startswith(one) for one in never):
                unsettled.setdefault(pointer, _either(pointer, meanings, file))
        for pointer, value, said in _values(mail, case, house, zone):
            if not any(pointer.startswith((f"{one}/", one)) for one in (*never, "/parcels", "/order")):
                day = "mail-day" if pointer in mail.end_of_day else "authority"
                offers.setdefault(pointer, []).append((value, replace(said_on(pointer, said, file), source=day)))
    plain, filled = PlainCase.of(case), list[Filled]()
    for pointer, found in offers.items():
        if resolve(case, pointer) not in (None, "", ()):
            continue
        one = decided([said for _, said in found])
        if one.state == "adopted":
            plain.put(pointer, found[0][0])
        filled.append(one)
    filled += [one for p, one in unsettled.items() if p not in offers and resolve(case, p) is None]
    return checked(case, plain, filled)


def _either(pointer: str, meanings: tuple[str, ...], file: FileFacts) -> Filled:
    """A date that can mean two days: the question which, with its place."""
    time = next(
        (t for t in file.timestamps if t.meanings and t.meanings[0][:_DAY] == meanings[0][:_DAY]), file.timestamps[0]
    )
    at = (FilledAt(file=file.file, page=time.page, box=time.box, text=time.text),)
    choices = tuple(Choice(value=value, at=at) for value in meanings)
    return Filled(pointer=pointer, value="", state="asked", at=at, source="two-meanings", choices=choices)


def _speaks(file: FileFacts, case: Case, house: House) -> bool:
    """Whether a page is the platform's word on this case: of no other order, and of this one where it names any."""
    known = file.kind in house.practice.completion.claims or file.media_type in MAIL_TYPES
    if not known:
        return False
    subject = house.platforms[case.platform].procedures[case.procedure].subject
    if any(seen.matches for seen in file.order_ids):
        return True
    if file.order_ids:
        return False
    if subject == "charge":
        return _names_payment(file, case)
    return subject in _APPEALS or _is_its_mail(file, case, house)


def _is_its_mail(file: FileFacts, case: Case, house: House) -> bool:
    """Whether a mail says itself that it is of the platform: one that prints no order is of the case it lies with."""
    text = "\n".join(line.text for line in file.texts[:_MOST_LINES])
    return file.media_type in MAIL_TYPES and names_platform(text, house.platforms[case.platform])


def _is_of_another_order(mail: MailFacts, case: Case) -> bool:
    """Whether it names an order that no interpreter knew by its form, and that is not the case's."""
    named, own = mail.fields.get("/order/id"), own_order_ids(case)
    return bool(named and own) and text_folding.number(named or "") not in set(map(text_folding.number, own))


def _names_payment(file: FileFacts, case: Case) -> bool:
    """Whether a page shows the number of the disputed payment or of the dispute."""
    numbers = [str(number) for name in ("charge_id", "dispute_id") if (number := resolve(case, f"/payment/{name}"))]
    return any(
        text_folding.squeezed(number) in text_folding.squeezed(line.text) for number in numbers for line in file.texts
    )


def _values(mail: MailFacts, case: Case, house: House, zone: ZoneInfo) -> Iterator[tuple[str, object, str]]:
    """(pointer, value as JSON, value as read) of a page."""
    platform = house.platforms[case.platform]
    values: Mapping[str, str | int | MoneyText] = values_of(mail, platform, zone)
    for pointer, value in values.items():
        said = mail.fields[pointer]
        yield pointer, value, f"{said} {mail.fields[pointer + '.currency']}" if pointer in _SUMS else said
    if platform.procedures[case.procedure].subject in _APPEALS:
        for place, item in enumerate(mail.items):
            yield f"/notice/required_items/{place}/text", item, item


def said_on(pointer: str, said: str, file: FileFacts) -> Filled:
    """What a page of the platform says, with its place there."""
    page, box, text = _place(said, file)
    at = FilledAt(file=file.file, page=page, box=box, text=text)
    return Filled(pointer=pointer, value=said, state="adopted", at=(at,), source="authority")


def _place(said: str, file: FileFacts) -> tuple[int, Box, str]:
    """Where a value stands: as a date, as a sum, as words; else at the head of the page."""
    for time in file.timestamps:
        if time.at and said[:_DAY] == time.at[:_DAY]:
            return time.page, time.box, time.text
    for amount in file.amounts:
        if amount.amount == said.split(" ", maxsplit=1)[0]:
            return amount.page, amount.box, amount.text
    wanted = text_folding.squeezed(said)[:24]
    line = next((one for one in file.texts if wanted and wanted in text_folding.squeezed(one.text)), file.texts[0])
    return line.page, line.box, line.text


def decided(found: list[Filled]) -> Filled:
    """The value that all pages say; else the question which it is."""
    at = tuple(place for one in found for place in one.at)
    values = list(dict.fromkeys(one.value for one in found))
    if len(values) == 1:
        return Filled(pointer=found[0].pointer, value=values[0], state="adopted", at=at, source=found[0].source)
    choices = tuple(
        Choice(value=value, at=tuple(place for one in found if one.value == value for place in one.at))
        for value in values
    )
    return Filled(pointer=found[0].pointer, value="", state="asked", at=at, source="several", choices=choices)
