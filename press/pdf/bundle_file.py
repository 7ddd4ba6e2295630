"""One bundle being put together: front matter, framed exhibit pages; the same bytes each time.

Knows pages and pictures, not cases.
"""

import hashlib
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from press.pdf.archival import ArchiveCheck, archival_metadata, smooth_nothing
from press.pdf.geometry import Matrix, Rectangle, numbers, upright_matrix
from press.pdf.held_streams import open_holding
from press.pdf.lettering import Lettering, whole_set
from press.pdf.navigation import BackLink, link_back, open_at_start
from press.pdf.pictures import Picture, described, encoded, image_object
from press.pdf.tagging import Tags

_PLACE, _ENDS = b"31415926535897932384626433832795", 4096
"""What the library writes where an id is wanted but not made, and where in the file that stands: near both ends."""
_LINEAR = 50_000_000
"""Bytes of pictures up to which the first page stands first in the file, which writes it twice: no receiver takes larger ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Something drawn on a page: a resource under a fixed name, and the matrix that places it."""

    name: str
    resource: pikepdf.Object
    matrix: Matrix
    frame: Rectangle | None = None
    """Drawn as a hairline around it."""
    clip: Rectangle | None = None
    """Nothing is painted outside it: a part of a picture is the same stream behind a window."""

    def operators(self) -> str:
        """The content stream part that paints it."""
        window = f"{_corner_and_size(self.clip)} re W n " if self.clip else ""
        painted = f"q {window}{numbers(*self.matrix)} cm /{self.name} Do Q\n"
        if self.frame:
            painted += f"q 0.5 w 0.75 G {_corner_and_size(self.frame)} re S Q\n"
        return painted


def _marked(thing: Placed) -> str:
    opening = "/Figure <</MCID 0>> BDC" if thing.name == "Evidence" else "/Artifact BMC"
    return f"{opening}\n{thing.operators()}EMC\n"


def _corner_and_size(rectangle: Rectangle) -> str:
    return numbers(rectangle.x, rectangle.y, rectangle.width, rectangle.height)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePage:
    """A page of another document as a form XObject: ``width`` and ``height`` upright, in points."""

    form: pikepdf.Object
    x: float
    y: float
    width: float
    height: float


class BundleFile:
    """A PDF in the making, begun with its front matter and the pictures to come, whose bytes are not copied.

    A picture that is not among ``pictures`` may be placed as well.
    """

    def __init__(self, front: bytes, pictures: Iterable[Picture] = ()) -> None:
        coming = {picture.data: encoded(picture) for picture in pictures}
        self.pdf, streams = open_holding(front, [image.pieces for image in coming.values()])
        self._coming = dict(zip(coming, zip(coming.values(), streams, strict=True), strict=True))
        self.front_pages = len(self.pdf.pages)
        self._letterings: dict[tuple[Path, str], Lettering] = {}
        self._images: dict[bytes, pikepdf.Object] = {}
        self._tags = Tags(self.pdf)
        self._digest = hashlib.sha256(front)
        self._archival = "/OutputIntents" in self.pdf.Root
        self._archive = ArchiveCheck()

    def image(self, picture: Picture) -> pikepdf.Object:
        """The picture as an XObject; the same bytes are stored once."""
        data = picture.data
        if data in self._images:
            return self._images[data]
        self._digest.update(data[:4096] + data[-4096:] + len(data).to_bytes(8, "big"))
        held = self._coming.get(data)
        made = self._images[data] = described(self.pdf, *held) if held else image_object(self.pdf, picture)
        self._archival = self._archival and made.ColorSpace != pikepdf.Name.DeviceCMYK
        return made

    def lettering(self, path: Path, chars: str) -> Lettering:
        """A font of the document that can write ``chars``; the same file with the same characters is embedded once."""
        key = (path, whole_set(chars))
        if key not in self._letterings:
            self._letterings[key] = Lettering(self.pdf, path, chars)
        return self._letterings[key]

    def form(self, content: str, size: tuple[float, float], fonts: dict[str, pikepdf.Object]) -> SourcePage:
        """What ``content`` draws, to be placed on any number of pages; its lower left corner is the origin."""
        drawn = pikepdf.Stream(
            self.pdf, content.encode("ascii"), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form,
            BBox=[0, 0, round(size[0], 2), round(size[1], 2)],
            Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary({f"/{name}": font for name, font in fonts.items()})),
        )  # fmt: skip
        return SourcePage(form=self.pdf.make_indirect(drawn), x=0.0, y=0.0, width=size[0], height=size[1])

    def source_pages(self, data: bytes, page_numbers: Sequence[int]) -> tuple[SourcePage, ...]:
        """Pages (from 1) of another document, turned upright, boxes and user units applied."""
        self._digest.update(data)
        with pikepdf.open(io.BytesIO(data)) as source:
            for number in set(page_numbers):
                _show_what_viewers_show(source.pages[number - 1])
            return tuple(self._source_page(source.pages[number - 1]) for number in page_numbers)

    def _source_page(self, page: pikepdf.Page) -> SourcePage:
        form = self.pdf.copy_foreign(page.as_form_xobject())
        self._archival = self._archival and self._archive.passes(form)
        x0, y0, x1, y1 = (float(value) for value in form["/BBox"])
        a, b, c, d, e, f = (float(value) for value in form.get("/Matrix", pikepdf.Array([1, 0, 0, 1, 0, 0])))
        xs = [a * x + c * y + e for x in (x0, x1) for y in (y0, y1)]
        ys = [b * x + d * y + f for x in (x0, x1) for y in (y0, y1)]
        width, height = max(1.0, max(xs) - min(xs)), max(1.0, max(ys) - min(ys))
        return SourcePage(form=form, x=min(xs), y=min(ys), width=width, height=height)

    def add_page(
        self,
        size: tuple[float, float],
        things: Sequence[Placed],
        text: str = "",
        fonts: dict[str, pikepdf.Object] | None = None,
        words: str | None = None,
        back: BackLink | None = None,
    ) -> None:
        """Append a page of ``size`` points with ``things``, a text part (whole text objects) and a link on it.

        ``words`` describe the thing called ``Evidence`` to who cannot see it; everything else is decoration around it.
        """
        tagged = self._tags.used and words is not None
        content = "".join(_marked(thing) if tagged else thing.operators() for thing in things)
        content += f"/Artifact BMC\n{text}EMC\n" if tagged else text
        resources = pikepdf.Dictionary(
            XObject=pikepdf.Dictionary({f"/{thing.name}": thing.resource for thing in things}),
            Font=pikepdf.Dictionary({f"/{name}": font for name, font in (fonts or {}).items()}),
        )
        page = pikepdf.Dictionary(
            Type=pikepdf.Name.Page,
            MediaBox=[0, 0, round(size[0], 2), round(size[1], 2)],
            Resources=resources,
            Contents=self.pdf.make_stream(content.encode("ascii")),
        )
        self._digest.update(content.encode("ascii"))
        made = self.pdf.make_indirect(page)
        if tagged and words:
            self._tags.figure(made, words)
        if back:
            link_back(self.pdf, made, back, self._tags if tagged else None)
        self.pdf.pages.append(pikepdf.Page(made))

    def saved(self, *, title: str, subject: str, language: str) -> bytes:
        """The finished file, opened at its first page in full width; the same input gives the same bytes."""
        self.pdf.Root.Lang = pikepdf.String(language)
        open_at_start(self.pdf)
        for key in list(self.pdf.docinfo.keys()):
            del self.pdf.docinfo[key]
        self.pdf.docinfo["/Title"] = title
        if subject:
            self.pdf.docinfo["/Subject"] = subject
        if "/Metadata" in self.pdf.Root:
            del self.pdf.Root["/Metadata"]
        self._tags.close()
        if self._archival:
            self.pdf.Root.Metadata = archival_metadata(
                self.pdf, title, subject, aloud=self._tags.used and self._archive.speaks
            )
            smooth_nothing(self.pdf)
        self.pdf.remove_unreferenced_resources()
        sink = io.BytesIO()
        self.pdf.save(
            sink, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True,
            linearize=sum(map(len, self._coming)) <= _LINEAR,
        )  # fmt: skip
        self._identify(sink, title)
        return sink.getvalue()

    def _identify(self, sink: io.BytesIO, title: str) -> None:
        """Give the file an id of its own: a digest of what was put on its pages, where the library would hash every byte."""
        own = hashlib.sha256(self._digest.digest() + title.encode("utf-8")).hexdigest()[: len(_PLACE)].encode("ascii")
        data = sink.getbuffer()
        for start in {0, max(0, len(data) - _ENDS)}:
            for match in re.finditer(_PLACE, bytes(data[start : start + _ENDS])):
                data[start + match.start() : start + match.end()] = own
        data.release()


def _show_what_viewers_show(page: pikepdf.Page) -> None:
    """Leave the crop box, within the media box, as the page's only box: a trim box would cut evidence off."""
    for name in ("/TrimBox", "/BleedBox", "/ArtBox"):
        if name in page.obj:
            del page.obj[name]
    media, crop = _corners(page.mediabox), _corners(page.cropbox)
    both = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
    page.obj.CropBox = pikepdf.Array(both if both[0] < both[2] and both[1] < both[3] else media)


def _corners(box: pikepdf.Object) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = (float(value) for value in box)
    return (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def picture_matrix(picture: Picture, place: Rectangle) -> Matrix:
    """The matrix that paints a picture upright into ``place``."""
    return upright_matrix(picture.orientation, place)


def page_matrix(source: SourcePage, place: Rectangle) -> Matrix:
    """The matrix that paints a page into ``place``."""
    sx, sy = place.width / source.width, place.height / source.height
    return (sx, 0, 0, sy, place.x - source.x * sx, place.y - source.y * sy)
