"""How the buyer got the goods: lines of pages that say so, and lines that only speak of it."""

import dataclasses

import pytest

from evidence_packer.bind.plan import plan
from evidence_packer.judge.receiving import in_person, redirected
from tests.casework_parts import matter_of
from tests.evidence_packer.conftest import TRACKING, make_case
from tests.evidence_packer.test_neighbours import facts_of

HANDED = (
    "Local pickup confirmed", "Pickup confirmed using 6-digit code", "Picked up on 12 Nov 2026", "Collected on 12 Nov",
    "Order collected by buyer", "Marked as collected", "Abholung bestätigt", "Vom Käufer abgeholt", "Recogida confirmada",
    "Retrait confirmé le 12/11/2026", "Ritiro confermato", "买家已自提", "自提码已核销", "Handover confirmed with code 481920",
)  # fmt: skip
NOT_HANDED = (
    "Ready for pickup", "Picked up by carrier", "Collected by courier", "Scan to confirm pickup", "Not yet collected",
    "Pickup confirmed once you enter the code", "To be collected by the buyer", "Noch nicht abgeholt", "待自提",
    "The buyer will collect it", "Pickup cancelled", "Was it picked up by the buyer?", "Collected fees $3.20",
    "Picked up from seller by UPS", "Collected from sender", "Picked up at origin",
)  # fmt: skip
CHANGED = (
    "The receiver requested a change of delivery address", "Delivery changed by recipient",
    "Customer requested delivery to UPS Access Point", "Delivery address changed at customer's request",
    "Auf Wunsch des Empfängers umgeleitet", "收件人要求更改派送地址", "Per recipient request, package rerouted",
)  # fmt: skip
NOT_CHANGED = (
    "The sender requested a change of delivery address", "Shipper requested a return", "The receiver refused delivery",
    "The receiver has requested information", "Recipient requested that the package be returned",
    "Customer requested a refund",
)  # fmt: skip


def page(house, case, kind, *lines):
    return dataclasses.replace(facts_of(case, {"text": "\n".join(lines)}, "0.png", house), kind=kind)


@pytest.mark.parametrize(("line", "said"), [*((one, True) for one in HANDED), *((one, False) for one in NOT_HANDED)])
def test_a_collection_is_taken_only_where_it_is_stated(house, line, said):
    case = make_case(parcels=[])
    facts = page(
        house,
        case,
        "order_page",
        "Order 112-4829307-7716253",
        "Ordered by J. Whitfield",
        line,
        "November 12, 2026 3:10 PM",
    )
    found = in_person(matter_of(case, house), [facts], plan(case, (facts,), "en"))
    assert (found is not None) is said
    assert found is None or (found.at[:10], found.citation.number) == ("2026-11-12", 1)


@pytest.mark.parametrize(("line", "said"), [*((one, True) for one in CHANGED), *((one, False) for one in NOT_CHANGED)])
def test_a_redirection_is_the_receivers_own(house, line, said):
    case = make_case()
    lines = (
        "UPS Tracking",
        TRACKING,
        "^Delivered^",
        "11/02/2026 2:22 P.M. | Delivered",
        f"10/31/2026 6:40 P.M. | {line}",
    )
    facts = page(house, case, "tracking", *lines)
    found = redirected(matter_of(case, house), [facts], plan(case, (facts,), "en"), [TRACKING])
    assert (found is not None) is said
    assert found is None or found.at[:10] == "2026-10-31"
