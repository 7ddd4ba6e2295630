"""The small parts behind the doors: names, languages, page guesses, what Accept likes."""

import io

import pytest
from starlette.requests import Request

from api.request.file_names import MAX_BYTES, clean_name, clean_names_in, disposition
from api.request.language import choose, ranges
from api.request.page_count import guessed_pages
from api.request.replies import wants


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "a/../b",
        "x" * 5000,
        "\x00\x1b[31m",
        "\u202e",
        "nul.",
        "COM1.txt",
        " .a. ",
        "🙂" * 99 + ".png",
        "=?x?q?=41?=",
    ],
)
def test_cleaned_names_are_safe_and_stay_as_they_are(name):
    clean = clean_name(name)
    assert clean == clean_name(clean)
    assert 0 < len(clean.encode()) <= MAX_BYTES
    assert not set(clean) & set('/\\:*?"<>|\x00')


def test_names_in_a_case_are_cleaned_wherever_files_are_named():
    case = {
        "files": [{"name": "d/a.png", "kind": "x"}],
        "contacts": [{"files": ["d/a.png"], "text": "see d/a.png"}],
        "rejections": [{"file": "d/a.png"}],
        "submitted_by": {"authorisation": ["d/a.png"]},
        "extra": {"files": ["d/a.png"]},
    }
    assert clean_names_in(case) == {
        "files": [{"name": "a.png", "kind": "x"}],
        "contacts": [{"files": ["a.png"], "text": "see d/a.png"}],
        "rejections": [{"file": "a.png"}],
        "submitted_by": {"authorisation": ["a.png"]},
        "extra": {"files": ["d/a.png"]},
    }


@pytest.mark.parametrize(
    ("name", "plain"),
    [("a b.pdf", "a b.pdf"), ("签收.pdf", "download.pdf"), ("é;x.pdf", "e_x.pdf"), ("签", "download")],
)
def test_download_names_have_both_forms(name, plain):
    value = disposition(name)
    assert f'filename="{plain}"' in value
    assert "filename*=UTF-8''" in value
    assert value.isascii()
    assert "\r" not in value


@pytest.mark.parametrize(
    ("query", "header", "language"),
    [
        (None, None, "en"),
        (None, "zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans"),
        (None, "de, fr;q=0.9", "en"),
        (None, "en;q=0.2, zh-TW;q=0.9", "zh-Hans"),
        ("zh", "en", "zh-Hans"),
        ("en", "zh", "en"),
        ("xx", "zh", "zh-Hans"),
        (None, "zh;q=0, en", "en"),
        (None, ";;,,q=1,*", "en"),
    ],
)
def test_the_language_of_an_answer(house, query, header, language):
    assert choose(house.catalogs, query, header).language == language


def test_every_text_for_users_exists_in_both_languages(house):
    assert {"en", "zh-Hans"} <= set(house.catalogs.spoken)
    english, chinese = (house.catalogs.by_language[tag].texts for tag in ("en", "zh-Hans"))
    for key in english:
        if key.startswith(("error.", "cli.")):
            assert key in chinese, key
    assert ranges("a" * 500) == []


def test_pages_are_guessed_in_plain_and_packed_documents(tmp_path):
    import zlib

    plain = tmp_path / "plain.pdf"
    plain.write_bytes(b"%PDF-1.4\n<< /Type /Pages /Count 33 >>")
    packed = tmp_path / "packed.pdf"
    inner = zlib.compress(b"<< /Type /Pages /Count 44 >>")
    packed.write_bytes(b"%PDF-1.5\n<< /Type /ObjStm /N 1 >>\nstream\r\n" + inner + b"\nendstream")
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG /Count 99")
    assert [guessed_pages(path) for path in (plain, packed, picture)] == [33, 44, 1]


def test_a_real_document_is_counted(tmp_path, typesetter):
    pages = "<p style='break-after: page'>x</p>" * 24
    path = tmp_path / "real.pdf"
    path.write_bytes(typesetter.pdf(f"<!doctype html><title>x</title>{pages}", styles=()))
    assert guessed_pages(path) in {24, 25}


def test_an_endless_stream_is_not_inflated(tmp_path):
    import zlib

    sink = io.BytesIO(b"%PDF-1.5\n")
    sink.seek(0, 2)
    bomb = zlib.compress(bytes(50_000_000))
    for _ in range(20):
        sink.write(b"<< /Type /ObjStm >>\nstream\n" + bomb)
    path = tmp_path / "bomb.pdf"
    path.write_bytes(sink.getvalue())
    assert guessed_pages(path) == 1


@pytest.mark.parametrize(
    ("accept", "liked"),
    [
        ("*/*", "application/json"),
        ("application/zip", "application/zip"),
        ("application/zip, */*", "application/zip"),
        ("application/zip;q=0.5, application/json", "application/json"),
        ("application/*", "application/json"),
        ("application/zip;q=0, */*", "application/json"),
        ("text/html", None),
        ("application/zip;q=x", None),
        ("", "application/json"),
    ],
)
def test_what_accept_likes_best(accept, liked):
    request = Request({"type": "http", "headers": [(b"accept", accept.encode())]})
    assert wants(request, "application/json", "application/zip") == liked
