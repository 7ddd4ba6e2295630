"""Scans, animations, texts, mails, films and archives: each becomes pages, parts or a named refusal."""

import io
import zipfile
from email.message import EmailMessage

import pytest
from made_files import encoded, text_picture
from PIL import Image

from casefile.fields.files import Redaction
from casefile.reading import PreparedImage, PreparedPdf
from casefile.upload import NotIncluded, Upload
from reading.intakes import film
from reading.pictures.lettering import USUAL, width_of, wrapped
from reading.plain_text import looks_like_text

ORDER = "112-4829307-7716253"


def zipped(files, **options):
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data, **options)
    return sink.getvalue()


def mail(**attachments):
    message = EmailMessage()
    message["From"], message["To"] = "buyer@mail.example", "shop@mail.example"
    message["Subject"], message["Date"] = "Order", "Mon, 02 Nov 2026 14:22:00 +0800"
    message.set_content(f"Where is order {ORDER}?\n包裹在哪里？\n")
    for name, data in attachments.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return bytes(message)


def test_a_scan_of_two_pages_is_a_document_of_two_pages(read):
    sink = io.BytesIO()
    first, second = (text_picture(text).convert("L") for text in (f"Order {ORDER}", "Delivered Nov 2, 2026"))
    first.save(sink, "TIFF", save_all=True, append_images=[second], compression="tiff_lzw")
    scan = read(sink.getvalue(), "scan.tif")
    assert isinstance(scan.prepared, PreparedPdf)
    assert [number for number, _ in scan.prepared.rasters] == [1, 2]
    assert [ORDER in page.text for page in scan.reading.pages] == [True, False]
    assert "pages-unpacked" in scan.reading.changes


def test_a_scan_of_one_page_is_a_picture(read):
    single = read(encoded(text_picture("One page"), "TIFF"))
    assert isinstance(single.prepared, PreparedImage)


def test_of_an_animation_the_first_frame_is_shown_and_said(read):
    sink = io.BytesIO()
    frames = [text_picture(f"Frame {word}") for word in ("one", "two")]
    frames[0].save(sink, "GIF", save_all=True, append_images=frames[1:])
    moving = read(sink.getvalue())
    assert "one" in moving.reading.pages[0].text
    assert "first-frame-only" in moving.reading.changes


def test_avif_is_read(read):
    picture = read(encoded(text_picture(f"Order {ORDER}"), "AVIF"))
    assert ORDER in picture.reading.pages[0].text
    assert picture.prepared.format == "jpeg"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_text_is_set_on_pages_with_its_words(read, encoding):
    text = read(f"Order {ORDER}\n运单号 SF1234567890123 已签收\n".encode(encoding), "note.txt")
    page = text.reading.pages[0]
    assert [line.text for line in page.lines] == [f"Order {ORDER}", "运单号 SF1234567890123 已签收"]
    assert page.text_source == "text_layer"


def test_text_under_the_name_of_a_picture_is_no_text(read):
    assert read(b"this is not a picture", "photo.jpg").code == "file-type-unknown"


def test_a_long_text_takes_several_pages(read):
    text = read("\n".join(f"line {number}" for number in range(120)).encode(), "log.txt")
    assert len(text.reading.pages) == text.prepared.pages == 3
    assert text.reading.pages[2].lines[-1].text == "line 119"


def test_words_burned_out_of_a_text_are_gone(read):
    secret = read(
        f"Order {ORDER}\nCard 4111 1111 1111 1111\n".encode(), "note.txt",
        redactions=(Redaction(page=1, box=(0.05, 0.07, 0.9, 0.09)),),
    )  # fmt: skip
    text = secret.reading.pages[0].text
    assert ORDER in text
    assert "1111" not in text
    assert "redacted" in secret.reading.changes


def test_rows_fit_their_width_and_break_between_ideographs():
    rows = list(wrapped("已签收" * 60 + " and a verylongword" + "x" * 200, USUAL, 600))
    assert len(rows) > 3
    assert all(width_of(row.text, USUAL) <= 600 for row in rows)


def test_a_mail_shows_headers_and_body(read):
    text = read(mail(), "question.eml").reading.pages[0].text
    assert "From: buyer@mail.example" in text
    assert "Subject: Order" in text
    assert ORDER in text
    assert "包裹在哪里？" in text


def test_attachments_of_a_mail_are_files(room):
    upload = Upload(name="question.eml", data=mail(**{"photo.png": b"one", "note.txt": b"two"}))
    parts = room.unpack(upload, {"photo.png"})
    assert [(part.name, part.data) for part in parts] == [("photo (question).png", b"one"), ("note.txt", b"two")]


def test_files_of_an_archive(room):
    packed = zipped([("a/b/one.txt", b"1"), ("__MACOSX/._one.txt", b"x"), ("../two.txt", b"2"), ("面单.txt", b"3")])
    parts = room.unpack(Upload(name="all.zip", data=packed), set())
    assert [(part.name, part.data) for part in parts] == [("one.txt", b"1"), ("two.txt", b"2"), ("面单.txt", b"3")]


def test_an_archive_with_a_spreadsheet_is_an_archive(room):
    sheet = zipped([("xl/workbook.xml", b"<x/>"), ("[Content_Types].xml", b"<x/>")])
    parts = room.unpack(Upload(name="all.zip", data=zipped([("a.txt", b"1"), ("b.xlsx", sheet)])), set())
    assert [part.name for part in parts] == ["a.txt", "b.xlsx"]
    assert room.read(parts[1]).code == "file-unreadable"


def test_names_in_a_chinese_encoding(room):
    packed = zipped([("xxxx.txt", b"1")]).replace(b"xxxx.txt", "面单.txt".encode("gb18030"))
    assert room.unpack(Upload(name="all.zip", data=packed), set())[0].name == "面单.txt"


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ([("bomb", bytes(50_000_000))], "archive-too-large"),
        ([(f"{number}.txt", b"x") for number in range(201)], "archive-too-many"),
    ],
)
def test_archives_have_limits(room, files, code):
    refused = room.unpack(Upload(name="all.zip", data=zipped(files)), set())
    assert isinstance(refused, NotIncluded)
    assert refused.code == code


def test_ordinary_files_hold_no_others(room):
    assert room.unpack(Upload(name="a.png", data=encoded(text_picture("x"), "PNG")), set()) == ()


def test_a_film_becomes_a_sheet_with_times_and_its_hash(read):
    data = film._sample("mp4", "libx264")
    sheet = read(data, "packing.mp4")
    texts = [line.text for line in sheet.reading.pages[0].lines]
    assert f"SHA-256 {Upload(name='x', data=data).sha256}" in texts
    assert "0:00.0" in texts
    assert texts[0].startswith("H.264 · 64 × 48")
    assert sheet.prepared.pages == 1
    assert "film-sheet" in sheet.reading.changes


def test_a_film_cut_short_still_shows_what_is_there_or_is_refused(read):
    data = film._sample("webm", "libvpx-vp9")
    cut = read(data[: len(data) * 2 // 3], "packing.webm")
    assert isinstance(cut, NotIncluded) or cut.reading.pages[0].lines


@pytest.mark.parametrize(("seconds", "text"), [(0, "0:00.0"), (75.25, "1:15.2"), (3599.99, "59:59.9")])
def test_clock(seconds, text):
    assert film.clock(seconds) == text


def test_turned_pages_of_a_scan_stand_upright(read):
    sink = io.BytesIO()
    page = text_picture("Upright words").transpose(Image.Transpose.ROTATE_90)
    page.save(sink, "TIFF", tiffinfo={0x0112: 6})
    assert "Upright" in read(sink.getvalue()).reading.pages[0].text


@pytest.mark.parametrize(
    ("head", "is_text"),
    [
        ("Größe déjà vu ".encode("cp1252") * 9, True),
        ("Übergabe an Empfänger".encode("cp1252"), True),
        (bytes(range(128, 256)), False),
        (b"\x89\x01\x02 plain", False),
    ],
)
def test_old_latin_encodings_are_text_where_letters_are(head, is_text):
    assert looks_like_text(head) is is_text
