"""Which words of a page can be seen: those that it draws, though they stand close, twice or over others; and no others."""

import pypdfium2 as pdfium
import pytest

from reading.intake import DecodeJob
from reading.pdf import rendering, sight
from reading.pdf.text import glyphs_of
from tests.hidden.ways import VISIBLE, Sheet, box, text

HIDDEN = "Returned and never paid"
BOLD, CLOSE = "Proof of delivery", "Delivered to the neighbour"


def letter_by_letter(words, y=600, x=72, step=7, size=14):
    return b"".join(text(letter, x=x + step * at, y=y, size=size) for at, letter in enumerate(words) if letter != " ")


def between(first, second):
    """The operators of both, text by text in turn."""
    parts = [[part + b"ET\n" for part in whole.split(b"ET\n")[:-1]] for whole in (first, second)]
    return b"".join(b"1 g " + one + b"0 g " + other for one, other in zip(*parts, strict=True))


def looked(content):
    sheet = Sheet()
    sheet.content += content
    with pdfium.PdfDocument(sheet.data()) as document:
        page = document[0]
        text_page = page.get_textpage()
        try:
            seen = sight.look(page, text_page, glyphs_of(page, text_page))
        finally:
            text_page.close()
        [made] = rendering.pages(document, [1], DecodeJob())
    return seen, made


def words_of(seen):
    return "".join(glyph.char for glyph in seen.glyphs).split()


WHOLE = {
    "letters set close": letter_by_letter(CLOSE, step=5),
    "letters set closer than they are wide": letter_by_letter(CLOSE, step=3.6),
    "bold letter by letter": b"".join(
        text(letter, x=72 + 7 * at + more, size=14) for at, letter in enumerate(BOLD) for more in (0, 0.4)
    ),
    "bold whole": text(BOLD) + text(BOLD, x=72.5),
    "shadow, letter by letter": b"0.6 g " + letter_by_letter(BOLD, y=599, x=73, step=8) + b"0 g " + letter_by_letter(BOLD, step=8),
    "slanting": b"q 0.966 0.259 -0.259 0.966 60 300 cm " + letter_by_letter(CLOSE, x=0, y=0, step=5) + b"Q ",
}  # fmt: skip


@pytest.mark.parametrize("way", sorted(WHOLE))
def test_words_that_are_drawn_are_seen(way):
    seen, made = looked(WHOLE[way])
    assert (seen.hidden, seen.aside, seen.jumbled, made.raster) == ((), False, False, None)
    assert set(VISIBLE.split()) <= set(words_of(seen))
    said = "".join(words_of(seen))
    assert BOLD.replace(" ", "")[:5] in said or CLOSE.replace(" ", "")[:5] in said or "PPrroo" in said


UNDER = {
    "white": b"1 g " + text(HIDDEN, y=720) + b"0 g " + text(VISIBLE, y=720),
    "white, twice each": 2 * (b"1 g " + text(HIDDEN, y=720) + b"0 g " + text(VISIBLE, y=720)),
    "white, letter by letter in turn": between(letter_by_letter(HIDDEN), letter_by_letter("Left with the neighbour"[:23])),
    "white, in turn and twice each": 2
    * between(letter_by_letter(HIDDEN, step=9), letter_by_letter("Left with the neighbour", step=9)),
}  # fmt: skip


@pytest.mark.parametrize("way", sorted(UNDER))
def test_words_under_other_words_are_not(way):
    seen, made = looked(UNDER[way])
    assert HIDDEN[:6] not in "".join(words_of(seen))
    assert seen.hidden
    assert made.raster is not None
    assert set(VISIBLE.split()) <= set(words_of(seen))


def test_words_printed_over_each_other_are_read_again_and_the_others_kept():
    seen, made = looked(
        text("Refunded in full", y=500) + text("Delivered by hand", y=500, x=73) + text("Thank you", y=400)
    )
    assert (seen.hidden, seen.jumbled, made.raster, made.pictured) == ((), True, None, True)
    words = words_of(seen)
    assert {*VISIBLE.split(), "Thank", "you"} <= set(words)
    assert {"Refunded", "Delivered"}.isdisjoint(words)


@pytest.mark.parametrize(
    "content",
    [
        text(HIDDEN, x=900),
        text(HIDDEN, y=-40),
        text(HIDDEN, y=843),
        b"q 60 590 40 30 re W n " + text("Depotstreet", x=62) + b"Q ",
    ],
)
def test_what_runs_off_is_left_out_and_hidden_by_nobody(content):
    seen, made = looked(content)
    assert (seen.hidden, seen.aside, made.covered_words) == ((), True, "")
    assert made.raster is not None
    assert {"Returned", "never", "Depotstreet"}.isdisjoint(words_of(seen))
    assert set(VISIBLE.split()) <= set(words_of(seen))


@pytest.mark.parametrize(
    "content", [b"q 60 590 40 30 re W n " + text("To " + HIDDEN, x=80) + b"Q ", box() + text("R" + HIDDEN)]
)
def test_what_is_cut_off_by_whole_words_is_told(content):
    seen, _ = looked(content)
    assert any("never" in words for words, _ in seen.hidden)
