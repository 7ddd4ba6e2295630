"""What is sent keeps every limit, shows the most telling pages, keeps the bundle's numbers, and says what stays out."""

import io
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from casefile.casework import Evidence
from casefile.citation import Citation
from casefile.coverage import PropositionCoverage
from casefile.delivery_ways import MAKES
from casefile.discovery import load_house
from casefile.ground import StandingGround
from casefile.rules import EvidenceField, Limits
from evidence_packer.bind.budget import by_worth, front_kept, kept
from evidence_packer.bind.delivery import DeliveryOrder, deliver, delivery_ways, letter_goes_along
from evidence_packer.bind.form_fields import form_json
from evidence_packer.judge.form_texts import texts
from press.pdf.asking import page_picture, portrait
from press.pdf.extract import extract
from press.pdf.plain_pages import plain_pages
from tests.casework_parts import matter_of

from .bundle_parts import bound, document, exhibits, look_of, picture, plan_of
from .conftest import make_case

KINDS = ("tracking", "messages", "invoice", "other")


@pytest.fixture(scope="module")
def made():
    given = exhibits(picture(900, 700), document(((595, 842),) * 6), picture(800, 800), picture(700, 900))
    return tuple(
        replace(exhibit, planned=replace(exhibit.planned, kind=kind))
        for exhibit, kind in zip(given, KINDS, strict=True)
    )


@pytest.fixture(scope="module")
def bundle(made, house, typesetter):
    return bound(made, look_of(house, typesetter))


@pytest.fixture
def order(made, bundle, house):
    def build(fields=(), reserved=0, **limits):
        bounds = Limits(source="x", **limits)

        def part(indexes):
            data = bundle if list(indexes) == list(range(10)) else extract(bundle, indexes)
            return data if bounds.colour == "colour" else plain_pages(data, bounds.colour)

        covered = PropositionCoverage(
            proposition="delivered", needs=("messages",), status="shown", required=True,
            exhibits=(Citation(number=2, page=6), Citation(number=4, page=10)),
        )  # fmt: skip
        matter = matter_of(make_case(), house)
        procedure = matter.procedure.model_copy(update={"limits": bounds, "fields": tuple(fields)})
        evidence = Evidence(files=(), plan=plan_of(made), coverage=(covered,), timeline=())
        return DeliveryOrder(
            matter=replace(matter, procedure=procedure), evidence=evidence, reserved=reserved, document=part,
            picture=lambda page, dpi, form, quality: page_picture(bundle, page, dpi, form=form, quality=quality),
            stem=lambda kind, number: f"Case_{kind}",
        )  # fmt: skip

    return build


TAKEN = {
    (p.delivery, p.limits, p.fields if p.delivery == "field_files" else ()): f"{platform.id}-{name}"
    for platform in load_house().platforms.values()
    for name, p in platform.procedures.items()
}
"""Every way of delivering with its limits, and one procedure that has them."""


def shown(files):
    return [page for file in files for page in file.shows]


def test_worth_puts_what_decides_first_and_every_exhibit_before_its_rest(order):
    assert by_worth(order().plan, order().coverage) == (6, 10, 2, 3, 9, 4, 5, 7, 8)
    assert kept((5, 9, 1, 2), 3) == (1, 5, 9)
    ground = next(iter(load_house().grounds.values()))
    leading = StandingGround(
        ground=ground, holds=True, answer="", ask=ground.ask, citations=(Citation(number=1, page=3),)
    )
    assert by_worth(order().plan, order().coverage, leading)[:3] == (3, 6, 10)
    assert [front_kept(4, 10, room) for room in (None, 14, 13, 1)] == [4, 4, 1, 0]


def test_without_limits_the_bundle_goes_as_it_is(order, bundle):
    [file] = deliver("single_pdf", order())
    assert (file.data, file.pages, shown([file])) == (bundle, 10, list(range(2, 11)))


@pytest.mark.parametrize("pages", [2, 5, 9, 19])
def test_a_page_limit_keeps_the_telling_pages_and_their_numbers(order, pages):
    [file] = deliver("single_pdf", order(max_pages=pages, max_files=1))
    seen = portrait(file.data)
    assert seen.pages == file.pages <= pages
    assert list(file.shows) == sorted(file.shows)
    assert 6 in file.shows
    assert seen.labels == ("1", *map(str, file.shows))
    for label, text in list(zip(seen.labels, seen.texts, strict=True))[1:]:
        assert f"page {label} of 10" in text
    assert all(link.target >= 0 for link in seen.links)


def test_a_byte_limit_makes_numbered_volumes_that_hold_everything(order, bundle):
    limit = len(bundle) * 2 // 3
    files = deliver("single_pdf", order(max_file_bytes=limit))
    assert len(files) > 1
    assert all(len(file.data) <= limit for file in files)
    assert shown(files) == list(range(2, 11))
    assert [file.name for file in files] == [f"Case_Evidence_{n:02d}.pdf" for n in range(1, len(files) + 1)]


def test_too_few_files_for_all_volumes_leave_the_least_telling_out(order, bundle):
    files = deliver("single_pdf", order(max_file_bytes=len(bundle) * 3 // 4, max_files=1))
    assert len(files) == 1
    assert len(files[0].data) <= len(bundle) * 3 // 4
    assert 6 in shown(files)


@pytest.mark.parametrize("colour", ["grey", "bw"])
def test_grey_and_black_and_white_pages_hold_no_colour(order, colour):
    [file] = deliver("single_pdf", order(colour=colour, max_pages=3, max_files=1))
    pixels = np.asarray(Image.open(io.BytesIO(page_picture(file.data, 1, 40))).convert("RGB")).astype(int)
    assert (pixels.max(axis=2) - pixels.min(axis=2)).max() <= 2
    assert portrait(file.data).labels == ("1", *map(str, file.shows))


def test_page_pictures_keep_files_and_bytes(order):
    files = deliver("page_images", order(formats=("jpg",), max_files=4, max_total_bytes=400_000))
    assert len(files) == 4
    assert sum(len(file.data) for file in files) <= 400_000
    assert shown(files) == [2, 6, 10]
    assert files[0].for_ == "page 1"  # what says the case in thirty seconds


def test_each_field_gets_its_kinds_and_the_rest_goes_into_the_general_one(order):
    fields = (
        EvidenceField(name="shipping", holds="file", kinds=("tracking",), type="Shipping", source="x"),
        EvidenceField(name="talk", holds="file", kinds=("messages",), type="Communication", source="x"),
        EvidenceField(name="general", holds="file", source="x"),
    )
    files = deliver("field_files", order(fields=fields, max_total_bytes=5_000_000, max_pages=50))
    assert {file.for_: file.shows for file in files} == {
        "shipping": (2,), "talk": (3, 4, 5, 6, 7, 8), "general": (9, 10),
    }  # fmt: skip
    few = deliver("field_files", order(fields=fields, max_pages=4))
    assert sum(file.pages for file in few) <= 4


@pytest.mark.parametrize(("way", "limits", "fields"), list(TAKEN), ids=list(TAKEN.values()))
def test_only_what_the_receiver_takes_is_handed_over(order, way, limits, fields):
    bounds = limits.model_dump(exclude={"source"})
    reserved = int(letter_goes_along(way, limits))
    files = deliver(way, order(fields=fields, reserved=reserved, **bounds))
    assert files
    assert {file.format for file in files} <= set(limits.formats)
    assert {Path(file.name).suffix[1:] for file in files} <= set(limits.formats)
    assert all(filetype(file.data) == file.format for file in files)
    assert len(files) + reserved <= (limits.max_files or 999)
    assert max(len(file.data) for file in files) <= (limits.max_file_bytes or 10**9)
    assert sum(len(file.data) for file in files) <= (limits.max_total_bytes or 10**9)


def filetype(data):
    heads = {b"%PDF": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG": "png"}
    return next(name for head, name in heads.items() if data.startswith(head))


def test_pictures_are_png_where_that_alone_is_taken(order):
    files = deliver("page_images", order(formats=("png",), max_files=2))
    assert [(file.format, filetype(file.data)) for file in files] == [("png", "png")] * 2


def test_what_a_way_makes_is_known_before_it_is_asked_for():
    assert set(MAKES) == set(delivery_ways())


def test_the_letter_goes_along_where_pdf_and_a_second_file_are_taken():
    assert letter_goes_along("single_pdf", Limits(source="x"))
    assert not letter_goes_along("single_pdf", Limits(source="x", max_files=1))
    assert not letter_goes_along("page_images", Limits(source="x"))


def test_the_form_is_filled_from_the_case_and_never_submits(order, house):
    procedure = house.platforms["stripe"].procedures["dispute"]
    files = deliver("field_files", order(fields=procedure.fields))
    body = json.loads(form_json(make_case(), procedure, "The letter.", [(f.name, f) for f in files]))
    assert body["submit"] is False
    assert body["evidence"]["uncategorized_text"] == "The letter."
    assert body["evidence"]["shipping_date"] == "2026-10-29"
    assert body["evidence"]["shipping_address"].endswith("43215, US")
    assert set(body["files"]) <= {field.name for field in procedure.fields if field.holds == "file"}


PRIOR = {"ip": "203.0.113.7", "device_id": "D-0123456789012345", "same_address": True, "disputed": False}
PRIORS = [
    PRIOR | {"charge_id": "ch_1", "at": "2026-05-01T10:00:00Z"},
    PRIOR | {"charge_id": "ch_2", "at": "2026-06-01T10:00:00Z"},
]


def with_priors(priors, **claim):
    return make_case(
        platform="stripe", site=None, procedure="dispute", reason="unauthorised", prior_orders=priors,
        payment={"dispute_id": "dp_1", "captured_at": "2026-10-28T09:12:00Z"}, claim={"network": "visa"} | claim,
        buyer={"ip": "203.0.113.7", "device_id": "D-0123456789012345", "email": "m@example.com",
               "ship_to": {"lines": ["418 Elm Ridge Ave"], "city": "Columbus", "postal_code": "43215", "country": "US"}},
    )  # fmt: skip


def test_two_earlier_payments_stand_in_their_own_form(house):
    procedure = house.platforms["stripe"].procedures["dispute"]
    evidence = json.loads(form_json(with_priors(PRIORS), procedure, "x", []))["evidence"]["enhanced_evidence"]
    body = evidence["visa_compelling_evidence_3"]
    assert body["disputed_transaction"]["customer_purchase_ip"] == "203.0.113.7"
    assert body["disputed_transaction"]["merchandise_or_services"] == "merchandise"
    assert [prior["charge"] for prior in body["prior_undisputed_transactions"]] == ["ch_1", "ch_2"]
    assert body["prior_undisputed_transactions"][0]["shipping_address"]["postal_code"] == "43215"


@pytest.mark.parametrize(
    ("why", "priors", "claim"),
    [
        ("only one", PRIORS[:1], {}),
        ("too young", [PRIORS[0], PRIORS[1] | {"at": "2026-08-01T10:00:00Z"}], {}),
        ("too old", [PRIORS[0], PRIORS[1] | {"at": "2025-08-01T10:00:00Z"}], {}),
        ("disputed", [PRIORS[0], PRIORS[1] | {"disputed": True}], {}),
        (
            "neither IP address nor device",
            [one | {"ip": None, "device_id": None, "account_id": "a"} for one in PRIORS],
            {},
        ),
        ("another network", PRIORS, {"network": "mastercard"}),
    ],
)
def test_what_does_not_qualify_is_not_called_compelling_evidence(house, why, priors, claim):
    procedure = house.platforms["stripe"].procedures["dispute"]
    body = json.loads(form_json(with_priors(priors, **claim), procedure, "x", []))
    assert "enhanced_evidence" not in body["evidence"], why


def test_a_list_of_evidences_names_documents_and_parcel(order, house):
    procedure = house.platforms["stripe"].procedures["dispute"].model_copy(update={"json_shape": "evidence_list"})
    fields = (EvidenceField(name="PROOF_OF_FULFILLMENT", holds="file", source="x"),)
    files = deliver("field_files", order(fields=fields))
    [evidence] = json.loads(form_json(make_case(), procedure, "Notes.", [("01_a.pdf", files[0])]))["evidences"]
    assert evidence["documents"] == [{"name": "01_a.pdf"}]
    assert evidence["evidence_info"]["tracking_info"][0]["carrier_name"] == "UPS"
    assert texts(make_case(), (), "x") == {}
