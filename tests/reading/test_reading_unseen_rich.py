"""Rich text shows what word processors show of it."""

import io
import struct

import pytest

from reading.office import outlook, rich_text
from reading.office.blocks import DELETED, NOTES, PICTURES, UNSEEN
from reading.office.compound_samples import compound, message
from reading.office.packed_rtf import unpacked
from tests.reading.made_files import text_picture
from tests.reading.test_reading_unseen_texts import shown

COLOURS = (
    r"{\fonttbl{\f0\fcharset0 Arial;}}{\colortbl;\red255\green255\blue255;\red0\green0\blue0;\red31\green78\blue120;}"
)


def rtf(body):
    return rf"{{\rtf1\ansi\ansicpg1252 {COLOURS} {body}}}".encode("latin-1")


def png():
    sink = io.BytesIO()
    text_picture("Delivered").save(sink, "PNG")
    return sink.getvalue()


ROWS = r"\trowd\cellx1\cellx2 b\cell c|d\cell\row\trowd e\cell f\par g\cell\row "
OLDER = r"{\nonshppict{\pict\wmetafile8 00}}"


@pytest.mark.parametrize(
    ("body", "words", "told"),
    [
        (r"a{\v x}b\par", ["ab"], {UNSEEN}),
        (r"a\v x\v0 b\par", ["ab"], {UNSEEN}),
        (r"a{\v x\plain b}\par", ["ab"], {UNSEEN}),
        (r"a{\v \u24050?\'e9}b\par", ["ab"], {UNSEEN}),
        (r"a{\v  }b", ["ab"], set()),
        (r"a{\deleted x}b\par", ["ab"], {DELETED}),
        (r"a{\cf1 x}b\par", ["ab"], {UNSEEN}),
        ("one\\par\r\ntwo\\b\nthree\\u24050\n?\\par\n", ["one", "twothree已"], set()),
        (r"{\cf0 a}b\par", ["ab"], set()),
        (r"{\cf1\highlight3 a}b\par", ["ab"], set()),
        (r"{\cf3\highlight3 x}b\par", ["b"], {UNSEEN}),
        (r"\pard\cbpat3{\cf1 a}\par\pard{\cf1 x}b\par", ["a", "b"], {UNSEEN}),
        (r"a{\fs2 x}{\fs16 b}\par", ["ab"], {UNSEEN}),
        (r"a{\*\annotation x}b\par", ["ab"], {NOTES}),
        (r"{\header Letterhead}a\par", ["Letterhead", "a"], set()),
        (r"a{\footnote note}\par", ["a [note]"], set()),
        (r'{\field{\*\fldinst{HYPERLINK "https://x.example/"}}{\fldrslt{a}}}\par', ["a"], set()),
        (r"{\shp{\*\shpinst{\sp{\sn fillColor}{\sv 5}}{\shptxt a\par}}{\shprslt x}}b\par", ["a", "b"], set()),
        (r"a\par" + ROWS + r"h\par", ["a", "b", "c|d", "e", "f\ng", "h"], set()),
        (r"\trowd\clcbpat3\cellx1\cf1 a\cell\row", ["a"], set()),
        (rf"a{{\*\shppict{{\pict\pngblip {png().hex()}}}}}{OLDER}b\par", ["a", "<picture>", "b"], set()),
        (r"a{\pict\wmetafile8 0100}b\par", ["a", "b"], {PICTURES}),
        (r"a{\pict\pngblip\bin3 }}}}b\par", ["a", "b"], {PICTURES}),
        (r"{\listtext\pard\plain 1.\tab}a\par{\pntext 2. }b\par", ["1. a", "2. b"], set()),
        (r"{\object{\*\objdata 00ff}{\result a}}\par", ["a"], set()),
        (r"caf\'e9 \u24050?\~b\par", ["café 已 b"], set()),
    ],
)  # fmt: skip
def test_rich_text_shows_what_its_readers_see(body, words, told):
    assert shown(rich_text.blocks(rtf(body))) == (words, told)


def test_rich_text_of_a_mail_is_unpacked():
    """The examples of [MS-OXRTFCP], 4.1 and 4.2."""
    first = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232 0af32068656c090020627705b06c647d0a800fa0".replace(
            " ", ""
        )
    )
    second = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")
    assert unpacked(first) == rb"{\rtf1\ansi\ansicpg1252\pard hello world}" + b"\r\n"
    assert unpacked(second) == rb"{\rtf1 WXYZWXYZWXYZWXYZWXYZ}"
    assert unpacked(struct.pack("<II4sI", 15, 3, b"MELA", 0) + b"{a}") == b"{a}"
    assert unpacked(b"") == unpacked(bytes(20)) == b""


def outlook_mail(texts, binaries):
    """A mail of Outlook with texts and binary properties."""
    rows = b"".join(struct.pack("<HHIQ", 0x001F, tag, 6, 2) for tag in texts)
    rows += b"".join(struct.pack("<HHIQ", 0x0102, tag, 6, len(data)) for tag, data in binaries.items())
    streams = {f"__substg1.0_{tag:04X}001F": text.encode("utf-16-le") for tag, text in texts.items()}
    streams |= {f"__substg1.0_{tag:04X}0102": data for tag, data in binaries.items()}
    return compound({**streams, "__properties_version1.0": bytes(32) + rows})


def test_a_mail_that_has_rich_text_only_shows_it():
    body = struct.pack("<II4sI", 40, 24, b"MELA", 0) + rb"{\rtf1 Delivered{\v x}\par}"
    data = outlook_mail(
        {0x0037: "=?utf-8?B?6L+Q5Y2V?="}, {0x1009: struct.pack("<II4sI", 40, len(body), b"MELA", 0) + body[16:]}
    )
    words, told = shown(outlook.blocks(data))
    assert words[-1] == "Delivered"
    assert told == {UNSEEN}


@pytest.mark.parametrize("page", ["<p>已签收 é</p>".encode(), "<meta charset=gb18030><p>已签收</p>".encode("gb18030")])
def test_the_page_of_a_mail_is_read_as_it_is_written(page):
    assert "已签收" in shown(outlook.blocks(outlook_mail({0x0037: "a"}, {0x1013: page})))[0][-1]


def test_headers_of_a_mail_are_unpacked():
    head = "Subject: =?Cp1251?B?wOLy7uzg8uj35fHq6Okg7vLi5fI=?=\r\nFrom: a@b.example\r\n"
    assert "Автоматический ответ" in shown(outlook.blocks(message({0x007D: head, 0x1000: "x"})))[0][0]


def test_letters_may_have_the_first_colour_of_the_table():
    data = rb"{\rtf1\ansi{\colortbl\red0\green0\blue0;\red255\green255\blue255;}\cf0 a{\cf1 x}\par}"
    assert shown(rich_text.blocks(data)) == (["a"], {UNSEEN})
