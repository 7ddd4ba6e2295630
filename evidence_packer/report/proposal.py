"""A case proposed from a heap of files and a mail, as every door hands it out: the case, where it comes from, what is open."""

from typing import Self

from pydantic import Field, JsonValue

from casefile.json_model import JsonModel
from evidence_packer.report.shape import ReportChoice, ReportFilled, ReportRefusal


class ProposalQuestion(JsonModel):
    """Something that a person has to say; the heaviest come first."""

    pointer: str = Field(description="JSON pointer to the field of the case")
    text: str = Field(description="What is asked, in the reader's language")
    candidates: tuple[ReportChoice, ...] = Field(default=(), description="The values that the evidence offers")


class ProposalGap(JsonModel):
    """Something that has to be proved and is not."""

    proposition: str = Field(description="What has to be proved, as a stable name")
    statement: str = Field(description="What has to be proved, as a sentence")
    needs: tuple[str, ...] = Field(default=(), description="Kinds of evidence that can prove it")
    required: bool = Field(default=False, description="Whether the case cannot be won without it")


class ProposedCase(JsonModel):
    """One case proposed: ready to be sent to `POST /v1/packs` with the same files once its questions are answered."""

    case: dict[str, JsonValue] = Field(
        default_factory=dict,
        description="The case as JSON, as far as caller, mail and evidence say it; `extra.as_printed` names the times "
        "of which a page prints only the day, or no zone",
    )
    files: tuple[str, ...] = Field(default=(), description="The files that belong to this case")
    filled: tuple[ReportFilled, ...] = Field(default=(), description="Every field that was filled in, with its places")
    questions: tuple[ProposalQuestion, ...] = Field(default=(), description="What a person has to say")
    missing: tuple[ProposalGap, ...] = Field(default=(), description="What is missing to win")


class Proposal(ProposedCase):
    """What a heap of files and a mail are about; several orders in one heap are several cases.

    Of a heap with one case, that case stands at the top too, as callers with one case at a time read it; else nothing stands there.
    """

    cases: tuple[ProposedCase, ...] = Field(description="The cases proposed; one, unless the heap holds several orders")
    not_included: tuple[ReportRefusal, ...] = Field(default=(), description="Files that could not be read, and why")
    not_understood: tuple[str, ...] = Field(
        default=(), description="Lines of the mail that state something and were not understood, as they stand"
    )

    @classmethod
    def of(
        cls,
        cases: tuple[ProposedCase, ...],
        not_included: tuple[ReportRefusal, ...] = (),
        not_understood: tuple[str, ...] = (),
    ) -> Self:
        """The proposal of these cases."""
        only = cases[0] if len(cases) == 1 else ProposedCase()
        return cls(
            case=only.case, files=only.files, filled=only.filled, questions=only.questions, missing=only.missing,
            cases=cases, not_included=not_included, not_understood=not_understood,
        )  # fmt: skip
