"""A letter in another language says what the English one says: no sentence untranslated, no fact left behind."""

import dataclasses
import re
from html import unescape

import pytest

from casefile.case import Case
from casefile.coverage import TimelinePoint
from casefile.discovery import load_house
from casefile.wording import Catalog, Catalogs
from evidence_packer.bind.front_page import front_html
from examples.specimen import case_for, letter_of
from jobs.case_work.steps.bind import view_of
from jobs.case_work.steps.write import composed
from letters.bank import bank
from letters.render import plain_text
from press.html import Typesetter
from tests.casework_parts import changed
from tests.letters.test_letter_languages import BUYERS, CLAIMS
from tests.test_every_procedure import case_of, study_of

HOUSE = load_house()
ALONE = dataclasses.replace(
    HOUSE,
    catalogs=Catalogs(
        by_language={
            tag: Catalog(language=tag, texts=catalog.texts) for tag, catalog in HOUSE.catalogs.by_language.items()
        }
    ),
)
"""Every language without English behind it: what it lacks shows as its key."""

KEY = re.compile(
    r"\{[a-z_]+[}|]|\b(?i:letter|buyer|proposition|reason|kind|bank|timeline|front|coverage|bundle)\.[a-z_.]+"
)
WAYS = [
    (platform.id, name, reason)
    for platform in HOUSE.platforms.values()
    for name, procedure in platform.procedures.items()
    for reason in procedure.reasons
    if procedure.letter == "fact_evidence_conclusion"
]
MOMENTS = [
    "order_placed", "ship_by", "label_created", "dispatched", "first_scan", "deliver_by", "delivered", "delivery_signed",
    "claim_requested", "claim_opened", "claim_notified", "claim_decided", "contact_buyer", "contact_seller",
    "contact_platform", "contact_carrier", "remedy", "refund", "return_requested", "return_received", "notice", "rejection",
    "metric_from", "metric_to", "cause", "action", "prevention", "fact", "submission", "page_date",
]  # fmt: skip

AT = "2026-11-10T09:00:00-08:00"
USD = {"amount": "12.50", "currency": "USD"}
SLOTS = {
    "carrier_statement_received": {"carrier": "ups", "count": 3},
    "delivered_to_order_address": {"carrier": "ups", "date": "2026-11-02"},
    "policy_announced": {"policy": "Ship on time", "date": "2026-10-01"},
    "separate_companies": {"company": "Northlake", "number": "HRB 1234"},
    "batch_passed": {"laboratory": "SGS", "batch": "B-17", "date": "2026-09-01"},
    "store_opened": {"date": "2026-06-01"},
    "metric_recalculated": {"count": 12, "value": "3.1"},
}
CASES = (
    {
        "payment": {
            "charge_id": "ch_1",
            "dispute_id": "dp_1",
            "captured_at": AT,
            "avs": "Y",
            "cvc": "M",
            "three_ds": "none",
        },
        "related_charges": [{"charge_id": "ch_2", "order_id": "B-2", "at": AT, "amount": USD, "paid_for": "Lid"}],
        "prior_orders": [{"order_id": "B-1", "at": AT, "amount": USD, "same_address": True, "disputed": False}],
        "access_log": [{"at": AT, "ip": "192.0.2.7", "event": "download"}],
        "policies": {
            which: {"text": "Within 30 days.", "shown_at": AT, "where": "checkout"}
            for which in ("refund", "cancellation", "return")
        },
        "submitted_by": {"role": "agent", "name": "Harbour Claims Ltd."},
        "submission": {"messages_sent_at": AT},
    },
    {
        "return": {
            "id": "R-1",
            "requested_at": AT,
            "requested": "refund_only",
            "received_at": AT,
            "condition": "Sealed box.",
            "weight_sent_g": 800,
            "weight_received_g": 300,
            "serials_received": ["S1", "S2"],
            "files": ["label.jpg"],
        },
        "claim": {"amount": USD},
        "refunds": [{"id": "RF-1", "at": AT, "amount": USD}],
        "remedy": {"type": "partial_refund", "amount": USD, "status": "accepted"},
        "inventory": {
            "shipment_id": "FBA1",
            "sku": "BTL",
            "shipped": 10,
            "received": 8,
            "claimed": 2,
            "adjustment_id": "A-1",
            "adjustment_code": "M",
            "unit_cost": USD,
        },
        "suppliers": [{"name": "Blue Heron", "invoice_number": "I-1", "invoice_date": "2026-04-18", "quantity": 5}],
        "compliance": [
            {"type": "CE", "number": "1", "issuer": "TUV", "valid_until": "2027-01-01", "asins": ["B0C7QX2M9T"]}
        ],
    },
    {
        "claim": {
            "id": "C-1",
            "opened_at": AT,
            "decided_at": AT,
            "decision": "Granted.",
            "amount": USD,
            "network": "visa",
            "network_reason_code": "13.1",
            "points": [
                {
                    "says": "Scratched",
                    "listing_says": "New",
                    "answer": "The photos show it new",
                    "files": ["listing.png"],
                }
            ],
        },
        "contacts": [{"at": AT, "from": who, "text": "Hello"} for who in ("buyer", "seller", "platform", "carrier")],
        "remedy": {
            "type": "replacement",
            "status": "done",
            "at": AT,
            "tracking_number": "1Z1",
            "carrier": "ups",
            "files": ["proof.pdf"],
        },
        "rejections": [
            {
                "at": AT,
                "submission_id": "S-1",
                "reasons": [{"text": "No proof.", "answer": "See it", "files": ["proof.pdf"]}],
            }
        ],
    },
    {"contacts": [], "stance": "accept", "remedy": {"type": "coupon", "amount": USD, "status": "offered"}},
    {"contacts": [], "remedy": {"type": "return_label", "status": "offered", "at": "2026-11-30T09:00:00-08:00"}},
)
"""What cases can hold, in parts that may stand together."""


def bones(letter):
    """Class, proof and exhibits of every sentence: what a letter says, whatever its language."""
    return [(s.sentence_class, s.proof, s.exhibits) for s in letter.sentences]


def shown(way, language):
    """The study of a case in which every proposition is shown."""
    known = study_of(case_of(*way, language))
    coverage = tuple(dataclasses.replace(covered, status="shown") for covered in known.coverage)
    return changed(known, house=ALONE, coverage=coverage)


@pytest.mark.parametrize("way", WAYS, ids="-".join)
def test_every_shown_proposition_is_said_in_every_language(way):
    english = composed(shown(way, "en"), "en")
    for language in CLAIMS:
        letter = composed(shown(way, language), language)
        text = "\n".join((letter.subject, letter.addressee, plain_text(letter, None).text, *letter.enclosures))
        labels = "\n".join(part for row in letter.reference for part in row)
        assert not KEY.search(text + labels), language
        assert bones(letter) == bones(english), language
        assert not letter.left_out, language


@pytest.mark.parametrize("language", CLAIMS)
def test_the_front_pages_are_in_the_letters_language(language):
    typesetter = Typesetter(HOUSE.templates)
    for way in WAYS:
        known = shown(way, language)
        points = tuple(
            TimelinePoint(at=f"2026-11-{day:02}T09:00:00Z", what=what, source="case")
            for day, what in enumerate(MOMENTS, 1)
        )
        view = view_of(changed(known, timeline=points))
        html = unescape(front_html(view, typesetter))
        assert not KEY.search(html), way
        names = known.procedure.name
        assert names.get(language, view.catalog.text("letter.title.fact_evidence_conclusion")) in html
        assert names["en"] not in html


@pytest.mark.parametrize(
    ("kind", "language"),
    [("fact_evidence_conclusion", tag) for tag in CLAIMS] + [("buyer_message", tag) for tag in (*CLAIMS, *BUYERS)],
)
def test_everything_a_case_can_hold_is_said(kind, language):
    entries = bank(HOUSE.templates).values()
    facts = [{"code": entry.code, "slots": SLOTS[entry.code]} for entry in entries if entry.use == "fact"]
    for changes in CASES:
        english, other = (
            letter_of(ALONE, kind, tag, case=full(kind, tag, changes | {"facts": facts})) for tag in ("en", language)
        )
        text = "\n".join((other.subject, other.addressee, plain_text(other, None).text, *other.enclosures))
        assert not KEY.search(text), text
        assert bones(other) == bones(english)
        assert other.left_out == english.left_out == ()


def full(kind, language, changes):
    """The specimen's case with ``changes``; free text without a language stands for every language."""
    return Case.model_validate(case_for(kind, language).model_dump(by_alias=True) | changes)


def test_the_gate_sees_an_untranslated_sentence():
    texts = {key: text for key, text in ALONE.catalogs.of("de").texts.items() if not key.startswith("letter.delivered")}
    german = Catalog(language="de", texts=texts)
    house = dataclasses.replace(ALONE, catalogs=Catalogs(by_language={**ALONE.catalogs.by_language, "de": german}))
    letter = letter_of(house, "fact_evidence_conclusion", "de")
    assert KEY.search(plain_text(letter, None).text)
