"""A file that is asked again while its case grows says what it says when it is asked for the first time."""

import pytest

from benchmarks.filling.__main__ import _sheets
from benchmarks.filling.heaps import heaps
from benchmarks.filling.measure import Tally, made, stripped
from evidence_packer.assemble import ReadUpload, completed
from evidence_packer.understand.interpret import Interpretation, InterpretContext, interpret, interpreters
from tests.casework_parts import matter_of

LANGUAGES = {"de", "en", "ja", "zh-Hans", "th", "fr"}


@pytest.fixture(scope="module")
def made_heaps(house):
    return [heap for heap in heaps(house, 7, 16) if heap.language in LANGUAGES]


def test_asked_again_it_says_the_same(house, made_heaps):
    for heap in made_heaps:
        matter = matter_of(stripped(heap.typed, house), house)
        files = [ReadUpload(name, reading, size) for name, (reading, size) in _sheets(heap).items()]
        matter, evidence = completed(matter, files)
        fresh = {file.name: interpret(file.name, file.reading, file.bytes, matter.case, house) for file in files}
        assert {file.file: file for file in evidence.files} == fresh


def test_only_what_is_wanted_is_interpreted(house, made_heaps):
    heap = made_heaps[0]
    name, (reading, size) = next(iter(_sheets(heap).items()))
    facts = Interpretation(name, reading, size, house).facts(heap.typed, frozenset({"order_ids", "kind"}))
    assert facts.order_ids
    assert facts.messages == facts.private_data == facts.quotes == ()


def test_every_interpreter_says_what_of_the_case_it_reads(made_heaps):
    case = made_heaps[0].typed
    lazy = [one.name for one in interpreters() if one.reads(case) is case]
    assert set(lazy) <= {"own_details"}


def test_of_made_cases_nearly_everything_stays_and_nothing_differs(house, made_heaps):
    tally = Tally()
    for heap in made_heaps:
        files = _sheets(heap)
        tally.count(heap.name, made(heap.typed, files, house), made(stripped(heap.typed, house), files, house))
    assert (tally.differ, tally.hollow) == ([], [])
    assert tally.kept >= 0.9 * tally.shown


def test_what_hangs_on_a_file_alone_is_worked_out_once(house, made_heaps):
    made_values: list[int] = []
    _, (reading, _) = next(iter(_sheets(made_heaps[0]).items()))
    scene = InterpretContext(file="a.png", reading=reading, case=made_heaps[0].typed, house=house)
    for _ in range(2):
        assert scene.once("key", lambda: made_values.append(1) or len(made_values)) == 1
    assert scene.once("other", lambda: 7) == 7
