"""The report as frozen values in the contract's shape and order: what every door hands out and everything inside reads.

Each field says what it means once, here; the description of the API takes its sentences from this file.
"""

from collections.abc import Iterable, Iterator
from typing import Literal

from pydantic import AliasChoices, Field

from casefile.finding import Severity, Status, Verdict
from casefile.json_model import JsonModel
from evidence_packer.report.exhibit_shape import ISO, Box, FilePage, Printed, ReportExhibit
from evidence_packer.report.ground_shape import ReportCitation, ReportGround, ReportLeading, ReportLedger

SCHEMA_VERSION = "1"
Recommendation = Literal["contest", "settle", "accept", "wait", "other_route", "no_action"]


class ReportDeadline(JsonModel):
    """One deadline of the case; ``hours_left`` counts to ``at``."""

    name: str = Field(description="What has to be done by then, in the reader's language")
    counts_from: str | None = Field(default=None, description="JSON pointer to the date the period counts from, if any")
    warn_at: str | None = Field(default=None, description=f"From when the deadline is close ({ISO})")
    block_at: str | None = Field(default=None, description=f"When the deadline ends ({ISO})")
    hours_left: float | None = Field(
        default=None, description="Hours left at `as_of`, negative once it is over; null when it was met"
    )
    source: str = Field(default="", description="Title of the rule the deadline comes from, or who named the date")
    confidence: str = Field(default="", description="How well the source is known: P is the platform's own page")

    @property
    def at(self) -> str | None:
        """When it ends, or where that is not known, when it is close."""
        return self.block_at or self.warn_at


class ReportFinding(JsonModel):
    """One weakness that a check found."""

    code: str = Field(description="Stable code of the finding, explained in docs/messages.md")
    severity: Severity = Field(description="How much it weighs")
    title: str = Field(description="What is wrong, in one line")
    detail: str = Field(description="Why it matters")
    hint: str = Field(description="What to do about it")
    file: str | None = Field(default=None, description="The file it is about")
    page: FilePage | None = Field(default=None, description="The page of the file it is about, counted from 1")
    box: Box | None = Field(default=None, description="The place on the page it is about")
    pointer: str | None = Field(default=None, description="JSON pointer to the field of the case it is about")
    rules: tuple[str, ...] = Field(default=(), description="Practice rules behind it")
    picture: str | None = Field(
        default=None,
        description="The boxed place as a JPEG data URI, when pictures were asked for",
        exclude_if=lambda value: value is None,
    )


class ReportCheck(JsonModel):
    """One check and what it found."""

    code: str = Field(description="Name of the check")
    status: Status = Field(description="How the check ended")
    why: str | None = Field(default=None, description="Why it was skipped")
    findings: tuple[ReportFinding, ...] = Field(default=(), description="What it found")


class ReportCoverage(JsonModel):
    """One thing to prove, and how far the evidence proves it."""

    proposition: str = Field(description="What has to be proved, as a stable name")
    statement: str = Field(description="What has to be proved, as a sentence")
    needs: tuple[str, ...] = Field(default=(), description="Kinds of evidence that can prove it")
    status: Literal["shown", "described", "attached", "contradicted", "missing"] = Field(
        description="How far it is proved"
    )
    exhibits: tuple[ReportCitation, ...] = Field(default=(), description="Where it is proved")
    of: str | None = Field(default=None, description="Number of the parcel that is meant, where the case has several")


class ReportTimePoint(JsonModel):
    """One dated point of the matter."""

    at: str = Field(description=f"When ({ISO}); without a zone, or a date alone, where the page prints no more")
    what: str = Field(description="What happened, in the reader's language")
    source: Literal["case", "exhibit", "exif"] = Field(description="Where the date comes from")
    exhibit: int | None = Field(default=None, description="Number of the exhibit that shows it")
    page: Printed | None = Field(default=None, description="Page number as printed in the bundle")
    conflict: bool = Field(default=False, description="Whether another date speaks against it")


class ReportSentence(JsonModel):
    """One sentence of the letter."""

    n: int = Field(description="Number of the sentence, from 1")
    text: str = Field(description="The sentence with its citation")
    sentence_class: str = Field(
        validation_alias=AliasChoices("class", "sentence_class"), serialization_alias="class",
        description="What the sentence does: fact, argument, commitment, request or legal",
    )  # fmt: skip
    proof: str = Field(default="none", description="What stands behind it: shown, described, attached, record or none")
    exhibits: tuple[ReportCitation, ...] = Field(default=(), description="The exhibits it cites")


class ReportLeftOut(JsonModel):
    """A sentence that the letter does not say."""

    sentence: str = Field(description="The sentence, or the field of the case it would have said")
    why: str = Field(description="Why it was left out")


class ReportLetter(JsonModel):
    """The letter as sentences, with its length."""

    kind: str = Field(description="Kind of letter")
    language: str = Field(description="Language of the letter (BCP 47)")
    sentences: tuple[ReportSentence, ...] = Field(default=(), description="The sentences in order")
    chars: int = Field(default=0, description="Length of the plain text in characters")
    limit: int | None = Field(
        default=None, description="Most characters that the platform takes; null where it names no limit"
    )
    left_out: tuple[ReportLeftOut, ...] = Field(default=(), description="What the letter does not say, and why")


class ReportTick(JsonModel):
    """One thing that only a person can confirm."""

    code: str = Field(description="The rule behind it")
    text: str = Field(description="What to confirm")
    done: bool = Field(default=False, description="Whether it was confirmed")
    by: str | None = Field(default=None, description="Who confirmed it")
    at: str | None = Field(default=None, description=f"When it was confirmed ({ISO})")


class ReportAdvice(JsonModel):
    """A piece of advice for this case."""

    text: str = Field(description="The advice")
    rules: tuple[str, ...] = Field(default=(), description="Practice rules behind it")


class ReportFile(JsonModel):
    """One file of the pack."""

    name: str = Field(description="Path in the folder of the pack")
    role: str = Field(description="What the file is for, such as bundle, letter, submission or original")
    bytes: int = Field(description="Size in bytes")
    pages: int | None = Field(default=None, description="Number of pages, where it has pages")
    sha256: str = Field(description="SHA-256 of the file")
    for_: str | None = Field(
        default=None, validation_alias=AliasChoices("for", "for_"), serialization_alias="for",
        description="Where the platform wants the file: an upload field, a text box",
    )  # fmt: skip


class ReportPageRead(JsonModel):
    """How far one page of a file was read."""

    file: str = Field(description="Name of the uploaded file")
    page: FilePage
    engine: str = Field(
        default="",
        description="What read it: `text_layer` where the text was in the file, else the OCR engines, joined by `+`; "
        "empty where nothing did",
    )
    read_share: float = Field(default=1.0, description="Share of the area of its writing that was surely read, 0 to 1")
    score: float | None = Field(
        default=None, description="Mean score of its characters, 0 to 1; null where no writing was found"
    )
    unread_script: str | None = Field(
        default=None, description="ISO 15924 code of a script that was seen and is not read, such as `Cyrl` or `Arab`"
    )
    cut_short: bool = Field(
        default=False, description="Whether reading was stopped before its end; such a reading is never kept"
    )


class ReportRefusal(JsonModel):
    """An uploaded file, or a part of one, that is in no page of the bundle."""

    file: str = Field(description="Name of the uploaded file")
    code: str = Field(description="Stable code of the reason")
    reason: str = Field(description="Why it is not included, in the reader's language")


class ReportPlace(JsonModel):
    """Where a value was read."""

    number: int | None = Field(default=None, description="Number of the exhibit; null where the file is no exhibit")
    page: int = Field(description="Page number as printed in the bundle; of the file where it is no exhibit")
    box: Box = Field(description="The place on the page")
    file: str = Field(description="The file")
    text: str = Field(description="The words as read")


class ReportChoice(JsonModel):
    """One of several values that the evidence offers."""

    value: str = Field(description="The value as the page states it")
    exhibits: tuple[ReportPlace, ...] = Field(default=(), description="Where it was read")


class ReportFilled(JsonModel):
    """One field of the case that the evidence fills in, agrees with, or leaves open."""

    pointer: str = Field(description="JSON pointer to the field of the case")
    value: str = Field(description="The value as the page states it; empty where it is asked")
    state: Literal["adopted", "asked", "typed"] = Field(
        description="adopted: taken from the evidence; asked: a person has to say; typed: the case says it, the evidence too"
    )
    exhibits: tuple[ReportPlace, ...] = Field(default=(), description="Where it was read")
    source: str = Field(description="Why it is believed or asked, in the reader's language")
    candidates: tuple[ReportChoice, ...] = Field(default=(), description="The values to choose from, where it is asked")


class Report(JsonModel):
    """What was found about a case; ``files`` is empty until the pack is packaged."""

    schema_version: str = Field(default=SCHEMA_VERSION, description="Version of this shape")
    platform: str = Field(default="", description="The platform the case is on")
    procedure: str = Field(default="", description="The procedure of the platform")
    as_of: str = Field(default="", description=f"The moment that deadlines are counted at ({ISO})")
    language: str = Field(default="en", description="Language of the texts (BCP 47)")
    verdict: Verdict = Field(description="Whether the evidence can be sent as it is")
    recommendation: Recommendation = Field(default="contest", description="What to do about the dispute")
    because: tuple[str, ...] = Field(default=(), description="Why that is recommended, in sentences")
    deadlines: tuple[ReportDeadline, ...] = Field(
        default=(), description="Deadlines of the procedure that count in this case"
    )
    exhibits: tuple[ReportExhibit, ...] = Field(default=(), description="The evidence in the order of the bundle")
    reading: tuple[ReportPageRead, ...] = Field(default=(), description="How far each page of each file was read")
    checks: tuple[ReportCheck, ...] = Field(default=(), description="Every check and what it found")
    coverage: tuple[ReportCoverage, ...] = Field(default=(), description="What has to be proved, and how far it is")
    ground: ReportLeading | None = Field(default=None, description="What leads the answer; null where nothing holds")
    ledger: ReportLedger = Field(default=ReportLedger(), description="The money of the case")
    grounds: tuple[ReportGround, ...] = Field(
        default=(), description="What the answer can rest on: those that hold first, the strongest first"
    )
    timeline: tuple[ReportTimePoint, ...] = Field(default=(), description="What happened when")
    filled: tuple[ReportFilled, ...] = Field(
        default=(), description="Fields of the case that the evidence fills in, agrees with, or leaves open"
    )
    letter: ReportLetter | None = Field(default=None, description="The letter; null where none was written")
    checklist: tuple[ReportTick, ...] = Field(
        default=(), description="What a person has to confirm before and after sending"
    )
    steps: tuple[str, ...] = Field(default=(), description="How to send it, step by step")
    advice: tuple[ReportAdvice, ...] = Field(default=(), description="Advice that helps in this case")
    assumptions: tuple[str, ...] = Field(default=(), description="What was taken for granted")
    files: tuple[ReportFile, ...] = Field(default=(), description="The files of the pack; empty where no pack was made")
    not_included: tuple[ReportRefusal, ...] = Field(default=(), description="Uploads that became no page, and why")

    def with_files(self, files: Iterable[ReportFile]) -> "Report":
        """The same report, with the files of the pack."""
        return self.model_copy(update={"files": tuple(files)})

    @property
    def findings(self) -> Iterator[ReportFinding]:
        """Every finding, in the order of the checks."""
        return (finding for check in self.checks for finding in check.findings)

    def exhibit(self, file: str | None) -> ReportExhibit | None:
        """The exhibit that was made of this file, or ``None``."""
        return next((exhibit for exhibit in self.exhibits if exhibit.file == file), None)
