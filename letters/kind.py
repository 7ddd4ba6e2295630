"""What a letter kind is: headed sections in order, and the sentence blocks that each holds."""

from pydantic import model_validator

from casefile.fields.base import Words


class SectionPlan(Words):
    """One section: ``id`` (its heading is ``letter.section.<id>``) and the blocks whose sentences fill it, in order."""

    id: str
    blocks: tuple[str, ...]


class LetterKind(Words):
    """``templates/letters/<id>.toml``."""

    id: str
    sections: tuple[SectionPlan, ...]

    @model_validator(mode="after")
    def _sections_once(self) -> "LetterKind":
        ids = [section.id for section in self.sections]
        if len(ids) != len(set(ids)) or not ids:
            raise ValueError("a letter has each section once, and at least one")
        return self
