"""Names inside a page that nobody reads and everybody can find: each that could be a word is called by a number instead."""

import re

_PLAIN = re.compile(r"[A-Za-z]{0,5}(?:[_.-]?[0-9]{1,4}){0,2}")
"""As programs call fonts and pictures: F1, Im12, TT0, C2_0, Image9, f-0-1."""
_OURS = "Qq"
"""No plain name begins so."""
NAME = re.compile(rb"/([^\s/\[\]()<>{}%]+)")
_TEXTS = re.compile(rb"\((?:[^\\()]|\\.)*\)", re.DOTALL)
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_SPACES = frozenset(["DeviceGray", "DeviceRGB", "DeviceCMYK", "Pattern", "CalGray", "CalRGB", "Indexed"])


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


TAGS = _words(
    "Artifact Span P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot Figure Caption Link Document Part Sect",
    "Art Div Quote Note Reference BibEntry Code Formula Form TOC TOCI Index NonStruct Private Annot Ruby Warichu OC Tx BlockQuote",
)
"""Standard kinds of marked content."""
INTENTS = _words("AbsoluteColorimetric RelativeColorimetric Saturation Perceptual")
_INLINE = _words(
    "ASCIIHexDecode ASCII85Decode LZWDecode FlateDecode RunLengthDecode CCITTFaxDecode DCTDecode Width Height ColorSpace",
    "BitsPerComponent Decode DecodeParms Filter ImageMask Intent Interpolate Length Columns Rows BlackIs1 EncodedByteAlign",
    "EndOfLine EndOfBlock Predictor Colors EarlyChange ColorTransform",
)
_MARKS = _words(
    "MCID ActualText Type Subtype BBox Attached Pagination Layout Page Background Header Footer Watermark Top Bottom Left Right"
)
_KNOWN = _SPACES | TAGS | INTENTS | _INLINE | _MARKS


def is_plain(name: str) -> bool:
    """Whether ``name`` (without its slash) tells nobody anything."""
    return bool(_PLAIN.fullmatch(name)) and not name.startswith(_OURS)


def is_space(name: str) -> bool:
    """Whether it is a colour space that needs no resource."""
    return name in _SPACES


def decoded(name: bytes) -> str:
    """A name as it stands in a content stream, with what was escaped in it."""
    return _ESCAPE.sub(lambda match: bytes([int(match[1], 16)]), name).decode("utf-8", "surrogateescape")


def names_in(content: bytes) -> set[str]:
    """Every name that a content stream holds, and some that only look like one."""
    return {decoded(name) for name in NAME.findall(content)}


def tells(content: bytes) -> bool:
    """Whether a content stream holds a name that could be a word."""
    if all(map(_usual, names_in(content))):
        return False
    return not all(map(_usual, names_in(_TEXTS.sub(b"()", content))))


def _usual(name: str) -> bool:
    return name in _KNOWN or is_plain(name)


class Names:
    """What things of one document are called instead; a name is the same wherever it stands, so that parts may share resources."""

    def __init__(self) -> None:
        self._given: dict[str, str] = {}

    def instead(self, name: str) -> str:
        """The name (without its slash) that takes the place of ``name``."""
        if _usual(name):
            return name
        return self._given.setdefault(name, f"{_OURS}{len(self._given) + 1}")
