"""Two tenants: whatever one has, the other finds nothing there, whichever call it tries."""

import hashlib
import json
import re

import pytest

KEYS = {name: f"key-of-{name}-0123456789" for name in ("shop-a", "shop-b")}
BODIES = {"reminders": {"muted": True}, "outcome": {"outcome": "won"}, "submission": {"case_id": "C-2"}}
CANARY = "canary-of-shop-a"


def as_of(tenant):
    return {"authorization": f"Bearer {KEYS[tenant]}"}


@pytest.fixture(scope="module")
def keyed(make_client, tmp_path_factory):
    keys = ",".join(f"{name}={hashlib.sha256(key.encode()).hexdigest()}" for name, key in KEYS.items())
    with make_client(tmp_path_factory.mktemp("tenants"), api_keys=keys) as client:
        yield client


@pytest.fixture(scope="module")
def owned(keyed, a_case):
    """The ids of what the first tenant has, by the name of the parameter."""
    mine = as_of("shop-a")
    case = a_case() | {"buyer": {"name": CANARY}}
    body = {"data": {"case": json.dumps(case)}, "files": [("files", ("a.png", CANARY.encode()))]}
    pack = keyed.post("/v1/packs", headers=mine, **body).json()
    keyed.put(pack["links"]["submission"], json={"case_id": CANARY}, headers=mine)
    draft = keyed.post("/v1/drafts", json={"case": {"buyer": {"name": CANARY}}}, headers=mine).json()
    keyed.put(f"{draft['links']['self']}/files/a.png", content=CANARY.encode(), headers=mine)
    sheet = f"platform,procedure,order_id\n{case['platform']},{case['procedure']},{CANARY}\n"
    batch = keyed.post("/v1/batches", files={"sheet": ("s.csv", sheet)}, headers=mine).json()
    hook = keyed.post("/v1/webhooks", json={"url": "https://example.com/a"}, headers=mine).json()
    keyed.post(f"{hook['links']['self']}/ping", headers=mine)
    (delivery,) = keyed.get(hook["links"]["deliveries"], headers=mine).json()["items"]
    ids = {"pack_id": pack, "draft_id": draft, "batch_id": batch, "hook_id": hook, "delivery_id": delivery}
    return {name: one["id"] for name, one in ids.items()} | {"name": "a.png"}


def test_every_call_about_something_foreign_finds_nothing(keyed, owned):
    tried = 0
    for path, calls in keyed.app.openapi()["paths"].items():
        if not set(re.findall(r"{(\w+)}", path)) & (set(owned) - {"name"}):
            continue
        for method in calls:
            headers = {**as_of("shop-b"), "if-match": "*"}
            body = BODIES.get(path.rsplit("/", maxsplit=1)[-1], {"case": {}})
            answer = keyed.request(method, path.format(**owned), headers=headers, json=body)
            assert answer.status_code == 404, (method, path, answer.text)
            assert CANARY not in answer.text
            tried += 1
    assert tried > 25


def test_lists_and_counts_are_each_tenants_own(keyed, owned):
    for path in (
        "/v1/packs",
        "/v1/drafts",
        "/v1/batches",
        "/v1/webhooks",
        "/v1/insights",
        "/v1/packs?order_id=112-4829307-7716253",
    ):
        theirs = keyed.get(path, headers=as_of("shop-b"))
        assert CANARY not in theirs.text, path
        assert not any(theirs.json().values()), path
        assert any(keyed.get(path, headers=as_of("shop-a")).json().values()), path


def test_what_one_tenant_tried_is_still_there_for_the_other(keyed, owned):
    mine = as_of("shop-a")
    assert keyed.get(f"/v1/packs/{owned['pack_id']}/archive", headers=mine).status_code == 200
    assert keyed.get(f"/v1/drafts/{owned['draft_id']}/files/a.png", headers=mine).content == CANARY.encode()
    assert keyed.get(f"/v1/webhooks/{owned['hook_id']}", headers=mine).status_code == 200


def test_one_key_may_be_used_by_both(keyed, a_case):
    sent = {"data": {"case": json.dumps(a_case())}, "files": [("files", ("a.png", b"1"))]}
    answers = [
        keyed.post("/v1/packs", headers={**as_of(name), "idempotency-key": "the-same"}, **sent).json()["id"]
        for name in KEYS
    ]
    assert len(set(answers)) == 2
