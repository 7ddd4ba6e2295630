"""What kinds of findings there are: each is declared once, beside its check, with all that others ask about it.

A list of files to take again, the signs of a file, the gaps of a case and the terminal read it here, so that no other module
holds a table of codes. A finding is made by its kind: a code that was not declared cannot be reported.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from casefile.fields.files import Box
from casefile.finding import SEVERITIES, Finding, Severity
from casefile.text_value import TextValues

About = Literal["file", "case", "history"]
"""What is weak: a file by itself, the case with its letter and its submission, or what earlier cases tell."""
Sign = Literal["sharp", "time", "order", "only_order", "tracking", "context", "agrees", "same"]
"""The signs that a file shows at a glance, in their order: ``SIGNS``."""
Role = Literal["missing_field", "missing_evidence", "refused_file", "proposed_kind", "wording", "blurred_page"]
"""What a door shows in a place or a way of its own."""

SIGNS: tuple[Sign, ...] = ("sharp", "time", "order", "only_order", "tracking", "context", "agrees", "same")
_NOTHING: TextValues = {}
_WORDS: Mapping[str, tuple[object, ...]] = {
    "severity": SEVERITIES, "about": get_args(About), "sign": (None, *SIGNS), "role": (None, *get_args(Role)),
}  # fmt: skip
"""Field of a kind → what may stand there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingKind:
    """One kind of finding. ``severity`` holds where the check says no other; ``sign`` is the sign of the file that it lowers."""

    code: str
    severity: Severity
    about: About = "case"
    sign: Sign | None = None
    retake: bool = False
    """Whether a new picture or scan settles it; then the line ``retake.<code>`` says what must be visible on it."""
    coverable: bool = False
    """Whether covering the place that it is about settles it."""
    named_in_detail: bool = False
    """Whether only the detail names the field, the proof or the other file that is meant."""
    follows: bool = False
    """Whether every unfinished case has it of itself: reported once its fields are there."""
    role: Role | None = None

    def __post_init__(self) -> None:
        """Refuse words that nobody knows."""
        for field, words in _WORDS.items():
            if getattr(self, field) not in words:
                raise TypeError(f"{self.code}: unknown {field} {getattr(self, field)!r}")

    def found(  # noqa: PLR0913  # the fields of a finding, each by its name
        self,
        *,
        severity: Severity | None = None,
        params: TextValues = _NOTHING,
        file: str | None = None,
        page: int | None = None,
        box: Box | None = None,
        pointer: str | None = None,
        rules: tuple[str, ...] = (),
    ) -> Finding:
        """A finding of this kind, at its own severity where none is given."""
        return Finding(
            code=self.code, severity=severity or self.severity, params=params, file=file, page=page, box=box,
            pointer=pointer, rules=rules,
        )  # fmt: skip

    def texts(self) -> tuple[str, ...]:
        """The keys of the catalog without which the kind has no words."""
        keys = tuple(f"finding.{self.code}.{part}" for part in ("title", "detail", "hint"))
        return (*keys, f"retake.{self.code}") if self.retake else keys
