"""Which pack shows which rule: cases as changes to the small one, pages as lines, and where in the pack the rule is seen.

A look says where: ``finding <code>`` a finding of this code, ``ruled <code>`` one that names the rule, ``deadline <words>`` a date
of that name, ``coverage <proposition> <status>``, ``asks <pointer>`` a field named as missing, ``step <words>``,
``detail <words>`` words of a finding, ``letter <words>`` and ``lacks <words>``, ``says <class>`` a sentence of this class,
``heads <first> > <second>`` headings in this
order, ``timeline <what>`` an event, ``advises <what>``, ``because <words>``, ``language <tag>``, ``stem <name>`` the name of a
file, ``refused <code>`` the case is refused at the door. Advice and what a person confirms are looked for under their rule:
``advice``, ``tick``. `` & `` joins looks that all have to hold.
"""

import datetime as dt

from casefile.earlier import EarlierCase, word_groups

ORDER, TRACKING = "112-4829307-7716253", "1Z999AA10123456784"
USD = {"amount": "37.48", "currency": "USD"}
TOLD = {"opened_at": "2026-11-18T18:03:00-05:00", "notified_at": "2026-11-18T18:10:00-05:00"}
ACCOUNT = {"account": {"merchant_id": "A1", "status": "at_risk"}, "notice": {"id": "N1", "at": "2026-11-18T09:00:00Z"}}
APPEAL = {"procedure": "performance_appeal", **ACCOUNT}
SUPPORT = {"procedure": "support_case", "topic": "orders", "order": {"id": ORDER, "items": [{"asin": "B0C7QX2M9T"}]}}
WITHDRAWAL = {"procedure": "withdrawal", "remedy": {"type": "full_refund", "amount": USD, "status": "done"}}
MESSAGE = {"procedure": "buyer_contact", "remedy": {"type": "full_refund", "amount": USD, "status": "offered"}}
OFFER = {"type": "full_refund", "amount": USD, "status": "offered"}
DELIVERED = [
    "UPS",
    f"Tracking number {TRACKING}",
    "Delivered",
    "Delivered on Nov 2, 2026, 2:22 PM",
    "Columbus, OH 43215",
]


def page(kind, *lines, **more):
    """A page of evidence of this kind."""
    return {"kind": kind, "lines": list(lines), **more}


def before(**changes):
    """An earlier case of the same tenant."""
    given = {
        "pack_id": "pk_1", "platform": "amazon", "procedure": "a_to_z_response", "subject": ORDER, "order_ids": (ORDER,),
    }  # fmt: skip
    return EarlierCase(**given | changes)


def pack(shows, case=None, pages=None, earlier=()):
    """One pack: the changes to the small case, its pages, what is remembered, and the rules it shows."""
    return {"shows": shows, "case": case or {}, "pages": pages or {}, "earlier": earlier}


SAID = "The carrier missed the collection on {day} and scanned our parcels in the night, so {n} of them were late."

PACKS = {
    "nothing but the case": pack(
        {
            "S000-04": "coverage handed_to_carrier missing & coverage buyer_answered missing & coverage dispatched missing",
            "S000-23": "step Keep this record until",
            "S000-29": "coverage delivered missing & finding evidence-missing",
            "S001-01": "deadline Answer to Amazon's request",
            "S001-17": "coverage delivered missing",
            "S002-04": "deadline Answer to Amazon's request",
            "S001-62": "deadline Answer to Amazon's request",
            "S002-07": "finding evidence-missing",
            "S002-08": "coverage delivered_to_address missing",
            "S002-12": "coverage buyer_answered missing",
            "S003-05": "ruled evidence-missing",
            "S003-08": "stem OrderID_",
            "S003-45": "stem OrderID_112-4829307-7716253",
            "S003-57": "coverage handed_to_carrier missing",
            "S000-62": "deadline Answer to Amazon's request",
            "S001-58": "timeline Claim",
        }
    ),
    "a delivery that is shown": pack(
        {"S002-13": "heads Facts > Evidence > Conclusion", "S002-16": "says request & letter Exhibit 1"},
        {},
        {"tracking.png": page("tracking", *DELIVERED)},
    ),
    "long facts": pack(
        {"S002-14": "ruled letter-facts-long"},
        {
            "facts": [
                {
                    "text": f"On {day} November 2026 the parcel was seen at a depot in Ohio and moved on to the next one there."
                }
                for day in range(1, 25)
            ]
        },
    ),
    "long paragraphs": pack(
        {"S004-28": "ruled paragraph-long"},
        SUPPORT
        | {
            "reason": "other",
            "request": "x",
            "facts": [{"text": "The label of order 112-4829307-7716253 was scanned " * 12 + "."}],
        },
    ),
    "two days are gone": pack(
        {"S000-06": "ruled deadline-warned", "S001-04": "ruled deadline-warned", "S000-26": "ruled answer-slow"},
        {"as_of": "2026-11-21T09:00:00-05:00"},
    ),
    "three days are gone": pack(
        {"S003-62": "finding deadline-passed"},
        {"as_of": "2026-11-22T09:00:00-05:00"},
    ),
    "the date on the notice is past": pack(
        {"S003-24": "finding deadline-passed"},
        {"deadline": {"at": "2026-11-19T08:00:00-05:00", "source": "notice"}},
    ),
    "each platform has its own days: AliExpress": pack(
        {"S000-27": "deadline Answer"},
        {"platform": "aliexpress", "procedure": "dispute", "site": None, "order": {"id": "8012345678901234"}},
    ),
    "withdrawal on AliExpress": pack(
        {"S000-51": "finding deadline-passed", "S000-11": "tick", "S000-32": "tick"},
        {
            "platform": "aliexpress",
            "procedure": "withdrawal",
            "site": None,
            "order": {"id": "8012345678901234"},
            "claim": {"opened_at": "2026-11-10T10:00:00Z"},
            "remedy": OFFER,
        },
    ),
    "a withdrawal for rights": pack(
        {"S000-02": "finding procedure-stopped", "S000-05": "ruled procedure-stopped"},
        WITHDRAWAL | {"reason": "intellectual_property"},
    ),
    "a withdrawal in order": pack(
        {
            "S000-03": "step Cancel request",
            "S000-59": "coverage settlement_made missing",
            "S001-26": "deadline Claim goes to a ruling",
            "S000-66": "step Request for Case Closure Guidance",
            "S000-08": "ruled remedy-without-proof",
            "S000-69": "tick",
            "S000-12": "tick",
            "S000-53": "tick",
        },
        WITHDRAWAL,
    ),
    "withdrawn without a word": pack(
        {
            "S000-46": "ruled closed-without-word",
            "S000-07": "ruled closed-without-word",
            "S000-14": "ruled closed-without-word",
        },
        WITHDRAWAL | {"withdrawal": {"applied_at": "2026-11-19T08:00:00Z"}},
    ),
    "a changed review": pack(
        {"S000-09": "ruled review-no-withdrawal", "S000-55": "ruled review-no-withdrawal"},
        WITHDRAWAL | {"withdrawal": {"agreed_at": "2026-11-19T08:00:00Z"}, "request": "The buyer changed the review."},
    ),
    "withdrawn after the decision": pack(
        {"S001-12": "ruled procedure-stopped"},
        WITHDRAWAL | {"claim": {**TOLD, "status": "decided"}},
    ),
    "a procedure that is not there": pack({"S000-25": "refused procedure-unknown"}, {"procedure": "escrow"}),
    "a site that is not there": pack({"S004-48": "refused site-unknown"}, {"site": "ZW"}),
    "a notice of another procedure": pack(
        {"S001-50": "ruled notice-other-procedure"},
        {"notice": {"text": "You received a chargeback on this order."}},
    ),
    "a chat elsewhere": pack(
        {
            "S000-28": "ruled contact-off-platform",
            "S000-48": "ruled contact-off-platform",
            "S003-46": "ruled contact-off-platform",
            "S004-11": "ruled contact-off-platform",
            "S004-12": "ruled contact-off-platform",
            "S004-59": "ruled contact-off-platform",
            "S004-64": "ruled contact-off-platform",
        },
        {"contacts": [{"from": "buyer", "channel": "whatsapp"}]},
    ),
    "a remedy that does not fit": pack({"S000-30": "ruled remedy-unfit"}, {"remedy": {"type": "coupon"}}),
    "an old number for a new parcel": pack(
        {"S001-15": "ruled remedy-number-new"},
        {"remedy": {"type": "replacement", "tracking_number": TRACKING}},
    ),
    "damaged, with a coupon": pack(
        {"S001-16": "ruled remedy-unfit"},
        {"reason": "damaged", "remedy": {"type": "coupon"}},
    ),
    "a remedy without proof": pack(
        {"S001-05": "ruled remedy-without-proof", "S001-46": "ruled remedy-without-proof"},
        {"remedy": {"type": "full_refund", "status": "done"}},
    ),
    "a refund without mending": pack(
        {"S000-50": "ruled refund-without-mending"},
        {"reason": "not_as_described", "remedy": {"type": "full_refund"}},
    ),
    "a message to the buyer": pack(
        {
            "S000-31": "letter Once you are satisfied",
            "S000-47": "letter Cancel request",
            "S000-65": "letter Cancel request",
            "S001-24": "step Carry out the remedy first",
            "S000-63": "tick",
            "S000-21": "advice",
            "S002-21": "advice",
        },
        MESSAGE,
    ),
    "a message on Shopee": pack(
        {"S000-34": "letter Resolve Issue"},
        MESSAGE | {"platform": "shopee", "site": "SG", "order": {"id": "220614T9XV8JTN"}},
    ),
    "a message in Thailand": pack(
        {"S000-42": "language th", "S001-19": "language th"},
        MESSAGE | {"platform": "shopee", "site": "TH", "order": {"id": "220614T9XV8JTN"}},
    ),
    "a message that says nothing": pack(
        {"S001-63": "ruled message-without-remedy"},
        {"procedure": "buyer_contact"},
    ),
    "the page says in transit": pack(
        {"S000-36": "ruled stage-contradicted"},
        {"order": {"id": ORDER, "stage": "delivered"}},
        {"tracking.png": page("tracking", "UPS", f"Tracking number {TRACKING}", "In transit", "Nov 2, 2026, 2:22 PM")},
    ),
    "a blurred page": pack(
        {"S000-43": "ruled page-illegible", "S001-06": "ruled page-illegible", "S001-47": "ruled page-illegible"},
        {},
        {"tracking.png": page("tracking", blurred=True)},
    ),
    "an order that shows nothing of itself": pack(
        {"S003-60": "finding order-id-missing"},
        {},
        {"order.png": page("order_page", "Order summary", "Steel bottle", "Oct 28, 2026")},
    ),
    "an order number with a slip": pack(
        {"S004-04": "finding order-id-near-miss"},
        {},
        {"order.png": page("order_page", "Order summary", "Order 112-4829307-7716258", "Oct 28, 2026")},
    ),
    "another order on the page": pack(
        {"S001-18": "ruled foreign-order-ids", "S003-47": "finding foreign-order-ids"},
        {},
        {"order.png": page("order_page", f"Order {ORDER}", "Order 113-1111111-2222222", "Oct 28, 2026")},
    ),
    "two platforms, one order": pack(
        {"S000-44": "ruled disputed-elsewhere", "S003-37": "ruled disputed-elsewhere"},
        earlier=(before(platform="ebay", procedure="item_not_received"),),
    ),
    "a buyer who claimed before": pack(
        {"S001-21": "ruled buyer-known"},
        {"buyer": {"username": "Ann"}},
        earlier=("buyer",),
    ),
    "a text that was used before": pack(
        {"S001-51": "ruled letter-alike", "S000-52": "ruled letter-alike", "S001-07": "ruled letter-alike"},
        {"facts": [{"text": SAID.format(day="9 June", n=12)}]},
        earlier=(before(letter=word_groups(SAID.format(day="3 May", n=4)), subject="x"),),
    ),
    "sent already": pack(
        {
            "S003-31": "ruled already-submitted",
            "S004-42": "ruled already-submitted",
            "S004-71": "ruled already-submitted",
            "S004-35": "ruled already-submitted",
        },
        earlier=(before(submitted_at=dt.datetime(2026, 11, 18, tzinfo=dt.UTC)),),
    ),
    "a neighbour signed": pack(
        {"S000-49": "ruled delivered-elsewhere", "S001-54": "ruled delivered-elsewhere"},
        {"parcels": [{"tracking_number": TRACKING, "carrier": "ups", "delivered_to": "Left with neighbor"}]},
    ),
    "a screenshot without its time": pack(
        {"S000-54": "ruled timestamp-missing", "S004-66": "finding timestamp-missing"},
        {},
        {"chat.png": page("messages", "Amazon Buyer-Seller Messages", f"Order {ORDER}", "Buyer: Where is my parcel?")},
    ),
    "another address": pack(
        {"S000-64": "finding evidence-contradicts"},
        {},
        {
            "pod.png": page(
                "proof_of_delivery",
                "UPS proof of delivery",
                f"Tracking number {TRACKING}",
                "Delivered",
                "Delivered on Nov 2, 2026, 2:22 PM",
                "Delivered to: Dayton, OH 45402",
            )
        },
    ),
    "wording: reviews": pack({"S000-56": "ruled wording"}, {"request": "Please remove your review and we refund you."}),
    "wording: insider": pack(
        {"S001-08": "ruled wording"}, {"request": "Our internal contact offers a guaranteed withdrawal."}
    ),
    "wording: hurry": pack({"S004-54": "detail date by which"}, {"request": "Please answer urgently, this is urgent."}),
    "wording: exclamation": pack(
        {"S002-02": "ruled wording", "S004-29": "detail full stop"},
        {"request": "Please close the claim!!"},
    ),
    "wording: feelings": pack({"S003-29": "ruled wording"}, {"request": "We are very angry and this is unfair."}),
    "wording: the buyer is blamed": pack(
        {"S002-17": "ruled wording"}, {"request": "The buyer is a liar and a scammer."}
    ),
    "wording: the platform is blamed": pack(
        {"S002-20": "ruled wording", "S003-44": "detail Say which record"},
        {"request": "Your algorithm is your fault, your system is wrong."},
    ),
    "wording: a vague promise": pack({"S001-48": "ruled wording"}, {"request": "We will check and try our best."}),
    "wording: nothing but greetings": pack(
        {"S001-23": "ruled wording", "S001-45": "ruled wording"},
        MESSAGE | {"facts": [{"text": "We are very sorry for the inconvenience."}]},
    ),
    "wording: a bare denial": pack({"S004-61": "detail exhibit and page"}, {"request": "We did nothing wrong."}),
    "wording: contacted the buyer": pack(
        {"S003-06": "ruled wording"}, {"facts": [{"text": "We contacted the buyer."}]}
    ),
    "wording: asks for a passport": pack(
        {"S001-29": "ruled wording"},
        MESSAGE | {"site": "DE", "language": "en", "facts": [{"text": "Please send us your passport."}]},
    ),
    "over the ceiling": pack(
        {"S001-09": "ruled amount-over-ceiling"},
        {"claim": {**TOLD, "amount": {"amount": "2600", "currency": "USD"}}},
    ),
    "more than the order": pack(
        {"S001-31": "ruled amount-over-order"},
        {"order": {"id": ORDER, "total": USD}, "claim": {**TOLD, "amount": {"amount": "40", "currency": "USD"}}},
    ),
    "an unproved fact": pack(
        {"S001-13": "ruled fact-uncited", "S002-03": "ruled fact-uncited", "S004-70": "ruled text-slip"},
        {"facts": [{"text": "We was told that the the parcel arrived."}]},
    ),
    "an exhibit nobody cites": pack(
        {"S004-30": "ruled evidence-beside-the-point", "S002-15": "letter Exhibit 1"},
        {},
        {"customs.png": page("customs_document", "Customs declaration CN23", "Oct 29, 2026")},
    ),
    "lost on the way": pack(
        {"S001-20": "coverage carrier_investigated missing"},
        {"reason": "lost_in_transit"},
    ),
    "a file that was not sent": pack(
        {"S001-59": "ruled file-not-sent"},
        {"files": [{"name": "gone.pdf", "kind": "tracking"}]},
    ),
    "a call of the driver": pack(
        {"S001-53": "ruled proof-is-a-chat"},
        {},
        {
            "pod.png": page(
                "proof_of_delivery",
                "WeChat",
                "10:41",
                "Driver: I put it at the door",
                "Chats",
                "Contacts",
                "Discover",
                "Me",
            )
        },
    ),
    "a site without A-to-z": pack({"S001-56": "ruled procedure-not-on-site"}, {"site": "SG"}),
    "an appeal without its parts": pack(
        {
            "S001-28": "ruled appeal-part-missing",
            "S003-26": "ruled appeal-part-missing",
            "S001-27": "deadline Appeal against the A-to-z decision",
        },
        {"procedure": "a_to_z_appeal", "claim": {**TOLD, "decided_at": "2026-11-18T20:00:00-05:00"}},
    ),
    "no reason": pack({"S002-05": "asks /reason"}, {"reason": None}),
    "sent by the marketplace": pack(
        {"S002-09": "because Amazon"},
        {"order": {"id": ORDER, "fulfilment": "marketplace"}},
    ),
    "not as described": pack(
        {"S002-10": "coverage item_as_listed missing", "S002-11": "ruled points-missing"},
        {"reason": "not_as_described"},
    ),
    "Amazon's service asks": pack(
        {"S002-18": "deadline Answer to the request", "S002-19": "heads question > answer > Request"},
        {
            "procedure": "customer_service_request",
            "notice": {"at": "2026-11-18T20:00:00Z", "text": "Where is the parcel?"},
            "request": "Please look at the evidence again.",
        },
    ),
    "dear goods": pack(
        {"S002-23": "ruled high-value-unpacked"},
        {"order": {"id": ORDER, "total": {"amount": "480", "currency": "USD"}}},
    ),
    "missing parts": pack({"S003-14": "coverage packed_complete missing"}, {"reason": "missing_parts"}),
    "an appeal that names no ground": pack(
        {
            "S003-02": "asks /ground",
            "S003-23": "deadline Appeal against the notice",
            "S003-04": "deadline Appeal against the notice",
            "S003-11": "asks /metric/name",
        },
        APPEAL | {"reason": "late_shipment"},
    ),
    "a whole plan": pack(
        {
            "S003-28": "heads Problem > Root cause > Actions taken > Long-term plan",
            "S003-12": "heads Problem > Root cause & coverage cause_shown missing & deadline Appeal against the notice",
        },
        APPEAL
        | {
            "reason": "late_shipment",
            "ground": "carrier",
            "metric": {"name": "late_shipment", "value": "6.1", "target": "4"},
            "root_causes": [
                {"text": "UPS missed the collection in Ontario on 2 November 2026; 12 orders left a day late."}
            ],
            "actions_taken": [{"text": "We moved the cut-off to 14:00.", "at": "2026-11-05T09:00:00Z"}],
            "preventions": [{"text": "A second collection at 18:00.", "from": "2026-11-20"}],
            "request": "Please restore the account.",
        },
    ),
    "an account without a state": pack(
        {"S004-50": "asks /account/status"},
        APPEAL | {"reason": "late_shipment", "account": {"merchant_id": "A1"}},
    ),
    "a notice without its day": pack(
        {"S003-03": "deadline Answer of Amazon expected by"},
        APPEAL | {"reason": "late_shipment", "submission": {"at": "2026-11-18T10:00:00Z"}},
    ),
    "the carrier's fault": pack(
        {"S003-15": "coverage carrier_at_fault missing"}, APPEAL | {"reason": "late_shipment", "ground": "carrier"}
    ),
    "a claim granted wrongly": pack(
        {"S003-16": "coverage claim_wrongly_granted missing"},
        APPEAL | {"reason": "order_defect_rate", "ground": "own_fault"},
    ),
    "a label scanned late": pack(
        {"S003-17": "coverage label_scanned missing"}, APPEAL | {"reason": "late_shipment", "ground": "system_error"}
    ),
    "a changed policy": pack(
        {"S003-18": "coverage policy_notice missing"}, APPEAL | {"reason": "policy_change", "ground": "policy_change"}
    ),
    "a linked account": pack(
        {"S003-19": "coverage independent_account missing"}, APPEAL | {"reason": "account_linked", "ground": "linked"}
    ),
    "a bad batch": pack(
        {"S003-20": "coverage batch_tested missing"}, APPEAL | {"reason": "return_rate", "ground": "batch_quality"}
    ),
    "a cold start": pack(
        {"S003-21": "coverage local_service_ready missing"}, APPEAL | {"reason": "cold_start", "ground": "cold_start"}
    ),
    "a changed calculation": pack(
        {"S003-22": "coverage calculation_changed missing"},
        APPEAL | {"reason": "metric_error", "ground": "calculation"},
    ),
    "an item without an answer": pack(
        {"S003-25": "ruled item-unanswered"},
        APPEAL
        | {
            "reason": "late_shipment",
            "notice": {"id": "N1", "at": "2026-11-18T09:00:00Z", "required_items": [{"text": "Root cause"}]},
        },
    ),
    "a vague cause": pack({"S003-30": "ruled cause-vague"}, {"root_causes": [{"text": "The carrier was slow."}]}),
    "a refusal without its words": pack(
        {"S003-32": "ruled refusal-without-text", "S003-64": "ruled refusal-without-text"},
        {"rejections": [{}]},
    ),
    "a refusal with two reasons": pack(
        {"S003-61": "ruled rejection-unanswered", "S003-63": "ruled rejection-unanswered"},
        {
            "rejections": [
                {"text": "Not enough.", "reasons": [{"text": "No proof of delivery."}, {"text": "Wrong order."}]}
            ]
        },
    ),
    "PDF/A is asked for": pack(
        {"S003-41": "ruled archival-pdf-asked"}, {"notice": {"text": "Attach the report as PDF/A-1a."}}
    ),
    "before the November sales": pack({"S003-42": "ruled season-busy"}, APPEAL | {"reason": "late_shipment"}),
    "another platform is named": pack(
        {"S003-50": "ruled other-platform-named", "S004-63": "ruled other-platform-named"},
        {"request": "As on Shopee, please close the case."},
    ),
    "a number that fails its digit": pack(
        {"S003-07": "ruled tracking-number-invalid"},
        {"parcels": [{"carrier": "ups", "tracking_number": "1Z999AA10123456785"}]},
    ),
    "dates in the wrong order": pack(
        {"S003-13": "ruled dates-out-of-order"},
        {"order": {"id": ORDER, "placed_at": "2026-10-30T09:12:00-07:00"}},
    ),
    "a late first scan": pack(
        {"S003-48": "ruled first-scan-late", "S003-66": "ruled first-scan-late"},
        {
            "parcels": [
                {
                    "tracking_number": TRACKING,
                    "carrier": "ups",
                    "dispatched_at": "2026-10-29T16:40:00-07:00",
                    "first_scan_at": "2026-10-30T17:40:00-07:00",
                }
            ]
        },
    ),
    "an old invoice": pack({"S003-56": "ruled invoice-old"}, {"suppliers": [{"invoice_date": "2025-01-31"}]}),
    "goods that need papers": pack(
        {"S004-65": "ruled papers-missing"},
        {
            "procedure": "listing_appeal",
            "reason": "listing_rejected",
            "order": {"items": [{"asin": "B0C7QX2M9T", "name": "Baby bottle"}]},
        },
    ),
    "a paper that ran out": pack(
        {"S004-19": "ruled paper-expired"}, {"compliance": [{"type": "CPC", "valid_until": "2026-01-31"}]}
    ),
    "Chinese where English is read": pack(
        {
            "S003-40": "finding letter-text-missing",
            "S004-06": "finding letter-text-missing",
            "S004-26": "lacks 买家",
            "S004-55": "finding letter-text-missing",
            "S004-13": "language en",
        },
        {"facts": [{"text": "买家已签收"}]},
    ),
    "Chinese where it is read": pack(
        {"S004-36": "language zh-Hans"},
        {
            "platform": "shopee",
            "site": "SG",
            "procedure": "return_refund",
            "language": "zh-Hans",
            "order": {"id": "220614T9XV8JTN"},
            "return": {"requested_at": "2026-11-18T09:00:00Z"},
        },
    ),
    "a support case": pack(
        {
            "S004-03": "step Get support",
            "S004-07": "heads Issue > Request",
            "S004-27": "heads Issue > Root > Corrective > Request",
            "S004-31": "stem B0C7QX2M9T_20261119",
            "S003-51": "tick",
            "S004-34": "tick",
        },
        SUPPORT
        | {
            "reason": "other",
            "request": "Please correct the record.",
            "root_causes": [{"text": "The label was scanned on 2 November 2026."}],
            "actions_taken": [{"text": "We sent the scan.", "at": "2026-11-18T09:00:00Z"}],
        },
    ),
    "a support case without a topic": pack(
        {"S004-02": "asks /topic", "S004-24": "asks /topic", "S004-49": "asks /topic"},
        SUPPORT | {"reason": "other", "topic": None, "request": "x"},
    ),
    "refused access": pack(
        {"S004-23": "asks /notice/error_code"},
        SUPPORT | {"reason": "access_refused", "topic": "access", "request": "x"},
    ),
    "an error code": pack(
        {"S004-25": "letter 8541"},
        SUPPORT
        | {
            "reason": "access_refused",
            "topic": "access",
            "request": "x",
            "notice": {"error_code": "8541", "text": "Error 8541"},
        },
    ),
    "support owes an answer": pack(
        {
            "S004-08": "ruled reply-overdue",
            "S004-09": "deadline First reply of Seller Support",
            "S004-51": "ruled reply-not-filed",
        },
        SUPPORT | {"reason": "other", "submission": {"case_id": "11820043211", "at": "2026-11-02T09:00:00Z"}},
    ),
    "support waits": pack(
        {"S004-58": "deadline Support waits for your answer", "S004-73": "deadline Support waits for your answer"},
        SUPPORT
        | {"reason": "other", "submission": {"case_id": "11820043211", "waiting_since": "2026-11-18T09:00:00Z"}},
    ),
    "a submission without its number": pack(
        {"S004-68": "ruled case-number-missing", "S004-10": "ruled case-number-missing"},
        {"submission": {"at": "2026-11-18T23:10:00Z"}},
    ),
    "a case number of another form": pack(
        {"S004-33": "finding subject-id-format"}, {"submission": {"case_id": "12-AB"}}
    ),
    "an order number of another form": pack(
        {"S004-62": "ruled subject-id-format"}, {"order": {"id": "112-4829307-771625"}}
    ),
    "a shut account": pack(
        {"S004-16": "deadline Answer of Amazon expected by"},
        {
            "procedure": "account_reinstatement",
            **ACCOUNT,
            "reason": "account_deactivated",
            "submission": {"at": "2026-11-18T10:00:00Z"},
        },
    ),
    "a refused listing": pack(
        {"S004-17": "coverage compliance_held missing"},
        {
            "procedure": "listing_appeal",
            "reason": "listing_rejected",
            "order": {"items": [{"asin": "B0C7QX2M9T"}]},
            "notice": {"at": "2026-11-18T09:00:00Z"},
        },
    ),
    "funds held": pack(
        {"S004-18": "coverage funds_owed missing"}, SUPPORT | {"reason": "funds_held", "topic": "funds"}
    ),
    "stock lost": pack(
        {"S004-20": "coverage stock_gap missing"},
        {
            "procedure": "fba_reimbursement",
            "reason": "stock_lost",
            "inventory": {"shipment_id": "FBA15D1X2Y3Z", "claimed": 3},
            "request": "x",
        },
    ),
    "a court order": pack(
        {"S004-21": "ruled court-order"},
        {
            "procedure": "ip_appeal",
            "reason": "intellectual_property",
            "ip": {"right": "trademark", "is_court_order": True},
            "notice": {"id": "N1"},
            "order": {"items": [{"asin": "B0C7QX2M9T"}]},
        },
    ),
    "several topics": pack(
        {"S004-57": "ruled several-topics"},
        SUPPORT
        | {
            "reason": "funds_held",
            "topic": "funds",
            "request": "Release the payout. Also our ad campaign was stopped.",
        },
    ),
    "an old source": pack({"S004-47": "ruled source-old"}, {"as_of": "2027-11-19T09:00:00-05:00"}),
    "a telephone's screen": pack(
        {"S004-56": "finding phone-screenshot"},
        {},
        {"case.png": page("case_page", "10:41", "Amazon Seller", f"Order {ORDER}", "Nov 18, 2026", size=[1170, 2532])},
    ),
    "a page without its address": pack(
        {"S004-05": "ruled address-bar-missing", "S004-69": "ruled address-bar-missing"},
        {},
        {"case.png": page("case_page", "Your cases", f"Order {ORDER}", "Nov 18, 2026, 6:03 PM")},
    ),
    "an edited picture": pack(
        {"S003-53": "ruled picture-edited"},
        {},
        {"case.png": page("case_page", "Your cases", f"Order {ORDER}", software="Adobe Photoshop 25.0")},
    ),
    "an agent": pack({"S000-60": "tick", "S004-53": "tick"}, {"submitted_by": {"role": "agent"}}),
    "a granted claim": pack(
        {}, {"procedure": "a_to_z_appeal", "claim": TOLD | {"decided_at": "2026-11-18T20:00:00-05:00", "granted": True}}
    ),
    "too many defects": pack({}, APPEAL | {"reason": "order_defect_rate"}),
    "a message in Japan": pack({"S001-30": "advice"}, MESSAGE | {"site": "JP"}),
    "a claim in the buyer's words": pack({"S001-49": "tick"}, {"claim": {**TOLD, "statement": "A neighbour took it."}}),
    "an appeal that was refused": pack(
        {"S003-65": "advice", "S004-72": "advice"},
        APPEAL | {"reason": "late_shipment", "rejections": [{"text": "Not enough.", "at": "2026-11-10T09:00:00Z"}]},
    ),
    "advertising": pack({"S004-22": "advice"}, SUPPORT | {"reason": "ads_traffic", "topic": "ads", "request": "x"}),
    "a case at Faire": pack(
        {"S004-38": "advice"}, {"platform": "faire", "procedure": "dispute", "site": None, "order": {"id": "bo_abc123"}}
    ),
    "a withdrawal on eBay": pack(
        {"S000-10": "advice", "S000-70": "tick"},
        {"platform": "ebay", "procedure": "withdrawal", "order": {"id": "12-34567-89012"}, "remedy": OFFER},
    ),
}

ADVISED = {
    "nothing but the case": (
        "S000-13", "S000-15", "S000-16", "S000-17", "S000-20", "S000-68", "S001-03", "S001-11", "S001-14", "S001-61",
        "S002-01", "S002-06", "S002-25", "S003-67",
    ),
    "a support case": ("S003-01", "S003-10", "S004-01", "S004-14"),
    "each platform has its own days: AliExpress": ("S004-37",),
    "withdrawal on AliExpress": (
        "S000-01", "S000-41", "S001-02", "S001-10", "S001-32", "S001-33", "S001-34", "S001-55", "S001-60", "S003-54", "S004-40",
        "S004-41", "S004-43", "S004-44",
    ),
    "damaged, with a coupon": ("S001-37",),
    "a message to the buyer": ("S000-18", "S000-39"),
    "an agent": ("S000-40", "S000-61", "S003-33", "S003-39", "S003-59", "S004-39", "S004-67"),
    "a granted claim": ("S000-24", "S001-22", "S002-24"),
    "too many defects": (
        "S000-19", "S000-35", "S000-45", "S000-58", "S001-35", "S001-36", "S001-40", "S001-41", "S001-42", "S001-43", "S001-44",
        "S003-43", "S004-15", "S004-45", "S004-52",
    ),
    "an appeal that names no ground": ("S003-34", "S003-36"),
    "a refusal without its words": ("S001-39", "S003-38"),
}  # fmt: skip
"""Advice that stands in the report of these packs."""

TICKED = {
    "nothing but the case": ("S000-37", "S000-38"),
    "a support case": ("S001-57", "S003-09"),
    "withdrawal on AliExpress": ("S000-67",),
    "a withdrawal for rights": ("S004-46",),
    "a refund without mending": ("S002-22",),
    "sent by the marketplace": ("S001-38",),
    "an appeal that names no ground": ("S003-52", "S003-55", "S003-58"),
    "a bad batch": ("S003-49",),
    "a court order": ("S003-35",),
}
"""What the report of these packs asks a person to confirm."""

for told, look in ((ADVISED, "advice"), (TICKED, "tick")):
    for name, rules in told.items():
        PACKS[name]["shows"].update(dict.fromkeys(rules, look))
