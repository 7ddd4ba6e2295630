"""Maps from a font's signs to characters, written again: their pairs alone, without remarks, strings and names."""

import re
from collections.abc import Iterator

_REMARK = re.compile(rb"%[^\r\n]*")
_STRING = re.compile(rb"\((?:[^\\()]|\\.)*\)", re.DOTALL)
_CODE = rb"<[0-9A-Fa-f\s]*>"
_PARTS = {
    b"codespacerange": re.compile(rb"(%s)\s*(%s)" % (_CODE, _CODE)),
    b"bfchar": re.compile(rb"(%s)\s*(%s)" % (_CODE, _CODE)),
    b"bfrange": re.compile(rb"(%s)\s*(%s)\s*(%s|\[[\s<>0-9A-Fa-f]*\])" % (_CODE, _CODE, _CODE)),
    b"cidchar": re.compile(rb"(%s)\s*(\d+)" % _CODE),
    b"cidrange": re.compile(rb"(%s)\s*(%s)\s*(\d+)" % (_CODE, _CODE)),
    b"notdefchar": re.compile(rb"(%s)\s*(\d+)" % _CODE),
    b"notdefrange": re.compile(rb"(%s)\s*(%s)\s*(\d+)" % (_CODE, _CODE)),
}
_SECTION = re.compile(rb"begin(codespacerange|(?:bf|cid|notdef)(?:char|range))\b(.*?)end\1", re.DOTALL)
_BASED_ON = re.compile(rb"/((?:Identity|[A-Za-z0-9]{1,8}(?:-[A-Za-z0-9]{1,6}){0,3})-[HV]|[HV])\s+usecmap")
_UPRIGHT = re.compile(rb"/WMode\s+1\s+def")
_MOST = 100
"""Pairs of one section."""
_HEAD = (
    b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) "
    b"/Supplement 0 >> def\n/CMapName /Map def\n/CMapType 2 def\n"
)
_FOOT = b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"


def plain_map(data: bytes) -> bytes:
    """The map with its pairs alone; of one that is not written as the others are, what is neither remark nor string."""
    bare = _STRING.sub(b"", _REMARK.sub(b"", data))
    sections = [(match[1], _PARTS[match[1]].findall(match[2])) for match in _SECTION.finditer(bare)]
    if not sections or bare.count(b"<") - 2 * bare.count(b"<<") > sum(_codes(pairs) for _, pairs in sections):
        return bare
    based = _BASED_ON.search(bare)
    upright = b"/WMode 1 def\n" if _UPRIGHT.search(bare) else b""
    return b"".join((_HEAD, upright, b"/%s usecmap\n" % based[1] if based else b"", *_written(sections), _FOOT))


def _codes(pairs: list[tuple[bytes, ...]]) -> int:
    return sum(part.count(b"<") for pair in pairs for part in pair)


def _written(sections: list[tuple[bytes, list[tuple[bytes, ...]]]]) -> Iterator[bytes]:
    for kind, pairs in sections:
        for start in range(0, len(pairs), _MOST):
            some = pairs[start : start + _MOST]
            rows = b"".join(b" ".join(b" ".join(part.split()) for part in pair) + b"\n" for pair in some)
            yield b"%d begin%s\n%send%s\n" % (len(some), kind, rows, kind)
