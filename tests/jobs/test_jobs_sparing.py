"""No file can cost a pack: whatever fails for one file at any station, the pack is made of the others and the file is named."""

import datetime as dt
import importlib
import io

import pytest
from pikepdf import Pdf
from PIL import Image

from casefile.care import FileFailed, about
from casefile.case import Case
from casefile.errors import ProofFault, RequestFault
from casefile.plain_case import PlainCase
from casefile.reading import READER_VERSION, Reading, ReadPage
from casefile.upload import Upload
from evidence_packer.understand.interpret import InterpretContext
from jobs.case_work.kinds.case_check import check_case
from jobs.case_work.kinds.case_pack import make_pack
from jobs.case_work.kinds.file_look import look_at
from jobs.case_work.kinds.live_preview import DeskRequest, KnownFile, live_preview
from jobs.case_work.pack import PackRequest
from jobs.case_work.steps.sparing import sparing
from jobs.case_work.workshop import Workshop
from press.pdf.asking import page_picture
from reading.effort import Effort, Measured
from reading.page_reading import PageReader

NOW = dt.datetime(2026, 11, 19, 14, tzinfo=dt.UTC)
CASE = {
    "platform": "amazon", "site": "US", "procedure": "a_to_z_response", "reason": "item_not_received",
    "order": {"id": "112-4829307-7716253"}, "parcels": [{"tracking_number": "1Z999AA10123456784"}],
}  # fmt: skip
GOOD, BAD, ALSO = "good.png", "bad.png", "also.png"


class Odd(Exception):
    """Nobody foresaw it."""


def picture(shade):
    sink = io.BytesIO()
    Image.linear_gradient("L").point(lambda value: min(255, value + shade)).save(sink, "PNG")
    return sink.getvalue()


UPLOADS = tuple(Upload(name=name, data=picture(place * 40)) for place, name in enumerate((GOOD, BAD, ALSO)))
DATA = {upload.name: upload.data for upload in UPLOADS}


@pytest.fixture(scope="module")
def workshop():
    with Workshop.open() as opened:
        yield opened


def request(*uploads):
    return PackRequest(case=Case.model_validate(CASE), uploads=uploads or UPLOADS, as_of=NOW)


def failing(original, is_bad, error):
    def instead(*args, **kwargs):
        if is_bad(*args, **kwargs):
            raise error
        return original(*args, **kwargs)

    return instead


def of_bad(exhibits):
    return any(exhibit.planned.file == BAD for exhibit in exhibits)


STATIONS = {
    "reading": ("reading.read.ReadingRoom.read", lambda _self, upload, **_: upload.name == BAD),
    "unpacking": ("reading.read.ReadingRoom.unpack", lambda _self, upload, _taken: upload.name == BAD),
    "interpreting": ("evidence_packer.understand.interpret.InterpretContext", lambda **given: given["file"] == BAD),
    "planning": (
        "evidence_packer.assemble.plan",
        lambda _case, facts, *_: any(f.file == BAD for f in facts),
    ),
    "letter": ("jobs.case_work.steps.write.compose", lambda asked, _kind: any(f.file == BAD for f in asked.facts)),
    "front pages": (
        "jobs.case_work.steps.numbering.front_matter",
        lambda view, *_, **__: any(f.file == BAD for f in view.facts),
    ),
    "preparing": ("jobs.case_work.steps.bind.within_dots", lambda prepared, *_: prepared.data == DATA[BAD]),
    "placing": ("jobs.case_work.steps.bind.assemble", lambda _front, exhibits, _look: of_bad(exhibits)),
    "fitting": ("jobs.case_work.steps.bind.fit", lambda exhibits, *_: of_bad(exhibits)),
    "proving": ("jobs.case_work.steps.bind.prove", lambda _bundle, plan, *_: any(e.file == BAD for e in plan.exhibits)),
    "delivering": (
        "jobs.case_work.steps.hand_over.deliver",
        lambda _name, order: any(e.file == BAD for e in order.plan.exhibits),
    ),
    "judging": ("jobs.case_work.steps.judge.judge", lambda dossier: any(f.file == BAD for f in dossier.facts)),
    "report": (
        "jobs.case_work.steps.package.report_pdf",
        lambda paper, _: BAD in {e.file for e in paper.body.exhibits},
    ),
}
SELDOM = {"letter", "front pages", "preparing", "fitting", "delivering", "judging"}
"""The same way is taken for these as for the others."""


@pytest.mark.usefixtures("lenient")
@pytest.mark.parametrize(
    "station", [pytest.param(name, marks=pytest.mark.long if name in SELDOM else ()) for name in STATIONS]
)
def test_a_file_that_fails_at_a_station_costs_itself_only(station, workshop, monkeypatch):
    target, is_bad = STATIONS[station]
    module, name = target.rsplit(".", 1)
    owner = importlib.import_module(module) if not module.endswith("Room") else type(workshop.reading_rooms[0])
    error = ProofFault("proof-pages", found=1, expected=2) if station == "proving" else Odd()
    monkeypatch.setattr(owner, name, failing(getattr(owner, name), is_bad, error))
    pack = make_pack(request(), workshop)
    told = {line.file: line.code for line in pack.report.not_included}
    assert told.get(BAD, "file-unfit") == "file-unfit"
    if station != "unpacking":  # what cannot be opened up is still read as it is
        assert told == {BAD: "file-unfit"}
        assert [exhibit.file for exhibit in pack.report.exhibits] == [GOOD, ALSO]
    assert sum(file.role == "original" for file in pack.files) == 3
    assert {f.code for c in pack.report.checks for f in c.findings if f.file == BAD} >= {"file-unusable"}


@pytest.mark.usefixtures("lenient")
def test_check_form_and_look_go_on_too(workshop, monkeypatch):
    target, is_bad = STATIONS["interpreting"]
    monkeypatch.setattr(target, failing(InterpretContext, is_bad, Odd()))
    report = check_case(request(), workshop)
    assert [line.file for line in report.not_included] == [BAD]
    monkeypatch.setattr("jobs.case_work.kinds.live_preview.interpret", failing(lambda *_: None, lambda *_: True, Odd()))
    page = ReadPage(number=1, width=8, height=8)
    known = KnownFile(name=BAD, bytes=9, reading=Reading(sha256="2" * 64, media_type="image/png", pages=(page,)))
    seen = live_preview(DeskRequest(case=PlainCase(CASE), files=(known,), as_of=NOW, language="en"), workshop.house)
    assert [line.code for line in seen.report.not_included] == ["file-unfit"]
    monkeypatch.setattr("jobs.case_work.kinds.file_look.pictures", failing(lambda _: (), lambda _: True, Odd()))
    assert look_at(UPLOADS[0], workshop, (), ()).refused.code == "file-unfit"


@pytest.mark.usefixtures("lenient")
def test_a_fault_of_our_own_is_told_as_it_is(workshop, monkeypatch):
    monkeypatch.setattr("jobs.case_work.steps.package.report_pdf", failing(lambda *_: b"", lambda *_: True, Odd()))
    with pytest.raises(Odd):
        make_pack(request(), workshop)


def test_tests_see_every_error(workshop, monkeypatch):
    monkeypatch.setattr("jobs.case_work.steps.bind.assemble", failing(lambda *_: b"", lambda *_: True, Odd()))
    with pytest.raises(Odd):
        make_pack(request(), workshop)


def breaks(*bad):
    """Makes the whole of letters; fails while any of ``bad`` is among them, naming it where it is upper case."""

    def make(out):
        calls.append(out)
        left = [letter for letter in "abcdefgh" if letter not in out and letter.upper() not in out]
        for letter in left:
            if letter.upper() in bad:
                with about(letter):
                    raise Odd
            if letter in bad:
                raise Odd
        return "".join(left)

    calls = []
    return make, calls


@pytest.mark.usefixtures("lenient")
@pytest.mark.parametrize(
    ("bad", "whole", "most_calls"),
    [
        ("", "abcdefgh", 1),
        ("C", "abdefgh", 2),
        ("CF", "abdegh", 3),
        ("a", "bcdefgh", 6),
        ("h", "abcdefg", 6),
        ("bd", "acefgh", 12),
    ],
)
def test_the_whole_is_made_without_what_breaks_it(bad, whole, most_calls):
    make, calls = breaks(*bad)
    assert sparing("abcdefgh", make) == whole
    assert len(calls) <= most_calls


@pytest.mark.usefixtures("lenient")
@pytest.mark.parametrize(
    "error", [RequestFault("platform-unknown"), OSError(28, "No space left on device"), KeyboardInterrupt()]
)
def test_what_no_file_caused_passes_through(error):
    made = []

    def make(out):
        made.append(out)
        with about("a"):
            raise error

    with pytest.raises(type(error)):
        sparing("ab", make)
    assert len(made) == 1


@pytest.mark.usefixtures("lenient")
def test_a_failure_is_logged_with_its_places_and_without_its_words(capsys):
    with pytest.raises(FileFailed), about("secret-name.png"):
        raise Odd("secret words")
    line = "".join(capsys.readouterr())
    assert "test_jobs_sparing.py" in line
    assert "secret" not in line.replace("test_a_failure", "")


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


class Slow:
    """An engine that takes two seconds for a part."""

    def __init__(self, clock):
        self.clock, self.parts = clock, 0

    def lines(self, pixels, tier):
        _ = pixels, tier
        self.clock.now += 2.0
        self.parts += 1
        return ()


def test_reading_stops_when_its_time_is_spent_and_says_so():
    clock = Clock()
    effort, engine = Effort(5.0, clock), Slow(clock)
    part = effort.part(100.0)
    measured = Measured(engine, part)
    for _ in range(9):
        measured.lines(None, "quick")
    assert (engine.parts, part.cut, effort.spent) == (3, True, True)


def test_a_reading_that_was_cut_short_is_not_remembered(workshop, monkeypatch):
    room, upload = workshop.reading_rooms[0], Upload(name="cut.png", data=picture(7))
    cut = room.read(upload, seconds=0.0).reading.pages[0]
    assert (cut.unread, cut.lines) == ("cut-short", ())
    assert room.read(upload).reading.pages[0].unread is None
    monkeypatch.setattr(PageReader, "_read", failing(PageReader._read, lambda *_, **__: True, Odd()))
    assert room.read(upload).reading.pages[0].unread is None, "remembered now"


@pytest.mark.usefixtures("lenient")
def test_a_page_that_cannot_be_read_is_shown_and_told(workshop, monkeypatch):
    monkeypatch.setattr(PageReader, "_read", failing(PageReader._read, lambda *_, **__: True, Odd()))
    pack = make_pack(request(Upload(name="odd.png", data=picture(90))), workshop)
    assert [exhibit.file for exhibit in pack.report.exhibits] == ["odd.png"]
    told = [f for c in pack.report.checks for f in c.findings if f.code == "page-unread"]
    assert [(f.file, f.page, f.severity) for f in told] == [("odd.png", 1, "advice")]
    assert pack.report.to_json()
    assert READER_VERSION


def test_a_look_shows_pages_that_are_drawn_and_bounds_those_of_metres(workshop):
    text = look_at(Upload(name="a.txt", data=b"Order 112-4829307-7716253\n" * 9), workshop, (), ())
    with Image.open(io.BytesIO(text.pictures[0])) as shown:
        assert shown.convert("L").getextrema()[0] < 100, "the words are there"
    metres = Pdf.new()
    metres.add_blank_page(page_size=(14_400, 14_400))
    sink = io.BytesIO()
    metres.save(sink)
    with Image.open(io.BytesIO(page_picture(sink.getvalue(), 0, 110))) as shown:
        assert 35_000_000 < shown.width * shown.height <= 40_000_000
