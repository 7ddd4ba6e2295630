"""Paragraphs of the letter in the seller's own words.

A paragraph is named by the block that writes it and its place there, so that it stays the same one while facts are added; the
exhibits it cites are named by file, so that citations stay right when the exhibits change their order.
"""

import re
from collections.abc import Callable, Collection
from typing import Annotated

from pydantic import Field, StringConstraints

from casefile.fields.base import LanguageTag, Text, Words

CITE = re.compile(r"\{cite:(?P<file>(?:(?!\{cite:)[^\n])+?)#(?P<page>[1-9][0-9]{0,3})\}")
"""A citation inside own words: ``{cite:tracking.png#1}`` is the first page that this exhibit takes in the bundle.

Any file name may stand in it, with brackets, braces and signs of its own; it ends at the first ``#`` that a page number and the
closing brace follow.
"""
_ONE_CITE = r"\{cite:(?:(?!\{cite:)[^\n])+?#[1-9][0-9]{0,3}\}"
_BRACKETS = re.compile(rf"{_ONE_CITE}|\s*[(（](?:{_ONE_CITE}|[^(（)）])*[)）]")
"""A citation, whose own brackets count for nothing, or what stands in brackets."""


class LetterEdit(Words):
    """Own words in the place of one paragraph of the letter in ``language``; each line is a sentence.

    ``paragraph`` is ``<block>/<place>``, as the letter's page says it (``data-paragraph``). ``replaces`` is the mark of the
    paragraph that was replaced (``data-mark``): where the facts now give another one, a warning says so.
    """

    paragraph: Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,40}/[1-9][0-9]{0,2}$")]
    language: LanguageTag
    text: Annotated[Text, Field(min_length=1)]
    replaces: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12}$")] | None = None


def without_lost(text: str, known: Collection[str]) -> str:
    """Own words without citations of files that are not among ``known``, nor brackets that held nothing else."""

    def bracket(match: re.Match[str]) -> str:
        kept = CITE.sub(lambda cite: cite[0] if cite["file"] in known else "", match[0])
        return kept if kept == match[0] or re.search(r"\w", kept) else ""

    return _BRACKETS.sub(bracket, text)


def with_names(text: str, cleaned: Callable[[str], str]) -> str:
    """Own words with the file name of every citation as ``cleaned`` has it."""
    return CITE.sub(lambda cite: f"{{cite:{cleaned(cite['file'])}#{cite['page']}}}", text)


def uncited(text: str) -> str:
    """Own words without their citations, as the wording is judged."""
    return without_lost(text, ())
