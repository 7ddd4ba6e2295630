"""A draft from the first word to the pack, and what worked, over HTTP."""

import concurrent.futures
import io
import json
import zipfile

import pytest


@pytest.fixture
def draft(client, a_case):
    made = client.post("/v1/drafts", json={"case": a_case()})
    assert made.status_code == 201
    assert made.headers["etag"] == '"1"'
    return made.json()


def test_a_draft_becomes_a_pack(client, draft, a_case):
    path = draft["links"]["self"]
    put = client.put(f"{path}/files/订单.png", content=b"picture")
    assert (put.status_code, put.json()["name"], put.json()["bytes"]) == (201, "订单.png", 7)
    assert client.put(f"{path}/files/订单.png", content=b"picture, better").status_code == 200
    saved = client.put(path, json={"case": a_case(order="114-0000000-1111111")}, headers={"if-match": '"1"'})
    assert (saved.status_code, saved.headers["etag"]) == (200, '"2"')
    made = client.post(draft["links"]["pack"], headers={"accept": "application/zip"})
    assert made.status_code == 200
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        (name,) = [name for name in archive.namelist() if "originals" in name]
        assert name.startswith("114-0000000-1111111_")
        assert archive.read(name) == b"picture, better"


def test_two_windows_cannot_overwrite_each_other(client, draft):
    path = draft["links"]["self"]
    assert client.put(path, json={"case": {}}).status_code == 428
    assert client.put(path, json={"case": {"note": 1}}, headers={"if-match": '"1"'}).status_code == 200
    late = client.put(path, json={"case": {}}, headers={"if-match": '"1"'})
    assert (late.status_code, late.json()["code"]) == (412, "draft-changed")
    assert client.get(path).json()["case"] == {"note": 1}
    assert client.put(path, json={"wrong": 1}, headers={"if-match": "*"}).status_code == 422


def test_files_of_a_draft_as_a_form_and_back(client, draft):
    path = draft["links"]["self"]
    parts = [("files", (name, data)) for name, data in (("a.png", b"one"), ("b.png", b"two"))]
    added = client.post(f"{path}/files", files=parts)
    assert (added.status_code, [file["name"] for file in added.json()["files"]]) == (201, ["a.png", "b.png"])
    got = client.get(f"{path}/files/a.png", headers={"range": "bytes=1-"})
    assert (got.status_code, got.content) == (206, b"ne")
    again = client.get(
        f"{path}/files/b.png", headers={"if-none-match": client.get(f"{path}/files/b.png").headers["etag"]}
    )
    assert again.status_code == 304
    assert client.delete(f"{path}/files/a.png").status_code == 204
    assert client.delete(f"{path}/files/a.png").status_code == 404
    assert [file["name"] for file in client.get(path).json()["files"]] == ["b.png"]
    assert client.delete(path).status_code == 204
    assert client.get(path).json()["code"] == "draft-not-found"


def test_drafts_are_listed_from_the_newest_page_by_page(client):
    ids = [client.post("/v1/drafts").json()["id"] for _ in range(3)]
    first = client.get("/v1/drafts?limit=2").json()
    rest = client.get(f"/v1/drafts?limit=100&cursor={first['next_cursor']}").json()
    found = [item["id"] for item in [*first["items"], *rest["items"]]]
    assert found[:3] == ids[::-1]
    assert found == sorted(found, reverse=True)
    assert client.get("/v1/drafts?cursor=zzz").json()["code"] == "cursor-wrong"


def test_one_key_sent_fifty_times_at_once_makes_one_pack(client, a_case):
    def send(_):
        return client.post(
            "/v1/packs",
            data={"case": json.dumps(a_case(order="115-0000000-2222222", do="sleep", seconds=0.5))},
            files=[("files", ("a.png", b"picture"))],
            headers={"idempotency-key": "fifty", "prefer": "wait=9"},
        )

    with concurrent.futures.ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(send, range(50)))
    assert {answer.status_code for answer in answers} <= {201, 202, 409}
    assert sum(answer.status_code < 300 and "idempotency-replayed" not in answer.headers for answer in answers) == 1
    assert len(client.get("/v1/packs?order_id=115-0000000-2222222").json()["items"]) == 1
    assert send(0).headers["idempotency-replayed"] == "true"


def test_insights_count_outcomes_and_evidence(make_client, tmp_path, a_case):
    with make_client(tmp_path) as client:
        packs = [
            client.post(
                "/v1/packs",
                data={"case": json.dumps(a_case(order=f"116-{n:07}-3333333"))},
                files=[("files", ("a.png", b"picture"))],
            ).json()
            for n in range(2)
        ]
        client.put(packs[0]["links"]["outcome"], json={"outcome": "won"})
        found = client.get("/v1/insights").json()
        assert client.get("/v1/insights?since=2990-01-01").json()["outcomes"] == []
        assert client.get("/v1/insights?since=yesterday").status_code == 422
    assert [(row["outcome"], row["packs"]) for row in found["outcomes"]] == [("open", 1), ("won", 1)]
    assert [(row["kind"], row["outcome"], row["packs"]) for row in found["evidence"]] == [
        ("tracking", "open", 1),
        ("tracking", "won", 1),
    ]
    assert found["packs"] == [{"state": "succeeded", "verdict": "ready", "packs": 2}]
