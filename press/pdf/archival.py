"""What makes a bundle an archive copy (PDF/A-3b): claimed only where every page is ours, a picture, or passes a cheap check.

Source: ISO 19005-3, 6.2 (colours, images, fonts), 6.6.4 (version identification). Nothing here proves conformance; it keeps the
claim from being made where it would be wrong, and veraPDF looks at the result in the tests.
"""

from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from press.pdf.accessible import CLAIM

_REFUSED_FILTERS = {Name.LZWDecode, Name.JPXDecode, Name.Crypt}
_REFUSED_KEYS = ("/TR", "/HTP", "/OPI", "/Alternates", "/PS", "/Ref")
_REFUSED_SPACES = {Name.DeviceCMYK, Name.DeviceN, Name.Separation}
_MOST_OBJECTS = 4_000

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"><pdfaid:part>{part}</pdfaid:part>
<pdfaid:conformance>{level}</pdfaid:conformance></rdf:Description>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt><rdf:li
 xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>{about}</rdf:Description>{more}</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
_ABOUT = '<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:description>'


def archival_metadata(
    pdf: pikepdf.Pdf, title: str, subject: str = "", *, form: tuple[int, str] = (3, "B"), aloud: bool = False
) -> pikepdf.Object:
    """The metadata stream that makes the claim; title and subject are those of the document information.

    ``form``: part and level that are kept. ``aloud``: the document can be read aloud as well.
    """
    about = _ABOUT.format(escape(subject)) if subject else ""
    more = CLAIM if aloud else ""
    packet = _PACKET.format(part=form[0], level=form[1], title=escape(title), about=about, more=more).encode("utf-8")
    return pdf.make_indirect(Stream(pdf, packet, Type=Name.Metadata, Subtype=Name.XML))


def _children(value: Any) -> Iterator[Any]:  # noqa: ANN401  # any PDF object
    if isinstance(value, (Dictionary, Stream)):
        yield from (value[key] for key in value.keys() if key != "/Parent")  # noqa: SIM118  # a PDF object, no mapping
    elif isinstance(value, Array):
        yield from value


def _refused(value: Any) -> bool:  # noqa: ANN401  # any PDF object
    if isinstance(value, Array):
        return len(value) > 0 and any(value[0] == space for space in _REFUSED_SPACES)
    if isinstance(value, Stream):
        filters = value.get("/Filter", Array([]))
        names = list(filters) if isinstance(filters, Array) else [filters]
        if "/F" in value or any(name in _REFUSED_FILTERS for name in names):
            return True
    if isinstance(value, (Dictionary, Stream)):
        if value.get("/Subtype") == Name.PS or value.get("/ColorSpace") == Name.DeviceCMYK:
            return True
        return any(key in value for key in _REFUSED_KEYS)
    return bool(value == Name.DeviceCMYK) if isinstance(value, Name) else False


class ArchiveCheck:
    """Whether nothing is found in placed pages that archives refuse; what pages share is looked at once.

    Fonts were looked at when the file was read.
    """

    def __init__(self) -> None:
        self.speaks = True
        """Whether every sign of what was looked at has its character."""
        self._seen: set[tuple[int, int]] = set()

    def passes(self, form: pikepdf.Object) -> bool:
        """Whether this page, copied into the bundle, may stand in an archive copy; too large a page may not."""
        waiting: list[Any] = [form]
        most = len(self._seen) + _MOST_OBJECTS
        while waiting:
            value = waiting.pop()
            if isinstance(value, pikepdf.Object) and value.is_indirect:
                if value.objgen in self._seen:
                    continue
                self._seen.add(value.objgen)
            if len(self._seen) > most or _refused(value):
                return False
            if isinstance(value, Dictionary) and value.get("/Type") == Name.FontDescriptor:
                for key in ("/CIDSet", "/CharSet"):
                    if key in value:
                        del value[key]
            if isinstance(value, Dictionary) and value.get("/Type") == Name.Font:
                self.speaks = self.speaks and ("/ToUnicode" in value or "/CIDSystemInfo" in value)
            waiting.extend(_children(value))
        return True


def smooth_nothing(pdf: pikepdf.Pdf) -> None:
    """Take the wish for smoothing from every picture: archives refuse it, and viewers smooth by themselves."""
    for item in pdf.objects:
        if isinstance(item, Stream) and "/Interpolate" in item:
            del item["/Interpolate"]
