"""Carriers as data: how their numbers look and which check digit proves them.

Check digit methods are arithmetic and live here by name; which carrier uses which is data (``carriers/*.toml``). Methods
follow the carriers' published rules (UPU S10, UPS, USPS Publication 199, FedEx).
"""

import re
import string
from collections.abc import Callable, Mapping

from pydantic import model_validator

from casefile.fields.base import Words
from casefile.sources import Source, SourceId


def _s10(number: str) -> bool:
    weights = (8, 6, 4, 2, 3, 5, 9, 7)
    total = 11 - sum(int(d) * w for d, w in zip(number[2:10], weights, strict=True)) % 11
    return {10: 0, 11: 5}.get(total, total) == int(number[10])


def _ups(number: str) -> bool:
    body = number[2:] if number.startswith("1Z") else str(ord(number[0]) - 63) + number[1:]
    values = [int(c) if c.isdigit() else (ord(c) - 3) % 10 for c in body[:-1]]
    return (-sum(v * (2 if i % 2 else 1) for i, v in enumerate(values))) % 10 == int(body[-1])


def _mod10_from_right(number: str) -> bool:
    total = sum(int(d) * (3 if i % 2 == 0 else 1) for i, d in enumerate(reversed(number[:-1])))
    return -total % 10 == int(number[-1])


def _usps_routed(number: str) -> bool:
    return _mod10_from_right(re.sub(r"^420(\d{9}|\d{5})(?=9[1-5])", "", number))


def _fedex_express(number: str) -> bool:
    weights = (3, 1, 7) * 4
    return sum(int(d) * w for d, w in zip(number[:11], weights, strict=False)) % 11 % 10 == int(number[11])


def _mod7(number: str) -> bool:
    return int(number[:-1]) % 7 == int(number[-1])


CHECK_DIGITS: Mapping[str, Callable[[str], bool]] = {
    "s10": _s10,
    "ups": _ups,
    "mod10_from_right": _mod10_from_right,
    "usps_routed": _usps_routed,
    "fedex_express": _fedex_express,
    "mod7": _mod7,
}
"""Each takes a whole number of the right pattern and says whether its check digit holds."""


def normalise(number: str) -> str:
    """``number`` as carriers print it without layout: upper case, letters and digits only."""
    return "".join(char for char in number.upper() if char in string.ascii_uppercase + string.digits)


class NumberFormat(Words):
    """One form of a carrier's numbers: full-match pattern over the normalised number, check digit, worked examples."""

    name: str
    pattern: str
    check: str | None = None
    note: dict[str, str] = {}
    untracked: bool = False
    """Such numbers usually carry no proof of delivery."""
    source: SourceId
    valid: tuple[str, ...]
    invalid: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _known_check(self) -> "NumberFormat":
        if self.check is not None and self.check not in CHECK_DIGITS:
            raise ValueError(f"check {self.check!r} is none of {sorted(CHECK_DIGITS)}")
        re.compile(self.pattern)
        return self

    def recognises(self, number: str) -> bool:
        """Whether the normalised ``number`` has this form, whatever its check digit."""
        return re.fullmatch(self.pattern, number) is not None


class Carrier(Words):
    """One carrier; ``id`` is the name of its file."""

    id: str
    name: dict[str, str]
    country: str | None = None
    hosts: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    """How pages name it, for recognising its pages."""
    numbers: tuple[NumberFormat, ...]
    also: tuple[str, ...] = ()
    """Other carriers' formats it uses as well (``upu_s10``)."""
    sources: dict[str, Source]

    def recognises(self, number: str) -> bool:
        """Whether ``number`` has a form of this carrier (its own forms; ``also`` is for the caller)."""
        return any(form.recognises(normalise(number)) for form in self.numbers)

    def valid(self, number: str) -> bool | None:
        """Whether the check digit holds; ``None`` when no form matches or the matching form has no check digit."""
        plain = normalise(number)
        forms = [form for form in self.numbers if form.recognises(plain)]
        checks = [CHECK_DIGITS[form.check](plain) for form in forms if form.check]
        if len(checks) < len(forms) or not forms:
            return True if any(checks) else None
        return any(checks)
