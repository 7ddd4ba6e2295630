"""A person, as somebody who asks to be erased is named: by order, e-mail address or name; and where cases tell of one.

Rows keep only hashes of what they may be found by, so that finding a person needs neither the cases nor another list of buyers.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casefile import text_folding

if TYPE_CHECKING:
    from casefile.plain_case import PlainCase  # the child that opens spreadsheets knows no case

_EMAIL = re.compile(r"[^\s<>()\[\],;:\"'|\\/=@]+@[^\s<>()\[\],;:\"'|\\/=@]+\.[^\s<>()\[\],;:\"'|\\/=@.]{2,}")
_DISTINCT = 6
_UNSPACED = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ORDERS = {"order": "id", "orders": "id", "prior_orders": "order_id", "related_charges": "order_id"}
_PEOPLE = {"buyer": ("name", "username")}
_NAMED = {"recipient", "recipient_name", "signed_by", "cardholder", "ship_to_name", "buyer_name", "customer_name"}
_OURS = {"seller", "account", "submitted_by", "suppliers", "files", "letter_edits"}
"""Parts of a case that tell of the seller's side; no buyer is named there."""

WHOLE, SOMEWHERE = -1, 0
"""Numbers that are no row's: the mark is a pack's, or stands somewhere in the sheet of a batch."""


def fold_order(text: str) -> str:
    """An order id as it is found: NFKC, without outer blanks, without difference of case."""
    return text_folding.caseless(text).strip()[:200]


def fold_email(text: str) -> str:
    """An e-mail address as it is found: NFKC, without blanks, without difference of case."""
    return text_folding.unspaced(text_folding.caseless(text))


def fold_name(text: str) -> str:
    """A name as it is found: NFKC, one blank where there are several, without difference of case."""
    return " ".join(text_folding.caseless(text).split())


_FOLDS = {"order": fold_order, "email": fold_email, "name": fold_name}


def _mark(tenant: str, kind: str, folded: str) -> str:
    return hashlib.sha256(f"{tenant}\0{kind}\0{folded}".encode("utf-8", "replace")).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who is to be found. What carries one of the three tells of them; at least one is not empty."""

    order: str = ""
    email: str = ""
    name: str = ""

    @property
    def folded(self) -> dict[str, str]:
        """What is looked for, by kind, in the form it is compared in."""
        found = {kind: fold(getattr(self, kind)) for kind, fold in _FOLDS.items()}
        return {kind: text for kind, text in found.items() if text}

    def marks(self, tenant: str) -> list[str]:
        """The hashes under which rows of this tenant are found."""
        return [_mark(tenant, kind, text) for kind, text in self.folded.items()]

    def named_in(self, text: str) -> bool:
        """Whether a text, such as a cell or a file name, holds one of the three as words of its own."""
        return holds(text, list(self.folded.values()))


def holds(text: str, needles: list[str]) -> bool:
    """Whether one of the folded ``needles`` stands in ``text``, not as a part of a longer word or number.

    Blanks, and the signs that stand for them in file names, count as one blank. A short word without anything that makes it
    one person's (a first name, a small number) counts only where it is the whole text.
    """
    plain = fold_name(text)
    if plain in needles:
        return True
    needles = [needle for needle in needles if _telling(needle)]
    loose = _loose(plain)
    forms = [(form, place) for needle in needles for form, place in ((needle, plain), (_loose(needle), loose)) if form]
    return any(form in place and re.search(_whole(form), place) for form, place in forms)


def _telling(needle: str) -> bool:
    return len(needle) >= _DISTINCT or " " in needle or bool(_UNSPACED.search(needle))


def _loose(text: str) -> str:
    return fold_name(re.sub(r"[_.\-+]+", " ", text))


def _whole(form: str) -> str:
    """A pattern for ``form`` as a word; scripts that write without blanks have no edges of words."""
    before = "" if _UNSPACED.match(form[0]) else r"(?<!\w)"
    return before + re.escape(form) + ("" if _UNSPACED.match(form[-1]) else r"(?!\w)")


def marks_of(tenant: str, case: "PlainCase", subject: str = "") -> set[str]:
    """The hashes under which a case, as JSON, is found: its orders, the names of its buyer, every e-mail address in it."""
    found = {_mark(tenant, "order", fold_order(text)) for text in [subject, *_orders(case)] if text.strip()}
    found |= {_mark(tenant, "name", fold_name(text)) for text in _names(case.json) if text.strip()}
    return found | {mark for text in _texts(case.json) for mark in email_marks(tenant, text)}


def email_marks(tenant: str, text: str) -> set[str]:
    """The hashes of the e-mail addresses in a text."""
    if "@" not in (folded := text_folding.compatible(text)):
        return set()
    return {_mark(tenant, "email", fold_email(one)) for one in _EMAIL.findall(folded)}


def _orders(case: "PlainCase") -> Iterator[str]:
    for part, name in _ORDERS.items():
        value = case.get(part)
        for one in value if isinstance(value, list | tuple) else [value]:
            if isinstance(one, Mapping) and isinstance(one.get(name), str | int):
                yield str(one[name])


def _names(value: Any, part: str = "") -> Iterator[str]:  # noqa: ANN401  # any JSON value
    if isinstance(value, list | tuple):
        for one in value:
            yield from _names(one, part)
    if not isinstance(value, Mapping):
        return
    for key, one in value.items():
        if isinstance(one, str) and (key in _PEOPLE.get(part, ()) or key in _NAMED):
            yield one
        elif not (part == "" and key in _OURS):
            yield from _names(one, key)


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401  # as above
    if isinstance(value, str):
        yield value
    for one in value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ():
        yield from _texts(one)
