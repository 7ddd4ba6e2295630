"""Cases from other services over HTTP, and packs back to them; the services are stood in for."""

import datetime as dt
import hashlib
import hmac
import json
import re
import time

import pytest

from jobs.notify.hook_wire import WireReply

KEY = "a-key-of-shop-a-0123456789"
SECRET = "whsec_not_a_real_one"
FILE = f"""
[cards]
kind = "stripe"
tenant = "shop-a"
token = "rk_test_1"
secret = "{SECRET}"

[support]
kind = "gorgias"
tenant = "shop-a"
domain = "acme"
email = "ops@acme.example"
token = "t"
secret = "{SECRET}"
"""
EVENT = {
    "type": "charge.dispute.created",
    "data": {"object": {"id": "dp_1", "amount": 3748, "currency": "usd", "charge": "ch_1", "reason": "fraudulent"}},
}
TICKET = {
    "subject": "Not here",
    "messages": [{"body_text": "words", "attachments": [{"url": "https://files.example.com/a.png", "name": "a.png"}]}],
}


@pytest.fixture(scope="module")
def asked():
    return []


@pytest.fixture(scope="module")
def client(make_client, tmp_path_factory, asked):
    folder = tmp_path_factory.mktemp("connected")
    (folder / "accounts.toml").write_text(FILE)
    keys = f"shop-a={hashlib.sha256(KEY.encode()).hexdigest()}"

    def wire(call):
        asked.append(call)
        if "files.example.com" in call.url:
            return WireReply(status=200, body=b"picture")
        told = TICKET if call.method == "GET" else [{"url": "u"}] if "upload" in call.url else {"id": 1}
        return WireReply(status=200, body=json.dumps(told).encode())

    with make_client(folder, api_keys=keys, connectors=folder / "accounts.toml") as client:
        exchange = client.app.state.service.exchange
        object.__setattr__(exchange, "wire", wire)
        yield client


MINE = {"authorization": f"Bearer {KEY}"}


def by_stripe(body, secret=SECRET):
    stamp = str(int(dt.datetime.now(dt.UTC).timestamp()))
    digest = hmac.new(secret.encode(), f"{stamp}.{body}".encode(), hashlib.sha256).hexdigest()
    return {"stripe-signature": f"t={stamp},v1={digest}", "content-type": "application/json"}


def test_a_dispute_is_a_draft_on_the_desk_of_its_tenant_once(client):
    body = json.dumps(EVENT)
    answers = [client.post("/v1/connectors/cards", content=body, headers=by_stripe(body)) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [202, 202], answers[0].text
    assert answers[0].json() == answers[1].json()
    draft = client.get(answers[0].json()["draft"], headers=MINE).json()
    assert (draft["case"]["reason"], draft["case"]["claim"]["amount"]["amount"]) == ("unauthorised", "37.48")
    assert len(client.get("/v1/drafts", headers=MINE).json()["items"]) == 1


def ended(client, pack):
    end = time.monotonic() + 120
    while pack["status"] in {"queued", "running"} and time.monotonic() < end:
        time.sleep(0.05)
        pack = client.get(f"/v1/packs/{pack['id']}", headers=MINE).json()
    return pack


def test_a_dispute_is_shown_by_the_form_and_its_pack_goes_back(client, asked):
    event = json.loads(json.dumps(EVENT))
    event["data"]["object"] |= {"id": "dp_of_the_form", "metadata": {"order_id": "S-1"}}
    body = json.dumps(event)
    draft = client.post("/v1/connectors/cards", content=body, headers=by_stripe(body)).json()["draft_id"]
    page = client.get(f"/drafts/{draft}", headers=MINE).text
    assert 'value="dp_of_the_form"' in page
    assert 'value="37.48"' in page
    version = re.search(r'name="version" value="([0-9]+)"', page)[1]
    typed = {"draft": draft, "version": version, "action": "build", "reason": "unauthorised"}
    typed |= {"/payment/dispute_id": "dp_of_the_form", "/order/id": "S-1"}
    parts = [*((name, (None, value)) for name, value in typed.items()), ("files", ("a.png", b"a.png", "image/png"))]
    built = client.post("/form/stripe/dispute", files=parts, headers=MINE, follow_redirects=False)
    assert built.status_code == 303, built.text
    (pack,) = client.get("/v1/packs?platform=stripe&order_id=S-1", headers=MINE).json()["items"]
    ended(client, pack)
    answer = client.post(f"/v1/packs/{pack['id']}/hand-over", headers=MINE)
    assert (answer.status_code, answer.json().get("id")) == (200, "dp_of_the_form"), answer.text
    assert "dp_of_the_form" in asked[-1].url


def test_a_ticket_of_no_known_platform_is_on_the_desk(client):
    taken = client.post("/v1/connectors/support", json={"ticket_id": 900}, headers={"x-evidence-packer-secret": SECRET})
    draft = taken.json()["draft_id"]
    assert f"/drafts/{draft}" in client.get("/", headers=MINE).text
    assert "a.png" in client.get(f"/drafts/{draft}", headers=MINE).text


@pytest.mark.parametrize(
    ("path", "body", "headers", "status", "code"),
    [
        ("cards", json.dumps(EVENT), lambda body: by_stripe(body, "another"), 401, "connector-not-proved"),
        ("cards", "{", by_stripe, 422, "connector-not-understood"),
        ("nobody", "{}", lambda _: {"content-type": "application/json"}, 404, "connector-not-found"),
        ("support", "{}", lambda _: {"content-type": "text/plain"}, 415, "json-needed"),
    ],
)  # a signature is of its moment: it is made when it is sent
def test_what_is_not_proved_or_not_known_is_refused_with_its_code(client, path, body, headers, status, code):
    answer = client.post(f"/v1/connectors/{path}", content=body, headers=headers(body))
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_message_about_no_case_is_taken_and_left(client):
    body = json.dumps({"type": "charge.refunded"})
    answer = client.post("/v1/connectors/cards", content=body, headers=by_stripe(body))
    assert (answer.status_code, answer.json()) == (202, {"draft_id": None, "draft": None})


def test_a_ticket_becomes_a_draft_and_its_pack_goes_back_as_a_note(client, asked, a_case):
    headers = {"x-evidence-packer-secret": SECRET}
    taken = client.post("/v1/connectors/support", json={"ticket_id": 812}, headers=headers)
    assert taken.status_code == 202, taken.text
    path = taken.json()["draft"]
    draft = client.get(path, headers=MINE).json()
    assert ([file["name"] for file in draft["files"]], draft["case"]["extra"]["connector"]["id"]) == (["a.png"], "812")
    whole = a_case() | {"extra": draft["case"]["extra"]}
    client.put(path, json={"case": whole}, headers={**MINE, "if-match": "*"})
    made = client.post(f"{path}/pack", headers=MINE)
    pack = ended(client, made.json())
    answer = client.post(f"/v1/packs/{pack['id']}/hand-over", headers=MINE)
    assert answer.status_code == 200, answer.text
    assert answer.json() == {"account": "support", "id": "812", "files": ["Evidence.pdf", "Letter.pdf", "Letter.txt"]}
    note = json.loads(asked[-1].body)
    assert (note["channel"], note["from_agent"]) == ("internal-note", True)
    assert note["body_text"].startswith("Evidence pack for 112-4829307-7716253: ")


def test_a_pack_that_came_from_nowhere_goes_nowhere(client, a_case):
    pack = client.post(
        "/v1/packs", data={"case": json.dumps(a_case())}, files=[("files", ("a.png", b"x"))], headers=MINE
    )
    answer = client.post(f"/v1/packs/{pack.json()['id']}/hand-over", headers=MINE)
    assert (answer.status_code, answer.json()["code"]) in {(409, "pack-of-no-connector"), (409, "pack-not-finished")}


def test_a_service_with_a_malformed_file_of_accounts_does_not_start(make_client, tmp_path):
    from api.settings import SettingsFault

    (tmp_path / "accounts.toml").write_text("[cards]\nkind='stripe'\ntenant='shop-a'")
    with pytest.raises(SettingsFault, match="connectors-malformed"):
        make_client(tmp_path, connectors=tmp_path / "accounts.toml")
