"""The text of a mail as its reader sees it: of a page its visible words, and of two forms the one that programs show."""

import re
from collections.abc import Iterator

from reading.office.blocks import ELSEWHERE, UNSEEN, NotShown
from reading.office.markup import is_speck
from reading.office.seen import Begun, Ended, Piece, SeenText, Unseen, pieces

_BLOCKS = frozenset(
    [
        "p",
        "div",
        "br",
        "tr",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "blockquote",
        "ul",
        "ol",
        "center",
        "hr",
    ]
)
_TERM = re.compile(r"[0-9]+|[^\W\d_\u2e80-\uffef]{3,}|[\u2e80-\uffef]")
_ADDRESS = re.compile(r"<?https?://\S+|\[(?:image|cid):[^\]]*\]|<?mailto:\S+", re.IGNORECASE)
_OTHERS_ALLOWED = 0.1
"""A plain form may lack this share of the page's terms and still be called the same text."""


def text_of(page: str) -> tuple[str, tuple[NotShown, ...]]:
    """The words of a page, its blocks on lines of their own, and what of it is not shown."""
    said: list[str] = []
    told: dict[NotShown, None] = {}
    for piece in pieces(page):
        if isinstance(piece, Unseen):
            told[UNSEEN] = None
        elif _is_elsewhere(piece):
            told[ELSEWHERE] = None
        else:
            said += _written(piece)
    return re.sub(r"\n\s*\n+", "\n\n", "".join(said)).strip(), tuple(told)


def _written(piece: Piece) -> Iterator[str]:
    if isinstance(piece, SeenText):
        yield re.sub(r"\s+", " ", piece.text)
    elif isinstance(piece, Begun) and piece.tag in _BLOCKS:
        yield "\n"
    elif isinstance(piece, Ended) and piece.tag in {"td", "th"}:
        yield "  "


def _is_elsewhere(piece: Piece) -> bool:
    if not isinstance(piece, Begun) or piece.tag != "img":
        return False
    return piece.attributes.get("src", "").startswith(("http", "//")) and not is_speck(piece.attributes)


def says_the_same(plain: str, shown: str) -> bool:
    """Whether the plain form of a mail says what its page shows, no number more and hardly a word less.

    Programs show the page; a plain form that says something else was never seen by anybody.
    """
    bare = _ADDRESS.sub(" ", plain)
    terms, others = (set(_TERM.findall(text.casefold())) for text in (bare, shown))
    numbers = {term for term in terms - others if term.isdigit()}
    return not numbers and len(others - terms) <= _OTHERS_ALLOWED * len(others) and _few(terms - others, terms)


def _few(left: set[str], whole: set[str]) -> bool:
    return len(left) <= _OTHERS_ALLOWED * 3 * len(whole)
