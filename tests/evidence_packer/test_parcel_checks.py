"""What became of parcels, refunds and words, as the checks tell it: findings over statements, one row a decision."""

import pytest

from tests.evidence_packer.conftest import TRACKING, make_case
from tests.evidence_packer.test_proving import SECOND, exhibit

PAID_LATER = {
    "kind": "order_page",
    "orders": ["own"],
    "refunds": ["refund_failed=24.00 USD|2026-11-02", "refund_made=24.00 USD|2026-11-04"],
}
DONE = {"remedy": {"type": "full_refund", "status": "done", "amount": {"amount": "37.48", "currency": "USD"},
                   "at": "2026-11-12T15:10:00-05:00"}}  # fmt: skip
TWO = {"parcels": [
    {"tracking_number": TRACKING, "delivered_at": "2026-11-02T14:22:00-05:00"}, {"tracking_number": SECOND},
]}  # fmt: skip
PARTLY = {"remedy": {"type": "partial_refund", "status": "done", "amount": {"amount": "39.95", "currency": "EUR"}}}
QUOTED = {
    "contacts": [
        {"at": "2026-11-03T08:05:00-05:00", "from": "buyer", "text": "Where is my parcel?", "files": ["a.png"]}
    ]
}
CHAT = {"kind": "messages", "orders": ["own"], "messages": ["buyer: It looks great.", "seller: Thank you."]}


@pytest.mark.parametrize(
    ("page", "changes", "code", "severity"),
    [
        ({"fates": ["own:in_transit|2026-11-01T10:00:00"]}, {}, "parcel-not-delivered", "warning"),
        ({"fates": ["own:delivered|2026-11-02T14:22:00"]}, {}, "parcel-not-delivered", None),
        ({"fates": ["own:delivered?"]}, {}, "page-unclear", "warning"),
        ({"fates": ["own:delivered?"]}, {}, "evidence-contradicts", None),
        ({"fates": ["other:delivered?"]}, {}, "page-unclear", None),
        ({"fates": ["own:delivered>pickup_point|2026-11-02"]}, {}, "delivery-place-shown", "warning"),
        ({"fates": ["own:delivered>pickup_point|2026-11-02"]}, {}, "evidence-contradicts", "warning"),
        ({"fates": ["own:delivered>agent|2026-11-02"]}, {}, "evidence-contradicts", "blocker"),
        ({"fates": ["own:delivered>reception|2026-11-02"]}, {}, "delivery-place-shown", "advice"),
        ({"fates": ["own:delivered>safe_place|2026-11-02"]}, {}, "delivery-place-shown", None),
        ({"fates": ["own:attempt_failed|2026-11-02"]}, {}, "evidence-contradicts", "blocker"),
        ({"fates": ["own:attempt_failed|2026-11-02"]}, {}, "parcel-not-delivered", None),
        ({"fates": ["own:info_received|2026-10-29"]}, {}, "parcel-not-scanned", "warning"),
        ({"fates": ["own:accepted|2026-10-29"]}, {}, "parcel-not-scanned", None),
        ({"kind": "refund_proof", "orders": ["own"], "refunds": ["refund_failed=37.48 USD"]}, DONE, "refund-not-made", "blocker"),
        ({"kind": "refund_proof", "orders": ["own"], "refunds": ["refund_made=37.48 USD"]}, DONE, "refund-not-made", None),
        ({"kind": "refund_proof", "orders": ["own"], "refunds": ["refund_failed=37.48 USD"]}, {}, "refund-not-made", None),
        ({"kind": "refund_proof", "orders": ["own"], "refunds": ["refund_made=37.48 USD"]}, {}, "refund-shown", "blocker"),
        ({"kind": "refund_proof", "orders": ["own"], "refunds": ["refund_failed=37.48 USD"]}, {}, "refund-shown", None),
        ({"kind": "order_page", "orders": ["own"], "refunds": ["refund_failed=24.00 USD"]}, {}, "refund-failed", "warning"),
        ({"kind": "order_page", "orders": ["own"], "refunds": ["refund_reversed=24.00 USD"]}, {}, "refund-failed", "warning"),
        ({"kind": "order_page", "orders": ["own"], "refunds": ["refund_pending=24.00 USD"]}, {}, "refund-failed", None),
        (PAID_LATER, {}, "refund-failed", None),
        ({"kind": "order_page", "orders": ["own"], "refunds": ["refund_failed=24.00 USD"]}, DONE, "refund-failed", None),
        ({"kind": "order_page", "orders": [], "refunds": ["refund_failed=24.00 USD"]}, {}, "refund-failed", None),
        ({"fates": ["own:delivered|2026-11-02"]}, TWO | PARTLY, "remedy-unfit", None),
        ({"fates": ["own:delivered|2026-11-02"]}, PARTLY, "remedy-unfit", "warning"),
        (CHAT, QUOTED, "quote-not-read", "warning"),
        (CHAT | {"quotes": ["/contacts/0/text"]}, QUOTED, "quote-not-read", None),
        (CHAT | {"mail": True, "by": "email"}, {}, "mail-not-platform", "advice"),
        (CHAT | {"mail": True, "by": "on_platform"}, {}, "mail-not-platform", None),
        (CHAT, {}, "mail-not-platform", None),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)  # fmt: skip
def test_what_the_checks_find(found, page, changes, code, severity):
    assert found(exhibit("a.png", **page), case=make_case(**changes)).get(code) == severity


def test_the_second_parcel_that_did_not_come_is_named(dossier):
    from evidence_packer.judge.judging import all_findings, judge

    pages = (
        exhibit("a.png", fates=("own:delivered|2026-11-02T14:22:00",)),
        exhibit("b.png", numbers=("second",), fates=("second:in_transit|2026-11-05T03:12:00",)),
    )
    found = {one.code: one for one in all_findings(judge(dossier(*pages, case=make_case(**TWO))))}
    assert (found["parcel-not-delivered"].file, found["parcel-not-delivered"].params["number"]) == ("b.png", SECOND)
    assert "evidence-contradicts" not in found


def test_an_application_without_the_buyers_word_on_the_page_is_stopped(found):
    case = make_case(
        procedure="withdrawal",
        withdrawal={"agreed_at": "2026-11-10T08:00:00Z", "applied_at": "2026-11-11T08:00:00Z", "files": ["a.png"]},
    )
    page = {"kind": "messages", "orders": ["own"]}
    refused = exhibit("a.png", messages=("buyer/refuses: I will not cancel my claim.",), **page)
    agreed = exhibit("a.png", messages=("buyer/agrees_to_close: I have closed the claim.",), **page)
    assert {"closed-without-word", "evidence-contradicts"} <= set(found(refused, case=case))
    assert not {"closed-without-word", "evidence-contradicts"} & set(found(agreed, case=case))
