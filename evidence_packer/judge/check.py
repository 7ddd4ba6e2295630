"""Checks: the contract, the dossier they judge, and the run over all of them.

A check is a file in ``checks/`` with ``CODE``, ``INPUT`` (what it judges: ``case``, ``facts``, ``plan``, ``letter``, ``files``),
optional ``REQUIRES`` (codes whose finding makes it pointless) and a pure ``check(dossier)`` that yields findings, or raises
``Skip`` with the reason. Learnt from Django's checks and repo-review: a failed prerequisite skips its dependants and says so.
"""

import datetime as dt
import functools
import graphlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType

import evidence_packer.judge.checks as plug_ins
from casefile.case import Case
from casefile.citation import BundlePlan, Citation
from casefile.coverage import PropositionCoverage, TimelinePoint
from casefile.deadline import DueDate
from casefile.discovery import modules
from casefile.earlier import EarlierCase
from casefile.facts import FileFacts
from casefile.fields.files import Kind
from casefile.finding import CheckResult, Finding, Severity
from casefile.house import House
from casefile.letter import Letter
from casefile.letter_language import letter_language
from casefile.platform import Platform, Site
from casefile.procedure import Procedure
from casefile.reading import Sharpness
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


class Skip(Exception):  # a control word, not a fault
    """The check does not apply; ``why`` is the key of the reason (``skip.<why>``)."""

    def __init__(self, why: str, **params: object) -> None:
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
class Dossier:
    """Everything a check may look at. ``letter`` and ``outputs`` are ``None`` where only evidence is judged."""

    house: House
    case: Case
    platform: Platform
    procedure: Procedure
    site: Site
    as_of: dt.datetime
    due: tuple[DueDate, ...]
    facts: tuple[FileFacts, ...]
    uploaded: tuple[str, ...]
    not_included: tuple[NotIncluded, ...]
    plan: BundlePlan
    coverage: tuple[PropositionCoverage, ...]
    timeline: tuple[TimelinePoint, ...]
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
        return letter_language(self.case.language, self.site, self.procedure, self.house.catalogs)

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


@functools.cache
def checks() -> tuple[ModuleType, ...]:
    """Every check, prerequisites first, otherwise sorted by code."""
    found = {module.CODE: module for module in modules(plug_ins)}
    order = graphlib.TopologicalSorter({code: getattr(found[code], "REQUIRES", ()) for code in sorted(found)})
    return tuple(found[code] for code in order.static_order())


def _run(check: ModuleType, dossier: Dossier, failed: set[str]) -> CheckResult:
    if not dossier.has(check.INPUT):
        return CheckResult(code=check.CODE, status="skipped", why=f"no-{check.INPUT}")
    before = next((code for code in getattr(check, "REQUIRES", ()) if code in failed), None)
    if before:
        return CheckResult(code=check.CODE, status="skipped", why="prerequisite", params={"check": before})
    try:
        findings = tuple(check.check(dossier))
    except Skip as skip:
        return CheckResult(code=check.CODE, status="skipped", why=skip.why, params=skip.params)
    return CheckResult(code=check.CODE, status="finding" if findings else "pass", findings=findings)


def judge(dossier: Dossier) -> tuple[CheckResult, ...]:
    """What every check says, in the order of their codes."""
    failed: set[str] = set()
    results = {}
    for check in checks():
        results[check.CODE] = result = _run(check, dossier, failed)
        if result.status == "finding":
            failed.add(check.CODE)
    return tuple(results[code] for code in sorted(results))


def all_findings(results: tuple[CheckResult, ...]) -> tuple[Finding, ...]:
    """Every finding, blockers first, then warnings, then advice."""
    ranks: dict[Severity, int] = {"blocker": 0, "warning": 1, "advice": 2}
    found = [finding for result in results for finding in result.findings]
    return tuple(sorted(found, key=lambda finding: ranks[finding.severity]))


def verdict(results: tuple[CheckResult, ...]) -> str:
    """``blocked`` with a blocker, else ``review`` with a warning, else ``ready``."""
    severities = {finding.severity for finding in all_findings(results)}
    return "blocked" if "blocker" in severities else "review" if "warning" in severities else "ready"
