"""The CPU that the writing of a file may cost: what costs more is cut to its first pages and told, and nothing else is hurt."""

import threading

import pytest

from casefile.case import Case
from casefile.reading import Line, Reading, ReadPage
from evidence_packer.understand import allowance
from evidence_packer.understand.allowance import Overspent, Purse, within
from evidence_packer.understand.interpret import Interpretation, Interpreter

CASE = Case(platform="amazon", procedure="a_to_z_response")


def burn():
    while True:
        pass


def reading(pages):
    line = Line(text="Order 112-4829307-7716253", box=(0.1, 0.1, 0.5, 0.12), score=1.0)
    made = (ReadPage(number=n + 1, width=80, height=110, lines=(line,), text_source="text_layer") for n in range(pages))
    return Reading(sha256="1" * 64, media_type="application/pdf", pages=tuple(made), has_text_layer=True)


def test_work_ends_when_its_cpu_is_spent():
    with pytest.raises(Overspent):
        within(0.02, burn)
    assert within(60.0, lambda: "done")[0] == "done"


def test_an_interruption_hurts_nobody_but_the_work():
    for _ in range(20):
        try:
            within(0.0, lambda: sum(range(2_000)))
        except Overspent:
            continue
    assert threading.active_count() < 20


def test_work_in_another_thread_is_interrupted_there():
    ended = []

    def work():
        try:
            within(0.02, burn)
        except Overspent:
            ended.append(threading.get_ident())

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert ended == [thread.ident]


def test_errors_of_the_work_pass_through():
    with pytest.raises(ZeroDivisionError):
        within(60.0, lambda: 1 / 0)


@pytest.fixture
def slow_from(monkeypatch):
    """Interpreters of which one never ends over more pages than told."""

    def slow(pages):
        def interpret(scene):
            while sum(bool(page.lines) for page in scene.reading.pages) > pages:
                pass
            return {"kind": None}

        one = Interpreter(name="slow", interpret=interpret, gives=("kind",))
        monkeypatch.setattr("evidence_packer.understand.interpret.interpreters", lambda: (one,))
        monkeypatch.setattr("evidence_packer.understand.interpret._facts", lambda _name, reading, *_: reading)
        monkeypatch.setattr(allowance, "_LEAST_SECONDS", 0.01)

    return slow


@pytest.mark.parametrize(
    ("pages", "bearable", "unread"), [(4, 4, []), (4, 2, [3, 4]), (5, 1, [2, 3, 4, 5]), (1, 0, [1])]
)
def test_a_text_that_costs_too_much_is_cut_to_its_first_pages(house, slow_from, pages, bearable, unread):
    slow_from(bearable)
    read = Interpretation("a.pdf", reading(pages), 9, house, Purse(1.0, 0.1)).facts(CASE)
    assert [page.number for page in read.pages if page.unread == "cut-short"] == unread
    assert all(page.receipt.read_share == 0.0 and not page.lines for page in read.pages if page.unread)


def test_files_of_a_case_share_what_it_may_cost(house, slow_from):
    slow_from(0)
    purse = Purse(0.2, 0.1)
    for _ in range(6):
        Interpretation("a.pdf", reading(1), 9, house, purse).facts(CASE)
    assert -0.2 < purse._left < 0.11
