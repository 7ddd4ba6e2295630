"""What is asked for follows reason, ground, topic, amount and fulfilment; sites and files follow their platform."""

import datetime as dt

import pytest

from casefile.case import Case
from casefile.deadline import due_dates
from casefile.discovery import load_house
from evidence_packer.bind.naming import file_stem

HOUSE = load_house()


def needed(platform, procedure, reason, **case):
    body = {"platform": platform, "procedure": procedure, "reason": reason, **case}
    rows = HOUSE.platforms[platform].procedures[procedure].needed(Case.model_validate(body))
    return {row.proposition: row for row in rows}


@pytest.mark.parametrize(
    ("platform", "procedure", "reason", "propositions"),
    [
        ("amazon", "a_to_z_response", "item_not_received", {"delivered", "delivered_to_address", "buyer_answered"}),
        ("amazon", "chargeback", "lost_in_transit", set()),
        ("amazon", "a_to_z_response", "lost_in_transit", {"carrier_investigated"}),
        ("etsy", "dispute", "not_as_described", {"item_as_listed", "item_photo", "quality_checked"}),
        ("temu", "dispute", "damaged", {"packed_complete", "order_placed"}),
        ("amazon", "support_case", "funds_held", {"funds_owed", "orders_dispatched"}),
        ("amazon", "support_case", "compliance_notice", {"compliance_held"}),
        ("amazon", "support_case", "stock_lost", {"issue_recorded"}),
        ("amazon", "fba_reimbursement", "stock_lost", {"stock_sent", "stock_gap"}),
        ("amazon", "ip_appeal", "intellectual_property", {"authentic_source", "complaint_received"}),
    ],
)
def test_what_decides_is_asked_for(platform, procedure, reason, propositions):
    assert propositions <= set(needed(platform, procedure, reason))


def test_a_licence_is_asked_for_where_it_is_claimed():
    assert needed("amazon", "ip_appeal", "intellectual_property", ip={"basis": "licensed"})["licence_held"].required


def test_the_platforms_own_warehouse_needs_no_proof_of_ours():
    own = needed("amazon", "a_to_z_response", "item_not_received", order={"fulfilment": "marketplace"})
    assert "delivered" not in own
    assert "delivered" in needed("amazon", "a_to_z_response", "item_not_received", order={"fulfilment": "seller"})


@pytest.mark.parametrize(
    ("platform", "procedure"),
    [
        ("stripe", "dispute"),
        ("paypal", "dispute"),
        ("amazon", "chargeback"),
        ("shopify_payments", "dispute"),
        ("klarna", "dispute"),
    ],
)
def test_what_was_refunded_before_needs_its_refund_and_no_delivery(platform, procedure):
    refunded = needed(platform, procedure, "item_not_received", refunds=[{"id": "R1"}])
    assert refunded["refund_made"].required
    assert not refunded["delivered"].required
    assert needed(platform, procedure, "item_not_received")["delivered"].required
    assert "refund_made" not in needed(platform, procedure, "item_not_received")


@pytest.mark.parametrize("platform", ["shopee", "tiktok_shop"])
@pytest.mark.parametrize(("label", "required"), [(None, True), ("other", True), ("platform", False)])
def test_the_platform_s_own_carrier_answers_for_what_it_did_not_deliver(platform, label, required):
    rows = needed(platform, "return_refund", "item_not_received", parcels=[{"label_source": label}])
    assert rows["delivered"].required is required


def test_a_signature_is_asked_for_above_the_amount():
    def rows(amount):
        return needed("paypal", "dispute", "item_not_received", order={"total": {"amount": amount, "currency": "USD"}})

    assert rows("750")["signed_for"].required
    assert "signed_for" not in rows("749.99")


@pytest.mark.parametrize(
    ("ground", "reason", "propositions"),
    [
        ("carrier", "late_shipment", {"carrier_at_fault"}),
        ("system_error", "late_shipment", {"label_scanned", "orders_dispatched", "system_recorded"}),
        ("policy_change", "policy_change", {"policy_notice", "operated_before"}),
        ("linked", "account_linked", {"independent_account"}),
        ("batch_quality", "return_rate", {"batch_tested", "batch_mended"}),
        ("cold_start", "cold_start", {"local_service_ready"}),
        ("calculation", "metric_error", {"calculation_changed"}),
        ("own_fault", "order_defect_rate", {"claim_wrongly_granted", "cause_shown", "action_shown"}),
    ],
)
def test_each_ground_has_its_papers(ground, reason, propositions):
    rows = needed("amazon", "performance_appeal", reason, ground=ground)
    assert propositions <= set(rows)
    assert "carrier_at_fault" not in rows or ground == "carrier"


def test_some_fields_are_needed_for_some_reasons():
    procedure = HOUSE.platforms["amazon"].procedures["performance_appeal"]
    assert "late_shipment" in procedure.required_for["/metric/name"]
    assert "account_linked" not in procedure.required_for["/metric/name"]


def test_withdrawal_is_shut_from_day_six():
    platform = HOUSE.platforms["aliexpress"]
    body = {"platform": "aliexpress", "procedure": "withdrawal", "claim": {"opened_at": "2026-11-01T10:00:00Z"}}
    due = due_dates(Case.model_validate(body), platform, platform.procedures["withdrawal"])[0]
    assert due.block_at == dt.datetime(2026, 11, 6, 10, tzinfo=dt.UTC)
    assert due.confidence == "S"


def test_a_message_to_the_buyer_is_in_the_buyers_language():
    site = HOUSE.platforms["shopee"].sites["TH"]
    assert (site.read_by("platform"), site.read_by("buyer")) == ("en", "th")
    assert HOUSE.platforms["mercado_libre"].sites["BR"].read_by("buyer") == "pt-BR"


def test_chinese_is_taken_where_it_is_read():
    assert "zh-Hans" in HOUSE.platforms["shopee"].procedures["return_refund"].limits.languages
    assert "zh-Hans" in HOUSE.platforms["tiktok_shop"].procedures["return_refund"].limits.languages
    assert HOUSE.platforms["temu"].procedures["dispute"].limits.languages == ("en",)


@pytest.mark.parametrize(
    ("procedure", "name"),
    [("a_to_z_response", "OrderID_112-4829307-7716253_Evidence"), ("support_case", "B0C7QX2M9T_20261119_Evidence")],
)
def test_file_names_follow_the_platform(procedure, name):
    platform = HOUSE.platforms["amazon"]
    order = {"id": "112-4829307-7716253", "items": [{"asin": "B0C7QX2M9T"}]}
    case = Case.model_validate({"platform": "amazon", "procedure": procedure, "order": order})
    made = file_stem(
        case,
        platform.procedures[procedure],
        platform.site("US"),
        dt.datetime(2026, 11, 19, 20, tzinfo=dt.UTC),
        "Evidence",
    )
    assert made == name


CLAIM_LANGUAGES = sorted(
    tag for tag, texts in HOUSE.catalogs.by_language.items() if texts.own("letter.title.fact_evidence_conclusion")
)


@pytest.mark.parametrize("language", CLAIM_LANGUAGES)
def test_a_claim_letter_finds_every_proposition_in_its_language(language):
    """Claims about orders are answered in these languages: a proposition without its text would stand there in English."""
    catalog = HOUSE.catalogs.of(language)
    asked = {
        evidence.proposition
        for platform in HOUSE.platforms.values()
        for procedure in platform.procedures.values()
        if procedure.letter in {"fact_evidence_conclusion", "buyer_message"}
        and procedure.subject in {"order", "charge"}
        for evidence in procedure.evidence
    }
    assert [name for name in sorted(asked) if not catalog.own(f"proposition.{name}")] == []
    assert [name for name in sorted(asked) if not catalog.own(f"letter.that.{name}")] == []
    assert catalog.own("letter.sent_in_messages")


def test_every_language_of_buyers_can_name_the_button():
    spoken = [catalog for catalog in HOUSE.catalogs.by_language.values() if catalog.own("buyer.your_choice")]
    assert len(spoken) == 16
    assert [catalog.language for catalog in spoken if "{button}" not in catalog.text("buyer.close_with")] == []
