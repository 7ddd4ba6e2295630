"""Paragraphs of the letter in own words, as the form posts and keeps them.

The page shows citations as they are printed; a draft keeps them by file, so that they stay right when files change their order.
Every paragraph is posted with what its box showed, so that only what a person changed becomes own words.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NotRequired, TypedDict

from api.request.numbers import whole
from casefile.citation import BundlePlan, written
from casefile.letter import Editable
from casefile.wording import Catalogs

_FIELD, _SEEN, _WAS = "letter/", "/seen", "/was"
PAGES = "letter_pages"
"""Which printed pages each exhibit had when the page was drawn, as JSON."""
_PARAGRAPH = re.compile(r'<(p|ul) data-paragraph="([^"]+)"[^>]*>.*?</\1>', re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One paragraph's box on the page; ``seen`` is posted back with it."""

    name: str
    text: str
    seen: str
    edited: bool
    outdated: bool

    @property
    def id(self) -> str:
        """The box's id on the page."""
        return "own-" + self.name.removeprefix(_FIELD).replace("/", "-")

    @property
    def paragraph(self) -> str:
        """The name of its paragraph, whatever the language."""
        return self.key.partition("/")[2]

    @property
    def key(self) -> str:
        """What the button that restores the original says."""
        return self.name.removeprefix(_FIELD)


def _digest(text: str) -> str:
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:12]


def box(one: Editable, language: str) -> Box:
    """The box of a paragraph in a letter of this language."""
    seen = f"{one.mark}:{_digest(one.text)}"
    name = f"{_FIELD}{language}/{one.paragraph}"
    return Box(name=name, text=one.text, seen=seen, edited=one.edited, outdated=one.outdated)


def pages(plan: BundlePlan) -> str:
    """The printed pages of the exhibits, for the page to post back."""
    return json.dumps([[e.number, e.first_page, e.last_page, e.file] for e in plan.exhibits], ensure_ascii=False)


def parts(html: str, boxes: Mapping[str, Box]) -> Iterator[tuple[str, Box | None]]:
    """The letter's HTML in pieces, each with the box that follows it; a paragraph that was parted has one box."""
    found = list(_PARAGRAPH.finditer(html))
    last = {match[2]: match.end() for match in found}
    start = 0
    for match in found:
        if match.end() == last[match[2]] and match[2] in boxes:
            yield html[start : match.end()], boxes[match[2]]
            start = match.end()
    yield html[start:], None


def taken(before: Mapping[str, str], sent: Mapping[str, str], catalogs: Catalogs) -> dict[str, str]:
    """The fields as sent, with the paragraphs that are in own words; those that were not on the page stay as they were."""
    fields = {name: text for name, text in sent.items() if not _ours(name)}
    shown = {name.removesuffix(_SEEN): seen for name, seen in sent.items() if _ours(name) and name.endswith(_SEEN)}
    fields |= {n: text for n, text in before.items() if _ours(n) and n != PAGES and n.removesuffix(_WAS) not in shown}
    for name, seen in shown.items():
        mark, _, digest = seen.partition(":")
        text = sent.get(name, "").strip()
        if _digest(text) == digest:
            fields |= {n: before[n] for n in (name, name + _WAS) if n in before}
        elif text:
            cites = catalogs.of(name.removeprefix(_FIELD).partition("/")[0]).text("letter.cite.page")
            fields |= {name: _by_file(text, cites, sent.get(PAGES, "[]")), name + _WAS: mark}
    return fields


def _ours(name: str) -> bool:
    return name.startswith(_FIELD) or name == PAGES


def _by_file(text: str, words: str, pages: str) -> str:
    """The text with its printed citations named by file; one that names no page of the bundle stays as it is."""
    try:
        exhibits = [(int(n), int(first), int(last), str(file)) for n, first, last, file in json.loads(pages)]
    except (ValueError, TypeError, OverflowError, RecursionError):
        return text

    def named(match: re.Match[str]) -> str:
        number, page = int(match["number"]), int(match["page"])
        mine = ((first, file) for n, first, last, file in exhibits if n == number and first <= page <= last)
        first, file = next(mine, (0, ""))
        return f"{{cite:{file}#{page - first + 1}}}" if file else match[0]

    return written(words).sub(named, text)


class EditTyped(TypedDict):
    """A paragraph in own words as the case holds it."""

    paragraph: str
    language: str
    text: str
    replaces: NotRequired[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnusedWords:
    """Own words that the letter does not have now: the name of their button, and the text."""

    key: str
    text: str


def edits(fields: Mapping[str, str]) -> list[EditTyped]:
    """The paragraphs in own words as the case holds them."""
    found = []
    for name, text in fields.items():
        if name.startswith(_FIELD) and not name.endswith(_WAS) and text.strip():
            language, _, paragraph = name.removeprefix(_FIELD).partition("/")
            was = fields.get(name + _WAS)
            edit = EditTyped(paragraph=paragraph, language=language, text=text)
            found.append(edit | {"replaces": was} if was else edit)
    return found


def id_of(fields: Mapping[str, str], pointer: str) -> str | None:
    """The id of the box that ``/letter_edits/<n>/text`` means."""
    place = whole(pointer.split("/")[2])
    kept = edits(fields)
    if place is None or place >= len(kept):
        return None
    return f"own-{kept[place]['language']}-{kept[place]['paragraph'].replace('/', '-')}"


def unused(fields: Mapping[str, str], language: str, known: Iterable[str]) -> list[UnusedWords]:
    """Own words in this language whose paragraph the letter does not have now: name of the button and the text."""
    there = set(known)
    return [
        UnusedWords(key=f"{edit['language']}/{edit['paragraph']}", text=edit["text"])
        for edit in edits(fields)
        if edit["language"] != language or edit["paragraph"] not in there
    ]


def restored(fields: Mapping[str, str], key: str) -> dict[str, str]:
    """The fields without the own words of one paragraph."""
    return {name: text for name, text in fields.items() if name.removesuffix(_WAS) != _FIELD + key}
