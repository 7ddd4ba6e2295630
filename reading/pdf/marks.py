"""Words beside the words: remarks in a content stream, and marked content that says what is to be copied in place of what is drawn.

Marks keep their tag and their number, and the plain letters of a ligature or of a sign that a font calls by an old name (month and
day in Chinese type are often such); whatever else they hold is seen by nobody.
"""

import re
from collections.abc import Iterator, Sequence

import pikepdf
from pikepdf import Dictionary, Name, Object, Operator, Stream

from casefile import text_folding
from reading.pdf.plain_names import INTENTS, NAME, TAGS, Names, is_space, tells
from reading.pdf.scrubbing import Unpackable

_Operation = pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage
_RADICALS = range(0x2E80, 0x2FE0)
_LIGATURES = ("ff", "fi", "fl", "ffi", "ffl")
_SPACES = ("\u00a0", "\u00ad", "-", " ", "")
_SPOKEN = {*(text_folding.compatible(chr(code)) for code in _RADICALS), *_LIGATURES, *_SPACES}
_ACTUAL = re.compile(rb"/ActualText\s*(?:<([0-9A-Fa-f\s]*)>|\(([a-z \-]{0,3})\))")
_MARKED = re.compile(rb"<<(.*?)>>\s*(?:BDC|DP)\b", re.DOTALL)
_PLAIN_MARK = re.compile(
    rb"(?:\s|/MCID\s+\d+|/(?:Type|Subtype)\s*/(?:Pagination|Layout|Page|Background|Header|Footer|Watermark)|/BBox\s*\[[^\]]*\])*"
)
_THEN = re.compile(rb"\((?:[^\\()]|\\.)*\)\s*([A-Za-z'\"*]+)|(?<![A-Za-z])BX\b", re.DOTALL)
"""What follows a string, where that is a word."""
_UNSEEN = re.compile(rb"(?<![\d.])3\s+Tr\b")
"""Words from here on are not painted: so programs write what they read on a scan."""
_GIVEN = re.compile(rb">\s*\[?\s*<([0-9A-Fa-f\s]+)(?=>)")
_PICTURE = re.compile(rb"\bBI\b|\bID\b")
_LONGEST = 32
"""Digits of eight characters."""
_SHOWS = frozenset({"Tj", "TJ", "'", '"'})
_AFTER = frozenset(name.encode("ascii") for name in _SHOWS)
_OF_TEXT = frozenset(["BT", "ET", "Tc", "Td", "TD", "Tf", "TL", "Tm", "Tr", "Ts", "Tw", "Tz", "T*"])
"""Without a word to show they only name fonts."""
_TO_THE_NEXT_LINE = frozenset({"'", '"'})
_OF_MARKS = frozenset(["BMC", "BDC", "MP", "DP"])
_BY_NAME = frozenset(["Do", "gs", "sh", "cs", "CS", "scn", "SCN", "Tf"])
_NOT_PAINTED = 3
_NAMES = (
    "b B b* B* BDC BI BMC BT c cm CS cs d d0 d1 Do DP EI EMC ET f F f* G g gs h i ID j J K k l m M MP n q Q re RG rg ri s S sc SC "
    "scn SCN sh T* Tc Td TD Tf TL Tm Tr Ts Tw Tz v w W W* y"
)
_OPERATORS = frozenset(_NAMES.split())
"""What may draw, besides words: ISO 32000-2, annex A."""


def talks(content: bytes) -> bool:
    """Whether a content stream holds remarks, marks and names with words, or words that are written and not shown."""
    return _speaks(content) or tells(content)


def _speaks(content: bytes) -> bool:
    if b"%" in content or _UNSEEN.search(content) or any(not _plain(inside) for inside in _MARKED.findall(content)):
        return True
    return any(match[1] not in _AFTER for match in _THEN.finditer(content) if match[1])


def _plain(inside: bytes) -> bool:
    """Whether a mark holds nothing but numbers and letters that may be spoken for."""
    rest = inside
    for match in _ACTUAL.finditer(inside):
        if not _may_speak(_spelled(match)):
            return False
        rest = rest.replace(match[0], b"")
    return bool(_PLAIN_MARK.fullmatch(rest))


def _spelled(match: re.Match[bytes]) -> str:
    if match[2] is not None:
        return match[2].decode("ascii")
    digits = "".join(match[1].decode("ascii").split())
    codes = bytes.fromhex(digits + "0" * (len(digits) % 2))
    if codes[:2] != b"\xfe\xff":
        return codes.decode("latin-1")
    return "".join(chr(codes[at] * 256 + codes[at + 1]) for at in range(2, len(codes) - 1, 2))


def _may_speak(text: str) -> bool:
    return text in _SPOKEN


def renamed(content: bytes, called: Names) -> bytes | None:
    """The content with plain names, where nothing else in it talks and it is plain to see where its names stand.

    Neither strings of letters nor pictures are in it, in which a name might only seem to stand.
    """
    if b"(" in content or b"#" in content or _PICTURE.search(content) or _speaks(content):
        return None
    return NAME.sub(lambda match: b"/" + called.instead(match[1].decode("utf-8", "surrogateescape")).encode(), content)


def without_marks(drawing: pikepdf.Page | Stream, called: Names) -> bytes:
    """The content of ``drawing`` without remarks, with tags instead of marks that hold words; ``called``: what names give way to.

    Raises:
        Unpackable: nobody can tell where its words begin and end.
    """
    try:
        operations = list(_bare_operations(drawing, called))
        if not any(_operator(one) in _SHOWS for one in operations):
            operations = [one for one in operations if _operator(one) not in _OF_TEXT]
        return pikepdf.unparse_content_stream(operations)
    except MemoryError:
        raise
    except Exception as error:  # damaged content raises anything
        raise Unpackable from error


def _operator(operation: _Operation) -> str:
    return str(operation.operator)


def _bare_operations(drawing: pikepdf.Page | Stream, called: Names) -> Iterator[_Operation]:
    modes = [0]
    for operation in pikepdf.parse_content_stream(drawing):
        if isinstance(operation, pikepdf.ContentStreamInlineImage):
            yield operation
            continue
        operands, operator = list(operation.operands), str(operation.operator)
        _follow(modes, operator, operands)
        if operator in _SHOWS and modes[-1] == _NOT_PAINTED:
            if operator in _TO_THE_NEXT_LINE:
                yield pikepdf.ContentStreamInstruction([], Operator("T*"))
        elif operator in _SHOWS:
            yield operation
        elif operator in _OF_MARKS:
            yield _mark(operator, operands, called)
        elif operator in _OPERATORS:
            yield pikepdf.ContentStreamInstruction(_silent(operator, operands, called), Operator(operator))


def _mark(operator: str, operands: list[Object], called: Names) -> pikepdf.ContentStreamInstruction:
    """The mark with a usual tag; of what it holds only the letters that may stand for what is drawn, or the name of a layer."""
    tag = Name("/" + name) if operands and (name := str(operands[0])[1:]) in TAGS else Name.Span
    held = operands[1] if len(operands) > 1 else None
    if operator == "BDC" and isinstance(held, Dictionary):
        words = held.get("/ActualText")
        if words is not None and len(held) == 1 and _may_speak(str(words)):
            return pikepdf.ContentStreamInstruction([tag, held], Operator(operator))
    elif isinstance(held, Name):
        return pikepdf.ContentStreamInstruction([tag, _called(held, called)], Operator(operator))
    return pikepdf.ContentStreamInstruction([tag], Operator("BMC" if operator.startswith("B") else "MP"))


def _silent(operator: str, operands: list[Object], called: Names) -> list[Object]:
    """The operands without words: numbers, and names of resources where the operator takes one."""
    if operator == "ri":
        return [name for name in operands if isinstance(name, Name) and str(name)[1:] in INTENTS]
    if operator in _BY_NAME:
        return [_called(one, called) if isinstance(one, Name) else one for one in operands if not _holds_words(one)]
    return [one for one in operands if not isinstance(one, Name) and not _holds_words(one)]


def _called(name: Name, called: Names) -> Name:
    bare = str(name)[1:]
    return name if is_space(bare) else Name("/" + called.instead(bare))


def _follow(modes: list[int], operator: str, operands: Sequence[object]) -> None:
    """Keep the way in which text is painted, saved and brought back with everything else."""
    if operator == "q":
        modes.append(modes[-1])
    elif operator == "Q" and len(modes) > 1:
        modes.pop()
    elif operator == "Tr" and operands and str(operands[0]).isdigit():
        modes[-1] = int(str(operands[0]))


def _holds_words(operand: object) -> bool:
    if isinstance(operand, pikepdf.Array):
        return any(isinstance(part, pikepdf.String | Name) for part in operand)
    return isinstance(operand, pikepdf.String)


def gives_sentences(character_map: bytes) -> bool:
    """Whether a map from a font's signs to characters gives more for one sign than any ligature is made of."""
    return any(len(b"".join(found.split())) > _LONGEST for found in _GIVEN.findall(character_map))
