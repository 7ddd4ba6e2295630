"""The form of archive copy (PDF/A) that a notice or a refusal asks for by name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from casefile.case import Case
from casefile.fields.base import any_text

_NAMED = re.compile(r"PDF\s*/\s*A(?:\s*-?\s*([1-4])\s*([abuef])?)?(?![a-z])", re.IGNORECASE)
_MADE = frozenset({1, 2, 3})


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveAsked:
    """``words`` as they stand there (``PDF/A-1a``); ``part`` of ISO 19005, or ``None`` where any will do."""

    words: str
    part: int | None

    @property
    def made(self) -> bool:
        """Whether it is a form that is made here."""
        return self.part is None or self.part in _MADE


def archive_asked(case: Case) -> ArchiveAsked | None:
    """The form that is asked for; one that names its part before one that does not."""
    found = [
        ArchiveAsked(words=match[0], part=int(match[1]) if match[1] else None)
        for text in _texts(case)
        for match in _NAMED.finditer(text)
    ]
    return min(found, key=lambda one: one.part is None, default=None)


def _texts(case: Case) -> Iterator[str]:
    """What the platform wrote."""
    if case.notice and case.notice.text:
        yield any_text(case.notice.text) or ""
    for rejection in case.rejections:
        yield any_text(rejection.text) or "" if rejection.text else ""
