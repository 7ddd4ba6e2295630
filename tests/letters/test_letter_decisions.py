"""The tables of decisions in letters: how citations are said, when a dispatch was in time, which of the record's words are told."""

import dataclasses
import datetime as dt

import pytest

from casefile.case import Case
from casefile.citation import BundlePlan, PlannedExhibit
from casefile.citation import Citation as Cited
from casefile.coverage import PropositionCoverage
from casefile.discovery import load_house
from casefile.errors import ProofFault
from examples.specimen import case_for, letter_of
from letters.citations import Citing
from letters.render import plain_text
from tests.cases import rows

HOUSE = load_house()
PAGES = {1: (1, 2), 2: (3,), 3: (4,), 4: (5,), 5: (6,), 6: (7,)}
PLAN = BundlePlan(
    exhibits=tuple(
        PlannedExhibit(number=number, file=f"{number}.png", kind="tracking", source_pages=pages, first_page=pages[0])
        for number, pages in PAGES.items()
    )
)


@pytest.mark.parametrize("row", rows(__file__, "citations"))
def test_how_citations_are_said(row):
    catalog = HOUSE.catalogs.of("en")
    told = catalog.text("letter.cite.file", file=2, cite="Exhibit 2, p. 3")
    files = {int(page): file for page, file in row.get("files", {}).items()}
    citing = Citing(plan=PLAN, catalog=catalog, draft=row.get("draft", False), file_of=files)
    cites = [Cited(number=number, page=page) for number, page in row["cites"]]
    if row.get("refused"):
        with pytest.raises(ProofFault, match="proof-citation"):
            citing.words(cites)
    elif "led" in row:
        first, others = citing.led(cites)
        assert [first, others.rstrip()] == row["led"]
    else:
        assert citing.all(cites) == row["all"].replace("FILE 2 Exhibit 2, p. 3", told)


def test_the_weightiest_is_named_first_and_none_twice():
    citing = Citing(plan=PLAN, catalog=HOUSE.catalogs.of("en"))
    cites = [Cited(number=number, page=page) for number, page in ((3, 4), (1, 2), (3, 4), (2, 3))]
    assert citing.in_order(cites) == "Exhibit 3, p. 4; Exhibit 1, p. 2; Exhibit 2, p. 3"
    assert citing.led([cites[0], cites[0]]) == ("Exhibit 3, p. 4", "")


SENT = "2026-10-29T16:40:00-07:00"


def said(coverage=(), **changes):
    case = case_for("fact_evidence_conclusion", "en").model_dump(by_alias=True)
    order, parcel = case["order"] | changes.pop("order", {}), case["parcels"][0] | changes.pop("parcel", {})
    case = Case.model_validate(case | changes | {"order": order, "parcels": [parcel]})
    more = {"coverage": coverage} if coverage else {}
    return plain_text(letter_of(HOUSE, "fact_evidence_conclusion", "en", case=case, **more), None).text


@pytest.mark.parametrize(
    ("ship_by", "in_time"),
    [
        ("2026-10-29T16:41:00-07:00", True),
        (SENT, False),  # not before it, and no more is said
        ("2026-10-29T16:39:00-07:00", False),
        ("2026-10-29T20:00:00-04:00", True),
        ("2026-10-29T19:30:00-04:00", False),
        (None, False),
    ],
)
def test_a_dispatch_is_told_as_in_time_only_where_it_was_before(ship_by, in_time):
    text = said(order={"ship_by_at": ship_by}, parcel={"dispatched_at": dt.datetime.fromisoformat(SENT)})
    assert ("before the ship-by time" in text) is in_time


@pytest.mark.parametrize(("status", "told"), [("shown", False), ("attached", True), ("missing", True), (None, True)])
def test_the_spot_of_the_delivery_is_told_only_where_no_exhibit_shows_the_address(status, told):
    cites = () if status in {None, "missing"} else (Cited(number=1, page=1),)
    known = [PropositionCoverage(proposition="delivered", needs=(), status="shown", required=True,
                                 exhibits=(Cited(number=1, page=1),))]  # fmt: skip
    if status:
        known.append(dataclasses.replace(known[0], proposition="delivered_to_address", status=status, exhibits=cites))
    text = said(tuple(known), parcel={"delivered_to": "the front porch", "signed_by": "A. Roe"})
    assert ("front porch" in text) is told
    assert "A. Roe" in text
