"""A receiver's dots per inch: denser pictures are drawn again, in pictures and inside documents; nothing else is touched."""

import io

import pikepdf
import pytest
from PIL import Image

from casefile.reading import PreparedImage, PreparedPdf
from evidence_packer.bind.bundle.dpi import within_dots
from evidence_packer.bind.bundle.sheets import picture_of, space_of
from press.pdf.asking import densities

from .bundle_parts import document, picture


def scan(pixels, points):
    """One page of ``points`` filled by a picture of ``pixels``."""
    sink = io.BytesIO()
    Image.new("L", pixels, 200).save(sink, "JPEG")
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=points)
    image = pdf.make_stream(
        sink.getvalue(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=pixels[0], Height=pixels[1],
        ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode,
    )  # fmt: skip
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=image))
    page.obj.Contents = pdf.make_stream(b"q %d 0 0 %d 0 0 cm /Im Do Q" % points)
    whole = io.BytesIO()
    pdf.save(whole)
    return PreparedPdf(data=whole.getvalue(), pages=1)


@pytest.mark.parametrize(("size", "orientation"), [((4000, 3000), 1), ((3000, 4000), 6), ((900, 6000), 1)])
def test_a_dense_picture_is_brought_to_the_limit_and_not_below(size, orientation):
    made = picture(*size, "jpeg", orientation)
    limited = within_dots(made, (), "a4", 150)
    dots = limited.width / space_of(picture_of(limited), 1.0, "a4").width * 72
    assert 140 < dots < 152


def test_without_a_limit_or_below_it_the_same_bytes_are_placed():
    made = picture(1000, 800, "jpeg")
    assert within_dots(made, (), "a4", None) is made
    assert within_dots(made, (), "a4", 300) is made
    assert within_dots(document(), (), "a4", 300).rasters == ()


def test_a_page_with_a_dense_picture_becomes_a_picture_of_the_page():
    given = scan((2480, 3508), (595, 842))
    assert 295 < densities(given.data)[0][0] < 305
    [(number, raster)] = within_dots(given, (), "letter", 200).rasters
    assert number == 1
    assert isinstance(raster, PreparedImage)
    assert raster.width / space_of(picture_of(raster), 1.0, "letter").width * 72 < 202
    assert within_dots(given, (), "letter", 600).rasters == ()
