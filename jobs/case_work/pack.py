"""What a pack job takes and gives: values that the doors, the store and the command line share."""

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from typing import Literal

from casefile.case import Case
from casefile.earlier import EarlierCase
from casefile.finding import Verdict
from casefile.upload import Upload
from evidence_packer.report.shape import Report

Role = Literal[
    "bundle",
    "letter",
    "letter_text",
    "reading_copy",
    "submission",
    "original",
    "report",
    "calendar",
    "manifest",
    "sums",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackRequest:
    """One case with its uploads. ``as_of`` is the clock for deadlines; ``language`` is the operator's (report, UPLOAD.txt)."""

    case: Case
    uploads: tuple[Upload, ...]
    as_of: dt.datetime
    language: str = "en"
    earlier: tuple[EarlierCase, ...] = ()
    """What is remembered of the tenant's earlier cases; only checks look at it."""
    previous: frozenset[str] | None = None
    """SHA-256 of the uploads of the previous pack, where the case names one and it is still kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalRequest:
    """A heap: files, a pasted mail, and what the caller already says of the case (platform and procedure may be empty)."""

    partial: Case
    text: str
    uploads: tuple[Upload, ...]
    as_of: dt.datetime
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackFile:
    """One file of a pack: ``path`` is relative to the pack's folder; ``for_`` says what it answers (a field, a box)."""

    path: str
    role: Role
    data: bytes
    pages: int | None = None
    for_: str | None = None

    @property
    def sha256(self) -> str:
        """Lower-case hexadecimal SHA-256."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """Everything handed back for one case: folder name, files in order, and the report."""

    folder: str
    files: tuple[PackFile, ...]
    report: Report
    translations: dict[str, Report] = field(default_factory=dict)
    """The same report in the other languages of operators, by language; not among the files."""

    @property
    def verdict(self) -> Verdict:
        """``ready``, ``review`` or ``blocked``."""
        return self.report.verdict

    def file(self, path: str) -> PackFile | None:
        """The file at this path, or ``None``."""
        return next((file for file in self.files if file.path == path), None)
