"""The pieces of proof on the first page: large enough to read, and cut between words."""

from types import SimpleNamespace

import pytest

from casefile.citation import Citation
from casefile.coverage import PropositionCoverage
from casefile.facts import Spot
from casefile.statement import Span, Statement
from evidence_packer.bind.front_pages._detail import clear_of, marked, part
from evidence_packer.bind.front_pages.first import _heights, _witness
from evidence_packer.judge.highlights import with_values

SLOT = (270.0, 150.0)


def cut(line, box):
    """Whether an edge of ``box`` runs through ``line``."""
    shared = line[0] < box[2] and line[2] > box[0] and line[1] < box[3] and line[3] > box[1]
    inside = line[0] >= box[0] and line[2] <= box[2] and line[1] >= box[1] and line[3] <= box[3]
    return shared and not inside


def test_an_edge_moves_out_of_the_words_it_would_cut():
    labels = [(0.1, 0.1 * n, 0.3, 0.1 * n + 0.05) for n in range(1, 9)]
    values = [(0.4, 0.1 * n, 0.6, 0.1 * n + 0.05) for n in range(1, 9)]
    read = values[3]
    shown = clear_of([*labels, *values], (0.22, 0.33, 0.7, 0.62), read)
    assert not any(cut(line, shown) for line in (*labels, *values))
    assert shown[0] < read[0]
    assert shown[2] > read[2]


def test_a_line_longer_than_the_part_does_not_keep_the_others_from_being_whole():
    sentence, words = (0.0, 0.2, 1.0, 0.25), [(0.1, 0.3, 0.35, 0.35), (0.5, 0.3, 0.6, 0.35)]
    shown = clear_of([sentence, *words], (0.2, 0.15, 0.8, 0.5), words[1])
    assert not any(cut(word, shown) for word in words)


def test_what_was_read_is_always_inside_the_part():
    box = (0.45, 0.5, 0.6, 0.52)
    lines = [(0.01 * n, 0.01 * n, 0.01 * n + 0.3, 0.01 * n + 0.02) for n in range(0, 60, 3)]
    x0, y0, x1, y1 = part((1920, 1080), 16.0, [box], SLOT, lines)
    assert x0 <= box[0] < box[2] <= x1
    assert y0 <= box[1] < box[3] <= y1
    assert min(x0, y0) >= 0
    assert max(x1, y1) <= 1


def test_words_that_want_more_than_there_is_do_not_push_the_last_fact_off_the_page():
    assert sum(_heights([121.0, 123.0, 141.0], 329.0)) <= 329.001
    assert _heights([40.0, 40.0, 150.0], 330.0)[2] >= 150.0


@pytest.mark.parametrize(
    ("box", "frames"),
    [
        ((0.3, 0.4, 0.5, 0.5), [(18.0, 18.0, 44.0, 24.0)]),
        ((0.2, 0.3, 0.3, 0.4), [(0, 0, 22.0, 22.0)]),
        ((0.0, 0.0, 0.1, 0.1), []),  # outside the part
        ((0.2, 0.3, 0.7, 0.8), []),  # the whole part
    ],
)
def test_what_was_read_is_framed_in_its_piece(box, frames):
    assert marked((0.2, 0.3, 0.7, 0.8), [box], (100.0, 100.0)) == frames


LABEL, VALUE = (0.1, 0.30, 0.2, 0.32), (0.1, 0.33, 0.4, 0.35)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (VALUE, (0.1, 0.30, 0.4, 0.35)),  # below its label
        ((0.3, 0.30, 0.5, 0.32), (0.1, 0.30, 0.5, 0.32)),  # beside it
        ((0.1, 0.60, 0.4, 0.62), LABEL),  # too far below
        ((0.8, 0.30, 0.9, 0.32), LABEL),  # too far to the right
        ((0.5, 0.33, 0.7, 0.35), LABEL),  # below, but not under it
    ],
)
def test_a_label_is_marked_together_with_its_value(value, shown):
    cited = Citation(number=1, page=2)
    said = Statement(
        says="delivered", voice="field", span=Span(file="a", page=1, box=LABEL, text="Delivered On"),
        near=(Span(file="a", page=1, box=value, text="Nov 2"),),
    )  # fmt: skip
    covered = PropositionCoverage(
        proposition="delivered", needs=(), status="shown", required=True, exhibits=(cited,), statements=((said,),)
    )
    assert [spot.box for spot in with_values(covered, cited, [Spot(page=1, box=LABEL)])] == [shown]


@pytest.mark.parametrize(
    ("kinds", "shown", "wanted"),
    [
        (("erp_record", "tracking"), (), 2),  # a carrier's scan says more than our own record
        (("erp_record", "tracking"), (2,), 2),
        (("tracking", "proof_of_delivery"), (1,), 2),  # of two by others, the one that was not shown
        (("erp_record",), (), 1),
    ],
)
def test_a_page_of_somebody_else_stands_for_a_fact_before_our_own_record(kinds, shown, wanted):
    cited = [Citation(number=number, page=number + 3) for number in range(1, len(kinds) + 1)]
    view = SimpleNamespace(
        readable=lambda _: True, printed=lambda _: None, exhibit=lambda c: SimpleNamespace(kind=kinds[c.number - 1])
    )
    covered = SimpleNamespace(exhibits=cited, status="shown")
    chosen = _witness(view, covered, [c for c in cited if c.number in shown])
    assert chosen.number == wanted
