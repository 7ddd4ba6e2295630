"""A line of a page that a person marks, and what the line says: for words that no list of words understands."""

from typing import Annotated, Literal

from pydantic import Field

from casefile.fields.base import Text, Words

Intent = Literal[
    "asks", "complains", "denies_receipt", "confirms_receipt", "agrees_to_close", "refuses", "thanks", "threatens", "offers",
    "answers",
]  # fmt: skip
"""What the writer of a message wants or says by it. ``refuses``: to close, to withdraw, to accept what was offered."""


class MarkedLine(Words):
    """Words of a message on a page of a file, and what a person understands by them."""

    page: Annotated[int, Field(ge=1)]
    text: Annotated[Text, Field(min_length=1)]
    says: Intent
