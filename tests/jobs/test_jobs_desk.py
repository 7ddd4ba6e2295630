"""The desk beside a half-typed case: a wrong field costs itself only, earlier cases are told, own words stand in the letter."""

import datetime as dt

import pytest

from casefile.discovery import load_house
from casefile.earlier import EarlierCase
from casefile.plain_case import PlainCase
from casefile.reading import Line, Reading, ReadPage
from jobs.case_work.kinds.live_preview import DeskRequest, KnownFile, _casework, live_preview, readable
from jobs.case_work.kinds.live_preview import _facts as case_desk_facts

HOUSE = load_house()
NOW = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
CASE = {"platform": "amazon", "procedure": "a_to_z_response", "order": {"id": "112-4829307-7716253"}}


@pytest.mark.parametrize(
    "wrong",
    [
        {"claim": {"amount": {"amount": "a lot", "currency": "USD"}}},
        {"claim": {"opened_at": "soon"}},
        {"parcels": [{"dispatched_at": "never"}, {"weight_g": "heavy"}]},
        {"notice": {"required_items": [{"text": 3}]}, "deadline": {"at": ""}},
    ],
)
def test_a_wrong_field_costs_itself_only(wrong):
    case = readable(PlainCase({**CASE, **wrong}))
    assert case.order.id == CASE["order"]["id"]


def _codes(case, *earlier):
    seen = live_preview(DeskRequest(case=PlainCase(case), files=(), as_of=NOW, language="en", earlier=earlier), HOUSE)
    return {f.code: f for f in seen.report.findings}, seen


def test_a_parcel_of_another_order_is_told():
    case = {**CASE, "parcels": [{"tracking_number": "1Z999AA10123456784", "carrier": "ups"}]}
    other = EarlierCase(
        pack_id="p", platform="amazon", procedure="a_to_z_response", order_ids=("112-1111111-1111111",),
        tracking_numbers=("1Z999AA10123456784",),
    )  # fmt: skip
    assert "tracking-number-reused" in _codes(case, other)[0]
    assert "tracking-number-reused" not in _codes(case)[0]


def test_another_file_or_a_caption_costs_no_second_reading_of_a_page():
    line = Line(text="Order 112-4829307-7716253", box=(0.1, 0.1, 0.9, 0.2), score=1.0)
    page = ReadPage(number=1, width=800, height=600, lines=(line,), text_source="text_layer")
    reading = Reading(sha256="1" * 64, media_type="text/plain", pages=(page,), has_text_layer=True)
    known = KnownFile(name="a.txt", bytes=9, reading=reading)
    seen = []
    for files in ([{"name": "a.txt"}], [{"name": "a.txt", "caption": "First"}, {"name": "b.txt"}]):
        before = case_desk_facts.cache_info().misses
        asked = DeskRequest(
            case=PlainCase({**CASE, "files": files, "request": str(files)}), files=(known,), as_of=NOW, language="en"
        )
        live_preview(asked, HOUSE)
        seen.append(case_desk_facts.cache_info().misses - before)
    assert seen == [1, 0]


def test_own_words_that_fit_nowhere_are_told_and_judged():
    edit = {"paragraph": "parcel/9", "language": "en", "text": "The buyer is a liar."}
    codes, _ = _codes({**CASE, "letter_edits": [edit]})
    assert codes["edit-unused"].pointer == "/letter_edits/0/text"
    assert codes["wording"].pointer == "/letter_edits/0/text"


def _facts_of(text, **changes):
    line = Line(text=text, box=(0.1, 0.1, 0.9, 0.2), score=1.0)
    page = ReadPage(number=1, width=800, height=600, lines=(line,), text_source="text_layer")
    reading = Reading(sha256="2" * 64, media_type="text/plain", pages=(page,), has_text_layer=True)
    asked = DeskRequest(
        case=PlainCase({**CASE, **changes}),
        files=(KnownFile(name="a.txt", bytes=9, reading=reading),),
        as_of=NOW,
        language="en",
    )
    return _casework(asked, HOUSE).facts[0]


def test_a_quotation_typed_later_is_looked_for_in_the_listing():
    point = {"says": "Too small.", "listing_says": "Height 9.8 cm, dishwasher safe"}
    assert _facts_of("Height 9.8 cm, dishwasher safe", claim={"points": []}).details == ()
    assert _facts_of("Height 9.8 cm, dishwasher safe", claim={"points": [point]}).details[0].what == "listing"


def test_the_sellers_own_address_typed_later_is_no_private_data():
    text = "Write to li.wen@northlake.example"
    assert _facts_of(text).private_data
    assert not _facts_of(text, seller={"email": "li.wen@northlake.example"}).private_data
