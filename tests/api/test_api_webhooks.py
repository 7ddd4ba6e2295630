"""Webhooks and reminders over HTTP, from the pack to the receiver."""

import datetime as dt
import json
import sys
import time
from pathlib import Path

import pytest
from standardwebhooks import Webhook

from jobs.records.events import PackEvent, PackEventData, ReminderEvent, ReminderEventData

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "jobs"))


@pytest.fixture(scope="module")
def inside(make_client, tmp_path_factory):
    with make_client(tmp_path_factory.mktemp("hooked"), hook_private=True) as client:
        yield client


@pytest.fixture
def receiver():
    from test_jobs_hooks import Receiver

    receiver = Receiver()
    yield receiver
    receiver.server.shutdown()
    receiver.server.server_close()


def test_a_finished_pack_is_told_once_without_the_buyers_data(inside, a_case, receiver):
    made = inside.post("/v1/webhooks", json={"url": receiver.url, "events": ["pack.succeeded"]})
    assert made.status_code == 201
    case = a_case() | {"buyer": {"name": "J. Whitfield", "email": "j@example.com"}}
    pack = inside.post("/v1/packs", data={"case": json.dumps(case)}, files=[("files", ("a.png", b"1"))]).json()
    end = time.monotonic() + 15
    while not receiver.got and time.monotonic() < end:
        time.sleep(0.05)
    ((_, headers, body),) = receiver.got
    told = Webhook(made.json()["secret"]).verify(body, headers)
    assert (told["data"]["pack_id"], told["data"]["verdict"]) == (pack["id"], "ready")
    assert "Whitfield" not in body.decode()
    assert set(told["data"]) == set(PackEventData.model_fields)
    PackEvent.model_validate_json(body)
    (told,) = inside.get(made.json()["links"]["deliveries"]).json()["items"]
    assert told["id"] == headers["webhook-id"]
    inside.post(f"/v1/webhooks/deliveries/{told['id']}/replay")
    while len(receiver.got) < 2 and time.monotonic() < end:
        time.sleep(0.05)
    assert receiver.got[1][1]["webhook-id"] == told["id"]
    assert inside.delete(made.json()["links"]["self"]).status_code == 204


def test_what_cannot_be_a_receiver_is_refused(client):
    assert client.post("/v1/webhooks", json={"url": "https://10.0.0.1/"}).json()["code"] == "webhook-url-refused"
    assert client.post("/v1/webhooks", json={"url": "https://example.com", "shape": "pager"}).status_code == 422
    assert client.post("/v1/webhooks", json={"url": "https://example.com", "events": ["x"]}).status_code == 422
    assert client.get("/v1/webhooks/nope").json()["code"] == "webhook-not-found"


def test_a_submission_is_followed_up_unless_the_pack_is_muted(inside, a_case, receiver):
    hook = inside.post("/v1/webhooks", json={"url": receiver.url, "events": ["reminder.follow_up"]}).json()
    body = {"data": {"case": json.dumps(a_case())}, "files": [("files", ("a.png", b"1"))]}
    loud, quiet = (inside.post("/v1/packs", **body).json() for _ in range(2))
    at = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    for pack in (loud, quiet):
        assert inside.put(pack["links"]["submission"], json={"case_id": "C-1", "at": at}).status_code == 200
    path = f"/v1/packs/{quiet['id']}/reminders"
    assert inside.put(path, json={"muted": True}).json()["muted"] is True
    assert [one["kind"] for one in inside.get(path).json()["items"]] == ["follow_up"]
    service = inside.app.state.service
    later = dt.datetime.now(dt.UTC).replace(microsecond=0) + dt.timedelta(hours=73)
    assert service.reminders.remind(later) == 1
    assert service.reminders.remind(later) == 0
    (row,) = service.hooks.deliveries("local", hook["id"])
    assert set(row.event["data"]) == set(ReminderEventData.model_fields)
    ReminderEvent.model_validate(row.event)
    inside.delete(hook["links"]["self"])


@pytest.mark.parametrize("language", ["x" * 21, "zh-Hans\x00", "中文", "", "en; DROP TABLE"])
def test_a_language_that_is_none_is_refused(client, language):
    answer = client.post("/v1/webhooks", json={"url": "https://example.com/x", "language": language})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/language")
