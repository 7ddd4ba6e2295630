"""Every platform, network and evidence table keeps its promises: examples hold, pointers and names exist, sources are named."""

import pytest

from casefile.admission import admit
from casefile.case import Case
from casefile.delivery_ways import contradictions
from casefile.discovery import load_house
from casefile.errors import DataFault
from casefile.pointer import exists, types_at
from evidence_packer.bind.delivery import delivery_ways
from letters.letter_kinds import shelf

HOUSE = load_house()
PLATFORMS = list(HOUSE.platforms.values())
PROCEDURES = [
    pytest.param(platform, procedure, id=f"{platform.id}-{name}")
    for platform in PLATFORMS
    for name, procedure in platform.procedures.items()
]
DATES = {"datetime", "date"}


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda p: p.id)
def test_a_platform_has_procedures_and_a_site_to_start_from(platform):
    assert platform.procedures
    assert platform.site(None)


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda p: p.id)
def test_ids_look_as_the_examples_say(platform):
    assert platform.identifiers
    for identifier in platform.identifiers:
        assert exists(identifier.field)
        assert identifier.valid
        assert identifier.invalid
        assert all(identifier.matches(value) for value in identifier.valid), identifier.field
        assert not any(identifier.matches(value) for value in identifier.invalid), identifier.field


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda p: p.id)
def test_weak_sources_say_so(platform):
    """Every site and procedure names where it comes from, so that an unverified value can be shown as such."""
    assert all(site.source for site in platform.sites.values())
    assert all(procedure.source for procedure in platform.procedures.values())
    assert all(source.where for source in platform.sources.values() if source.confidence != "K")


@pytest.mark.parametrize(("platform", "procedure"), PROCEDURES)
def test_pointers_exist(platform, procedure):
    named = [*procedure.ask, *procedure.required, *procedure.required_for]
    named += [field.value for field in procedure.evidence_types if field.value]
    named += [pointer for field in procedure.fields for pointer in field.pointers]
    for row in (*procedure.stops, *procedure.recommend, *procedure.steps, *procedure.evidence):
        named += row.when.pointers()
    assert [pointer for pointer in named if not exists(pointer)] == []


@pytest.mark.parametrize(("platform", "procedure"), PROCEDURES)
def test_clocks_start_at_times_of_the_case(platform, procedure):
    for rule in procedure.deadlines:
        for pointer in (*rule.counts_from, *rule.warn_from):
            assert DATES & {getattr(kind, "__name__", "") for kind in types_at(pointer)}, (rule.id, pointer)
        assert all(exists(pointer) for pointer in rule.done_by), rule.id
        assert set(rule.sites) <= set(platform.sites), rule.id
        assert rule.warn_after or rule.block_after, rule.id


@pytest.mark.parametrize(("platform", "procedure"), PROCEDURES)
def test_what_a_procedure_names_exists(platform, procedure):
    english, chinese = HOUSE.catalogs.of("en"), HOUSE.catalogs.of("zh-Hans")
    assert procedure.letter in shelf(HOUSE.templates)
    assert procedure.delivery in delivery_ways()
    assert {stop.instead for stop in procedure.stops} - {None} <= set(platform.procedures)
    assert set(procedure.sites) <= set(platform.sites)
    for evidence in procedure.evidence:
        assert set(evidence.reasons) <= set(procedure.reasons), evidence.proposition
        assert english.own(f"proposition.{evidence.proposition}"), evidence.proposition
        assert chinese.own(f"proposition.{evidence.proposition}"), evidence.proposition


@pytest.mark.parametrize(("platform", "procedure"), PROCEDURES)
def test_texts_for_people_come_in_both_languages(platform, procedure):
    texts = [procedure.name, *(rule.name for rule in procedure.deadlines)]
    texts += [row.text for row in (*procedure.steps, *procedure.never, *procedure.stops)]
    texts += [row.because for row in procedure.recommend] + ([procedure.closing.text] if procedure.closing else [])
    assert all(text.get("en") and text.get("zh-Hans") for text in texts)
    assert procedure.steps or procedure.audience == "buyer" or procedure.evidence


def narrowed(network):
    body = {
        "platform": "stripe",
        "procedure": "dispute",
        "payment": {"dispute_id": "dp_1"},
        "claim": {"network": network},
    }
    return admit(Case.model_validate(body), HOUSE)


@pytest.mark.parametrize("network", HOUSE.networks)
def test_every_network_can_be_named_and_its_sources_are_told(network):
    platform, procedure = narrowed(network)
    assert {rule.source for rule in procedure.steps} | {procedure.limits.source} <= {None, *platform.sources}
    for rule in procedure.deadlines:
        assert {rule.warn_source, rule.block_source} <= {None, *platform.sources}
        assert all(exists(pointer) for pointer in rule.counts_from), rule.id


@pytest.mark.parametrize(
    ("network", "most_bytes", "pages", "colour"),
    [
        ("visa", 4_500_000, 50, "colour"),
        ("mastercard", 4_500_000, 18, "colour"),
        ("amex_optblue", 1_000_000, 20, "bw"),
        ("discover", 3_000_000, 50, "colour"),
        ("jcb", 4_500_000, 50, "colour"),
    ],
)
def test_the_smaller_limit_and_the_plainer_page_hold(network, most_bytes, pages, colour):
    limits = narrowed(network)[1].limits
    assert (limits.max_total_bytes, limits.max_pages, limits.colour) == (most_bytes, pages, colour)


def test_a_network_narrows_the_limits():
    platform, procedure = narrowed("amex")
    assert procedure.limits.max_pages == 20
    assert procedure.limits.max_file_bytes == 4_500_000
    assert "network.files" in platform.sources
    assert set(procedure.limits.formats) == {"pdf", "jpg"}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"delivery": "single_pdf"}, "formats it takes are jpg, png"),
        ({"delivery": "by_post"}, "'by_post' is not one of"),
        ({"limits": {"formats": ["pdf"]}}, "makes jpg or png"),
        ({"limits": {"formats": []}}, "are none"),
        ({"limits": {"formats": ["png"]}}, None),
        ({"delivery": "single_pdf", "limits": {"formats": ["pdf", "png"]}}, None),
        ({"delivery": "single_pdf", "limits": {"formats": ["pdf"]}}, None),
        ({"delivery": "single_pdf", "limits": {"formats": ["pdf", "jpg"]}, "network": ["jpg"]}, "under network scheme"),
        ({"network": ["pdf"]}, None),
    ],
)
def test_a_delivery_that_the_receiver_does_not_take_is_refused(wrong, said):
    etsy = HOUSE.platforms["etsy"]
    procedure = etsy.procedures["dispute"]
    limits = procedure.limits.model_copy(update=wrong.get("limits", {}))
    changed = procedure.model_copy(update={"delivery": wrong.get("delivery", procedure.delivery), "limits": limits})
    platform = etsy.model_copy(update={"procedures": {"dispute": changed}})
    network = HOUSE.networks["amex"].model_copy(
        update={"id": "scheme", "limits": limits.model_copy(update={"formats": tuple(wrong.get("network", ()))})}
    )
    found = contradictions(platform, [network])
    assert len(found) == (said is not None)
    assert said is None or (said in found[0] and "procedures.dispute" in found[0])


def test_the_contradiction_names_its_file(tmp_path):
    for folder in ("platforms", "networks", "practice", "carriers", "locales"):
        (tmp_path / folder).symlink_to(HOUSE.root / folder) if folder != "platforms" else (tmp_path / folder).mkdir()
    text = (HOUSE.root / "platforms" / "wish.toml").read_text()
    wrong = text.replace('formats = ["pdf", "jpg", "png"]', 'formats = ["jpg", "png"]', 1)
    assert wrong != text
    (tmp_path / "platforms" / "wish.toml").write_text(wrong)
    with pytest.raises(DataFault, match=r"wish\.toml: procedures\.dispute: delivery 'single_pdf' makes pdf"):
        load_house(tmp_path)


STRIPE = {
    "access_activity_log", "billing_address", "cancellation_policy", "cancellation_policy_disclosure",
    "cancellation_rebuttal", "customer_communication", "customer_email_address", "customer_name", "customer_purchase_ip",
    "customer_signature", "duplicate_charge_documentation", "duplicate_charge_explanation", "duplicate_charge_id",
    "product_description", "receipt", "refund_policy", "refund_policy_disclosure", "refund_refusal_explanation",
    "service_date", "service_documentation", "shipping_address", "shipping_carrier", "shipping_date",
    "shipping_documentation", "shipping_tracking_number", "uncategorized_file", "uncategorized_text",
}  # fmt: skip
"""The fields of the evidence object, as its documentation lists them."""


def test_every_field_of_the_evidence_object_can_be_filled():
    assert {field.name for field in HOUSE.platforms["stripe"].procedures["dispute"].fields} == STRIPE


CARDS = ["adyen", "afterpay", "airwallex", "checkout_com", "klarna", "paypal", "shopify_payments", "stripe"]


@pytest.mark.parametrize("name", CARDS)
def test_a_refund_made_before_is_never_a_reason_to_accept(name):
    """Without a carrier's record the reason is lost, unless the money was back before the dispute."""
    rows = HOUSE.platforms[name].procedures["dispute"].recommend
    assert all(
        "/refunds/0" in row.when.unset for row in rows if row.recommend == "accept" and "delivered" in row.when.lacking
    )


def test_shopify_payments_takes_small_files_in_all_and_each():
    limits = HOUSE.platforms["shopify_payments"].procedures["dispute"].limits
    assert limits.max_file_bytes < 2_000_000
    assert limits.max_total_bytes < 4_000_000
    assert limits.max_pages < 50


def test_own_evidence_replaces_a_shared_row():
    etsy = HOUSE.platforms["etsy"].procedures["dispute"]
    address = [e for e in etsy.evidence_for("item_not_received") if e.proposition == "delivered_to_address"]
    assert [e.source for e in address] == ["files"]
