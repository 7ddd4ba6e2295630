"""The PDF intake, called directly; the same code runs in the guarded child."""

import io
import zlib

import pikepdf
import pytest
from made_files import (
    CANARY,
    corner_picture,
    every_byte,
    loaded_pdf,
    pdf_page,
    saved,
    scan_pdf,
    text_pdf,
    text_picture,
    words,
)  # fmt: skip
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image

from reading.intake import DecodeJob, Refusal
from reading.intakes import pdf
from reading.limits import ReadingLimits
from reading.pictures.jpeg_segments import take_apart

SENTENCE = "Order 112-4829307-7716253 was delivered on November 2"


def opened(data, **job):
    result = pdf.open(data, DecodeJob(**job))
    return result, list(result.pages)


def page_image(page):
    mode = "L" if page.pixels.channels == 1 else "RGB"
    return Image.frombytes(mode, (page.pixels.width, page.pixels.height), page.pixels.data)


def test_text_layer_has_lines_and_boxes():
    _, (page,) = opened(text_pdf(SENTENCE))
    ((text, box),) = page.lines
    assert text == SENTENCE
    x0, y0, x1, y1 = box
    assert x0 == pytest.approx(72 / 595, abs=0.01)
    assert (y0 + y1) / 2 == pytest.approx(1 - 724 / 842, abs=0.01)
    assert x1 > 0.5
    picture = page_image(page)
    dark = picture.crop([int(v * s) for v, s in zip(box, picture.size * 2, strict=True)])
    assert min(dark.tobytes()) < 160


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_boxes_follow_rotation(rotation):
    _, (page,) = opened(text_pdf(SENTENCE, Rotate=rotation))
    assert (page.width > page.height) == (rotation in {90, 270})
    ((text, box),) = page.lines
    assert text == SENTENCE
    picture = page_image(page).convert("L")
    ink = picture.point(lambda value: 255 if value < 200 else 0).getbbox()
    for share, pixel, size in zip(box, ink, picture.size * 2, strict=True):
        assert share * size == pytest.approx(pixel, abs=size * 0.02)


def test_crop_box_counts():
    _, (page,) = opened(text_pdf(SENTENCE, CropBox=[50, 600, 550, 800]))
    ((_, box),) = page.lines
    assert box[0] == pytest.approx(22 / 500, abs=0.01)
    assert page.width / page.height == pytest.approx(2.5, abs=0.01)


def test_columns_stay_apart():
    document = Pdf.new()
    pdf_page(document, words("Tracking number and carrier") + words("Delivered on November 2", x=380))
    _, (page,) = opened(saved(document))
    assert [text for text, _ in page.lines] == ["Tracking number and carrier", "Delivered on November 2"]


def test_rows_stay_apart_behind_a_hyphen():
    document = Pdf.new()
    pdf_page(document, words("The parcel was left with the neigh-") + words("bour on November 2", y=708))
    _, (page,) = opened(saved(document))
    assert [text for text, _ in page.lines] == ["The parcel was left with the neigh-", "bour on November 2"]


def test_a_page_of_type_alone_is_not_rendered_for_reading():
    _, (page,) = opened(text_pdf(SENTENCE))
    assert page.outlines
    assert max(page.pixels.width, page.pixels.height) <= 480
    assert (page.width, page.height) == (1240, 1754)


@pytest.mark.parametrize(
    ("text", "beside", "layer"),
    [
        ("3 Nov 2026 at 14:45", b"", True),
        ("Page 1 of 2", b"", False),
        ("3 Nov 2026 at 14:45", b"10 10 50 50 re f\n", False),
        ("3 Nov 2026 at 14:45, Columbus", b"10 10 50 50 re f\n", True),
    ],
)
def test_a_short_line_is_the_text_of_a_page_that_has_nothing_else(text, beside, layer):
    document = Pdf.new()
    pdf_page(document, words(text) + beside)
    _, (page,) = opened(saved(document))
    assert bool(page.lines) is layer


def test_bars_that_are_drawn_are_looked_at():
    bars = "".join(f"{100 + 4 * number} 400 2 60 re f\n" for number in range(60)).encode()
    document = Pdf.new()
    pdf_page(document, words(SENTENCE) + bars)
    _, (page,) = opened(saved(document))
    assert not page.outlines
    assert page.pixels.width == page.width


def test_scan_is_left_to_ocr():
    _, (page,) = opened(scan_pdf(text_picture(SENTENCE)))
    assert page.lines is None
    assert page.pixels.channels == 3


def test_scan_with_a_page_stamp_is_left_to_ocr():
    data = scan_pdf(text_picture(SENTENCE))
    with pikepdf.open(io.BytesIO(data)) as document:
        page = document.pages[0].obj
        page.Resources.Font = Dictionary(F1=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        stamp = document.make_stream(words("Scanned with some app, page 1 of 1", x=5, y=5, size=6))
        page.Contents = Array([page.Contents, stamp])
        data = saved(document)
    _, (page,) = opened(data)
    assert page.lines is None


def test_active_and_private_content_is_gone():
    original = loaded_pdf()
    result, (page,) = opened(original)
    clean = every_byte(result.prepared)
    for forbidden in (b"Canary", b"JavaScript", b"/AA", b"OpenAction", b"EmbeddedFile", b"/XFA", b"AcroForm", b"/Annots",
                      b"/Metadata", b"PieceInfo", b"/URI", b"/Info", b"/Author"):  # fmt: skip
        assert forbidden in every_byte(original)
        assert forbidden not in clean, forbidden
    assert {
        "javascript-removed", "actions-removed", "attachments-removed", "xfa-removed", "annotations-flattened",
        "form-flattened", "metadata-removed",
    } <= set(result.changes)  # fmt: skip
    assert any("FIELD 112-4829307-7716253" in text for text, _ in page.lines)
    green = page_image_in_colour(result.prepared).getpixel((int(350 / 595 * 500), int((1 - 320 / 842) * 707)))
    assert green[1] > 200 > green[0]


def page_image_in_colour(data):
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    image = document[0].render(scale=500 / 595).to_pil().convert("RGB")
    document.close()
    return image


def test_camera_data_inside_pictures_is_cut():
    original = scan_pdf(corner_picture(size=(400, 300)))
    result, _ = opened(original)
    assert CANARY.encode() in original
    with pikepdf.open(io.BytesIO(result.prepared)) as document:
        jpeg = document.pages[0].obj.Resources.XObject.Im.read_raw_bytes()
    parts = take_apart(jpeg)
    assert parts.exif is None
    assert not parts.cut
    assert "metadata-removed" in result.changes


def rewritten(data, change):
    with pikepdf.open(io.BytesIO(data)) as document:
        change(document.pages[0].obj.Resources.XObject.Im)
        return saved(document)


def _packed_twice(picture):
    picture.write(zlib.compress(picture.read_raw_bytes()), filter=Array([Name.FlateDecode, Name.DCTDecode]))


def _nameless(picture):
    picture.write(picture.read_raw_bytes())


def _broken(picture):
    raw = picture.read_raw_bytes()
    at = raw.index(b"Exif") - 2
    picture.write(raw[:at] + b"\xff\xff" + raw[at + 2 :], filter=Name.DCTDecode)


@pytest.mark.parametrize("change", [_packed_twice, _nameless, _broken])
def test_camera_data_is_cut_however_the_picture_is_packed(change):
    result, _ = opened(rewritten(scan_pdf(corner_picture(size=(400, 300))), change))
    assert CANARY.encode() not in every_byte(result.prepared)
    if change is _packed_twice:
        red = page_image_in_colour(result.prepared).getpixel((40, 40))
        assert red[0] > 180 > red[1]


def test_resource_names_are_not_mistaken_for_keys():
    document = Pdf.new()
    page = pdf_page(document, b"BT /A 14 Tf 72 720 Td (" + SENTENCE.encode() + b") Tj ET", fonts=False)
    helvetica = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.Resources = Dictionary(Font=document.make_indirect(Dictionary(A=helvetica, Metadata=helvetica)))
    _, (shown,) = opened(saved(document))
    assert shown.lines[0][0] == SENTENCE


def test_page_without_embedded_font_is_shown_as_a_picture():
    result, (page,) = opened(text_pdf(SENTENCE))
    assert result.rasters == {1}
    assert "pages-rasterised" in result.changes
    raster = Image.open(io.BytesIO(page.raster.data))
    assert max(raster.size) == pytest.approx(842 / 72 * 200, abs=3)


def test_letter_of_this_house_is_carried_over(typesetter):
    document = typesetter.pdf("<p>Embedded fonts only, and enough words to be read.</p>", styles=())
    result, (page,) = opened(document)
    assert result.rasters == frozenset()
    assert page.raster is None
    assert page.lines[0][0].startswith("Embedded fonts only")


@pytest.mark.parametrize(
    "content",
    [
        b"0 0.5 1 0 k 10 10 50 50 re f",
        b"1 0 0 0 K 0 0 m 50 50 l S",
        b"/DeviceCMYK cs 1 0 0 0 sc 0 0 9 9 re f",
        b"/Im Do",
    ],
)
def test_ink_colours_are_shown_as_a_picture(content):
    document = Pdf.new()
    page = pdf_page(document, content, fonts=False)
    picture = document.make_stream(
        bytes(4), Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8,
        ColorSpace=Name.DeviceCMYK if content == b"/Im Do" else Name.DeviceRGB,
    )  # fmt: skip
    page.Resources = Dictionary(XObject=Dictionary(Im=picture))
    result, _ = opened(saved(document))
    assert result.rasters == {1}


def test_screen_colours_are_not():
    document = Pdf.new()
    pdf_page(document, b"q 1 0 0 rg 0 0 1 RG 10 10 50 50 re f 1 w 0 0 m 5 5 l S Q", fonts=False)
    assert opened(saved(document))[0].rasters == frozenset()


def test_hidden_layer_stays_hidden():
    document = Pdf.new()
    hidden = b"/OC /Layer BDC " + words("SECRET LAYER with many words in it") + b"EMC " + words(SENTENCE, y=400)
    page = pdf_page(document, hidden)
    group = document.make_indirect(Dictionary(Type=Name.OCG, Name=String("layer")))
    page.Resources.Properties = Dictionary(Layer=group)
    document.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(OFF=Array([group])))
    result, (shown,) = opened(saved(document))
    assert result.rasters == {1}
    assert shown.lines is None
    top = page_image(shown).convert("L").crop((0, 0, shown.width, shown.height // 3))
    assert min(top.tobytes()) > 200


def test_redaction_removes_picture_and_words():
    document = Pdf.new()
    pdf_page(document, words("SECRET NAME of the buyer stands here", y=720) + words(SENTENCE, y=400))
    pdf_page(document, words("The second page stays as it is with its words"))
    result, pages = opened(saved(document), redactions=((1, (0.0, 0.1, 1.0, 0.2)),))
    assert b"SECRET" not in every_byte(result.prepared)
    assert 1 in result.rasters
    assert "redacted" in result.changes
    assert pages[0].lines is None
    assert pages[1].lines is not None
    black = page_image(pages[0]).convert("L").getpixel((600, int(pages[0].height * 0.15)))
    assert black < 10
    raster = Image.open(io.BytesIO(pages[0].raster.data)).convert("L")
    assert raster.getpixel((raster.width // 2, int(raster.height * 0.15))) < 10


def test_more_pages_are_asked_for_later():
    data = text_pdf(*(f"Page {number} of a document with many pages" for number in range(1, 8)))
    limits = ReadingLimits(pages_at_once=3)
    result, first = opened(data, limits=limits)
    assert [page.number for page in first] == [1, 2, 3]
    assert result.page_count == 7
    later = list(pdf.pages(result.prepared, DecodeJob(limits=limits, pages=(4, 7))))
    assert [page.lines[0][0][:6] for page in later] == ["Page 4", "Page 5", "Page 6", "Page 7"]


def test_of_large_pages_a_child_hands_out_few():
    data = text_pdf(*(f"Page {number} of a document with many pages" for number in range(1, 8)))
    large = [len(page.pixels.data) for page in opened(data)[1]][:3]
    limits = ReadingLimits(bytes_at_once=sum(large))
    result, first = opened(data, limits=limits)
    assert [page.number for page in first] == [1, 2, 3]
    later = list(pdf.pages(result.prepared, DecodeJob(limits=ReadingLimits(bytes_at_once=1), pages=(4, 7))))
    assert [page.number for page in later] == [4]
    slow = list(pdf.pages(result.prepared, DecodeJob(limits=ReadingLimits(decode_seconds=0), pages=(4, 7))))
    assert [page.number for page in slow] == [4]


def test_same_bytes_twice():
    data = loaded_pdf()
    assert opened(data)[0].prepared == opened(data)[0].prepared


def test_password_is_refused_and_restrictions_are_not():
    data = text_pdf(SENTENCE)
    with pikepdf.open(io.BytesIO(data)) as document:
        locked = saved(document, encryption=pikepdf.Encryption(user="secret", owner="owner"))
    with pytest.raises(Refusal, match="file-encrypted"):
        opened(locked)
    with pikepdf.open(io.BytesIO(data)) as document:
        restricted = saved(document, encryption=pikepdf.Encryption(user="", owner="owner"))
    result, (page,) = opened(restricted)
    assert "restrictions-removed" in result.changes
    assert page.lines[0][0] == SENTENCE


def test_damaged_table_is_repaired_and_said():
    data = text_pdf(SENTENCE).replace(b"startxref", b"startxxxx")
    result, (page,) = opened(data)
    assert "repaired" in result.changes
    assert page.lines[0][0] == SENTENCE


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\n" + bytes(3000), text_pdf(SENTENCE)[:200]])
def test_hopeless_files_are_refused(data):
    with pytest.raises(Refusal) as refusal:
        opened(data)
    assert refusal.value.code in {"file-truncated", "file-unreadable"}


def test_too_many_pages_are_refused_with_numbers():
    with pytest.raises(Refusal) as refusal:
        opened(text_pdf("a", "b", "c"), limits=ReadingLimits(pdf_pages=2))
    assert refusal.value.params == {"pages": 3, "allowed": 2}


def test_page_size_bomb_is_scaled_by_pixels():
    document = Pdf.new()
    pdf_page(document, b"").MediaBox = Array([0, 0, 14_000_000, 14_000_000])
    _, (page,) = opened(saved(document))
    assert page.pixels.width * page.pixels.height <= ReadingLimits().reading_pixels


def test_long_page_is_rendered_legibly():
    document = Pdf.new()
    pdf_page(document, words(SENTENCE, y=5900), size=(595, 6000))
    _, (page,) = opened(saved(document))
    assert page.width >= 1200


def test_a_page_only_pdfium_can_show_is_a_picture(monkeypatch):
    monkeypatch.setattr("reading.pdf.opening.open_for_rewriting", lambda data, limits: None)
    result, (page,) = opened(text_pdf(SENTENCE))
    assert result.original_pages
    assert result.rasters == {1}
    assert page.raster is not None
    with pikepdf.open(io.BytesIO(result.prepared)) as document:
        assert len(document.pages) == 1


@pytest.mark.parametrize(
    ("box", "is_picture"),
    [
        ((0, 0, 595, 842), False), ((0, 0, 14_400, 3), False), ((100, 100, 500, 500), False),
        ((0, 0, 595, 2_147_483_647), True), ((0, 0, 0.001, 0.001), True), ((1e9, 1e9, 1e9 + 600, 1e9 + 800), True),
        ((0, 0, 20_000, 20_000), True),
    ],
)  # fmt: skip
def test_pages_of_a_size_that_no_page_has_become_pictures(box, is_picture):
    document = Pdf.new()
    pdf_page(document, b"0 0 9 9 re f", fonts=False, MediaBox=Array(box))
    told, (page,) = opened(saved(document))
    assert (1 in told.rasters, page.raster is not None) == (is_picture, is_picture)


def test_a_name_that_is_an_object_of_its_own_is_a_name():
    """Some programs write the colour space, the filter or the type of a thing as an object that it refers to."""
    document = Pdf.new()
    page = pdf_page(document, b"q 200 0 0 100 72 500 cm /Im Do Q", fonts=False)
    picture = document.make_stream(
        bytes(20 * 10), Type=Name.XObject, Subtype=Name.Image, Width=20, Height=10, BitsPerComponent=8
    )
    picture.ColorSpace = document.make_indirect(Name.DeviceGray)
    picture.Subtype = document.make_indirect(Name.Image)
    page.Resources = Dictionary(XObject=Dictionary(Im=picture), S=document.make_indirect(Name.Other))
    [read] = opened(saved(document))[1]
    assert read.number == 1
