"""What is read does not depend on how busy the machine is: limits count CPU, what was cut short is tried alone, and told."""

import io
import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from busy import busy
from made_files import camera_data, encoded, text_picture
from PIL import Image, ImageDraw, ImageFont

from casefile.discovery import default_root
from casefile.reading import READER_VERSION, Reading, ReadPage
from casefile.upload import Upload
from jobs.records.reading_cache import LookTaken, ReadingCache, keep
from jobs.records.store import Store
from reading.guarded.guard import Guard, GuardedFailure
from reading.guarded.patience import Patience, spent
from reading.limits import ReadingLimits
from reading.ocr import tesseract
from reading.ocr.contract import CutShort
from reading.ocr.tesseract import TesseractEngine, models
from reading.read import ReadingRoom
from reading.turns import Turns

ORDER = "112-4829307-7716253"
LIMITS = ReadingLimits(decode_seconds=1.0)
KOREAN = ("주문번호 2026103055512", "배송완료 11월 2일 14:22", "서울특별시 강남구 테헤란로")


def korean_page():
    image = Image.new("RGB", (1400, 330), "white")
    pen = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(default_root() / "fonts" / "EvidenceSansKR-Regular.ttf"), 34)
    for place, line in enumerate(KOREAN):
        pen.text((60, 60 + place * 90), line, font=font, fill="black")
    return encoded(image, "PNG")


FILES = {
    "korean.png": korean_page(),
    "photo.jpg": encoded(text_picture(f"Order {ORDER}", size=(700, 200)), "JPEG", exif=camera_data(6)),
}


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Has another program take Tesseract's place; it is written in Python and finds how often it was started in ``turn``."""

    def place(body):
        path = tmp_path / "program"
        path.write_text(
            f"#!{sys.executable} -S\n"
            "import sys, time, pathlib\n"
            "if '--list-langs' in sys.argv: print('List:\\neng\\nkor\\ntha'); sys.exit(0)\n"
            f"count = pathlib.Path({str(tmp_path / 'count')!r})\n"
            "turn = int(count.read_text()) + 1 if count.exists() else 1\n"
            "count.write_text(str(turn))\n"
            "sys.stdin.buffer.read()\n"
            "def burn(seconds):\n    while time.process_time() < seconds: pass\n"
            "def answer():\n"
            "    print('level\\tblock_num\\tpar_num\\tline_num\\tleft\\ttop\\twidth\\theight\\tconf\\ttext')\n"
            "    print('5\\t1\\t1\\t1\\t10\\t10\\t100\\t20\\t96\\t주문번호')\n" + body
        )
        path.chmod(0o755)
        monkeypatch.setattr(tesseract, "_PROGRAM", path)
        monkeypatch.setattr(tesseract, "_SECONDS", 1)
        models.cache_clear()
        return lambda: int((tmp_path / "count").read_text())

    yield place
    models.cache_clear()


@pytest.fixture
def pixels():
    return as_array(korean_page())


def as_array(data):
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))


def test_a_process_that_waits_for_a_processor_does_not_idle():
    with busy(2 * (os.cpu_count() or 1)):
        one = subprocess.Popen([sys.executable, "-S", "-c", "while True: pass"])
        try:
            while spent(one.pid).ran < 0.2:  # it starts, and reads its files meanwhile
                time.sleep(0.1)
            before, started = spent(one.pid), time.monotonic()
            time.sleep(1.5)
            used, there = spent(one.pid), time.monotonic() - started
        finally:
            one.kill()
            one.wait()
    ran, waited = used.ran - before.ran, used.waited - before.waited
    assert ran < 0.9 * there
    assert ran + waited > 0.8 * there


def test_patience_counts_cpu_and_idling():
    sleeper = subprocess.Popen(["sleep", "60"])
    try:
        short, long = Patience(sleeper.pid, 0.1), Patience(sleeper.pid, 10)
        assert short.left() > 0
        time.sleep(0.3)
        assert short.left() <= 0
        assert 9 < long.left() <= 10
    finally:
        sleeper.kill()
        sleeper.wait()
    assert spent(sleeper.pid).ran == 0
    assert Patience(os.getpid(), 0.001).left() <= 0


def test_a_file_on_a_busy_machine_has_as_much_time_as_on_an_idle_one():
    """With busy processes beside, children are there longer than the CPU that they may use."""
    with Guard(LIMITS, module="hostile_decoder", folders=(Path(__file__).parent,)) as guard:
        guard.level()
        with busy(3), ThreadPoolExecutor(2) as pool:
            started = time.monotonic()
            ended = list(pool.map(lambda _: guard.run(json.dumps({"what": "work"}).encode(), b""), range(2)))
            assert time.monotonic() - started > LIMITS.decode_seconds
        assert [frames[0].header["worked"] for frames in ended] == [True, True]
        with pytest.raises(GuardedFailure):
            guard.run(json.dumps({"what": "spin"}).encode(), b"")


def read_all():
    with ReadingRoom(LIMITS) as room:
        return {
            name: room.read(Upload(name=name, data=data), wanted=(ORDER,), languages=("ko",))
            for name, data in FILES.items()
        }


def test_the_same_files_are_read_the_same_on_a_busy_machine(monkeypatch):
    monkeypatch.setattr(tesseract, "_SECONDS", 3)
    alone = read_all()
    with busy(3):
        beside = read_all()
    assert [name for name in FILES if beside[name] != alone[name]] == []
    assert "배송완료" in alone["korean.png"].reading.pages[0].text.replace(" ", "")


def test_what_was_cut_short_is_read_alone_with_more_cpu(program, pixels):
    turns = program("burn(1.6)\nanswer()\n")
    (line,) = TesseractEngine("kor+eng").lines(pixels, "quick")
    assert line.text == "주문번호"
    assert turns() == 2


def test_time_that_only_passes_cuts_nothing_short(program, pixels):
    turns = program("time.sleep(1.5)\nanswer()\n")
    assert TesseractEngine("kor+eng").lines(pixels, "quick")
    assert turns() == 1


@pytest.mark.parametrize(
    "body", ["sys.exit(1)\n", "burn(9)\n", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n"]
)
def test_a_page_that_was_not_read_says_so(program, pixels, body):
    turns = program(body)
    with pytest.raises(CutShort):
        TesseractEngine("kor+eng").lines(pixels, "quick")
    assert turns() == 2


def test_a_failure_to_name_the_models_is_not_remembered(program, monkeypatch):
    program("")
    good = tesseract._PROGRAM
    monkeypatch.setattr(tesseract, "_PROGRAM", Path("/bin/false"))
    with pytest.raises(CutShort):
        models()
    monkeypatch.setattr(tesseract, "_PROGRAM", good)
    assert models() == {"eng", "kor", "tha"}
    models.cache_clear()
    monkeypatch.setattr(tesseract, "_PROGRAM", Path("/nowhere/tesseract"))
    assert models() == frozenset()


def test_a_reading_that_was_cut_short_is_told_and_not_kept(program):
    turns = program("burn(9) if turn <= 2 else answer()\n")
    upload = Upload(name="korean.png", data=FILES["korean.png"])
    with ReadingRoom() as room:
        first = room.read(upload, languages=("ko",))
        assert first.reading.pages[0].unread == "cut-short"
        assert not first.reading.whole
        second = room.read(upload, languages=("ko",))
        assert second.reading.whole
        assert "주문번호" in second.reading.pages[0].text
        asked = turns()
        assert room.read(upload, languages=("ko",)) is second
    assert turns() == asked > 2


def test_pages_in_other_languages_ask_no_further_engine(program):
    program("sys.exit(1)\n")
    with ReadingRoom() as room:
        file = room.read(Upload(name="t.jpg", data=FILES["photo.jpg"]), languages=("en",))
    assert file.reading.whole


def reading(unread=None):
    return Reading(
        sha256="0" * 64, media_type="image/png", pages=(ReadPage(number=1, width=9, height=9, unread=unread),)
    )


def test_a_look_that_was_cut_short_is_made_again_but_not_for_ever(tmp_path):
    store = Store(f"file://{tmp_path}/objects")
    looks = ReadingCache(store)

    def after(unread=None):
        keep(store, "t/f", LookTaken(reading=reading(unread), refused=None), ())
        looks.forget("t/f")
        return looks.of("t/f").done

    assert [after("cut-short") for _ in range(4)] == [False, False, True, True]
    assert after()
    assert not after("failed")
    assert after("hairline")
    assert looks.of("t/f").reading.reader_version == READER_VERSION


def test_one_alone_waits_for_the_others_and_keeps_later_ones_out():
    turns, told, go = Turns(), [], Event()

    def together(name):
        with turns.together():
            told.append(f"{name} in")
            go.wait(5)
            told.append(f"{name} out")

    def alone():
        with turns.alone():
            told.append("alone in")
            time.sleep(0.05)
            told.append("alone out")

    with ThreadPoolExecutor(3) as pool:
        pool.submit(together, "first")
        while "first in" not in told:
            time.sleep(0.01)
        pool.submit(alone)
        time.sleep(0.1)
        pool.submit(together, "later")
        time.sleep(0.1)
        assert told == ["first in"]
        go.set()
    assert told[1:4] == ["first out", "alone in", "alone out"]
    assert told[4:] == ["later in", "later out"]
