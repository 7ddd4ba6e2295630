"""Exhibits made in code, and a bundle of them: what the bundle tests are built from."""

import functools
import io

import pikepdf
from PIL import Image, ImageDraw

from casefile.citation import BundlePlan, PlannedExhibit
from casefile.reading import Line, PreparedImage, PreparedPdf
from evidence_packer.bind.bundle.assemble import assemble
from evidence_packer.bind.bundle.stamp import BundleLook, ExhibitPages
from press.pdf.navigation import PAGE_LINK

FRONT = "<html lang='en'><title>Front</title><body>1 / {pages} {links}</body></html>"


@functools.cache
def picture(width=320, height=240, form="png", orientation=1, colour="navy"):
    image = Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(image).rectangle((8, 8, width // 2, height // 2), fill=colour)
    sink = io.BytesIO()
    image.save(sink, form.upper())
    return PreparedImage(data=sink.getvalue(), format=form, width=width, height=height, orientation=orientation)


@functools.cache
def document(sizes=((595, 842),), rotate=0, rasters=()):
    pdf = pikepdf.new()
    for number, size in enumerate(sizes, start=1):
        page = pdf.add_blank_page(page_size=size)
        page.obj.Rotate = rotate
        page.obj.Contents = pdf.make_stream(f"0.8 g 10 10 {number * 10} 40 re f".encode())
    sink = io.BytesIO()
    pdf.save(sink, deterministic_id=True)
    shown = tuple((number, picture(400, 560)) for number in rasters)
    return PreparedPdf(data=sink.getvalue(), pages=len(sizes), rasters=shown)


def exhibits(*prepared, caption="Caption", lines=None):
    """The given things as exhibits 1, 2, 3 with running pages behind one front page."""
    made, page = [], 2
    for number, thing in enumerate(prepared, start=1):
        pages = tuple(range(1, (thing.pages if isinstance(thing, PreparedPdf) else 1) + 1))
        planned = PlannedExhibit(number=number, file=f"f{number}", kind="other", source_pages=pages, first_page=page)
        page = planned.last_page + 1
        made.append(
            ExhibitPages(
                planned=planned, caption=caption, kind_label="Other", proves=None, prepared=thing, lines=lines or {}
            )
        )
    return tuple(made)


def plan_of(made):
    return BundlePlan(exhibits=tuple(exhibit.planned for exhibit in made), front=1)


def look_of(house, typesetter, language="en", paper="a4"):
    return BundleLook(catalog=house.catalogs.of(language), title="A case", paper=paper, typesetter=typesetter)


def bound(made, look):
    """A bundle whose one front page links to each exhibit."""
    links = " ".join(f"<a href='{PAGE_LINK}{e.planned.first_page}'>{e.planned.first_page}</a>" for e in made)
    html = FRONT.format(links=links, pages=plan_of(made).pages)
    return assemble(look.typesetter.pdf(html, styles=()), made, look)


def word(text="Z9 hidden 证据", box=(0.1, 0.1, 0.5, 0.14)):
    return Line(text=text, box=box, score=1.0)


def tall_picture(width=1080, rows=80):
    """A long chat screenshot with numbered rows, and the rows' top and bottom from 0 to 1."""
    from PIL import ImageFont

    from casefile.discovery import default_root

    font = ImageFont.truetype(str(default_root() / "fonts" / "EvidenceSans-Regular.ttf"), 34)
    height = rows * 90
    image = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(image)
    spans = []
    for row in range(rows):
        top = row * 90 + 24
        pen.rounded_rectangle((40, top - 14, width - 200, top + 54), 16, fill="#e8eef5")
        pen.text((70, top), f"Message {row + 1}: the parcel is on its way", font=font, fill="black")
        spans.append((top / height, (top + 42) / height))
    sink = io.BytesIO()
    image.save(sink, "PNG")
    return PreparedImage(data=sink.getvalue(), format="png", width=width, height=height), tuple(spans)
