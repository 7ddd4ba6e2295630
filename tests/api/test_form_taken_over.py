"""A draft that a program or a connector keeps is shown with all that it says, and loses nothing by being opened."""

import pytest

from api.form.drafting import FormDraft
from api.form.taken_over import beside, listed, typed_of
from api.form.typed import Row
from casefile.plain_case import PlainCase

DISPUTE = {
    "schema_version": "1", "platform": "stripe", "procedure": "dispute", "reason": "item_not_received",
    "payment": {"dispute_id": "dp_1", "charge_id": "ch_1"},
    "claim": {"id": "dp_1", "opened_at": "2026-11-30T08:00:00Z", "amount": {"amount": "129.99", "currency": "USD"}},
    "buyer": {"name": "Jane Roe"}, "extra": {"connector": {"account": "cards", "id": "dp_1"}},
}  # fmt: skip


def opened(house, case):
    platform = house.platforms[case["platform"]]
    fields = typed_of(PlainCase(case), platform, case["procedure"])
    draft = FormDraft(platform=platform, procedure_id=case["procedure"], fields=fields)
    return FormDraft(
        platform=platform, procedure_id=case["procedure"], fields=fields,
        beside=beside(PlainCase(case), draft.plain_case()),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("more", "pointer", "typed"),
    [
        ({}, "/payment/dispute_id", "dp_1"),
        ({}, "/claim/amount", "129.99"),
        ({}, "/claim/amount.currency", "USD"),
        ({}, "reason", "item_not_received"),
        ({}, "/buyer/name", None),
        ({"deadline": {"at": "2026-12-07T07:59:59Z", "source": "notice"}}, "/deadline/at", None),
        ({"order": {"id": "S-1", "placed_at": "2026-11-01"}}, "/order/id", "S-1"),
        ({"parcels": [{"tracking_number": "1Z9"}]}, "/parcels/0/tracking_number", "1Z9"),
    ],
)
def test_what_an_input_gives_back_as_it_was_is_typed_and_nothing_is_lost(house, more, pointer, typed):
    case = {**DISPUTE, **more}
    draft = opened(house, case)
    assert draft.fields.get(pointer) == typed
    made = draft.plain_case().json
    assert made["extra"] == case["extra"]
    assert made["buyer"] == case["buyer"]
    assert made["claim"]["amount"] == case["claim"]["amount"]
    assert beside(PlainCase(case), PlainCase(made)) == ()


def test_what_a_person_types_stands_over_what_was_said(house):
    draft = opened(house, {**DISPUTE, "deadline": {"at": "2026-12-07T07:59:59Z", "source": "notice"}})
    draft.fields["/deadline/at"] = "2026-12-06T10:00"
    assert draft.plain_case().json["deadline"]["at"].startswith("2026-12-06T10:00")


ENTRIES = [
    {"name": "a.png", "kind": "tracking", "caption": {"en": "Tracking", "zh-Hans": "物流页"}, "pages": "1-2"},
    {"name": "b.png", "caption": "Chat", "redact": [{"page": 1, "box": [0, 0, 0.5, 0.5]}]},
    {"name": "c.png"},
]


def test_what_a_program_said_of_files_stays_in_the_case(house):
    rows, entries = listed(PlainCase({**DISPUTE, "files": ENTRIES}))
    assert [(row.name, row.kind, row.caption) for row in rows] == [
        ("a.png", "tracking", ""), ("b.png", None, "Chat"), ("c.png", None, ""),
    ]  # fmt: skip
    draft = FormDraft(
        platform=house.platforms["stripe"], procedure_id="dispute", fields={}, rows=rows[::-1], entries=entries
    )
    assert draft.plain_case().json["files"] == ENTRIES[::-1]
    typed = (Row(name="a.png", kind="messages", caption="The chat"),)
    (said,) = (
        FormDraft(platform=house.platforms["stripe"], procedure_id="dispute", fields={}, rows=typed, entries=entries)
        .plain_case()
        .json["files"]
    )
    assert said == {"name": "a.png", "kind": "messages", "caption": "The chat", "pages": "1-2"}
