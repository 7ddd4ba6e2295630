"""The tables of decisions about the bundle: how small a picture may become, and what of a finished bundle is refused."""

import functools
import io
from dataclasses import replace

import pytest
from PIL import Image

from casefile.citation import BundlePlan, Citation, PlannedExhibit
from casefile.errors import ProofFault
from casefile.reading import PreparedImage
from evidence_packer.bind.bundle import fit as fitting
from evidence_packer.bind.bundle import proof
from evidence_packer.bind.bundle.fit import fit
from evidence_packer.bind.bundle.quality_ladder import PROBE, Rung, expected, floor_side, rungs
from press.pdf.asking import Link, Portrait
from press.pdf.pictures import Picture
from tests.cases import rows
from tests.evidence_packer.bundle_parts import document, exhibits, picture

PLAN = BundlePlan(
    exhibits=(
        PlannedExhibit(number=1, file="a", kind="tracking", source_pages=(1, 2), first_page=2),
        PlannedExhibit(number=2, file="b", kind="invoice", source_pages=(1,), first_page=4),
    ),
    front=1,
)


@pytest.mark.parametrize("row", rows(__file__, "proof"))
def test_what_of_a_finished_bundle_is_refused(row, monkeypatch):
    seen = Portrait(
        labels=tuple(row["labels"]), outline=tuple(map(tuple, row["outline"])), outside_links=tuple(row["outside"]),
        links=tuple(Link(page=page, target=target, text="") for page, target in row["links"]), texts=tuple(row["texts"]),
        title=None,
    )  # fmt: skip
    monkeypatch.setattr(proof, "portrait", lambda _: seen)
    cites = [Citation(number=number, page=page) for number, page in row["cites"]]
    listed = frozenset(row["listed"]) if "listed" in row else None
    plan = replace(PLAN, front=0) if row.get("no_front") else PLAN
    refused, told = None, {}
    try:
        proof.prove(b"", plan, cites, "Exhibit {number}, p. {page} of {pages}", listed)
    except ProofFault as fault:
        refused, told = fault.code, fault.params
    assert refused == row.get("refused")
    assert {name: told[name] for name in row.get("told", ())} == row.get("told", {})


def test_of_many_wrong_places_the_first_are_told(monkeypatch):
    planned = tuple(
        PlannedExhibit(number=n, file=str(n), kind="tracking", source_pages=(1,), first_page=n + 1) for n in range(1, 9)
    )
    seen = Portrait(
        labels=tuple(map(str, range(1, 10))), outline=(("Exhibit", 1),) * 8, outside_links=(), links=(), title=None,
        texts=("1 / 9", *(f"{n} {n + 1} 9" for n in range(1, 9))),
    )  # fmt: skip
    for one, code, name in ((seen, "proof-bookmarks", "found"), (seen, "proof-bookmarks", "expected"),
                            (replace(seen, outline=tuple((f"{n}", n) for n in range(1, 9))), "proof-index-link", "exhibits"),
                            (replace(seen, labels=("x",) * 9), "proof-labels", "found")):  # fmt: skip
        monkeypatch.setattr(proof, "portrait", lambda _, one=one: one)
        with pytest.raises(ProofFault) as refused:
            proof.prove(b"", BundlePlan(exhibits=planned, front=1), (), "{number} {page} {pages}")
        assert (refused.value.code, len(refused.value.params[name])) == (code, 5)


class Press:
    """Makes pictures of given sizes: each picture is its list of bytes, as it is and on every lower step."""

    def __init__(self, monkeypatch):
        self.made = 0
        monkeypatch.setattr(fitting, "picture_of", lambda prepared: self.pairs[prepared.width])
        monkeypatch.setattr(fitting, "rungs", lambda pair, _: tuple(Rung(n, 85) for n in range(len(pair[0]) - 1)))
        monkeypatch.setattr(fitting, "expected", lambda pair, rung, _: pair[1][rung.side + 1])
        monkeypatch.setattr(fitting, "smaller", self._smaller)

    def candidates(self, sizes, guesses, reads):
        self.pairs = list(zip(sizes, guesses, strict=True))
        return [
            fitting._Candidate(
                replace(exhibits(picture())[0], text_height=None),
                PreparedImage(data=bytes(pair[0][0]), format="jpeg", width=place, height=1),
                reads,
            )
            for place, pair in enumerate(self.pairs)
        ]

    def _smaller(self, pair, side, quality):
        if (side, quality) == PROBE:
            return Picture(data=b"", format="jpeg", width=1, height=1)
        self.made += 1
        return Picture(data=bytes(pair[0][side + 1]), format="jpeg", width=side, height=1)


@pytest.mark.parametrize("row", rows(__file__, "fit"))
def test_which_pictures_give_way(row, monkeypatch):
    press = Press(monkeypatch)
    candidates = press.candidates(row["sizes"], row.get("guess", row["sizes"]), lambda *_: not row.get("unreadable"))
    fitting._lower(candidates, row["room"])
    assert [candidate.step for candidate in candidates] == row["steps"]
    assert sum(candidate.size for candidate in candidates) == row["left"]
    assert press.made == row.get("pressed", press.made)


@pytest.mark.parametrize("form", ["png", "jpeg"])
def test_a_smaller_copy_says_what_it_is(monkeypatch, form):
    press = Press(monkeypatch)
    (candidate,) = press.candidates([[1000, 500]], [[1000, 500]], lambda *_: True)
    copy = Picture(data=bytes(500), format=form, width=30, height=20)
    monkeypatch.setattr(fitting, "smaller", lambda *_: copy)
    candidate.lower_to(0)
    made = candidate.prepared
    assert (made.format, made.width, made.height, len(made.data), candidate.changed) == (form, 30, 20, 500, True)


def test_no_guess_is_larger_than_the_picture_itself(monkeypatch):
    (candidate,) = Press(monkeypatch).candidates([[1000, 500]], [[1000, 1500]], lambda *_: True)
    assert candidate.expected(0) == 1000


def weighed(made):
    return bytes(200 + sum(len(exhibit.prepared.data) for exhibit in made))


@pytest.mark.parametrize(("more", "asked"), [(0, 0), (1, 0), (-1, 1)])
def test_a_bundle_under_its_limit_is_left_alone(monkeypatch, more, asked):
    made, rooms = exhibits(picture(), picture(400, 560)), []
    monkeypatch.setattr(fitting, "_lower", lambda candidates, room: rooms.append((len(candidates), room)))
    limit = len(weighed(made)) + more
    fitted = fit(made, limit, weighed)
    assert (len(rooms), fitted.changed, fitted.exhibits) == (asked, (), made)
    if rooms:  # what is no picture takes its part of the limit; a little stays free
        assert rooms == [(2, pytest.approx(0.985 * limit - 200))]


@functools.cache
def grainy(width=1600, height=1200):
    """A photograph that is hard to press: every smaller side makes it smaller."""
    sink = io.BytesIO()
    Image.effect_noise((width, height), 60).save(sink, "JPEG", quality=95)
    return PreparedImage(data=sink.getvalue(), format="jpeg", width=width, height=height)


@pytest.mark.parametrize(("share", "kept"), [(0.9, ("f2", "f3")), (0.4, ("f2", "f3"))])
def test_a_large_picture_gives_way_and_the_rest_stays(share, kept):
    made = exhibits(grainy(), picture(), document())
    limit = round(len(weighed(made)) * share)
    fitted = fit(made, limit, weighed)
    assert limit * 0.25 < len(fitted.bundle) <= limit * 0.985
    assert fitted.changed == ("f1",)
    small = fitted.exhibits[0].prepared
    assert max(small.width, small.height) >= 1300
    assert [e.planned.file for e in fitted.exhibits if e in made] == list(kept)
    assert weighed(fitted.exhibits) == fitted.bundle


def test_what_could_no_longer_be_read_stays_as_it_is():
    made, asked = exhibits(grainy(), document()), []

    def reads(exhibit, copy):
        asked.append((exhibit.planned.file, copy.format, copy.width))
        return False

    fitted = fit(made, len(weighed(made)) // 2, weighed, reads)
    assert (fitted.changed, fitted.exhibits, fitted.bundle) == ((), made, weighed(made))
    assert len(asked) == 1  # one that cannot be read has no smaller ones that can


def test_without_pictures_or_a_limit_nothing_is_done():
    made = exhibits(document())
    assert fit(made, 1, weighed).exhibits == made
    assert fit(exhibits(grainy()), None, weighed).changed == ()


def image(width, height, form="jpeg", size=1000):
    return Picture(data=bytes(size), format=form, width=width, height=height)


@pytest.mark.parametrize(
    ("width", "height", "type_height", "side"),
    [
        (4000, 3000, 24.0, 2000),  # type stays 12 pixels tall
        (3000, 4000, 24.0, 2000),
        (4000, 3000, 30.0, 1600),
        (4000, 3000, 12.0, 4000),
        (4000, 3000, 10.0, 4000),  # is small already
        (4000, 3000, 200.0, 650),  # a headline alone
        (4000, 3000, None, 1300),  # a photograph
        (1000, 800, None, 1000),
        (600, 500, 200.0, 600),
    ],
)
def test_the_smallest_side_on_which_type_can_be_read(width, height, type_height, side):
    assert floor_side(image(width, height), type_height) == side


@pytest.mark.parametrize(
    ("shown", "type_height", "ways"),
    [
        (image(4000, 3000), 24.0, ((4000, 85), (3200, 82), (2600, 80), (2000, 68))),
        (image(4000, 3000, "png"), 24.0, ((4000, None), (4000, 75), (3200, 82), (2600, 80), (2000, 68))),
        (image(4000, 3000), 60.0,
         ((4000, 85), (3200, 82), (2600, 80), (2000, 76), (1600, 72), (1300, 68), (800, 68))),
        (image(900, 1300), None, ((1300, 85), (1300, 68))),
        (image(1600, 900), None, ((1600, 85), (1300, 68))),
        (image(4100, 900), None,
         ((4100, 85), (4000, 84), (3200, 82), (2600, 80), (2000, 76), (1600, 72), (1300, 68))),
    ],
)  # fmt: skip
def test_the_ways_down(shown, type_height, ways):
    assert rungs(shown, type_height) == tuple(Rung(*way) for way in ways)


@pytest.mark.parametrize(
    ("shown", "rung", "size"),
    [
        (image(4000, 3000, "png", 1000), Rung(4000, None), 450),
        (image(640, 480), Rung(640, 72), 100),  # the sample itself
        (image(320, 240), Rung(640, 72), 100),  # never larger than it is
        (image(4000, 3000), Rung(1280, 72), 100 * 2**1.64),
        (image(4000, 3000), Rung(1280, 85), 158 * 2**1.64),
        (image(480, 640), Rung(640, 68), 93),
        (image(640, 480), Rung(640, 76), 111),
        (image(640, 480), Rung(640, 80), 126),
        (image(640, 480), Rung(640, PROBE[1]), 100),
        (image(4000, 3000), Rung(3200, 72), 100 * 5**1.64),
    ],
)
def test_about_how_large_a_copy_will_be(shown, rung, size):
    assert expected(shown, rung, 100) == pytest.approx(size)


def test_every_way_down_can_be_guessed_and_a_better_one_is_larger():
    shown = image(5000, 3000, "png", 10**9)
    sizes = [expected(shown, way, 1000) for way in rungs(shown, None)[1:]]
    photographs = [expected(image(5000, 3000), way, 1000) for way in rungs(image(5000, 3000), None)]
    assert photographs == sorted(photographs, reverse=True)
    assert sizes[1:] == photographs[1:]
    by_quality = [expected(shown, Rung(640, quality), 1000) for quality in (68, 72, 75, 76, 80, 82, 84, 85)]
    assert by_quality == sorted(by_quality)
    assert (by_quality[0], by_quality[-1]) == (930, 1580)
