"""Checks: the contract, and the dossier they judge.

A check is a value in ``CHECKS`` of a file in ``checks/``: its code, what it judges, the kinds of findings it can make, codes whose
finding makes it pointless, and a pure function of the dossier that yields findings, or raises ``Skip`` with the reason. A file
holds a family of them. Learnt from Django's checks and repo-review: a failed prerequisite skips its dependants and says so.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, Protocol, get_args

from casefile.casework import CaseView, Evidence, Matter
from casefile.citation import Citation
from casefile.deadline import DueDate
from casefile.earlier import EarlierCase
from casefile.facts import FileFacts
from casefile.fields.files import Kind
from casefile.finding import Finding
from casefile.finding_kind import FindingKind
from casefile.letter import Letter
from casefile.plug_ins import expect_takes
from casefile.reading import Sharpness
from casefile.text_value import TextValue
from casefile.upload import NotIncluded

EXPECTS_ORDER_ID: frozenset[Kind] = frozenset(
    {"order_page", "messages", "case_page", "erp_record", "refund_proof", "invoice", "notice"}
)
"""Kinds that print an order id; elsewhere its absence is no finding."""
EXPECTS_TRACKING_NUMBER: frozenset[Kind] = frozenset({"tracking", "proof_of_delivery", "dispatch", "carrier_statement"})
"""Kinds that print a tracking number."""
EXPECTS_TIME: frozenset[Kind] = frozenset(
    {"tracking", "proof_of_delivery", "messages", "order_page", "case_page", "erp_record", "refund_proof", "notice",
     "buyer_confirmation", "back_office_log", "usage_log"}
)  # fmt: skip
"""Kinds whose pages have to show when."""
SURE = 0.95
"""Score of a line from which what it reads differently is a fault; below it is a question."""


class Skip(Exception):  # a control word, not a fault
    """The check does not apply; ``why`` is the key of the reason (``skip.<why>``)."""

    def __init__(self, why: str, **params: TextValue) -> None:
        super().__init__(why)
        self.why = why
        self.params = params


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """One file that is to be submitted: what the platform will see of it."""

    name: str
    format: str
    bytes: int
    pages: int | None = None
    archive: int | None = None
    """The part of ISO 19005 (PDF/A) that it keeps to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A picture on its printed page ``page``: height of its type in stored pixels and in points on paper, where known.

    ``sharpness`` is measured again where the bundle holds a smaller copy than was uploaded.
    """

    file: str
    page: int
    type_pixels: float | None = None
    type_points: float | None = None
    sharpness: Sharpness | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier(CaseView):
    """Everything a check may look at. ``letter`` and ``outputs`` are ``None`` where only evidence is judged."""

    matter: Matter
    evidence: Evidence
    uploaded: tuple[str, ...] = ()
    letter: Letter | None = None
    letter_chars: int | None = None
    outputs: tuple[Output, ...] | None = None
    printed: tuple[Printed, ...] = ()
    """Pictures as the finished bundle shows them."""
    not_sent: tuple[Citation, ...] = ()
    """Pages of the bundle for which the receiver has no room."""
    unprintable: Callable[[str], tuple[str, ...]] = lambda _: ()
    """The signs of a text that the fonts of letter and bundle do not have."""
    earlier: tuple[EarlierCase, ...] = ()
    """What is remembered of the tenant's earlier cases."""

    @property
    def letter_language(self) -> str:
        """The language of letter and bundle."""
        return self.matter.letter_language

    @property
    def due(self) -> tuple[DueDate, ...]:
        """The deadlines."""
        return self.matter.due

    @property
    def not_included(self) -> tuple[NotIncluded, ...]:
        """Files that are no exhibits, and why."""
        return self.evidence.not_included

    def of_kinds(self, kinds: frozenset[Kind]) -> Iterator[FileFacts]:
        """The files of these kinds, in exhibit order."""
        return (file for file in self.facts if file.kind in kinds)

    def legible(self, file: FileFacts) -> bool:
        """Whether some page of the file can be read; files that cannot have one finding for that and no others."""
        return any(seen.verdict != "blurred" for seen in file.sharpness) or bool(
            file.order_ids or file.tracking_numbers
        )

    def has(self, needed: str) -> bool:
        """Whether the input ``case``, ``facts``, ``plan``, ``letter`` or ``files`` is there to judge."""
        return {
            "facts": bool(self.facts),
            "plan": bool(self.plan.exhibits),
            "letter": self.letter is not None,
            "files": self.outputs is not None,
        }.get(needed, True)


Judges = Literal["case", "facts", "plan", "letter", "files"]
"""What a check judges; without it the check is skipped. Files are those to submit, facts what was read from those sent."""


class Check(Protocol):
    """The contract of a check."""

    @property
    def code(self) -> str:
        """Kebab-case and stable: results are ordered by it."""

    @property
    def judges(self) -> Judges:
        """What has to be there."""

    @property
    def needs(self) -> tuple[str, ...]:
        """Codes of the checks whose finding makes this one pointless."""

    @property
    def findings(self) -> tuple[FindingKind, ...]:
        """Every kind of finding that it can make."""

    def check(self, dossier: Dossier) -> Iterator[Finding]:
        """What is weak, each made by one of its kinds.

        Raises:
            Skip: the check does not apply.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOf:
    """A check that is one function."""

    code: str
    judges: Judges
    findings: tuple[FindingKind, ...]
    run: Callable[[Dossier], Iterator[Finding]]
    needs: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what could never be run, or has nothing to say."""
        expect_takes(self.run, 1)
        if self.judges not in get_args(Judges):
            raise TypeError(f"{self.code}: judges {self.judges!r}, which is nothing that is there")
        if not self.findings:
            raise TypeError(f"{self.code}: declares no findings")

    @property
    def name(self) -> str:
        """Its code."""
        return self.code

    def check(self, dossier: Dossier) -> Iterator[Finding]:
        """What the function finds."""
        return self.run(dossier)
