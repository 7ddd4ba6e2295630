"""The tables of decisions about the bundle: how small a picture may become, and what of a finished bundle is refused."""

import functools
import io

import pytest
from PIL import Image

from casefile.citation import BundlePlan, Citation, PlannedExhibit
from casefile.errors import ProofFault
from casefile.reading import PreparedImage
from evidence_packer.bind.bundle import fit as fitting
from evidence_packer.bind.bundle import proof
from evidence_packer.bind.bundle.fit import fit
from evidence_packer.bind.bundle.quality_ladder import Rung, expected, floor_side, rungs
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
    refused = None
    try:
        proof.prove(b"", PLAN, cites, "Exhibit {number}, p. {page} of {pages}")
    except ProofFault as fault:
        refused = fault.code
    assert refused == row.get("refused")


class Candidate:
    """A picture on its way down, as bytes on each step."""

    def __init__(self, sizes, guess):
        self._sizes, self._guess, self.step = sizes, guess, -1

    @property
    def steps(self):
        return len(self._sizes) - 1

    @property
    def size(self):
        return self._sizes[self.step + 1]

    def expected(self, step):
        return self._guess[step + 1]

    def lower_to(self, step):
        self.step = step


@pytest.mark.parametrize("row", rows(__file__, "fit"))
def test_which_pictures_give_way(row):
    candidates = [Candidate(*pair) for pair in zip(row["sizes"], row.get("guess", row["sizes"]), strict=True)]
    fitting._lower(candidates, row["room"])
    assert [candidate.step for candidate in candidates] == row["steps"]


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
