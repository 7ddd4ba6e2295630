"""What the report advises: recommendation by the platform's rows, what a person confirms, steps, advice, unverified values."""

from casefile.discovery import load_house
from evidence_packer.report.advice import recommendation
from evidence_packer.report.assumed import assumptions
from evidence_packer.report.guidance import advice, checklist, steps
from tests.evidence_packer.conftest import file, good_tracking, make_case

HOUSE = load_house()
ENGLISH = HOUSE.catalogs.of("en")


def etsy(total="120"):
    return make_case(
        platform="etsy",
        site="US",
        procedure="dispute",
        order={"id": "2918273645", "total": {"amount": total, "currency": "USD"}},
    )


def advised(dossier, case, *facts):
    made = dossier(*facts, case=case)
    return recommendation(made.matter, made.evidence, ENGLISH)


def test_no_fight_where_the_platform_pays(dossier):
    what, because = advised(dossier, etsy())
    assert what == "no_action"
    assert "250 US dollars" in because[0]
    assert advised(dossier, etsy("900"), good_tracking())[0] == "contest"


def test_settle_where_protection_does_not_reach(dossier):
    case = make_case(
        platform="paypal", site=None, procedure="dispute", reason="not_as_described", payment={"dispute_id": "PP-D-1"}
    )
    assert advised(dossier, case)[0] == "settle"
    assert advised(dossier, case, file(kind="listing"))[0] == "contest"


def test_accept_without_any_carrier_record(dossier):
    case = make_case(platform="paypal", site=None, procedure="dispute", payment={"dispute_id": "PP-D-1"})
    assert advised(dossier, case, file(kind="messages"))[0] == "accept"
    assert advised(dossier, case, good_tracking())[0] == "contest"


def test_closed_and_accepted_come_first(dossier):
    assert advised(dossier, make_case(claim={"status": "withdrawn"}))[0] == "no_action"
    assert advised(dossier, make_case(stance="accept"))[0] == "accept"


def test_a_person_confirms_what_no_check_can_know(dossier):
    case = make_case(procedure="withdrawal", confirmations={"S000-69": {"value": True, "by": "Li"}})
    rows = {row.code: row for row in checklist(dossier(case=case), HOUSE.catalogs.of("zh-Hans"))}
    assert {"S000-12", "S000-32", "S000-53", "S000-69"} <= set(rows)
    assert rows["S000-69"].done
    assert rows["S000-69"].by == "Li"
    assert not rows["S000-12"].done
    assert all(any("\u4e00" <= sign <= "\u9fff" for sign in row.text) for row in rows.values())


def test_the_carrier_of_the_case_is_asked_to_pay_for_what_it_lost(dossier):
    def told(**changes):
        return " ".join(steps(dossier(case=make_case(**changes)), ENGLISH))

    usps = [{"carrier": "usps"}]
    assert "day 15 to day 60" in told(parcels=usps, reason="lost_in_transit")
    assert "60 days of the scheduled delivery" not in told(parcels=usps, reason="lost_in_transit")
    assert "day 15 to day 60" not in told(parcels=usps, reason="not_as_described")
    assert "day 15 to day 60" not in told(parcels=usps, procedure="buyer_contact", reason="lost_in_transit")


def test_every_question_is_asked_in_some_case():
    assert len({item.rule for item in HOUSE.practice.checklist.items}) == 25


def test_steps_end_with_the_day_the_record_is_kept_until(dossier):
    lines = steps(dossier(case=make_case()), ENGLISH)
    assert "the buyer" in " ".join(lines)
    assert lines[-1] == "Keep this record until 2027-05-18 at least."


def test_a_step_for_dear_goods_only(dossier):
    def told(amount):
        order = {"id": "12000012345678", "total": {"amount": amount, "currency": "KRW"}}
        case = make_case(platform="coupang", site="KR", procedure="dispute", order=order)
        return any("unboxing video" in line for line in steps(dossier(case=case), ENGLISH))

    assert told("150000")
    assert not told("50000")


def test_advice_fits_the_case(dossier):
    rules = {rule for row in advice(dossier(case=make_case(procedure="withdrawal")), ENGLISH) for rule in row.rules}
    assert {"S000-01", "S001-60"} <= rules
    assert "S004-22" not in rules


def test_unverified_values_say_so(dossier):
    made = dossier(case=make_case(procedure="performance_appeal", reason="late_shipment"))
    lines = assumptions(made, ENGLISH)
    assert any("Not verified on a page of the platform" in line for line in lines)
