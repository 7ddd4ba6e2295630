"""What a letter kind is: headed sections in order, and the sentence blocks that each holds."""

from typing import Literal

from pydantic import Field, model_validator

from casefile.fields.base import Words


class SectionPlan(Words):
    """One section: ``id`` (its heading is ``letter.section.<id>``) and the blocks whose sentences fill it, in order.

    ``needed``: its readers look for it, so that its absence is reported. ``names``: the blocks that the heading speaks of; where
    none of them says anything, the heading is ``letter.section.<otherwise>``.
    """

    id: str
    titled: bool = True
    needed: bool = False
    blocks: tuple[str, ...] = Field(min_length=1)
    names: tuple[str, ...] = ()
    otherwise: str | None = None


Reader = Literal["platform", "buyer", "issuer", "complainant", "carrier", "anyone"]


class LetterKind(Words):
    """``templates/letters/<id>.toml``. ``paragraph_lines`` bounds every paragraph where the receiver asks for that.

    ``reader``: who reads it; absent, the audience of the procedure. ``cites``: exhibits are cited and listed, and the table of
    references is printed. ``signed``: ``False`` leaves the signature to the hand of the person who declares.
    """

    id: str
    sections: tuple[SectionPlan, ...]
    paragraph_lines: int | None = Field(default=None, ge=1)
    reader: Reader | None = None
    cites: bool = True
    signed: bool = True

    @model_validator(mode="after")
    def _sections_once(self) -> "LetterKind":
        ids = [section.id for section in self.sections]
        if len(ids) != len(set(ids)) or not ids:
            raise ValueError("a letter has each section once, and at least one")
        blocks = [block for section in self.sections for block in section.blocks]
        if len(blocks) != len(set(blocks)):
            raise ValueError("a letter has each block once")
        return self
