"""Server-sent events: told when something changes, ended by themselves, taken up again where they were left."""

import json

import pytest


def heard(client, path, **headers):
    """Every event of a stream that ends by itself, as (name, id, data)."""
    found = []
    with client.stream("GET", path, headers=headers) as answer:
        assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (200, "text/event-stream")
        for block in "".join(answer.iter_text()).split("\n\n"):
            lines = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
            if "data" in lines:
                found.append((lines["event"], lines["id"], json.loads(lines["data"])))
    return found


def started(client, case):
    body = {"data": {"case": json.dumps(case)}, "files": [("files", ("a.png", b"1"))]}
    return client.post("/v1/packs", headers={"prefer": "respond-async"}, **body).json()


def test_a_pack_is_followed_to_its_end(client, a_case):
    pack = started(client, a_case(do="sleep", seconds=1.2))
    told = heard(client, pack["links"]["events"])
    assert [name for name, _, _ in told][-1] == "end"
    states = [data["status"] for _, _, data in told]
    assert states == sorted(states, key=["queued", "running", "succeeded"].index)
    assert "read" in [data.get("progress", {}).get("stage") for _, _, data in told]
    assert (told[-1][2]["status"], told[-1][2]["verdict"]) == ("succeeded", "ready")
    assert len({number for _, number, _ in told}) == len(told)


def test_connecting_again_tells_only_what_is_new(client, a_case):
    pack = started(client, a_case(do="sleep", seconds=0.1))
    path = pack["links"]["events"]
    name, number, data = heard(client, path)[-1]
    assert heard(client, path, **{"last-event-id": "of-before"}) == [(name, number, data)]
    again = client.get(path, headers={"last-event-id": number})
    assert (again.status_code, again.content) == (204, b"")


def test_a_batch_is_followed_row_by_row(client, a_case):
    case = a_case()
    rows = "".join(f"{case['platform']},{case['procedure']},112-{n:07}-1234567,sleep,0.6\n" for n in range(3))
    sheet = "platform,procedure,order_id,extra.do,extra.seconds\n" + rows
    batch = client.post("/v1/batches", files={"sheet": ("s.csv", sheet)}).json()
    told = heard(client, batch["links"]["events"])
    done = [data["progress"]["done"] for _, _, data in told]
    assert done == sorted(done)
    assert len(set(done)) > 1
    assert (told[-1][0], told[-1][2]["counts"]) == ("end", {"done": 3})


@pytest.mark.parametrize("path", ["/v1/packs/nope/events", "/v1/batches/nope/events"])
def test_what_is_not_there_cannot_be_followed(client, path):
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


def test_streams_are_bounded_and_polling_goes_on(client, a_case, monkeypatch):
    pack = started(client, a_case(do="sleep", seconds=0.5))
    monkeypatch.setattr(client.app.state.service, "streams", 200)
    answer = client.get(pack["links"]["events"])
    assert (answer.status_code, answer.json()["code"]) == (503, "streams-full")
    assert int(answer.headers["retry-after"]) > 0
    assert client.get(pack["links"]["self"]).status_code == 200


def test_a_server_about_to_end_lets_go_of_those_who_follow(client, a_case, monkeypatch):
    pack = started(client, a_case(do="hang"))
    monkeypatch.setattr(client.app.state.service, "ending", lambda: True)
    told = heard(client, pack["links"]["events"])
    assert [name for name, _, _ in told] == ["progress"]
    client.delete(pack["links"]["self"])
