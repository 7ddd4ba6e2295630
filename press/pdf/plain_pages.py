"""A document as pictures of its pages in grey or in black and white, for receivers that print or fax what they get."""

import io
from typing import Literal

import pikepdf
import pypdfium2

from press.pdf.extract import untag
from press.pdf.pictures import Picture, image_object

Colours = Literal["colour", "grey", "bw"]
_DPI: dict[Colours, int] = {"colour": 150, "grey": 150, "bw": 200}


def _picture(page: pypdfium2.PdfPage, colours: Colours, dpi: int) -> Picture:
    image = page.render(scale=dpi / 72, grayscale=colours != "colour").to_pil()
    sink = io.BytesIO()
    if colours == "bw":
        image = image.convert("1")
        image.save(sink, "PNG", optimize=True)
        return Picture(data=sink.getvalue(), format="png", width=image.width, height=image.height)
    image.convert("L" if colours == "grey" else "RGB").save(sink, "JPEG", quality=76, optimize=True)
    return Picture(data=sink.getvalue(), format="jpeg", width=image.width, height=image.height)


def plain_pages(document: bytes, colours: Colours, most_dpi: int | None = None) -> bytes:
    """``document`` with each page as one picture; sizes, labels and bookmarks stay. ``most_dpi`` caps the dots per inch."""
    shown = pypdfium2.PdfDocument(document)
    dpi = min(_DPI[colours], most_dpi or _DPI[colours])
    try:
        with pikepdf.open(io.BytesIO(document)) as pdf:
            for index, page in enumerate(pdf.pages):
                picture = image_object(pdf, _picture(shown[index], colours, dpi))
                _replace(pdf, page, picture)
            untag(pdf)
            pdf.remove_unreferenced_resources()
            sink = io.BytesIO()
            pdf.save(sink, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
            return sink.getvalue()
    finally:
        shown.close()


def _replace(pdf: pikepdf.Pdf, page: pikepdf.Page, picture: pikepdf.Object) -> None:
    x0, y0, x1, y1 = (float(edge) for edge in page.mediabox)
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Page=picture))
    page.obj.Contents = pdf.make_stream(f"q {x1 - x0:.4f} 0 0 {y1 - y0:.4f} {x0:.4f} {y0:.4f} cm /Page Do Q".encode())
    if "/Rotate" in page.obj:
        del page.obj["/Rotate"]
