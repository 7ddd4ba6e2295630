"""Intakes of pictures, called directly; the same code runs in the guarded child."""

import io
import struct
import zlib

import pikepdf
import pytest
from made_files import (
    CANARY,
    ORIENTATIONS,
    camera_data,
    corner_picture,
    encoded,
    png_header,
    png_with_everything,
    stored_for,
    text_picture,
)  # fmt: skip
from PIL import Image, ImageCms, ImageFile

from reading.decode import chosen
from reading.intake import DecodeJob, Refusal
from reading.limits import ReadingLimits
from reading.pictures.colour_profiles import plain_profile
from reading.pictures.jpeg_segments import take_apart


@pytest.fixture(autouse=True)
def _as_in_the_child(monkeypatch):
    # Another library of this test process fills cut pictures up; it is never loaded in a guarded child.
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", False)


PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def opened(data, **job):
    return chosen(data).open(data, DecodeJob(**job))


def page_image(page):
    mode = "L" if page.pixels.channels == 1 else "RGB"
    return Image.frombytes(mode, (page.pixels.width, page.pixels.height), page.pixels.data)


def shown(result):
    """The prepared picture as a viewer turns it."""
    image = Image.open(io.BytesIO(result.prepared.data)).convert("RGB")
    assert image.size == (result.prepared.width, result.prepared.height)
    turns = {3: 180, 6: 270, 8: 90}
    return image.rotate(turns.get(result.prepared.orientation, 0), expand=True)


def is_red(image):
    red, green, blue = image.convert("RGB").getpixel((5, 5))
    return red > 180 and green < 90 and blue < 90


@pytest.mark.parametrize("orientation", ORIENTATIONS)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_pages_are_upright(kind, orientation):
    data = encoded(stored_for(orientation, corner_picture()), kind, exif=camera_data(orientation), quality=95)
    result = opened(data)
    (page,) = result.pages
    assert (page.width, page.height) == (80, 48)
    assert is_red(page_image(page))
    assert is_red(Image.open(io.BytesIO(page.preview)))
    assert ("orientation-applied" in result.changes) == (orientation != 1)
    assert result.prepared.orientation == (orientation if kind == "JPEG" else 1)


@pytest.mark.parametrize("orientation", [1, 6])
def test_heic_is_turned_once(orientation):
    data = encoded(
        stored_for(orientation, corner_picture(size=(160, 96))),
        "HEIF",
        exif=camera_data(orientation).tobytes(),
        quality=90,
    )
    result = opened(data)
    (page,) = result.pages
    assert (page.width, page.height) == (160, 96)
    assert is_red(page_image(page))
    assert is_red(shown(result))
    assert result.prepared.format == "jpeg"
    assert {"location-removed", "metadata-removed", "converted-to-jpeg"} <= set(result.changes)
    assert ("orientation-applied" in result.changes) == (orientation != 1)


def test_jpeg_keeps_its_compressed_picture():
    data = encoded(text_picture("Order"), "JPEG", quality=80, exif=camera_data(), icc_profile=PROFILE, comment=CANARY)
    result = opened(data + b"tail" + CANARY.encode())
    assert CANARY.encode() in data
    assert CANARY.encode() not in result.prepared.data
    assert take_apart(result.prepared.data).exif is None
    assert Image.open(io.BytesIO(result.prepared.data)).info["icc_profile"] == plain_profile(PROFILE)
    assert Image.open(io.BytesIO(result.prepared.data)).tobytes() == Image.open(io.BytesIO(data)).tobytes()
    scan = data[data.index(b"\xff\xda") : data.index(b"\xff\xd9", data.index(b"\xff\xda"))]
    assert scan in result.prepared.data
    assert {"metadata-removed", "location-removed", "trailing-data-removed"} <= set(result.changes)
    assert result.camera.has_location
    assert result.camera.software == "Gallery 9"


def test_progressive_jpeg_passes_and_one_with_too_many_scans_does_not():
    data = encoded(corner_picture(), "JPEG", progressive=True)
    assert opened(data).prepared.data.count(b"\xff\xda") > 1
    with pytest.raises(Refusal) as refusal:
        opened(data, limits=ReadingLimits(jpeg_scans=3))
    assert refusal.value.code == "image-too-many-scans"
    assert refusal.value.params["allowed"] == 3


def test_cmyk_jpeg_becomes_rgb():
    result = opened(encoded(corner_picture("CMYK"), "JPEG", quality=95, exif=camera_data()))
    image = Image.open(io.BytesIO(result.prepared.data))
    assert image.mode == "RGB"
    assert is_red(image)
    assert {"cmyk-converted", "encoded-anew"} <= set(result.changes)


def test_large_jpeg_is_read_smaller_but_kept_whole():
    data = encoded(text_picture("Large", size=(2000, 1500)), "JPEG")
    result = opened(data, limits=ReadingLimits(reading_pixels=1_000_000))
    (page,) = result.pages
    assert (page.width, page.height) == (2000, 1500)
    assert page.pixels.width * page.pixels.height <= 1_000_000
    assert result.prepared.width == 2000


@pytest.mark.parametrize(("mode", "prepared"), [("RGB", "RGB"), ("L", "L"), ("P", "P"), ("1", "1"), ("I;16", "I;16")])
def test_plain_png_keeps_its_rows(mode, prepared):
    data = encoded(corner_picture("L" if mode == "I;16" else "RGB").convert(mode), "PNG")
    result = opened(data)
    assert result.changes == ()
    assert Image.open(io.BytesIO(result.prepared.data)).mode == prepared
    position = data.index(b"IDAT")
    (length,) = struct.unpack_from(">I", data, position - 4)
    assert data[position : position + 4 + length] in result.prepared.data
    (page,) = result.pages
    assert page.pixels.channels == (3 if mode in {"RGB", "P"} else 1)


def test_sixteen_bit_grey_is_read_at_its_brightness():
    image = Image.new("I;16", (40, 40), 0x8000)
    (page,) = opened(encoded(image, "PNG")).pages
    assert abs(page.pixels.data[0] - 128) <= 1


def test_png_loses_its_metadata_and_keeps_its_look():
    data = png_with_everything(corner_picture())
    result = opened(data)
    assert CANARY.encode() in data
    assert CANARY.encode() not in result.prepared.data
    assert is_red(shown(result))
    assert result.camera.software == "Gallery 9"
    assert {"metadata-removed", "location-removed", "trailing-data-removed"} <= set(result.changes)


def test_rows_behind_the_last_row_are_dropped():
    rows = b"".join(b"\x00" + bytes(30) for _ in range(10))

    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 10, 10, 8, 2, 0, 0, 0))
    uncropped = chunk(b"IDAT", zlib.compress(rows + b"the rest of the picture"))
    data = b"\x89PNG\r\n\x1a\n" + header + uncropped + chunk(b"IEND", b"")
    result = opened(data)
    assert "trailing-data-removed" in result.changes
    kept = result.prepared.data
    start = kept.index(b"IDAT")
    (length,) = struct.unpack_from(">I", kept, start - 4)
    assert len(zlib.decompress(kept[start + 4 : start + 4 + length])) == len(rows)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_opaque_alpha_is_dropped(mode):
    image = corner_picture("RGBA").convert(mode)
    options = {"transparency": bytes([255] * 4)} if mode == "P" else {}
    result = opened(encoded(image, "PNG", **options))
    assert "alpha-removed" in result.changes
    assert Image.open(io.BytesIO(result.prepared.data)).mode in {"RGB", "L"}


def test_real_transparency_goes_on_white():
    image = corner_picture("RGBA")
    image.putalpha(0)
    result = opened(encoded(image, "PNG"))
    assert "transparency-flattened" in result.changes
    assert Image.open(io.BytesIO(result.prepared.data)).getpixel((5, 5)) == (255, 255, 255)


def test_interlaced_png_is_packed_anew():
    # Pillow writes no Adam7: an empty picture has the same rows either way, only more of them.
    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    passes = ((1, 1), (1, 1), (2, 1), (2, 2), (4, 2), (4, 4), (8, 4))  # Adam7 of 8 by 8
    rows = b"".join((b"\x00" + bytes([200] * width)) * height for width, height in passes)
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 1))
    result = opened(b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))
    again = Image.open(io.BytesIO(result.prepared.data))
    assert not again.info.get("interlace")
    assert again.getpixel((3, 3)) == 200


@pytest.mark.parametrize(("lossless", "kind"), [(True, "png"), (False, "jpeg")])
def test_webp_becomes_what_a_document_can_hold(lossless, kind):
    image = corner_picture(size=(160, 96))
    result = opened(encoded(image, "WEBP", lossless=lossless, exif=camera_data(), icc_profile=PROFILE))
    assert result.prepared.format == kind
    assert is_red(shown(result))
    assert CANARY.encode() not in result.prepared.data
    assert {"metadata-removed", f"converted-to-{kind}"} <= set(result.changes)


def test_first_frame_of_a_moving_picture():
    frames = [corner_picture(), Image.new("RGB", (80, 48), "blue")]
    data = encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:], duration=100, lossless=True)
    result = opened(data)
    assert "first-frame-only" in result.changes
    assert is_red(shown(result))
    data = encoded(frames[0], "PNG", save_all=True, append_images=frames[1:])
    result = opened(data)
    assert "first-frame-only" in result.changes
    assert is_red(shown(result))


@pytest.mark.parametrize(("kind", "orientation"), [("JPEG", 6), ("PNG", 1), ("WEBP", 1), ("HEIF", 1)])
def test_redaction_burns_pixels(kind, orientation):
    image = stored_for(orientation, corner_picture(size=(160, 96)))
    data = encoded(image, kind, exif=camera_data(orientation), quality=95)
    result = opened(data, redactions=((1, (0.0, 0.0, 0.5, 0.5)),))
    (page,) = result.pages
    for picture in (page_image(page), shown(result), Image.open(io.BytesIO(page.preview))):
        assert max(picture.convert("RGB").getpixel((20, 20))) < 40
        assert picture.convert("RGB").getpixel((150, 20))[1] > 180
    assert "redacted" in result.changes


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_cut_files_are_refused_by_name(kind, share):
    data = encoded(text_picture("A picture with some words", "and more words"), kind)
    with pytest.raises(Refusal) as refusal:
        opened(data[: int(len(data) * share)])
    assert refusal.value.code in {"file-truncated", "file-unreadable"}


def test_cut_jpeg_and_png_say_so():
    for kind in ("JPEG", "PNG"):
        data = encoded(text_picture("A picture with some words"), kind)
        with pytest.raises(Refusal) as refusal:
            opened(data[: len(data) * 2 // 3])
        assert refusal.value.code == "file-truncated"


def test_only_the_end_mark_missing_is_no_loss():
    data = encoded(corner_picture(), "JPEG")
    assert opened(data[:-2]).prepared.data.endswith(b"\xff\xd9")


def test_three_hundred_megapixels_are_refused_from_the_header():
    with pytest.raises(Refusal) as refusal:
        opened(png_header(20_000, 15_000))
    assert refusal.value.code == "image-too-large"
    assert refusal.value.params["megapixels"] == 300.0
    assert refusal.value.params["allowed_megapixels"] == 50.0
    with pytest.raises(Refusal, match="image-too-large"):
        opened(png_header(20_001, 10))


def test_every_prepared_picture_can_be_placed():
    for data in (png_with_everything(corner_picture()), encoded(corner_picture(), "JPEG")):
        prepared = opened(data).prepared
        assert Image.open(io.BytesIO(prepared.data)).size == (80, 48)
        assert pikepdf.Pdf.new().make_stream(prepared.data).read_raw_bytes() == prepared.data
