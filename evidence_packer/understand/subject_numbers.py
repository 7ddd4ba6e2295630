"""The number of what a case is about, as its heap names it: the platform's word first, then what the pages show. Pure.

Form, proposal and pack ask here, so that none of them names another order. Of several numbers a person says which.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from casefile import text_folding
from casefile.case import Case
from casefile.facts import FileFacts, OrderIdSeen
from casefile.filling import Choice, Filled, FilledAt
from casefile.house import House
from casefile.plain_case import PlainCase
from casefile.procedure import SubjectKind
from casefile.subject import SUBJECT_FIELDS, subject_id
from casefile.text_folding import SURE
from evidence_packer.understand.claim_lines import in_order
from evidence_packer.understand.claim_pages import decided, said_on
from evidence_packer.understand.completed import Completed, checked
from evidence_packer.understand.mail import names_platform, read_mail
from evidence_packer.understand.matching import differ_by_one
from evidence_packer.understand.proposing import MAIL_TYPES

ORDER = "/order/id"
_OF_ORDERS = frozenset({"order", "orders"})
_ENOUGH = 2
_MOST_LINES = 200
_Seen = tuple[str, FilledAt, bool]
"""A number as it is written, its place, and whether it is surely read there."""


def with_subject(case: Case, files: Iterable[FileFacts], house: House) -> Completed:
    """The case with the number of what it is about, where it names none and the heap names one."""
    plain, found = PlainCase.of(case), list(subject_numbers(case, tuple(files), house))
    for one in found:
        if one.state == "adopted":
            plain.put(one.pointer, one.value)
    return checked(case, plain, found)


def subject_numbers(case: Case, files: tuple[FileFacts, ...], house: House) -> Iterator[Filled]:
    """Each number that the heap says the case is about, adopted or asked; nothing where the case names it itself."""
    platform = house.platforms.get(case.platform)
    procedure = platform.procedures.get(case.procedure) if platform else None
    if procedure is None or subject_id(case, procedure.subject):
        return
    mails = [file for file in files if file.media_type in MAIL_TYPES]
    pages = [
        file for file in files if file.media_type not in MAIL_TYPES and file.kind in house.practice.completion.claims
    ]
    written = _said(case, procedure.subject, mails, house)
    said, source = (written, "mail") if written else (_said(case, procedure.subject, pages, house), "authority")
    for pointer, many in said.items():
        yield decided(many) if pointer != ORDER else _order([(one.value, one.at[0], True) for one in many], source)
    if not said and procedure.subject in _OF_ORDERS and (shown := _shown(files)):
        yield _order(shown)


def _said(case: Case, subject: SubjectKind, files: Sequence[FileFacts], house: House) -> Mapping[str, list[Filled]]:
    """What the platform's own mails or pages call the number, by field."""
    wanted = (ORDER,) if subject in _OF_ORDERS else tuple(p for p in SUBJECT_FIELDS[subject] if p != ORDER)
    found: dict[str, list[Filled]] = {}
    for file in files:
        is_mail = file.media_type in MAIL_TYPES
        texts = file.texts[:_MOST_LINES]
        text = "\n".join(line.text for line in texts) if is_mail else in_order(texts, house)
        if is_mail and not names_platform(text, house.platforms[case.platform]):
            continue
        mail = read_mail(text, house, platform=case.platform)
        if mail is None:
            continue
        several = tuple(dict.fromkeys(seen.value for seen in file.order_ids)) if subject in _OF_ORDERS else ()
        for pointer in wanted:
            for value in several or (mail.fields.get(pointer),):
                if value:
                    found.setdefault(pointer, []).append(said_on(pointer, value, file))
    return found


def _shown(files: Iterable[FileFacts]) -> list[_Seen]:
    """The orders that pages show; a page that lists many names none of them as the case's, unless no other page names one."""
    seen = [(file, _by_number(file.order_ids)) for file in files]
    alone = [(file, ids) for file, ids in seen if len(ids) == 1]
    return [
        (one.value, FilledAt(file=file.file, page=one.page, box=one.box, text=one.value), one.score >= SURE)
        for file, ids in alone or seen
        for one in ids.values()
    ]


def _by_number(seen: Iterable[OrderIdSeen]) -> dict[str, OrderIdSeen]:
    """The surest reading of each number on a page."""
    found: dict[str, OrderIdSeen] = {}
    for one in seen:
        key = text_folding.number(one.value)
        if key not in found or one.score > found[key].score:
            found[key] = one
    return found


def _order(seen: list[_Seen], said: str = "") -> Filled:
    """The order, where there is one that is surely read, or read twice; else the question which. ``said``: who calls it so."""
    found: dict[str, list[_Seen]] = {}
    for one in seen:
        found.setdefault(text_folding.number(one[0]), []).append(one)
    often = {key for key, many in found.items() if len({at.file for _, at, _ in many}) >= _ENOUGH}
    misread = {key for key in found if key not in often and any(differ_by_one(key, other) for other in often)}
    left = [many for key, many in found.items() if key not in misread]
    at = tuple(dict.fromkeys(at for many in left for _, at, _ in many))
    if len(left) == 1 and (len({one.file for one in at}) >= _ENOUGH or any(sure for _, _, sure in left[0])):
        shown = "two-exhibits" if len({one.file for one in at}) >= _ENOUGH else "only-order"
        return Filled(pointer=ORDER, value=left[0][0][0], state="adopted", at=at, source=said or shown)
    choices = tuple(Choice(value=many[0][0], at=tuple(at for _, at, _ in many)) for many in left)
    why = "several" if len(left) > 1 else "unsure"
    return Filled(pointer=ORDER, value="", state="asked", at=at, source=why, choices=choices)
