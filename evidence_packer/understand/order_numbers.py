"""The order behind a disputed payment, as its pages call it: the case itself knows only the number of the payment. Pure.

A number is taken that stands behind the label of an order on an order's page, or that a word for an order calls so and two exhibits
show. Of several, a person says which.
"""

import functools
import re
from collections.abc import Iterable, Iterator

from casefile import text_folding
from casefile.case import Case
from casefile.facts import FileFacts, PlacedText
from casefile.filling import Choice, Filled, FilledAt
from casefile.house import House
from casefile.plain_case import PlainCase
from casefile.pointer import resolve
from evidence_packer.understand.completed import Completed, checked

_POINTER = "/order/id"
_CODE = re.compile(r"(?<![\w@./-])#?[A-Z0-9]+(?:-[A-Z0-9]+)*(?![\w@/]|[.,]\d)", re.IGNORECASE)
_HEADING = re.compile(r"#[A-Z]{0,4}-?\d{3,14}", re.IGNORECASE)
_LONG_WORD = 3
_ENOUGH = 2
_BETWEEN = re.compile(r"[\s:：#/|·(（]*(?:n[o°º]?\.?|nr\.?|id|number)?[\s:：#]*", re.IGNORECASE)


def with_order(case: Case, files: Iterable[FileFacts], house: House) -> Completed:
    """The case with the number of the order that its exhibits name, where it is about a payment and names none."""
    platform = house.platforms.get(case.platform)
    procedure = platform.procedures.get(case.procedure) if platform else None
    if procedure is None or procedure.subject != "charge" or resolve(case, _POINTER):
        return Completed(case=case)
    files, rules = tuple(files), house.practice.completion
    found: dict[str, list[tuple[FileFacts, PlacedText, str]]] = {}
    called: set[str] = set()
    for file in files:
        for line, code, named in _codes(file, house, case):
            found.setdefault(_same(code), []).append((file, line, code))
            if named or (file.kind in rules.numbers and _HEADING.fullmatch(line.text.strip())):
                called.add(_same(code))
    agreed = {
        key: seen for key, seen in found.items() if key in called and len({file.file for file, _, _ in seen}) >= _ENOUGH
    }
    if not agreed:
        return Completed(case=case)
    choices = [
        Choice(value=seen[0][2], at=tuple(_at(file, line) for file, line, _ in seen)) for seen in agreed.values()
    ]
    where = tuple(at for choice in choices for at in choice.at)
    if len(choices) > 1:
        asked = Filled(pointer=_POINTER, value="", state="asked", at=where, source="several", choices=tuple(choices))
        return Completed(case=case, filled=(asked,))
    plain = PlainCase.of(case)
    plain.put(_POINTER, choices[0].value)
    one = Filled(pointer=_POINTER, value=choices[0].value, state="adopted", at=where, source="two-exhibits")
    return checked(case, plain, [one])


def _codes(file: FileFacts, house: House, case: Case) -> Iterator[tuple[PlacedText, str, bool]]:
    """(line, number, whether a word right before it calls it an order's) of what may be the number of an order."""
    known = {_same(seen.value) for seen in file.tracking_numbers}
    known |= {_same(str(value)) for name in ("charge_id", "dispute_id") if (value := resolve(case, f"/payment/{name}"))}
    words = _order_words(house)
    for line in file.texts:
        for match in _CODE.finditer(line.text):
            code = match[0]
            if sum(map(str.isdigit, code)) < _LONG_WORD or _same(code) in known or _is_year(code):
                continue
            head = line.text[: match.start()] or _left_of(line, file)
            before = _BETWEEN.sub("", head[::-1], count=1)[::-1]
            yield line, code, text_folding.word(before).endswith(words)


def _left_of(line: PlacedText, file: FileFacts) -> str:
    """The label in the cell before a line that is a number alone."""
    middle = (line.box[1] + line.box[3]) / 2
    row = [
        one
        for one in file.texts
        if one.page == line.page and one.box[2] <= line.box[0] + 0.002 and one.box[1] < middle < one.box[3]
    ]
    return max(row, key=lambda one: one.box[2]).text if row else ""


def _is_year(code: str) -> bool:
    return re.fullmatch(r"(?:19|20)\d\d(?:-\d\d?){0,2}", code) is not None


def _same(code: str) -> str:
    return "".join(sign for sign in code.upper() if sign.isalnum())


def _at(file: FileFacts, line: PlacedText) -> FilledAt:
    return FilledAt(file=file.file, page=line.page, box=line.box, text=line.text)


@functools.lru_cache(maxsize=4)
def _order_words(house: House) -> tuple[str, ...]:
    """What orders are called, from their labels without the word for a number."""
    numbers = sorted({word for mail in house.mail_words.values() for word in mail.ids}, key=len, reverse=True)
    ends = re.compile(rf"[\s:-]*(?:{'|'.join(map(re.escape, numbers))}|:)\.?$", re.IGNORECASE)
    labels = {label for words in house.reading_words.values() for label in words.fields.get("order_id", ())}
    bare = {text_folding.word(ends.sub("", label)) for label in labels} | set(map(text_folding.word, labels))
    return tuple(word for word in bare if len(word) >= _LONG_WORD or any(ord(sign) > 0x2E7F for sign in word))
