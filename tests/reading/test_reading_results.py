"""A child that was taken over may send anything: what breaks a rule is no result."""

import math

import pytest

from casefile.reading import PreparedImage, ReadFile, Reading
from reading.guarded.channel import Frame
from reading.limits import ReadingLimits
from reading.memory import ReadingMemory, weight
from reading.results import OpenedFile, RefusedFile, Unsound, checked

JPEG = b"\xff\xd8\xff\xd9"
PICTURE = {"format": "jpeg", "width": 4, "height": 2, "orientation": 1, "bytes": len(JPEG)}
OPENED = {
    "opened": "image/jpeg", "picture": PICTURE, "pages": 1, "changes": ["redacted"], "taken_at": "2026-10-29T16:21:08",
    "software": "Gallery", "has_location": False, "rasters": [], "untrusted_text": [], "original_pages": False,
}  # fmt: skip
PAGE = {
    "page": 1, "width": 4, "height": 2, "pixels": [4, 2, 3], "preview": len(JPEG), "lines": [["text", [0, 0, 1, 1]]],
    "raster": None, "changes": [], "covered": [], "covered_words": "", "pictured": False, "outlines": False,
}  # fmt: skip


def result(header, body):
    return checked([Frame(header, body)], ReadingLimits())


def test_sound_frames_become_values():
    account, pages = checked([Frame(OPENED, JPEG), Frame(PAGE, bytes(24) + JPEG)], ReadingLimits())
    assert isinstance(account, OpenedFile)
    assert account.picture == PreparedImage(data=JPEG, format="jpeg", width=4, height=2)
    assert pages[0].data == bytes(24)
    assert pages[0].lines[0].text == "text"
    refused, _ = result({"refused": "file-encrypted", "params": {}}, b"")
    assert refused == RefusedFile(code="file-encrypted", params={})


@pytest.mark.parametrize(
    "wrong",
    [
        {"opened": "text/html; evil"}, {"pages": 0}, {"pages": 10**9}, {"pages": True}, {"pages": "1"},
        {"changes": ["<script>"]}, {"changes": "redacted"}, {"taken_at": "now"}, {"software": "x" * 200},
        {"software": "a\x1b[31m"}, {"rasters": [7]}, {"picture": {**PICTURE, "bytes": 99}},
        {"picture": {**PICTURE, "format": "svg"}}, {"picture": {**PICTURE, "orientation": 9}},
        {"picture": {**PICTURE, "width": -1}}, {"picture": None},
    ],
)  # fmt: skip
def test_accounts_that_break_a_rule_are_no_result(wrong):
    with pytest.raises(Unsound):
        result(OPENED | wrong, JPEG)


@pytest.mark.parametrize("missing", sorted(OPENED.keys() - {"opened"}))
def test_accounts_that_lack_a_part_are_no_result(missing):
    with pytest.raises(Unsound):
        result({name: value for name, value in OPENED.items() if name != missing}, JPEG)


@pytest.mark.parametrize(
    "wrong",
    [
        {"pixels": [5, 2, 3]}, {"pixels": [4, 2, 2]}, {"pixels": [4, 2]}, {"pixels": [-4, -2, 3]}, {"page": 501},
        {"preview": 0}, {"preview": 10**9}, {"lines": [["t", [0, 0, 2, 1]]]}, {"lines": [["t", [1, 0, 0, 1]]]},
        {"lines": [["t", [0, 0, math.nan, 1]]]}, {"lines": [[7, [0, 0, 1, 1]]]}, {"raster": PICTURE},
        {"width": 10**6}, {"width": 1.5},
    ],
)  # fmt: skip
def test_pages_that_break_a_rule_are_no_result(wrong):
    with pytest.raises(Unsound):
        result(PAGE | wrong, bytes(24) + JPEG)


@pytest.mark.parametrize(
    ("code", "params"),
    [
        ("Not A Code", {}),
        ("x" * 50, {}),
        ("file-empty", {"a": "x" * 100}),
        ("file-empty", {"a": [1]}),
        ("file-empty", None),
    ],
)
def test_refusals_that_break_a_rule_are_no_result(code, params):
    with pytest.raises(Unsound):
        result({"refused": code, "params": params}, b"")


def read_file(size):
    reading = Reading(sha256="0", media_type="image/jpeg", pages=())
    return ReadFile(reading=reading, prepared=PreparedImage(data=bytes(size), format="jpeg", width=1, height=1))


def test_memory_forgets_the_least_recently_used():
    memory = ReadingMemory(250)
    first, second, third = read_file(100), read_file(101), read_file(102)
    memory.keep("first", first)
    memory.keep("second", second)
    assert memory.get("first") is first
    memory.keep("third", third)
    assert memory.get("second") is None
    assert memory.get("first") is first
    assert memory.get("third") is third
    memory.keep("big", read_file(251))
    assert memory.get("big") is None
    assert memory.get("first") is first


def test_memory_counts_a_key_once():
    memory = ReadingMemory(250)
    for _ in range(10):
        memory.keep("same", read_file(100))
    memory.keep("other", read_file(100))
    assert memory.get("same") is not None
    assert weight(read_file(100)) == 100
