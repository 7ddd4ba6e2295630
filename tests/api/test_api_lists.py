"""Lists are narrowed by what one looks for, and what a call does not know is refused by name."""

import datetime as dt
import time

import pytest

NARROW = [
    ({"order_id": "711-"}, {"ready", "blocked"}),
    ({"order_id": "711-4829307-771625"}, {"ready", "blocked"}),
    ({"order_id": " 711-4829307-7716253 "}, {"ready"}),
    ({"order_id": "711_"}, set()),
    ({"order_id": "4829307"}, set()),
    ({"order_id": "711-", "verdict": "blocked"}, {"blocked"}),
    ({"order_id": "711-", "verdict": "review"}, set()),
    ({"order_id": "711-", "status": "succeeded"}, {"ready", "blocked"}),
    ({"order_id": "711-", "status": "failed"}, set()),
    ({"order_id": "711-", "platform": "nowhere"}, set()),
    ({"order_id": "711-", "reason": "other"}, set()),
    ({"order_id": "711-", "created_after": "2020-01-01"}, {"ready", "blocked"}),
    ({"order_id": "711-", "created_before": "2020-01-01T00:00:00+08:00"}, set()),
    ({"order_id": "711-", "created_after": "2099-01-01T00:00:00Z"}, set()),
    ({"order_id": "711-", "deadline_before": "2026-12-01"}, {"blocked"}),
    ({"order_id": "711-", "deadline_before": "2026-11-30T07:59:00+08:00"}, set()),
]


@pytest.fixture(scope="module")
def two(client, a_case):
    import json

    from sqlalchemy import update

    from jobs.records.tables import packs

    for order, verdict in (("711-4829307-7716253", "ready"), ("711-4829307-7716254", "blocked")):
        case = {"case": json.dumps(a_case(order, verdict=verdict))}
        made = client.post("/v1/packs", data=case, files=[("files", ("a.png", b"x"))]).json()
    due = update(packs).where(packs.c.id == made["id"]).values(due_at="2026-11-30T00:00:00+00:00")
    with client.app.state.service.database.write() as connection:
        connection.execute(due)


@pytest.mark.parametrize(("query", "verdicts"), NARROW)
def test_a_list_shows_what_was_looked_for(client, two, query, verdicts):
    answer = client.get("/v1/packs", params=query)
    assert answer.status_code == 200, answer.text
    assert {pack["verdict"] for pack in answer.json()["items"]} == verdicts


def test_pages_keep_their_conditions(client, two):
    first = client.get("/v1/packs", params={"order_id": "711-", "limit": 1}).json()
    second = client.get("/v1/packs", params={"order_id": "711-", "limit": 1, "cursor": first["next_cursor"]}).json()
    assert first["items"][0]["id"] > second["items"][0]["id"]
    assert second["next_cursor"] is None


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/v1/packs?orderid=1", "orderid"),
        ("/v1/packs/nope?x=1", "x"),
        ("/v1/platforms?page=2", "page"),
        ("/v1/drafts?limits=3", "limits"),
        ("/v1/events?since=1", "since"),
        ("/v1/sentences?lang=zh-Hans&q=1", "q"),
    ],
)
def test_an_unknown_parameter_is_refused_by_name_with_the_known_ones(client, path, name):
    answer = client.get(path).json()
    assert (answer["status"], answer["code"]) == (400, "query-unknown")
    assert [one["pointer"] for one in answer["errors"]] == [f"/query/{name}"]
    assert "lang" in answer["errors"][0]["message"]


@pytest.mark.parametrize("path", ["/healthz?probe=1", "/version?x=1", "/v1/platforms?lang=zh-Hans", "/docs?theme=dark"])
def test_probes_and_the_language_are_known_everywhere(client, path):
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("value", ["yesterday", "2026-13-01", "18/11/2026"])
def test_a_time_that_is_none_is_refused(client, value):
    answer = client.get("/v1/packs", params={"created_after": value})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/query/created_after")


def test_events_come_in_their_order_and_go_on_where_one_stopped(client, two, monkeypatch):
    monkeypatch.setattr("jobs.records.event_log.SETTLED", dt.timedelta(0))
    time.sleep(0.01)
    answer = client.get("/v1/events", params={"type": "pack.succeeded", "limit": 1}).json()
    assert answer["more"] is True
    seen = [one["event"] for one in answer["items"]]
    while answer["more"]:
        query = {"cursor": answer["next_cursor"], "type": "pack.succeeded"}
        answer = client.get("/v1/events", params=query).json()
        seen += [one["event"] for one in answer["items"]]
    assert {one["data"]["subject"] for one in seen} >= {"711-4829307-7716253", "711-4829307-7716254"}
    assert [one["timestamp"] for one in seen] == sorted(one["timestamp"] for one in seen)
    again = client.get("/v1/events", params={"cursor": answer["next_cursor"]}).json()
    assert (again["items"], again["more"]) == ([], False)
    assert again["next_cursor"] == answer["next_cursor"]


def test_an_event_that_has_just_happened_is_not_listed_yet(client, two, monkeypatch):
    monkeypatch.setattr("jobs.records.event_log.SETTLED", dt.timedelta(days=1))
    assert client.get("/v1/events").json()["items"] == []
