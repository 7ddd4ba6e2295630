"""What one exhibit has to say of a proposition: how far it carries it, where, and in which words. Pure values."""

from dataclasses import dataclass
from typing import Literal

from casefile.facts import Spot
from casefile.statement import Statement

Outcome = Literal["shown", "described", "attached", "contradicted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Testimony:
    """``spots``: where each datum was read. ``statements``: what the exhibit says of it, or against it."""

    outcome: Outcome
    spots: tuple[Spot, ...] = ()
    statements: tuple[Statement, ...] = ()

    @property
    def at(self) -> str | None:
        """When it was, as the page prints it."""
        return next((one.at for one in self.statements if one.at), None)


ATTACHED = Testimony(outcome="attached")
"""A page of the right kind of which nothing was understood."""


def said(outcome: Outcome, *statements: Statement) -> Testimony:
    """A testimony that consists of statements."""
    return Testimony(outcome=outcome, spots=tuple(map(Spot.of, statements)), statements=statements)
