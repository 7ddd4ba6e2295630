"""Connectors against payloads as docs/connectors.md tells them: what is proved, what a case is known by, what goes back."""

import base64
import datetime as dt
import email
import hashlib
import hmac
import json
from urllib.parse import parse_qsl

import pytest

from casefile.errors import RequestFault
from casefile.parse import parse_case
from evidence_packer.report.proposal import ProposedCase
from jobs.connect.accounts import AccountsMalformed, known_connectors, read_accounts
from jobs.connect.contract import GoingFile, Origin, Outgoing, Sent, ServiceAccount
from jobs.connect.exchange import Exchange
from jobs.notify.hook_wire import WireReply
from jobs.records.database import Database
from jobs.records.drafts import Drafts
from jobs.records.keys import KEPT, Keys
from jobs.records.store import Store

NOW = dt.datetime(2026, 11, 30, 12, 0, tzinfo=dt.UTC)
SECRET = "whsec_not_a_real_one"

ACCOUNTS = {
    "zendesk": {"subdomain": "acme", "email": "ops@acme.example", "token": "t0k", "secret": SECRET},
    "gorgias": {"domain": "acme", "email": "ops@acme.example", "token": "t0k", "secret": SECRET},
    "stripe": {"token": "rk_test_1", "secret": SECRET},
    "paypal": {"environment": "sandbox", "client_id": "id", "client_secret": "s", "webhook_id": "WH-1"},
}

ZENDESK_EVENT = {"type": "zen:event-type:ticket.created", "detail": {"id": "4711", "subject": "Where is my order?"}}
ZENDESK_COMMENTS = {
    "comments": [
        {
            "id": 1, "plain_body": "Order 112-4829307-7716253 never arrived.", "public": True,
            "attachments": [
                {"file_name": "tracking.png", "content_url": "https://acme.zendesk.com/attachments/token/a/?name=tracking.png"},
                {"file_name": "far.png", "content_url": "https://cdn.example.com/far.png"},
            ],
        },
        {"id": 2, "plain_body": "Any news?", "attachments": []},
    ]
}  # fmt: skip
GORGIAS_TICKET = {
    "id": 812, "subject": "Damaged",
    "messages": [
        {"from_agent": False, "stripped_text": "It came broken.", "attachments": [
            {"url": "https://uploads.gorgias.example/x/photo.jpg", "name": "photo.jpg", "content_type": "image/jpeg"}]},
    ],
}  # fmt: skip
STRIPE_EVENT = {
    "id": "evt_1", "type": "charge.dispute.created",
    "data": {"object": {
        "id": "dp_1Ox", "object": "dispute", "amount": 12999, "currency": "usd", "charge": "ch_3Ox", "created": 1796025600,
        "reason": "product_not_received", "status": "needs_response", "evidence_details": {"due_by": 1796630399},
        "evidence": {"customer_name": "Jane Roe", "customer_email_address": "jane@example.com", "customer_purchase_ip": None},
        "metadata": {"order_id": "S-1001"},
        "payment_method_details": {"card": {"brand": "visa", "network_reason_code": "13.1"}, "type": "card"},
    }},
}  # fmt: skip
PAYPAL_EVENT = {
    "id": "WH-4M0448861G563140B", "event_type": "CUSTOMER.DISPUTE.CREATED", "resource_type": "dispute",
    "resource": {
        "dispute_id": "PP-D-4012", "reason": "MERCHANDISE_OR_SERVICE_NOT_RECEIVED", "status": "WAITING_FOR_SELLER_RESPONSE",
        "create_time": "2026-11-28T09:00:00.000Z", "seller_response_due_date": "2026-12-08T09:00:00.000Z",
        "dispute_amount": {"currency_code": "USD", "value": "37.48"},
        "disputed_transactions": [
            {"seller_transaction_id": "3BC38643YC807283D", "invoice_number": "INV-77", "buyer": {"name": "Jane Roe"},
             "create_time": "2026-11-01T10:00:00.000Z"}],
        "messages": [{"posted_by": "BUYER", "time_posted": "2026-11-28T09:00:00.000Z", "content": "Nothing arrived."}],
    },
}  # fmt: skip
PAYPAL_HEADERS = {
    f"paypal-{name}": "x"
    for name in ("auth-algo", "cert-url", "transmission-id", "transmission-sig", "transmission-time")
}


class Service:
    """A service that answers what was recorded, by method and address, and keeps what it was asked."""

    def __init__(self, **answers):
        self.answers, self.calls = answers, []

    def __call__(self, call):
        self.calls.append(call)
        for part, answer in self.answers.items():
            if part in f"{call.method} {call.url}":
                return (
                    answer if isinstance(answer, WireReply) else WireReply(status=200, body=json.dumps(answer).encode())
                )
        return WireReply(status=404)

    def __class_getitem__(cls, answers):
        made = cls()
        made.answers = answers
        return made


def account(kind, **values):
    return ServiceAccount(name=kind, kind=kind, tenant="shop-a", values={**ACCOUNTS[kind], **values})


def sent(body, at=NOW, **headers):
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Sent(headers={name.replace("_", "-"): value for name, value in headers.items()}, body=data, at=at)


def by_zendesk(body, stamp="2026-11-30T12:00:00Z", secret=SECRET):
    data = json.dumps(body).encode()
    digest = hmac.new(secret.encode(), stamp.encode() + data, hashlib.sha256).digest()
    own = {"x_zendesk_webhook_signature": base64.b64encode(digest).decode()}
    return sent(data, **own, x_zendesk_webhook_signature_timestamp=stamp)


def by_stripe(body, stamp=None, secret=SECRET):
    data, stamp = json.dumps(body).encode(), stamp or str(int(NOW.timestamp()))
    digest = hmac.new(secret.encode(), f"{stamp}.".encode() + data, hashlib.sha256).hexdigest()
    return sent(data, stripe_signature=f"t={stamp},v1={'0' * 64},v1={digest}")


VERIFIED = {"oauth2/token": {"access_token": "A21"}, "verify-webhook": {"verification_status": "SUCCESS"}}
REFUSED = {"oauth2/token": {"access_token": "A21"}, "verify-webhook": {"verification_status": "FAILURE"}}
OLD = int(NOW.timestamp()) - 3_600


@pytest.mark.parametrize(
    ("kind", "message", "answers", "proved"),
    [
        ("zendesk", by_zendesk(ZENDESK_EVENT), {}, True),
        ("zendesk", by_zendesk(ZENDESK_EVENT, secret="another"), {}, False),
        ("zendesk", by_zendesk(ZENDESK_EVENT, stamp="2026-11-30T09:00:00Z"), {}, False),
        ("zendesk", by_zendesk(ZENDESK_EVENT, stamp="yesterday"), {}, False),
        ("zendesk", sent(ZENDESK_EVENT), {}, False),
        ("gorgias", sent({"ticket_id": "812"}, x_evidence_packer_secret=SECRET), {}, True),
        ("gorgias", sent({"ticket_id": "812"}, x_evidence_packer_secret="schlüssel"), {}, False),
        ("gorgias", sent({"ticket_id": "812"}), {}, False),
        ("stripe", by_stripe(STRIPE_EVENT), {}, True),
        ("stripe", by_stripe(STRIPE_EVENT, secret="another"), {}, False),
        ("stripe", by_stripe(STRIPE_EVENT, stamp=str(OLD)), {}, False),
        ("stripe", by_stripe(STRIPE_EVENT, stamp="9" * 40), {}, False),
        ("stripe", sent(STRIPE_EVENT, stripe_signature="t=,v1="), {}, False),
        ("paypal", sent(PAYPAL_EVENT, **PAYPAL_HEADERS), VERIFIED, True),
        ("paypal", sent(PAYPAL_EVENT, **PAYPAL_HEADERS), REFUSED, False),
        ("paypal", sent(PAYPAL_EVENT), VERIFIED, False),
    ],
)
def test_only_what_the_service_sent_just_now_is_proved(kind, message, answers, proved):
    check = known_connectors()[kind].check
    if proved:
        check(message, account(kind), Service[answers])
        return
    with pytest.raises(RequestFault) as refused:
        check(message, account(kind), Service[answers])
    assert (refused.value.code, refused.value.status) == ("connector-not-proved", 401)


def exchange_of(tmp_path, house, wire, *kinds):
    database = Database(f"sqlite:///{tmp_path}/app.db")
    database.migrate()
    drafts = Drafts(database, Store(f"file://{tmp_path}/objects"))
    accounts = {kind: account(kind) for kind in kinds}
    return Exchange(accounts=accounts, drafts=drafts, database=database, house=house, wire=wire, clean=str.strip)


@pytest.mark.parametrize(
    ("kind", "message", "answers", "wanted"),
    [
        (
            "stripe", by_stripe(STRIPE_EVENT), {},
            {"/reason": "item_not_received", "/payment/dispute_id": "dp_1Ox", "/payment/charge_id": "ch_3Ox",
             "/claim/network": "visa", "/claim/network_reason_code": "13.1", "/order/id": "S-1001", "/buyer/name": "Jane Roe",
             "/deadline/at": "2026-12-07T07:59:59Z", "/claim/amount/amount": "129.99"},
        ),
        (
            "paypal", sent(PAYPAL_EVENT, **PAYPAL_HEADERS), VERIFIED,
            {"/reason": "item_not_received", "/payment/dispute_id": "PP-D-4012", "/payment/charge_id": "3BC38643YC807283D",
             "/claim/amount/currency": "USD", "/claim/statement": "Nothing arrived.", "/order/id": "INV-77",
             "/deadline/at": "2026-12-08T09:00:00Z"},
        ),
    ],
)  # fmt: skip
def test_a_dispute_becomes_a_case_that_can_be_sent(tmp_path, house, kind, message, answers, wanted):
    exchange = exchange_of(tmp_path, house, Service[answers], kind)
    found = exchange.read(kind, message)
    case = dict(exchange.draft(kind, found, None, NOW).case)
    parse_case(case)

    def at(pointer):
        value = case
        for step in pointer.strip("/").split("/"):
            value = value[step]
        return value

    assert {pointer: at(pointer) for pointer in wanted} == wanted
    assert found.id == case["payment"]["dispute_id"]


@pytest.mark.parametrize(
    ("amount", "currency", "told"),
    [
        (500, "jpy", "500"), (12999, "usd", "129.99"), (5, "eur", "0.05"), (100000, "krw", "100000"),
        (5120, "kwd", "5.120"), (50000, "isk", "500.00"), (500, "ugx", ""),
    ],
)  # fmt: skip
def test_amounts_are_in_the_smallest_unit_of_their_currency(amount, currency, told):
    event = json.loads(json.dumps(STRIPE_EVENT))
    event["data"]["object"] |= {"amount": amount, "currency": currency}
    dispute = known_connectors()["stripe"].read(by_stripe(event), account("stripe"), None).dispute
    assert (dispute.amount, dispute.currency) == (told, currency.upper())


@pytest.mark.parametrize("reason", ["general", "incorrect_account_details", "a new one"])
def test_a_reason_that_is_not_known_stays_open(tmp_path, house, reason):
    event = json.loads(json.dumps(STRIPE_EVENT))
    event["data"]["object"]["reason"] = reason
    exchange = exchange_of(tmp_path, house, None, "stripe")
    assert exchange.case(exchange.read("stripe", by_stripe(event)).dispute).reason is None


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("stripe", {"type": "charge.refunded", "data": {"object": {"id": "re_1"}}}),
        ("stripe", {"type": "charge.dispute.created", "data": []}),
        ("paypal", {"event_type": "PAYMENT.SALE.COMPLETED", "resource": {}}),
        ("zendesk", {"detail": {"id": "../users"}}),
        ("zendesk", []),
        ("gorgias", {"ticket_id": None}),
    ],
)
def test_what_is_about_no_case_is_left(kind, body):
    assert known_connectors()[kind].read(sent(body), account(kind), Service[{}]) is None


def test_a_ticket_comes_once_with_its_words_and_files(tmp_path, house):
    wire = Service[{
        "comments.json": ZENDESK_COMMENTS,
        "attachments/token": WireReply(status=302, headers={"location": "https://files.example.net/1"}),
        "files.example.net": WireReply(status=200, body=b"tracking"),
        "cdn.example.com": WireReply(status=200, body=b"far"),
    }]  # fmt: skip
    exchange = exchange_of(tmp_path, house, wire, "zendesk")
    found = exchange.read("zendesk", by_zendesk(ZENDESK_EVENT))
    assert (found.id, "never arrived" in found.text, "Where is my order?" in found.text) == ("4711", True, True)
    assert exchange.known("zendesk", found) is None
    first = exchange.draft("zendesk", found, ProposedCase(case={"order": {"id": "112-4829307-7716253"}}), NOW)
    again = exchange.draft("zendesk", found, None, NOW)
    assert (first.id, [file.name for file in first.files]) == (again.id, ["tracking.png", "far.png"])
    assert first.case["extra"] == {"connector": {"account": "zendesk", "id": "4711"}}
    keys = {call.url.split("/")[2]: "authorization" in call.headers for call in wire.calls}
    assert keys == {"acme.zendesk.com": True, "files.example.net": False, "cdn.example.com": False}


def test_a_file_that_cannot_be_fetched_is_fetched_when_the_message_comes_again(tmp_path, house):
    wire = Service[{"tickets/812": GORGIAS_TICKET, "photo.jpg": WireReply(status=0)}]
    exchange = exchange_of(tmp_path, house, wire, "gorgias")
    found = exchange.read("gorgias", sent({"ticket_id": 812}, x_evidence_packer_secret=SECRET))
    with pytest.raises(RequestFault, match="connector-away"):
        exchange.draft("gorgias", found, None, NOW)
    wire.answers["photo.jpg"] = WireReply(status=200, body=b"photo")
    draft = exchange.draft("gorgias", found, None, NOW)
    assert [file.name for file in draft.files] == ["photo.jpg"]
    assert len(exchange.drafts.page("shop-a", after=None, limit=9)[0]) == 1


def test_a_file_that_is_too_large_is_left_there_and_never_kept_in_part(tmp_path, house):
    cut = WireReply(status=200, body=b"the beginning", cut=True)
    wire = Service[
        {"comments.json": ZENDESK_COMMENTS, "attachments/token": cut, "cdn.example.com": WireReply(status=200)}
    ]
    exchange = exchange_of(tmp_path, house, wire, "zendesk")
    draft = exchange.draft("zendesk", exchange.read("zendesk", by_zendesk(ZENDESK_EVENT)), None, NOW)
    assert [file.name for file in draft.files] == ["far.png"]


def test_two_messages_at_the_same_time_make_one_draft(tmp_path, house, monkeypatch):
    exchange = exchange_of(tmp_path, house, None, "stripe")
    found = exchange.read("stripe", by_stripe(STRIPE_EVENT))
    monkeypatch.setattr(Exchange, "known", lambda *_: None)  # as neither sees what the other is about to keep
    made = {exchange.draft("stripe", found, None, NOW).id for _ in range(2)}
    assert made == {draft.id for draft in exchange.drafts.page("shop-a", after=None, limit=9)[0]}
    assert len(made) == 1


def test_a_message_that_comes_after_days_finds_the_draft_as_long_as_there_is_one(tmp_path, house):
    exchange = exchange_of(tmp_path, house, None, "stripe")
    found, keys = exchange.read("stripe", by_stripe(STRIPE_EVENT)), Keys(exchange.database)
    first = exchange.draft("stripe", found, None, NOW)
    assert keys.expire(NOW + KEPT * 2) == 0
    assert exchange.draft("stripe", found, None, NOW).id == first.id
    exchange.drafts.delete("shop-a", first.id)
    assert keys.expire(NOW + KEPT * 2) == 1
    assert exchange.draft("stripe", found, None, NOW).id != first.id


EVIDENCE = {"evidence": {"customer_name": "Jane Roe"}, "files": {"receipt": "1_receipt.pdf"}, "submit": False}
FILES = [
    ("X_Evidence.pdf", "bundle", b"%PDF bundle"), ("X_Letter.pdf", "letter", b"%PDF letter"),
    ("submission/1_receipt.pdf", "submission", b"%PDF receipt"), ("submission/UPLOAD.txt", "submission", b"how"),
    ("submission/evidence.json", "submission", json.dumps(EVIDENCE).encode()), ("originals/a.png", "original", b"png"),
]  # fmt: skip


def going(target):
    files = tuple(GoingFile(name=name, role=role, read=lambda data=data: data) for name, role, data in FILES)
    return Outgoing(id=target, note="Verdict: ready", files=files)


def parts_of(call):
    """The parts of a form by name: file name and bytes."""
    head = f"content-type: {call.headers['content-type']}\r\n\r\n".encode()
    told = email.message_from_bytes(head + call.body)
    return {
        part.get_param("name", header="content-disposition"): (part.get_filename(), part.get_payload(decode=True))
        for part in told.get_payload()
    }


def test_a_help_desk_gets_a_note_for_the_staff_alone():
    wire = Service[{"uploads.json": {"upload": {"token": "u1"}}, "PUT": {"ticket": {}}}]
    went = known_connectors()["zendesk"].hand_over(going("4711"), account("zendesk"), wire)
    comment = json.loads(wire.calls[-1].body)["ticket"]["comment"]
    assert (went, comment) == (
        ("X_Evidence.pdf", "X_Letter.pdf"), {"body": "Verdict: ready", "public": False, "uploads": ["u1", "u1"]},
    )  # fmt: skip
    assert wire.calls[0].url.endswith("filename=X_Evidence.pdf")

    wire = Service[{"upload?": [{"url": "https://u.example/1", "name": "X"}], "messages": {"id": 1}}]
    went = known_connectors()["gorgias"].hand_over(going("812"), account("gorgias"), wire)
    note = json.loads(wire.calls[-1].body)
    assert (note["channel"], note["body_text"], len(note["attachments"])) == ("internal-note", "Verdict: ready", 2)
    assert parts_of(wire.calls[0]) == {"X_Evidence.pdf": ("X_Evidence.pdf", b"%PDF bundle")}


def test_a_processor_gets_its_fields_filled_and_nothing_submitted():
    wire = Service[{"v1/files": {"id": "file_1"}, "disputes/dp_1Ox": {"id": "dp_1Ox"}}]
    went = known_connectors()["stripe"].hand_over(going("dp_1Ox"), account("stripe"), wire)
    assert went == ("submission/1_receipt.pdf",)
    parts = parts_of(wire.calls[0])
    assert (parts["purpose"][1], parts["file"]) == (b"dispute_evidence", ("1_receipt.pdf", b"%PDF receipt"))
    assert dict(parse_qsl(wire.calls[-1].body.decode())) == {
        "submit": "false", "evidence[receipt]": "file_1", "evidence[customer_name]": "Jane Roe",
    }  # fmt: skip


def test_evidence_goes_as_one_form_through_the_disputes_own_link():
    wire = Service[{**VERIFIED, "provide-evidence": {"links": []}}]
    went = known_connectors()["paypal"].hand_over(going("PP-D-4012"), account("paypal"), wire)
    assert went == ("submission/1_receipt.pdf",)
    call = wire.calls[-1]
    assert call.url == "https://api-m.sandbox.paypal.com/v1/customer/disputes/PP-D-4012/provide-evidence"
    parts = parts_of(call)
    assert (json.loads(parts["input"][1]), parts["file1"]) == (EVIDENCE, ("1_receipt.pdf", b"%PDF receipt"))


@pytest.mark.parametrize("status", [0, 401, 500])
@pytest.mark.parametrize("kind", sorted(ACCOUNTS))
def test_a_service_that_is_away_or_refuses_is_told_apart_from_our_faults(kind, status):
    with pytest.raises(RequestFault) as refused:
        known_connectors()[kind].hand_over(going("1"), account(kind), Service[{"http": WireReply(status=status)}])
    assert (refused.value.code, refused.value.status) == ("connector-away", 502)


@pytest.mark.parametrize(
    ("tenant", "account", "target"),
    [("shop-a", "", ""), ("shop-a", "nobody", "1"), ("shop-a", "stripe", ""), ("shop-b", "stripe", "dp_1")],
)
def test_a_pack_goes_only_to_an_account_of_its_tenant(tmp_path, house, tenant, account, target):
    exchange = exchange_of(tmp_path, house, Service[{}], "stripe")
    with pytest.raises(RequestFault, match="pack-of-no-connector"):
        exchange.hand_over(tenant, Origin(account=account, id=target), "note", ())


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[a]\nkind='stripe'\ntenant='shop'\ntoken='1'\nsecret='2'", ""),
        ("[stripe]\ntenant='shop'\ntoken='1'\nsecret='2'", ""),
        ("[stripe]\ntenant='shop'\ntoken='1'", "missing: secret"),
        ("[stripe]\ntenant='shop'\ntoken='1'\nsecret='2'\nhost='x'", "unknown: host"),
        ("[a]\nkind='nobody'\ntenant='shop'", "kind: one of gorgias, paypal, stripe, zendesk"),
        ("[A]\nkind='stripe'", "small letters"),
        ("[stripe]\ntenant='Shop A'\ntoken='1'\nsecret='2'", "tenant"),
        ("[stripe]\ntenant='shop'\ntoken=''\nsecret='2'", "is a text"),
        ("a = [", "TOMLDecodeError"),
    ],
)
def test_a_file_of_accounts_is_taken_whole_or_refused_with_the_place(tmp_path, text, why):
    path = tmp_path / "accounts.toml"
    path.write_text(text)
    if not why:
        (found,) = read_accounts(path).values()
        assert (found.kind, found.tenant, found["token"]) == ("stripe", "shop", "1")
        assert "secret" not in repr(found)
        return
    with pytest.raises(AccountsMalformed, match=why):
        read_accounts(path)


@pytest.mark.parametrize("part", ["evil.example/", "a b", "", "x" * 70])
def test_a_host_is_never_made_of_what_is_no_part_of_one(part):
    with pytest.raises(RequestFault, match="connector-settings"):
        known_connectors()["zendesk"].hand_over(going("1"), account("zendesk", subdomain=part), Service[{}])
