"""Lines cut out of a page and set below each other: what is read there stands where it stood on the page."""

import numpy as np
import pytest

from casefile.reading import Line
from reading.ocr.line_strips import strips

PAGE = np.full((400, 1000, 3), 255, np.uint8)


def line(text, top, score=0.6):
    return Line(text=text, box=(0.1, top, 0.5, top + 0.05), score=score)


def seen(sheet, place, text, left=0.1, score=0.9):
    height = sheet.sheet.shape[0]
    top = (22 + 74 * place) / height
    return Line(text=text, box=(left, top, left + 0.2, top + 52 / height), score=score)


def test_each_line_has_its_strip():
    sheet = strips(PAGE, (line("đa", 0.1), line("11214:22", 0.2)))
    assert [one.text for one in sheet.lines] == ["đa", "11214:22"]
    assert sheet.sheet.shape[0] == 2 * 74 + 22
    assert strips(PAGE, ()) is None


def test_what_is_read_in_a_strip_stands_in_the_place_of_its_line():
    first, second = line("x", 0.1), line("y", 0.3)
    sheet = strips(PAGE, (first, second))
    placed = sheet.placed((seen(sheet, 1, "ราคา", left=0.5), seen(sheet, 1, "รวม"), seen(sheet, 0, "ผู้ซื้อ")))
    assert [(one.text, one.box) for one in placed] == [("ผู้ซื้อ", first.box), ("รวม ราคา", second.box)]


@pytest.mark.parametrize(
    ("first", "read", "whole"),
    [
        ("xx 10/11/2569, 08:59", "ผู้ซื้อ 10/11/2569, 03:59", "ผู้ซื้อ 10/11/2569, 08:59"),
        ("xx 10/11/2569", "ผู้ซื้อ 10/11/256", "ผู้ซื้อ 10/11/256"),
        ("xx", "판매자", "판매자"),
    ],
)
def test_the_first_engine_reads_the_digits(first, read, whole):
    sheet = strips(PAGE, (line(first, 0.1),))
    (one,) = sheet.placed((seen(sheet, 0, read),))
    assert one.text == whole


def test_light_type_on_dark_ground_is_turned_round():
    dark = np.zeros((400, 1000, 3), np.uint8)
    sheet = strips(dark, (line("x", 0.1),))
    assert sheet.sheet.min() == 255


def test_a_grey_ground_becomes_white_and_the_edges_of_other_lines_are_left_out():
    grey = np.full((400, 1000), 200, np.uint8)
    grey[50:54, 150:300] = 90
    sheet = strips(grey, (line("x", 0.1),))
    assert (np.median(sheet.sheet[30:70, 30:200]), sheet.sheet.min()) == (255, 0)
    (one,) = sheet.placed((seen(sheet, 0, "ส่งเมื่อ"), seen(sheet, 0, "วห", left=0.5, score=0.2)))
    assert one.text == "ส่งเมื่อ"
