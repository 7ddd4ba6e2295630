"""The pieces of proof on the first page: large enough to read, and cut between words."""

from evidence_packer.bind.front_pages._detail import clear_of, part
from evidence_packer.bind.front_pages.first import _heights

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
