"""Carriers as data: how their numbers look and which check digit proves them.

Check digit methods are arithmetic and live here by name; which carrier uses which is data (``carriers/*.toml``). Methods
follow the carriers' published rules (UPU S10, UPS, USPS Publication 199, FedEx).
"""

import functools
import re
import string

from pydantic import model_validator

from casefile.check_digits import CHECK_DIGITS
from casefile.fields.base import Words
from casefile.parcel_words import CarrierStates
from casefile.procedure import Step
from casefile.sources import Source, SourceId


def normalise(number: str) -> str:
    """``number`` as carriers print it without layout: upper case, letters and digits only."""
    return "".join(char for char in number.upper() if char in string.ascii_uppercase + string.digits)


_form = functools.lru_cache(maxsize=1024)(re.compile)
"""Kept apart: more patterns than the library keeps are asked in turn for every number."""


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
        return _form(self.pattern).fullmatch(number) is not None


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
    states: tuple[CarrierStates, ...] = ()
    """How its own pages word the states of a parcel, where that is more than the language (``locales/*/parcels.toml``)."""
    claims: tuple[Step, ...] = ()
    """How a lost or damaged parcel is claimed from it: within which days, on which form, with which papers."""
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
