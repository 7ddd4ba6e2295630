"""Rich text shows what word processors show of it."""

import io

import pytest

from reading.office import rich_text
from reading.office.blocks import DELETED, NOTES, PICTURES, UNSEEN
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
