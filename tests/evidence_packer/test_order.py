"""In which order exhibits stand, and which of many are told as one row."""

from dataclasses import replace

import pytest

from casefile.citation import BundlePlan, Citation, PlannedExhibit
from casefile.coverage import PropositionCoverage
from casefile.facts import FileFacts, TimestampSeen
from evidence_packer.bind.order import alike, in_bundle_order
from press.pdf.asking import portrait
from press.pdf.extract import extract

from .bundle_parts import exhibits, look_of, picture, plan_of
from .conftest import make_case, matter_of
from .test_bundle import proved

BOX = (0.1, 0.1, 0.2, 0.12)


def file(name, kind, day=None):
    printed = (TimestampSeen(text=day, at=day, ambiguous=False, box=BOX, page=1),) if day else ()
    return FileFacts(file=name, sha256=name, kind=kind, timestamps=printed)


FILES = (
    file("m.png", "messages"), file("late.pdf", "erp_record", "2026-11-01"), file("o.png", "other"),
    file("early.pdf", "erp_record", "2026-10-30"), file("pod.pdf", "proof_of_delivery"), file("dayless.pdf", "erp_record"),
)  # fmt: skip


def order(house, *listed):
    case = make_case(files=[{"name": name} for name in listed])
    return [one.file for one in in_bundle_order(case, matter_of(case, house).procedure, FILES)]


def test_files_that_nobody_listed_stand_by_what_they_prove_and_by_day(house):
    found = order(house)
    assert found[0] == "pod.pdf"  # what decides a parcel that is said not to have come
    assert [name for name in found if name in {"late.pdf", "early.pdf", "dayless.pdf"}] == [
        "early.pdf",
        "late.pdf",
        "dayless.pdf",
    ]
    assert found[-1] == "o.png"


def test_what_the_case_lists_keeps_its_place(house):
    facts = [one.file for one in FILES]
    assert order(house, *facts) == facts
    assert order(house, "m.png")[0] == "m.png"


def planned(*kinds):
    return BundlePlan(
        exhibits=tuple(
            PlannedExhibit(number=n, file=str(n), kind=kind, source_pages=(1,), first_page=n + 1)
            for n, kind in enumerate(kinds, start=1)
        ),
        front=1,
    )


def shown(number):
    cited = (Citation(number=number, page=number + 1),)
    return PropositionCoverage(proposition="delivered", needs=(), status="shown", required=True, exhibits=cited)


@pytest.mark.parametrize(
    ("kinds", "leading", "sizes"),
    [
        (["erp_record"] * 24, [], [1] * 24),
        (["erp_record"] * 25, [], [25]),
        (["tracking", *["erp_record"] * 30, "messages"], [], [1, 30, 1]),
        (["tracking"] * 3 + ["erp_record"] * 30, [], [1, 1, 1, 30]),
        (["erp_record"] * 30, [10], [9, 1, 20]),
        (["erp_record"] * 30, [1], [1, 29]),
        (["erp_record", "messages"] * 20, [], [1] * 40),
    ],
)
def test_like_neighbours_of_a_large_bundle_are_told_as_one(kinds, leading, sizes):
    found = list(alike(planned(*kinds), [shown(number) for number in leading]))
    assert [len(members) for members in found] == sizes
    assert [exhibit.number for members in found for exhibit in members] == list(range(1, len(kinds) + 1))


def test_a_run_is_one_bookmark_with_its_members_below_and_so_in_every_part(house, typesetter):
    made = tuple(replace(e, group="Exhibits 2–4" if e.planned.number > 1 else "") for e in exhibits(*[picture()] * 4))
    data = proved(made, look_of(house, typesetter))
    for part, labels in ((data, "12345"), (extract(data, [0, 2, 3]), "134")):
        seen = portrait(part)
        assert "".join(seen.labels) == labels
        assert [index for _, index in seen.outline] == list(range(1, len(labels)))
    assert plan_of(made).pages == 5
