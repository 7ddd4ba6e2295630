"""The case as the evidence completes it: what pages state need not be typed, and what only a person may say stays theirs. Pure.

Typed values always win. A value is adopted when a page that decides says it, or two exhibits do; several values, or one that no
page decides, are asked with their places. Every value that stands keeps the places it was read at.
"""

import re
from collections.abc import Iterable, Iterator
from typing import TypedDict
from zoneinfo import ZoneInfo

from casefile import text_folding
from casefile.case import Case
from casefile.completion_rules import FillRule
from casefile.facts import FileFacts, MessageSeen
from casefile.filling import Choice, Filled, FilledAt, FillState
from casefile.house import House
from casefile.plain_case import PlainCase
from casefile.pointer import resolve
from evidence_packer.understand.candidates import (
    Candidate,
    FilledValue,
    fullness,
    is_ours,
    moment,
    of_fields,
    of_parcel,
    same_minute,
)
from evidence_packer.understand.completed import Completed, checked
from evidence_packer.understand.listing_words import ITEM, item_of_listing, listing_title

_DISPATCH = "/dispatched_at"
_AHEAD = ("/order/", "/buyer/")
_MOST_CONTACTS = 40
_CITED = re.compile(r"^(?:>\s?)+", re.MULTILINE)
"""What mails put before each line that they cite."""
_BRIEF = 160
"""Characters of an own message that a letter quotes whole."""
_SENTENCES = re.compile(r".+?(?:[.!?](?=\s|$)|[。！？]|$)\s*", re.DOTALL)
_SETTLES = frozenset({"confirms_receipt", "agrees_to_close", "refuses"})
_WRITERS = frozenset({"buyer", "seller", "platform"})


def with_facts(case: Case, files: Iterable[FileFacts], house: House, zone: ZoneInfo) -> Completed:
    """The case with the dates, sums, names and messages that its own pages state. ``zone`` is that of clocks without offset."""
    files = tuple(files)
    plain = PlainCase.of(case)
    filled: list[Filled] = []
    for rule in house.practice.completion.fills:
        for pointer, candidates in _offers(rule, case, files, zone):
            ours = pointer.endswith(_DISPATCH) and bool(rule.fields)
            kept = _before_the_scan(candidates, _number(case, pointer), files, house, zone) if ours else candidates
            found = _decided(pointer, kept, resolve(case, pointer))
            before = next((one for one in filled if one.pointer == pointer), None)
            if found is None or (before and not (before.source == "unsure" and found[1] is not None)):
                continue
            if before:
                filled.remove(before)
            filled.append(found[0])
            if found[1] is not None:
                plain.put(pointer, found[1])
    if not any(one.pointer == ITEM for one in filled) and (named := item_of_listing(case, files)):
        plain.put(ITEM, named.value)
        filled.append(named)
    item = resolve(case, ITEM) or next((one.value for one in filled if one.pointer == ITEM and one.value), None)
    if title := listing_title(case, item if isinstance(item, str) else None, files, house):
        plain.put(title.pointer, title.value)
        filled.append(title)
    filled += _contacts(case, plain, files, house, zone)
    return checked(case, plain, filled)


def _number(case: Case, pointer: str) -> object:
    return resolve(case, pointer.removesuffix(_DISPATCH) + "/tracking_number")


def _before_the_scan(
    candidates: list[Candidate], number: object, files: tuple[FileFacts, ...], house: House, zone: ZoneInfo
) -> list[Candidate]:
    """What our records say of the dispatch, unless the carrier had the parcel a day before: then their clock is of elsewhere."""
    rule = next((one for one in house.practice.completion.fills if one.says and one.pointer.endswith(_DISPATCH)), None)
    if rule is None or not isinstance(number, str):
        return candidates
    scans = [one.same for one in of_parcel(rule, files, number, zone) if one.decides]
    return [one for one in candidates if not any(scan < one.same for scan in scans)]


def order_ahead(case: Case, files: Iterable[FileFacts], house: House, zone: ZoneInfo) -> Case:
    """The case with what its order pages say of order and buyer: what to look for, before anything is taken for good."""
    files, plain, filled = tuple(files), PlainCase.of(case), list[Filled]()
    for rule in house.practice.completion.fills:
        if not rule.fields or not rule.pointer.startswith(_AHEAD) or any(one.pointer == rule.pointer for one in filled):
            continue
        found = _decided(rule.pointer, list(of_fields(rule, files, zone)), resolve(case, rule.pointer))
        if found and found[1] is not None:
            filled.append(found[0])
            plain.put(rule.pointer, found[1])
    return checked(case, plain, filled).case


def _offers(
    rule: FillRule, case: Case, files: tuple[FileFacts, ...], zone: ZoneInfo
) -> Iterator[tuple[str, list[Candidate]]]:
    if not rule.says:
        sent = [place for place, parcel in enumerate(case.parcels) if parcel.direction == "outbound"]
        if "*" not in rule.pointer or len(sent) == 1:
            yield rule.pointer.replace("*", str(sent[0]) if sent else ""), list(of_fields(rule, files, zone))
        return
    for place, parcel in enumerate(case.parcels):
        if parcel.tracking_number and parcel.direction == "outbound":
            pointer = rule.pointer.replace("*", str(place))
            yield pointer, list(of_parcel(rule, files, parcel.tracking_number, zone))


def _decided(pointer: str, candidates: list[Candidate], typed: object) -> tuple[Filled, FilledValue | None] | None:
    """What becomes of a field, and the value to put there; ``None`` where the evidence offers nothing to it."""
    if not candidates:
        return None
    groups: dict[str, list[Candidate]] = {}
    for one in candidates:
        groups.setdefault(one.same, []).append(one)
    if typed is not None:
        agreeing = [one for one in candidates if _agrees(one, typed)]
        return (_filled(pointer, agreeing, "typed", "typed"), None) if agreeing else None
    deciding = [group for group in groups.values() if any(one.decides for one in group)]
    agreed = [group for group in groups.values() if len({one.at.file for one in group}) > 1]
    best = deciding or agreed
    if len(best) == 1 and _alike(best[0]):
        group = best[0]
        first = max(group, key=lambda one: (one.decides, fullness(one)))
        source = "authority" if deciding else "two-exhibits"
        return _filled(pointer, [first, *(one for one in group if one is not first)], "adopted", source), first.plain
    choices = tuple(Choice(value=group[0].value, at=tuple(one.at for one in group)) for group in groups.values())
    why = "two-meanings" if any(one.meant for one in candidates) else "several" if len(groups) > 1 else "unsure"
    return _filled(pointer, candidates, "asked", why, choices), None


def _filled(
    pointer: str, found: list[Candidate], state: FillState, source: str, choices: tuple[Choice, ...] = ()
) -> Filled:
    value = found[0].value if state != "asked" else ""
    at = tuple(dict.fromkeys(one.at for one in found))
    return Filled(pointer=pointer, value=value, state=state, at=at, source=source, choices=choices)


def _alike(group: list[Candidate]) -> bool:
    """Whether dated values of one day do not name different minutes; other values are equal by their making."""
    moments = [one.plain for one in group if isinstance(one.plain, str) and _is_moment(one.plain)]
    return all(same_minute(moments[0], other) for other in moments[1:])


def _is_moment(text: str) -> bool:
    return re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d.*", text) is not None


def _agrees(one: Candidate, typed: object) -> bool:
    if hasattr(typed, "isoformat"):
        return str(typed.isoformat())[:10] == one.same
    if hasattr(typed, "amount"):
        return bool(f"{typed.amount} {typed.currency}" == one.value)  # type: ignore[attr-defined]  # Money
    return isinstance(typed, str) and text_folding.word(typed) == one.same


def _contacts(
    case: Case, plain: PlainCase, files: tuple[FileFacts, ...], house: House, zone: ZoneInfo
) -> Iterator[Filled]:
    """The messages that matter and whose writer the page tells, where the case tells of no contact."""
    if case.contacts:
        return
    kinds, place = house.practice.completion.messages, 0
    for file in files:
        if file.kind not in kinds or not is_ours(file):
            continue
        entry = case.entry(file.file)
        for message in _that_matter(file.messages):
            if place >= _MOST_CONTACTS:
                break
            channel = (entry.channel if entry else None) or _channel(file)
            plain.put(f"/contacts/{place}", _contact(message, file.file, channel, zone))
            at = FilledAt(file=file.file, page=message.page, box=message.box, text=message.text)
            yield Filled(
                pointer=f"/contacts/{place}", value=_told(message), state="adopted", at=(at,), source="authority"
            )
            place += 1


def _that_matter(messages: tuple[MessageSeen, ...]) -> list[MessageSeen]:
    """Of a conversation what a letter needs: what the buyer asked, our first answer and our last, and what settles it.

    The page itself shows all of it; a letter that repeats all of it is not read.
    """
    known = [one for one in messages if one.who in _WRITERS and one.text]
    asked = next((place for place, one in enumerate(known) if one.who == "buyer"), None)
    answers = [
        place for place, one in enumerate(known) if one.who == "seller" and place > (-1 if asked is None else asked)
    ]
    chosen = {asked, *answers[:1], *answers[-1:]}
    chosen |= {place for place, one in enumerate(known) if one.who == "platform" or _SETTLES & set(one.intents)}
    return [one for place, one in enumerate(known) if place in chosen]


def _told(message: MessageSeen) -> str:
    """The words of a message; of ours, when they are many, the first whole sentences. A buyer's words are never cut."""
    text = _CITED.sub("", message.text)
    if message.who != "seller" or len(text) <= _BRIEF:
        return text
    said = ""
    for sentence in _SENTENCES.findall(text):
        if said and len(said) + len(sentence) > _BRIEF:
            break
        said += sentence
    return said.strip()


def _channel(file: FileFacts) -> str | None:
    """Where a conversation took place, as its page shows."""
    return {"on_platform": "on_platform", "none": None}.get(file.context.chat, "chat_app")


_Contact = TypedDict(
    "_Contact", {"at": str, "from": str | None, "channel": str, "text": str, "files": list[str]}, total=False
)
"""A contact as a case holds it."""


def _contact(message: MessageSeen, file: str, channel: str | None, zone: ZoneInfo) -> _Contact:
    at = moment(message.at, zone).isoformat() if message.at else None
    contact: _Contact = {"at": at} if at else {}
    contact["from"] = message.who
    if channel:
        contact["channel"] = channel
    contact["text"], contact["files"] = _told(message), [file]
    return contact
