"""A batch over HTTP: sheet and zip in, rows filling, zips and the same sheet back."""

import csv
import io
import json
import time
import zipfile

import pytest

HEAD = "platform,procedure,order_id,files,extra.do,extra.seconds\n"


@pytest.fixture(scope="module")
def case_of(a_case):
    case = a_case()
    return f"{case['platform']},{case['procedure']}"


def zipped(names):
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for name in names:
            archive.writestr(name, name.encode())
    return sink.getvalue()


def send(client, sheet, names=(), name="cases.csv", query="", **headers):
    files = {"sheet": (name, sheet)}
    if names:
        files["archive"] = ("evidence.zip", zipped(names))
    return client.post(f"/v1/batches{query}", files=files, headers=headers)


def ended(client, answer):
    path = answer.headers["location"]
    end = time.monotonic() + 60
    while time.monotonic() < end:
        batch = client.get(path).json()
        if batch["status"] not in {"queued", "running"}:
            return batch
        time.sleep(0.05)
    raise AssertionError(batch)


def order(number):
    return f"112-{number:07}-7716253"


def test_a_batch_is_done_and_its_files_come_back(client, case_of):
    lines = [f"{case_of},{order(n)},,," for n in range(3)]
    lines += [f"{case_of},{order(3)},nowhere.png,,", f"{case_of},{order(4)},,refuse,", f"no_such,x,{order(5)},,,"]
    names = [f"{order(0)}/a.png", f"b_{order(1)}.png", "left.png"]
    answer = send(client, HEAD + "\n".join(lines), names)
    assert (answer.status_code, answer.json()["status"] in {"queued", "running"}) == (202, True)
    batch = ended(client, answer)
    assert (batch["status"], batch["counts"], batch["partial"]) == (
        "succeeded",
        {"done": 3, "invalid": 2, "failed": 1},
        True,
    )
    assert {client.head(link).status_code for name, link in batch["links"].items() if name != "retry"} == {200}
    assert batch["unmatched_files"] == ["left.png"]
    assert [row["status"] for row in batch["rows"]] == ["done", "done", "done", "invalid", "failed", "invalid"]
    assert batch["rows"][3]["errors"][0]["code"] == "file-not-in-archive"
    assert batch["rows"][5]["errors"][0]["column"] == "platform"
    pack = client.get(batch["rows"][0]["links"]["pack"]).json()
    assert (pack["status"], pack["report"]["files"][0]["name"]) == ("succeeded", "a.png")
    got = client.get(batch["links"]["archive"])
    assert got.headers["etag"].strip('"') == batch["parts"][0]["sha256"]
    with zipfile.ZipFile(io.BytesIO(got.content)) as archive:
        assert archive.testzip() is None
        inside = archive.namelist()
    assert len([name for name in inside if name.endswith("/Evidence.pdf")]) == 3
    assert "index.csv" in inside
    rows = list(csv.DictReader(io.StringIO(client.get(batch["links"]["sheet"]).text)))
    assert [row["_status"] for row in rows] == ["done"] * 3 + ["invalid", "failed", "invalid"]
    assert rows[0]["_bundle"].endswith("/Evidence.pdf")


def test_only_what_failed_is_done_again(client, case_of, tmp_path):
    mark = tmp_path / "mark"
    lines = [f"{case_of},{order(10)},,,", f"{case_of},{order(11)},,raise,"]
    batch = ended(client, send(client, HEAD + "\n".join(lines)))
    assert batch["counts"] == {"done": 1, "failed": 1}
    first = batch["rows"][0]["links"]["pack"]
    again = client.post(batch["links"]["retry"])
    assert again.status_code == 202
    batch = ended(client, again)
    assert batch["rows"][0]["links"]["pack"] == first
    assert batch["counts"] == {"done": 1, "failed": 1}
    assert not mark.exists()
    done = ended(client, send(client, HEAD + f"{case_of},{order(12)},,,"))
    assert client.post(done["links"]["retry"]).json()["code"] == "batch-nothing-to-retry"


def test_the_returned_sheet_sent_again_does_only_the_rest(client, case_of):
    lines = [f"{case_of},{order(13)},,,", f"{case_of},{order(14)},,raise,"]
    batch = ended(client, send(client, HEAD + "\n".join(lines)))
    back = client.get(batch["links"]["sheet"]).text.replace("raise", "")
    files = {"sheet": ("cases.csv", back)}
    batch = ended(client, client.post("/v1/batches", files=files, data={"only_failed": "true"}))
    assert [(row["subject"], row["status"]) for row in batch["rows"]] == [(order(14), "done")]


def test_a_dry_run_reads_everything_and_builds_nothing(client, case_of):
    lines = [f"{case_of},{order(20)},,,", f"{case_of},{order(21)},gone.png,,"]
    batch = ended(client, send(client, HEAD + "\n".join(lines), query="?dry_run=true"))
    assert (batch["dry_run"], batch["counts"]) == (True, {"queued": 1, "invalid": 1})
    assert client.get(f"/v1/packs?order_id={order(20)}").json()["items"] == []
    assert client.get(batch["links"]["sheet"]).status_code == 200


def test_a_batch_is_cancelled_between_rows(client, case_of):
    lines = [f"{case_of},{order(30 + n)},,sleep,0.4" for n in range(12)]
    answer = send(client, HEAD + "\n".join(lines))
    end = time.monotonic() + 30
    while not client.get(answer.headers["location"]).json()["counts"] and time.monotonic() < end:
        time.sleep(0.05)
    gone = client.delete(answer.headers["location"])
    assert (gone.status_code, gone.json()["status"]) == (200, "cancelled")
    batch = client.get(answer.headers["location"]).json()
    assert batch["counts"].get("cancelled", 0) >= 6
    assert set(batch["counts"]) <= {"cancelled", "done"}


def test_what_cannot_be_a_batch_is_refused_with_its_code(client, case_of):
    assert (
        client.post("/v1/batches", data={"platform": "x"}, files={"files": ("a", b"")}).json()["code"]
        == "sheet-missing"
    )
    climbs = {"sheet": ("s.csv", HEAD), "archive": ("a.zip", zipped(["../x.png"]))}
    assert client.post("/v1/batches", files=climbs).json()["code"] == "archive-climbs"
    batch = ended(client, send(client, "nothing here"))
    assert (batch["status"], batch["problem"]) == ("failed", "sheet-without-columns")
    assert client.get("/v1/batches/nope").json()["code"] == "batch-not-found"
    assert client.get(f"/v1/batches/{batch['id']}/archive").json()["code"] == "batch-without-files"


def test_the_same_key_is_the_same_batch(client, case_of):
    sheet = HEAD + f"{case_of},{order(40)},,,"
    first = send(client, sheet, **{"idempotency-key": "batch-1"})
    ended(client, first)
    again = send(client, sheet, **{"idempotency-key": "batch-1"})
    assert again.json()["id"] == first.json()["id"]
    other = send(client, sheet + "\n", **{"idempotency-key": "batch-1"})
    assert other.json()["code"] == "idempotency-key-reused"


def test_a_template_to_fill_in(client, a_case):
    got = client.get(f"/v1/batch-template?platform={a_case()['platform']}")
    assert got.content.startswith(b"PK")
    assert 'filename="batch-template' in got.headers["content-disposition"]
    assert client.get("/v1/batch-template?platform=nowhere").status_code == 404


def test_letters_from_one_mould_are_told(client, case_of):
    batch = ended(client, send(client, HEAD + "\n".join(f"{case_of},{order(50 + n)},,," for n in range(3))))
    rows = list(csv.DictReader(io.StringIO(client.get(batch["links"]["sheet"]).text)))
    assert all("3 letters" in row["_warnings"] for row in rows)


def test_a_batch_goes_on_after_the_service_was_stopped(make_client, tmp_path, case_of):
    lines = [f"{case_of},{order(60 + n)},,sleep,0.3" for n in range(8)]
    with make_client(tmp_path) as client:
        path = send(client, HEAD + "\n".join(lines)).headers["location"]
        end = time.monotonic() + 30
        while not client.get(path).json()["counts"].get("done") and time.monotonic() < end:
            time.sleep(0.05)
    with make_client(tmp_path) as client:
        end = time.monotonic() + 30
        while (batch := client.get(path).json())["status"] == "running" and time.monotonic() < end:
            time.sleep(0.1)
        assert (batch["status"], batch["counts"]) == ("succeeded", {"done": 8})
        packs = [row["links"]["pack"] for row in batch["rows"]]
        assert len(set(packs)) == 8
        for number in range(8):
            items = client.get(f"/v1/packs?order_id={order(60 + number)}").json()["items"]
            assert [item["status"] for item in items] == ["succeeded"]
    assert json.dumps(batch)


def test_columns_that_were_named_are_kept_until_they_are_erased(client):
    sheet = "Ref,Wo\n2918273645,etsy\n"

    def asked(told):
        return client.post(
            "/v1/batches?dry_run=true", files={"sheet": ("a.csv", sheet)}, data={"map": told} if told else {}
        )

    assert ended(client, asked("Ref=order_id; Wo=platform"))["status"] == "succeeded"
    assert ended(client, asked(""))["status"] == "succeeded"
    assert client.delete("/v1/batch-columns").status_code == 204
    assert ended(client, asked(""))["problem"] == "sheet-without-columns"
