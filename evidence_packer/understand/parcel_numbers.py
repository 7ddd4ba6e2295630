"""The parcels of a case as its pages name them: by the form of a number, or by the label before it. Pure.

A number on a page that also names the order is the order's; one on a page of another order is not. Numbers on carriers' pages alone
are taken when there is only one; of several, a person says which.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from casefile.carrier import Carrier
from casefile.case import Case
from casefile.facts import FileFacts, PlacedText
from casefile.filling import Choice, Filled, FilledAt
from casefile.house import House
from casefile.plain_case import PlainCase
from casefile.pointer import resolve
from evidence_packer.understand.completed import Completed, checked
from evidence_packer.understand.matching import differ_by_one

_SEVERAL = 2
_LONG = re.compile(r"(?<![A-Z0-9+@._-])(?=(?:[A-Z-]*\d){7})[A-Z0-9][A-Z0-9-]{8,38}[A-Z0-9](?![A-Z0-9@_-])")
_GROUPS = re.compile(r"[A-Z0-9]{2,5}(?: [A-Z0-9]{2,5}){2,9}")
_FIGURES = 12
"""Figures alone of fewer signs may be a phone number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """A number at a place, as it is written there; ``carrier`` where its form tells one."""

    value: str
    at: FilledAt
    carrier: str | None = None


def with_numbers(case: Case, files: Iterable[FileFacts], house: House) -> Completed:
    """The case with the parcels that its pages name, where it names none."""
    if _knows_parcels(case):
        return Completed(case=case)
    files, rules = tuple(files), house.practice.completion
    others = _numbers(f for f in files if f.order_ids and not any(seen.matches for seen in f.order_ids))
    ours = _numbers(f for f in files if f.kind in rules.numbers and any(seen.matches for seen in f.order_ids))
    carried = _numbers(f for f in files if f.kind in rules.carriers and not _comes_back(f))
    carried = {number: seen for number, seen in carried.items() if number not in others and _well_formed(number, house)}
    ours = {number: seen for number, seen in ours.items() if number in carried or _well_formed(number, house)}
    carried = carried or _alone(files, house)
    ours = _as_carried(ours, carried)
    found = ours or carried or _on_both(files, house)
    source = "order-page" if ours else "only-one" if carried else "two-exhibits"
    if not found:
        return Completed(case=case)
    if not ours and len(carried) >= _SEVERAL:
        choices = tuple(Choice(value=seen[0].value, at=tuple(one.at for one in seen)) for seen in carried.values())
        return Completed(case=case, filled=(_which_of(choices),))
    plain, filled = PlainCase.of(case), list[Filled]()
    for place, (number, seen) in enumerate(found.items()):
        everywhere = [*seen, *(carried.get(number, ()) if ours else ())]
        parcel = _parcel(case, place, everywhere, source, files, house)
        for one in parcel:
            plain.put(one.pointer, one.value)
            filled.append(one)
    return checked(case, plain, filled)


def _alone(files: tuple[FileFacts, ...], house: House) -> dict[str, list[_Seen]]:
    """The only long number that stands in a line of its own on carriers' pages that name no other number."""
    found: dict[str, list[_Seen]] = {}
    for file in files:
        if (
            file.kind not in house.practice.completion.carriers
            or file.order_ids
            or not file.states
            or _comes_back(file)
        ):
            continue
        for line in file.texts:
            number = line.text.strip()
            if _LONG.fullmatch(number.upper()) and _well_formed(_written(number), house):
                found.setdefault(_written(number), []).append(_Seen(value=number, at=_line_at(file, line)))
    return found if len(found) == 1 else {}


def _as_carried(ours: dict[str, list[_Seen]], carried: dict[str, list[_Seen]]) -> dict[str, list[_Seen]]:
    """The numbers of the order's pages; one that misses a carrier's only number by a sign is that number, badly read."""
    if len(carried) != 1 or len(ours) != 1 or ours.keys() == carried.keys():
        return ours
    (written,), (right,) = ours, carried
    known = any(one.carrier for one in carried[right])
    return {} if known and len(written) != len(right) and differ_by_one(written, right) else ours


def numbers_on(file: FileFacts, house: House) -> tuple[str, ...]:
    """The parcels that a page is about: their numbers by form or by label, well formed."""
    return tuple(number for number in _numbers((file,)) if _well_formed(number, house))


def _on_both(files: Iterable[FileFacts], house: House) -> dict[str, list[_Seen]]:
    """The only long number that stands on a page of our order and on a carrier's page, whatever it is called there."""
    rules, files = house.practice.completion, tuple(files)
    matching = [any(seen.matches for seen in file.order_ids) for file in files]
    orders = [file for file, ours in zip(files, matching, strict=True) if ours and file.kind in rules.numbers]
    carriers = [
        file
        for file, ours in zip(files, matching, strict=True)
        if file.kind in rules.carriers and (ours or not file.order_ids) and not _comes_back(file)
    ]
    own = {_written(seen.value) for file in orders for seen in file.order_ids}
    carried: dict[str, list[tuple[FileFacts, PlacedText]]] = {}
    for carrier in carriers:
        for line in carrier.texts:
            for number in _long_numbers(line.text) - own:
                carried.setdefault(number, []).append((carrier, line))
    found: dict[str, list[_Seen]] = {}
    for order in orders:
        for line in order.texts:
            for number in _long_numbers(line.text) & carried.keys():
                if _well_formed(number, house):
                    there = [(order, line), *carried[number]]
                    found[number] = [_Seen(value=number, at=_line_at(one, text)) for one, text in there]
    return found if len(found) == 1 else {}


def _long_numbers(line: str) -> set[str]:
    """Runs of letters and figures that are long enough for a parcel's number; of figures alone, longer than a phone's."""
    text = line.upper()
    runs = {_written(match[0]) for match in _LONG.finditer(text)}
    behind = re.split(r"[:：]", text)[-1].strip()
    runs |= {_written(behind)} if _GROUPS.fullmatch(behind) else set()
    return {run for run in runs if len(run) >= _FIGURES or not run.isdigit()}


def _line_at(file: FileFacts, line: PlacedText) -> FilledAt:
    return FilledAt(file=file.file, page=line.page, box=line.box, text=line.text)


def _parcel(
    case: Case, place: int, seen: list[_Seen], source: str, files: tuple[FileFacts, ...], house: House
) -> Iterable[Filled]:
    """The number of one parcel, and its carrier where the form of the number tells it, or the carrier's own page."""
    at = tuple(dict.fromkeys(one.at for one in seen))
    number = _written(seen[0].value)
    yield Filled(pointer=f"/parcels/{place}/tracking_number", value=number, state="adopted", at=at, source=source)
    carrier = next((one.carrier for one in seen if one.carrier), None)
    pointer = f"/parcels/{place}/carrier"
    if carrier and resolve(case, pointer) is None:
        yield Filled(pointer=pointer, value=carrier, state="adopted", at=at, source="number-form")
    elif resolve(case, pointer) is None:
        yield from _named_carrier(pointer, number, files, house)


def _named_carrier(pointer: str, number: str, files: Iterable[FileFacts], house: House) -> Iterable[Filled]:
    """The only carrier that its page of the parcel names, where the number may be of its form: many have figures alone."""
    for file in files:
        if file.kind in house.practice.completion.carriers and number in _numbers((file,)):
            said = [(one, line) for one in house.carriers.values() if (line := _naming(one, file))]
            if len(said) == 1 and said[0][0].valid(number):
                at = (_line_at(file, said[0][1]),)
                yield Filled(pointer=pointer, value=said[0][0].id, state="adopted", at=at, source="authority")
                return


def _naming(carrier: Carrier, file: FileFacts) -> PlacedText | None:
    words = [re.compile(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", re.IGNORECASE) for word in carrier.words]
    return next((line for line in file.texts if any(word.search(line.text) for word in words)), None)


def _which_of(choices: tuple[Choice, ...]) -> Filled:
    """The question which of several numbers is the parcel's."""
    at = tuple(at for choice in choices for at in choice.at)
    pointer = "/parcels/0/tracking_number"
    return Filled(pointer=pointer, value="", state="asked", at=at, source="several", choices=choices)


def _knows_parcels(case: Case) -> bool:
    return any(parcel.tracking_number for parcel in case.parcels) or any(one.tracking_number for one in case.orders)


def _comes_back(file: FileFacts) -> bool:
    """Whether a carrier's page is about a parcel on its way to the seller."""
    return any(fate.state in {"returning", "returned"} or fate.to == "sender" for fate in file.fates)


def _numbers(files: Iterable[FileFacts]) -> dict[str, list[_Seen]]:
    """Tracking numbers that are surely read and well formed, each with its places, in the order of the pages."""
    found: dict[str, list[_Seen]] = {}
    for file in files:
        wrong = {_written(seen.value) for seen in file.tracking_numbers if seen.valid is False or seen.near is not None}
        for one in (*_by_form(file), *_by_label(file)):
            if _written(one.value) not in wrong:
                found.setdefault(_written(one.value), []).append(one)
    return found


def _by_form(file: FileFacts) -> Iterable[_Seen]:
    for seen in file.tracking_numbers:
        if seen.carrier or seen.matches:
            at = FilledAt(file=file.file, page=seen.page, box=seen.box, text=seen.value)
            yield _Seen(value=seen.value, at=at, carrier=seen.carrier)


def _by_label(file: FileFacts) -> Iterable[_Seen]:
    """Numbers behind a label that says what they are, whatever carrier they may be of."""
    orders = {_written(seen.value) for seen in file.order_ids}
    known = {_written(seen.value) for seen in file.tracking_numbers}
    for field in file.fields:
        if field.name == "tracking_number" and _written(field.value) not in orders | known:
            at = FilledAt(file=file.file, page=field.page, box=field.box, text=field.value)
            yield _Seen(value=field.value, at=at)


def _well_formed(number: str, house: House) -> bool:
    """Whether no carrier knows the form and finds the check digit wrong, unless another knows it as right.

    Of figures alone too many carriers have a form: that one of them finds a wrong check digit says nothing.
    """
    if number.isdigit():
        return True
    verdicts = {carrier.valid(number) for carrier in house.carriers.values()}
    return True in verdicts or False not in verdicts


def _written(number: str) -> str:
    """A tracking number as carriers write it: letters and digits alone."""
    return "".join(char for char in number.upper() if char.isalnum())
