"""What a letter kind is: headed sections in order, and the sentence blocks that each holds."""

from pydantic import Field, model_validator

from casefile.fields.base import Words


class SectionPlan(Words):
    """One section: ``id`` (its heading is ``letter.section.<id>``) and the blocks whose sentences fill it, in order.

    ``answers`` are words, in any language, by which a platform asks for what this section says.
    """

    id: str
    blocks: tuple[str, ...] = Field(min_length=1)
    answers: tuple[str, ...] = ()


class LetterKind(Words):
    """``templates/letters/<id>.toml``. ``paragraph_lines`` bounds every paragraph where the receiver asks for that."""

    id: str
    sections: tuple[SectionPlan, ...]
    paragraph_lines: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _sections_once(self) -> "LetterKind":
        ids = [section.id for section in self.sections]
        if len(ids) != len(set(ids)) or not ids:
            raise ValueError("a letter has each section once, and at least one")
        blocks = [block for section in self.sections for block in section.blocks]
        if len(blocks) != len(set(blocks)):
            raise ValueError("a letter has each block once")
        return self

    def answering(self, question: str) -> SectionPlan | None:
        """The section that says what ``question`` asks for: the one whose longest word of ``answers`` stands in it."""
        asked = question.casefold()
        hits = [
            (len(word), section) for section in self.sections for word in section.answers if word.casefold() in asked
        ]
        return max(hits, key=lambda hit: hit[0])[1] if hits else None
