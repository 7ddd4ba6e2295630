"""What was erased is gone: out of packs, batches, sheets, drafts, events, keys, names of objects, and the bytes of the database."""

import csv
import io
import json
import sys
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "jobs"))

from fake_trade import TRADE

from api.app import create_app
from api.commands.command_line import app as commands
from api.settings import Settings
from jobs.records.people import Person, holds

NAME, EMAIL, ORDER = "Änne Canary-Müller", "Anne.Canary@example.com", "112-4829307-7716253"
OTHER = {"name": "Bob Stays", "email": "bob@example.com", "order": "112-1111111-1111111"}
KEYS = {name: f"key-of-{name}-0123456789" for name in ("shop-a", "shop-b")}


@pytest.fixture
def client(tmp_path):
    settings = Settings(data=tmp_path / "data", workers=1, engine="direct", wait_seconds=20, hook_private=True)
    with TestClient(
        create_app(settings, TRADE), base_url="http://127.0.0.1:8000", client=("127.0.0.1", 50000)
    ) as client:
        yield client


@pytest.fixture(scope="module")
def about(house):
    """A case of a buyer, as a function of who it is."""
    platform = next(p for p in house.platforms.values() if any(x.subject == "order" for x in p.procedures.values()))
    procedure = next(key for key, one in platform.procedures.items() if one.subject == "order")

    def make(order=ORDER, name=NAME, email=EMAIL, **extra):
        return {
            "platform": platform.id,
            "procedure": procedure,
            "order": {"id": order},
            "buyer": {"name": name, "email": email},
            "extra": extra,
        }

    return make


def make(client, case, names=("a.png",), **headers):
    files = [("files", (name, name.encode(), "application/octet-stream")) for name in names]
    answer = client.post("/v1/packs", data={"case": json.dumps(case)}, files=files, headers=headers)
    assert answer.status_code in {201, 202}, answer.text
    return answer.json()


def left_of(client, *needles):
    """Every place below the data folder whose name or bytes hold one of these texts."""
    folder = client.app.state.service.settings.data
    found = []
    for path in folder.rglob("*"):
        name, data = path.relative_to(folder).as_posix(), path.read_bytes() if path.is_file() else b""
        forms = ((needle, (needle.encode(), json.dumps(needle)[1:-1].encode())) for needle in needles)
        found += [(needle, name) for needle, both in forms if needle in name or any(form in data for form in both)]
    return found


def batch_of(client, sheet, archive=None, name="november.csv", **data):
    files = {"sheet": (name, sheet)}
    if archive:
        sink = io.BytesIO()
        with zipfile.ZipFile(sink, "w") as zipped:
            for one in archive:
                zipped.writestr(one, one.encode())
        files["archive"] = ("evidence.zip", sink.getvalue())
    return client.post("/v1/batches", files=files, data=data).headers["location"]


def ended(client, path):
    end = time.monotonic() + 60
    while (batch := client.get(path).json())["status"] in {"queued", "running"} and time.monotonic() < end:
        time.sleep(0.05)
    return batch


def sheet_of(about, *rows):
    case = about()
    lines = [f"{case['platform']},{case['procedure']},{','.join(row)}" for row in rows]
    return "platform,procedure,order_id,ship_to_name,extra.do,extra.seconds,Buyer mail\n" + "\n".join(lines) + "\n"


def test_an_erased_pack_leaves_no_name_anywhere(client, about):
    file = "canary-passport-of-anne.png"
    pack = make(client, about(), (file,), **{"idempotency-key": "anne"})
    client.post("/v1/webhooks", json={"url": "http://127.0.0.1:9/hook"})
    screenshot = {"screenshot": ("canary-shot.png", b"png")}
    note = json.dumps({"case_id": "CASE-7", "note": "canary-note"})
    client.put(pack["links"]["submission"], data={"submission": note}, files=screenshot)
    client.put(pack["links"]["outcome"], json={"outcome": "won", "why": "canary-why"})
    assert left_of(client, file, NAME)
    assert client.delete(pack["links"]["self"]).status_code == 204
    assert left_of(client, file, "canary", NAME, EMAIL, ORDER) == []
    service = client.app.state.service
    remains = service.packs.view("local", pack["id"]).remains
    assert len(remains.archive_sha256) == len(remains.uploads[0].sha256) == 64
    row = service.packs.ledger.row("local", pack["id"])
    assert (row.submission["case_id"], set(row.submission["screenshot"])) == ("CASE-7", {"bytes", "sha256"})
    assert service.packs.store.under(f"packs/local/{pack['id']}/screenshots")
    assert client.get(pack["links"]["self"]).json()["code"] == "pack-erased"
    assert client.get("/v1/insights").json()["outcomes"][0]["outcome"] == "won"
    assert make(client, about(), (file,), **{"idempotency-key": "anne"})["id"] != pack["id"]


def test_a_waiting_event_tells_no_more_than_ids_of_what_is_erased(client, about):
    hook = client.post("/v1/webhooks", json={"url": "http://127.0.0.1:9/hook"}).json()
    pack = make(client, about())

    def events():
        return [row.event["data"] for row in client.app.state.service.hooks.deliveries("local", hook["id"])]

    assert [(data["pack_id"], data["subject"]) for data in events()] == [(pack["id"], ORDER)]
    client.delete(pack["links"]["self"])
    assert [(data["pack_id"], data["subject"]) for data in events()] == [(pack["id"], "")]


def test_an_erased_pack_is_in_no_later_archive_of_its_batch(client, about):
    rows = [(ORDER, NAME, "", "", EMAIL), (OTHER["order"], OTHER["name"], "", "", OTHER["email"])]
    path = batch_of(client, sheet_of(about, *rows), [f"{ORDER}/canary-file.png", f"{OTHER['order']}/b.png"])
    batch = ended(client, path)
    before = client.get(batch["links"]["archive"])
    assert ORDER in before.text or ORDER.encode() in before.content
    gone, stays = (row["links"]["pack"] for row in batch["rows"])
    assert client.delete(gone).status_code == 204
    after = client.get(f"{path}/archive")
    with zipfile.ZipFile(io.BytesIO(after.content)) as archive:
        assert archive.testzip() is None
        folders = {name.split("/")[0] for name in archive.namelist() if "/" in name}
        index = list(csv.reader(io.StringIO(archive.read("index.csv").decode("utf-8-sig"))))
        inside = archive.read("november_result.csv")
    assert len(folders) == 1
    assert [row[2] for row in index[1:]] == ["erased", "done"]
    assert before.headers["etag"] != after.headers["etag"]
    sheet = client.get(f"{path}/sheet")
    assert inside == sheet.content
    told = list(csv.DictReader(io.StringIO(sheet.text)))
    assert [(row["order_id"], row["ship_to_name"], row["Buyer mail"], row["_status"]) for row in told] == [
        ("", "", "", "erased"), (*rows[1][:2], rows[1][4], "done"),
    ]  # fmt: skip
    assert left_of(client, NAME, EMAIL, ORDER, "canary-file") == []
    batch = client.get(path).json()
    first = batch["rows"][0]
    assert (first["status"], first["subject"], first["files"], first["links"]) == ("erased", "", [], {})
    assert (batch["parts"][0]["bytes"], batch["parts"][0]["sha256"]) == (len(after.content), None)
    assert client.get(stays).status_code == 200


def test_an_archive_of_a_batch_answers_ranges_and_conditions(client, about):
    rows = [(f"112-482930{n}-7716253", NAME, "", "", "") for n in range(3)]
    batch = ended(client, batch_of(client, sheet_of(about, *rows)))
    path = batch["links"]["archive"]
    whole = client.get(path)
    tag = whole.headers["etag"]
    for first, last in ((0, 9), (10, 2000), (len(whole.content) - 30, len(whole.content) - 1)):
        part = client.get(path, headers={"range": f"bytes={first}-{last}", "if-range": tag})
        assert (part.status_code, part.content) == (206, whole.content[first : last + 1])
    assert client.get(path, headers={"if-none-match": tag}).status_code == 304
    head = client.head(path)
    assert (head.headers["content-length"], head.headers["etag"]) == (str(len(whole.content)), tag)
    client.delete(batch["rows"][0]["links"]["pack"])
    assert client.get(path, headers={"range": "bytes=0-9", "if-range": tag}).status_code == 200


def test_a_finished_batch_is_erased_with_everything_in_it(client, about):
    rows = [(ORDER, NAME, "", "", EMAIL), ("112-2222222-2222222", NAME, "raise", "", "")]
    path = batch_of(client, sheet_of(about, *rows), [f"{ORDER}/canary.png", "canary-left.png"], name="canary-nov.csv")
    batch = ended(client, path)
    packs = [row["links"]["pack"] for row in batch["rows"] if row["links"]]
    assert client.delete(path).status_code == 204
    for gone in (path, f"{path}/archive", f"{path}/sheet"):
        assert (client.get(gone).status_code, client.get(gone).json()["code"]) == (410, "batch-erased")
    assert client.delete(path).status_code == 410
    assert [client.get(pack).json()["code"] for pack in packs] == ["pack-erased"] * len(packs)
    assert client.get("/v1/batches").json()["items"] == []
    assert left_of(client, NAME, EMAIL, ORDER, "canary", "2222222") == []
    assert client.app.state.service.store.under("batches") == []


def test_a_running_batch_is_cancelled_not_erased(client, about):
    rows = [(f"112-482930{n}-7716253", NAME, "sleep", "0.5", "") for n in range(6)]
    path = batch_of(client, sheet_of(about, *rows))
    assert client.delete(path).json()["status"] == "cancelled"
    assert client.get(path).status_code == 200


ASKED = [
    {"order_id": f" {ORDER} "},
    {"email": "ANNE.canary@EXAMPLE.com"},
    {"name": "  änne   CANARY-MÜLLER "},
    {"order_id": ORDER, "email": EMAIL, "name": NAME},
]


@pytest.mark.parametrize(
    ("way", "asked"),
    [
        pytest.param("json", ASKED[0], marks=pytest.mark.long),
        ("params", ASKED[1]),
        pytest.param("json", ASKED[2], marks=pytest.mark.long),
        ("json", ASKED[3]),
    ],
)
def test_a_person_is_erased_out_of_everything(client, about, way, asked):
    mine = [make(client, about(), ("a.png",)), make(client, about(extra="same buyer"), ("b.png",))]
    other = make(client, about(**OTHER), ("c.png",))
    rows = [(ORDER, NAME, "", "", EMAIL), (OTHER["order"], OTHER["name"], "", "", OTHER["email"])]
    path = batch_of(
        client, sheet_of(about, *rows, ("wrong order!", NAME, "", "", EMAIL), (ORDER, NAME, "no", "", EMAIL))
    )
    ended(client, path)
    drafts = [client.post("/v1/drafts", json={"case": about(**who)}).json() for who in ({}, OTHER)]
    client.put(f"{drafts[0]['links']['self']}/files/a.png", content=b"1")
    found = client.request("DELETE", "/v1/people", **{way: asked})
    assert found.status_code == 200, found.text
    receipt = found.json()
    assert {pack["id"] for pack in mine} <= set(receipt["packs"])
    assert (receipt["drafts"], receipt["later"]) == ([drafts[0]["id"]], [])
    assert not any(needle.casefold() in found.text.casefold() for needle in (NAME, EMAIL, ORDER, "canary"))
    assert [client.get(pack["links"]["self"]).status_code for pack in (*mine, other)] == [410, 410, 200]
    assert [client.get(draft["links"]["self"]).status_code for draft in drafts] == [404, 200]
    told = list(csv.DictReader(io.StringIO(client.get(f"{path}/sheet").text)))
    assert told[1]["order_id"] == OTHER["order"]
    assert client.get("/v1/erasures").json()["items"][0]["id"] == receipt["id"]
    if len(asked) == 3:
        assert left_of(client, NAME, EMAIL, ORDER) == []
        assert left_of(client, OTHER["name"])
    else:
        (key, value) = next(
            iter({"order_id": ORDER, "email": EMAIL, "name": NAME}.items() & asked.items()), (None, None)
        )
        assert key is None or left_of(client, value) == []


def test_a_person_is_erased_while_a_pack_and_a_batch_are_made(client, about):
    running = make(client, about(do="sleep", seconds=2), prefer="respond-async")
    rows = [(OTHER["order"], OTHER["name"], "sleep", "1", ""), *[(ORDER, NAME, "", "", EMAIL)] * 2]
    path = batch_of(client, sheet_of(about, *rows), ["canary.png"], name=f"{NAME}.csv")
    while not client.get(path).json()["counts"]:
        time.sleep(0.05)
    asked = {"order_id": ORDER, "name": NAME, "email": EMAIL}
    receipt = client.request("DELETE", "/v1/people", json=asked).json()
    assert running["id"] in receipt["packs"]
    assert client.get(running["links"]["self"]).status_code == 410
    batch = ended(client, path)
    assert [row["status"] for row in batch["rows"]] == ["done", "erased"]
    end = time.monotonic() + 20
    while (left := left_of(client, NAME, EMAIL, ORDER)) and time.monotonic() < end:
        client.app.state.service.erasing.settle()
        time.sleep(0.2)
    assert left == []


def test_the_receipt_says_what_was_not_looked_through(client, about):
    from sqlalchemy import delete

    from jobs.records.tables import people

    old, new, free = (make(client, about(**OTHER, note=note), (f"{n}.png",)) for n, note in enumerate(("", "", NAME)))
    service = client.app.state.service
    with service.database.write() as connection:  # as a release before the marks has left it
        connection.execute(delete(people).where(people.c.target_id == old["id"]))
    asked = {"order_id": OTHER["order"]}
    receipt = client.request("DELETE", "/v1/people", json={"name": NAME}).json()
    assert (receipt["packs"], receipt["unsearched"]) == (
        [],
        [
            {"what": "packs-without-marks", "packs": 1},
            {"what": "free-text", "packs": 3},
            {"what": "file-contents", "packs": 3},
        ],
    )
    receipt = client.request("DELETE", "/v1/people", json=asked).json()
    assert set(receipt["packs"]) == {new["id"], free["id"]}
    assert [(one["what"], one["packs"]) for one in receipt["unsearched"]] == [
        ("packs-without-marks", 1), ("free-text", 1), ("file-contents", 1),
    ]  # fmt: skip
    assert client.get("/v1/erasures").json()["items"][0]["unsearched"] == receipt["unsearched"]
    client.delete(old["links"]["self"])
    assert client.request("DELETE", "/v1/people", json=asked).json()["unsearched"] == []


def test_who_is_not_named_is_not_erased(client, about):
    pack = make(client, about())
    for asked in ({}, {"order_id": "  "}, {"email": "anne"}, {"email": "@"}, {"name": "a"}, {"name": None}):
        answer = client.request("DELETE", "/v1/people", json=asked)
        assert (answer.status_code, answer.json()["code"][:6]) == (400, "person"), asked
    assert client.delete("/v1/people").status_code == 400
    assert client.request("DELETE", "/v1/people", json={"phone": "1"}).status_code == 422
    near = [{"order_id": ORDER[:-1]}, {"email": "canary@example.com"}, {"name": "Canary-Müller"}]
    for asked in near:
        assert client.request("DELETE", "/v1/people", json=asked).json()["counts"]["packs"] == 0
    assert client.get(pack["links"]["self"]).status_code == 200


def test_another_tenants_person_stays(tmp_path, about):
    import hashlib

    keys = ",".join(f"{name}={hashlib.sha256(key.encode()).hexdigest()}" for name, key in KEYS.items())
    settings = Settings(data=tmp_path / "data", workers=1, engine="direct", wait_seconds=20, api_keys=keys)
    with TestClient(
        create_app(settings, TRADE), base_url="http://127.0.0.1:8000", client=("127.0.0.1", 50000)
    ) as client:
        as_of = {name: {"authorization": f"Bearer {key}"} for name, key in KEYS.items()}
        packs = {name: make(client, about(), **as_of[name]) for name in KEYS}
        draft = client.post("/v1/drafts", json={"case": about()}, headers=as_of["shop-b"]).json()
        asked = {"order_id": ORDER, "email": EMAIL, "name": NAME}
        assert client.request("DELETE", "/v1/people", json=asked).status_code == 401
        receipt = client.request("DELETE", "/v1/people", json=asked, headers=as_of["shop-a"]).json()
        assert receipt["packs"] == [packs["shop-a"]["id"]]
        found = {name: client.get(packs[name]["links"]["self"], headers=as_of[name]).status_code for name in KEYS}
        assert found == {"shop-a": 410, "shop-b": 200}
        assert client.get(draft["links"]["self"], headers=as_of["shop-b"]).status_code == 200
        assert client.get("/v1/erasures", headers=as_of["shop-b"]).json()["items"] == []
        reader = client.app.state.service.api_keys.add("shop-b", ("read",))
        answer = client.request("DELETE", "/v1/people", json=asked, headers={"authorization": f"Bearer {reader}"})
        assert (answer.status_code, answer.json()["code"]) == (403, "scope-missing")


def test_a_person_is_taken_out_of_every_sheet_of_a_workbook(client, about):
    case = about()
    book = openpyxl.Workbook()
    book.active.append(["platform", "procedure", "order_id", "ship_to_name"])
    book.active.append([case["platform"], case["procedure"], ORDER, NAME])
    book.active.append([case["platform"], case["procedure"], OTHER["order"], OTHER["name"]])
    more = book.create_sheet("mails")
    more.append(["from", f"write to {EMAIL}"])
    more.append(["from", OTHER["email"]])
    sink = io.BytesIO()
    book.save(sink)
    path = batch_of(client, sink.getvalue(), name="nov.xlsx")
    ended(client, path)
    client.request("DELETE", "/v1/people", json={"order_id": ORDER, "email": EMAIL, "name": NAME})
    back = openpyxl.load_workbook(io.BytesIO(client.get(f"{path}/sheet").content))
    cells = [str(cell.value) for sheet in back for row in sheet for cell in row if cell.value is not None]
    assert not any(holds(cell, list(Person(order=ORDER, email=EMAIL, name=NAME).folded.values())) for cell in cells)
    assert {OTHER["order"], OTHER["name"], OTHER["email"], "erased", "done"} <= set(cells)


def test_the_command_line_erases_a_person(tmp_path, about, monkeypatch):
    settings = Settings(data=tmp_path / "data", workers=1, engine="direct", wait_seconds=20, hook_private=True)
    with TestClient(
        create_app(settings, TRADE), base_url="http://127.0.0.1:8000", client=("127.0.0.1", 50000)
    ) as client:
        pack = make(client, about())
        ended(client, batch_of(client, sheet_of(about, (ORDER, NAME, "", "", EMAIL))))
    monkeypatch.setenv("EVIDENCE_PACKER_DATA", str(tmp_path / "data"))
    ran = CliRunner().invoke(commands, ["erase", "--name", NAME, "--order-id", ORDER, "--email", EMAIL, "--json"])
    assert ran.exit_code == 0, ran.output
    assert pack["id"] in json.loads(ran.stdout)["packs"]
    assert left_of(client, NAME, EMAIL, ORDER) == []
    assert CliRunner().invoke(commands, ["erase"]).exit_code == 2


TEXTS = [
    ("anne_canary-mueller.png", "anne canary mueller", True),
    ("order 112-4829307-77162531", ORDER, False),
    (f"x{ORDER}", ORDER, False),
    (f"{ORDER}_a.png", ORDER, True),
    ("王小明的截图.png", "王小明", True),
    ("Ann bought it", "ann", False),
    ("Ann", "ann", True),
    ("to: anne.canary@example.com;", "anne.canary@example.com", True),
    ("xanne.canary@example.com", "anne.canary@example.com", False),
]


@pytest.mark.parametrize(("text", "needle", "there"), TEXTS)
def test_when_a_text_names_a_person(text, needle, there):
    assert holds(text, [needle]) is there
