"""The reading room end to end: uploads through the guarded child, OCR and all."""

import ast
import io
import os
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from made_files import (
    CANARY,
    camera_data,
    corner_picture,
    encoded,
    every_byte,
    loaded_pdf,
    png_header,
    png_with_everything,
    saved,
    scan_pdf,
    stored_for,
    text_pdf,
    text_picture,
    words,
)  # fmt: skip
from PIL import Image

from casefile.fields.files import Redaction
from casefile.reading import PreparedImage, PreparedPdf, ReadFile
from casefile.upload import NotIncluded, Upload
from reading.decode import chosen
from reading.intake import DecodeJob
from reading.limits import ReadingLimits
from reading.office.compound_samples import compound
from reading.read import ReadingRoom

ORDER = "112-4829307-7716253"
SENTENCE = f"Order {ORDER} was delivered on November 2"


def locked(user):
    with pikepdf.open(io.BytesIO(text_pdf("secret"))) as document:
        return saved(document, encryption=pikepdf.Encryption(user=user, owner="owner"))


PICTURE = encoded(text_picture("Some words on a picture"), "PNG")
PHOTO = encoded(text_picture("Some words on a photo"), "JPEG")
ERP_RECORD = (Path(__file__).parents[2] / "examples/item-not-received/erp_record.pdf").read_bytes()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file-empty"),
        (b"\x00\x01\x02\x03 nothing that anyone knows \xff\xfe", "file-type-unknown"),
        (bytes(1000), "file-type-unknown"),
        (PICTURE[: len(PICTURE) // 2], "file-truncated"),
        (PHOTO[: len(PHOTO) // 2], "file-truncated"),
        (text_pdf("words")[:150], "file-truncated"),
        (ERP_RECORD[: len(ERP_RECORD) // 4], "file-truncated"),
        (b"\x89PNG\r\n\x1a\n" + b"garbage" * 20, "file-unreadable"),
        (b"\xff\xd8\xff\xe0" + bytes(200), "file-unreadable"),
        (locked("secret"), "file-encrypted"),
        (png_header(20_000, 15_000), "image-too-large"),
        (bytes(25_000_001), "file-too-large"),
    ],
)
def test_bad_files_are_refused_by_name(read, data, code):
    refused = read(data, "claim.png")
    assert isinstance(refused, NotIncluded)
    assert refused.code == code
    assert refused.file == "claim.png"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"\x00\x00\x00\x20ftypM4A " + bytes(20), "M4A"),
        (compound({"WordDocument": b"x"}), "DOC"),
        (compound({"PowerPoint Document": b"x"}), "PPT"),
    ],
)
def test_known_types_that_are_not_read_yet_are_named(read, data, name):
    refused = read(data)
    assert (refused.code, refused.params["type"]) == ("file-type-later", name)


def test_refusals_carry_their_numbers(read):
    refused = read(png_header(20_000, 15_000))
    assert refused.params["megapixels"] == 300.0
    assert refused.params["allowed_megapixels"] == 50.0
    assert read(bytes(25_000_001)).params == {"megabytes": 25.1, "allowed_megabytes": 25.0}


def test_the_name_does_not_decide(read):
    file = read(PICTURE, "evidence.jpg")
    assert file.reading.media_type == "image/png"
    assert "extension-corrected" in file.reading.changes
    assert "extension-corrected" not in read(PICTURE, "evidence.PNG").reading.changes
    assert "extension-corrected" not in read(PICTURE, "evidence").reading.changes


def test_screenshot_is_read(read):
    data = encoded(text_picture(SENTENCE, "Tracking 1Z999AA10123456784"), "PNG")
    file = read(data, "tracking.png", wanted=(ORDER,))
    (page,) = file.reading.pages
    assert ORDER in page.text
    assert "1Z999AA10123456784" in page.text
    assert (page.width, page.height, page.text_source) == (1000, 400, "ocr")
    assert page.sharpness.verdict == "sharp"
    assert page.text_height_px == pytest.approx(32, abs=6)
    assert isinstance(file.prepared, PreparedImage)
    line = next(line for line in page.lines if ORDER in line.text)
    x0, y0, x1, _ = line.part(line.text.index(ORDER), line.text.index(ORDER) + len(ORDER))
    assert 0 < x0 < x1 < 1
    assert y0 * 400 == pytest.approx(40, abs=16)
    assert file.reading.sha256 == Upload(name="", data=data).sha256


def test_photograph_is_read_upright(read):
    image = stored_for(6, text_picture(SENTENCE))
    data = encoded(image, "JPEG", exif=camera_data(6, offset="-07:00"), quality=92)
    file = read(data, "label.jpg", wanted=(ORDER,))
    (page,) = file.reading.pages
    assert ORDER in page.text
    assert (page.width, page.height) == (1000, 400)
    assert (file.prepared.width, file.prepared.height, file.prepared.orientation) == (400, 1000, 6)
    assert file.reading.exif.taken_at == "2026-10-29T16:21:08-07:00"
    assert file.reading.exif.has_location
    assert Image.open(io.BytesIO(file.previews[0])).size == (480, 192)


def test_pdf_with_a_text_layer_needs_no_ocr(read):
    file = read(text_pdf(SENTENCE, "A second page with more words on it"), "letter.pdf")
    assert [page.text_source for page in file.reading.pages] == ["text_layer", "text_layer"]
    assert file.reading.pages[0].text == SENTENCE
    assert file.reading.has_text_layer
    assert isinstance(file.prepared, PreparedPdf)
    assert file.prepared.pages == 2
    assert [number for number, _ in file.prepared.rasters] == [1, 2]
    assert len(file.previews) == 2


def test_words_in_pictures_of_a_document_are_read_besides_its_text(read):
    document = pikepdf.open(io.BytesIO(scan_pdf(text_picture(SENTENCE, size=(1400, 600)))))
    page = document.pages[0].obj
    page.MediaBox = [0, 0, 595, 842]
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page.Resources.Font = pikepdf.Dictionary(F1=font)
    typed = [words(f"Typed line {number}: the screenshot below shows it", y=700 - 20 * number) for number in range(8)]
    page.Contents = pikepdf.Array([page.Contents, document.make_stream(b"".join(typed))])
    (read_page,) = read(saved(document), "statement.pdf", wanted=(ORDER,)).reading.pages
    assert [line.text[:12] for line in read_page.lines[:8]] == [f"Typed line {number}" for number in range(8)]
    assert read_page.text.count("Typed line") == 8
    assert read_page.text.count(ORDER) == 1
    assert read_page.text_source == "text_layer"


@pytest.mark.parametrize("rotation", [0, 90])
def test_scanned_pdf_goes_to_ocr(read, rotation):
    image = text_picture(SENTENCE)
    data = scan_pdf(image.rotate(rotation, expand=True), rotation)
    (page,) = read(data, "scan.pdf", wanted=(ORDER,)).reading.pages
    assert page.text_source == "ocr"
    assert ORDER in page.text


def test_long_documents_are_read_in_portions(read):
    data = text_pdf(*(f"Page number {number} with its own words on it" for number in range(1, 20)))
    file = read(data, "long.pdf")
    assert [page.number for page in file.reading.pages] == list(range(1, 20))
    assert file.reading.pages[18].text.startswith("Page number 19")
    assert len(file.prepared.rasters) == len(file.previews) == 19


def test_redaction_is_proved_by_reading_again(read):
    secret = "Jane Whitfield"
    data = encoded(text_picture(secret, SENTENCE), "PNG")
    assert secret in read(data).reading.pages[0].text
    file = read(data, redactions=(Redaction(page=1, box=(0.0, 0.0, 1.0, 0.22)),))
    assert secret not in file.reading.pages[0].text
    assert ORDER in file.reading.pages[0].text
    assert "redacted" in file.reading.changes


def test_redacted_pdf_holds_the_word_nowhere(read):
    data = text_pdf(SENTENCE, "The second page keeps its words as they are")
    file = read(data, "letter.pdf", redactions=(Redaction(page=1, box=(0.0, 0.0, 1.0, 0.3)),))
    assert ORDER not in file.reading.pages[0].text
    assert ORDER.encode() not in every_byte(file.prepared.data)
    assert file.reading.pages[1].text_source == "text_layer"


def test_redaction_of_a_page_that_is_not_there_is_said(read):
    file = read(PICTURE, redactions=(Redaction(page=4, box=(0.0, 0.0, 1.0, 1.0)),))
    assert "redaction-page-missing" in file.reading.changes
    assert "redacted" not in file.reading.changes


@pytest.mark.parametrize(
    "data",
    [
        png_with_everything(corner_picture()),
        encoded(corner_picture(), "JPEG", exif=camera_data(), comment=CANARY),
        encoded(corner_picture(), "WEBP", exif=camera_data()),
        encoded(corner_picture(), "HEIF", exif=camera_data()),
        scan_pdf(corner_picture()),
        loaded_pdf(),
    ],
)
def test_nothing_private_reaches_an_output(read, data):
    file = read(data)
    outputs = [file.prepared.data, *file.previews]
    if isinstance(file.prepared, PreparedPdf):
        outputs += [every_byte(file.prepared.data), *(picture.data for _, picture in file.prepared.rasters)]
    for output in outputs:
        assert CANARY.encode() not in output
        assert b"Exif" not in output


@pytest.mark.parametrize(
    "data",
    [encoded(corner_picture(mode), kind) for mode, kind in
     (("RGBA", "PNG"), ("P", "PNG"), ("CMYK", "JPEG"), ("L", "JPEG"), ("RGB", "WEBP"), ("RGB", "HEIF"))]
    + [encoded(corner_picture(), "MPO", save_all=True, append_images=[corner_picture()]), loaded_pdf(), scan_pdf(corner_picture())],
)  # fmt: skip
def test_locked_down_child_does_what_an_open_process_does(read, data):
    """Whatever is loaded lazily was loaded before the lockdown."""
    file = read(data)
    assert isinstance(file, ReadFile)
    alone = chosen(data).open(data, DecodeJob())
    expected = alone.prepared if isinstance(alone.prepared, bytes) else alone.prepared.data
    assert file.prepared.data == expected
    assert file.reading.changes == tuple(dict.fromkeys(alone.changes))


def test_nothing_is_imported_after_the_warm_up(tmp_path):
    """A locked-down child can import nothing: whatever a file needs must be there already."""
    files = [PICTURE, PHOTO, loaded_pdf(), scan_pdf(text_picture("x")), locked("secret"), locked(""), png_header(9, 9)]
    files += [encoded(corner_picture(mode), kind) for kind in ("PNG", "JPEG", "WEBP", "HEIF") for mode in ("L", "RGB")]
    files += [encoded(corner_picture(), kind, exif=camera_data(6)) for kind in ("PNG", "JPEG", "WEBP", "HEIF")]
    files += [
        encoded(corner_picture("CMYK"), "JPEG"),
        encoded(corner_picture("P"), "PNG"),
        b"\x81\x40",
        b"",
        b"II*\x00",
    ]
    files += [data[: len(data) * 3 // 4] for data in files] + [data[1:] for data in files]
    files += [data.replace(b"\x00\x01", b"\xff\xfe", 3) for data in files]
    for number, data in enumerate(files):
        (tmp_path / f"{number:03}").write_bytes(data)
    script = (
        "import sys, os; from pathlib import Path; from reading import decode; from reading.intake import DecodeJob\n"
        "decode.warm_up(); before = set(sys.modules); sink = os.open(os.devnull, os.O_WRONLY)\n"
        "jobs = [DecodeJob().to_json(), DecodeJob(redactions=((1, (0, 0, 1, 0.5)),)).to_json()]\n"
        "for path in sorted(Path(sys.argv[1]).iterdir()):\n"
        "    for job in jobs: decode.decode(job, path.read_bytes(), sink)\n"
        "print(sorted(set(sys.modules) - before))\n"
    )
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-c", script, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=root)
    assert done.stdout.strip() == "[]"


def test_readings_are_kept_in_memory():
    with ReadingRoom() as room:
        upload = Upload(name="a.png", data=PICTURE)
        first = room.read(upload, wanted=(ORDER,))
        assert room.read(upload, wanted=(ORDER,)) is first
        assert room.read(Upload(name="b.png", data=PICTURE), wanted=(ORDER,)) is first
        assert room.read(upload) is not first
    with ReadingRoom(ReadingLimits(cache_bytes=0)) as room:
        assert room.read(upload) is not room.read(upload)


def test_the_same_file_reads_the_same_twice():
    upload = Upload(name="a.png", data=PICTURE)
    with ReadingRoom() as one, ReadingRoom() as other:
        assert one.read(upload) == other.read(upload)


def test_time_out_names_the_limit():
    with ReadingRoom(ReadingLimits(decode_seconds=0.001)) as room:
        refused = room.read(Upload(name="a.png", data=encoded(corner_picture(size=(2000, 2000)), "PNG")))
    assert (refused.code, refused.params) == ("decode-timeout", {"seconds": 0})


def test_a_forked_process_opens_its_own_room(room):
    room.read(Upload(name="a.png", data=PICTURE))
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            file = room.read(Upload(name="a.png", data=encoded(text_picture(SENTENCE), "PNG")), wanted=(ORDER,))
            os.write(writing, b"read" if ORDER in file.reading.pages[0].text else b"lost")
            room.close()
            status = 0
        finally:
            os._exit(status)
    os.close(writing)
    assert os.read(reading, 10) == b"read"
    os.close(reading)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert isinstance(room.read(Upload(name="c.png", data=PHOTO)), ReadFile)


def test_every_code_has_its_texts(house):
    """Refusals and changes that the code can name are written in both languages."""
    folder = Path(__file__).resolve().parents[2] / "reading"
    refusals, changes = set(), set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                code = node.value
                if code.startswith(("file-", "image-too", "pdf-too", "decode-")):
                    refusals.add(code)
                elif code.endswith(
                    ("-removed", "-applied", "-flattened", "-converted", "-only", "-anew", "-corrected")
                ):
                    changes.add(code)
    assert {"file-empty", "decode-memory", "image-too-large"} <= refusals
    for language in ("en", "zh-Hans"):
        catalog = house.catalogs.of(language)
        for code in refusals:
            for suffix in ("", ".why", ".hint"):
                assert catalog.own(f"not_included.{code}{suffix}"), (language, code)
        for code in {change for change in changes if not change.startswith("-")}:
            assert catalog.own(f"change.{code}"), (language, code)
