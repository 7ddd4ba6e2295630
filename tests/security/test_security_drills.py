"""The drills: every one is told in both languages, breaks a service that resists nothing, and holds on this installation."""

import http.server
import json
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest

import api.commands.drills.guard
import api.commands.drills.sheets
from api.commands.attack import campaign
from api.commands.attack.broken import Broken
from api.commands.attack.drill import Drill
from api.commands.attack.lanes import side_by_side
from api.commands.attack.target import AttackTarget
from api.commands.attack.throw_away import throw_away_folder
from api.commands.attack.wire import Reply, multipart, statuses
from api.settings import SettingsAlone, environment_for
from reading.guarded.guard import Guard

ROOT = Path(__file__).resolve().parents[2]
DRILLS = campaign.drills()


@pytest.fixture
def target(tmp_path, house):
    target = AttackTarget(tmp_path, house)
    yield target
    target.close()


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
@pytest.mark.parametrize("drill", DRILLS, ids=lambda drill: drill.name)
def test_what_a_drill_tries_is_told(house, drill, language):
    assert house.catalogs.by_language[language].own(f"drill.{drill.name}")


def test_every_reason_is_told_with_its_values(house):
    catalog = house.catalogs.by_language["zh-Hans"]
    reasons = {key.split(".")[-1] for key in catalog.texts if key.startswith("drill.why.")}
    used = {
        name
        for path in [
            *(ROOT / "api" / "commands" / "attack").glob("*.py"),
            *(ROOT / "api" / "commands" / "drills").glob("*.py"),
        ]
        for name in reasons
        if f'"{name}"' in path.read_text(encoding="utf-8")
    }
    assert used == reasons


def test_a_drill_that_fails_itself_has_not_held(target):
    def stumble(_):
        raise ZeroDivisionError("by nothing")

    def find(_):
        raise Broken("let-through", what="everything")

    for attempt, why in ((stumble, "failed"), (find, "let-through")):
        outcome = Drill(name="x", attempt=attempt).run(target)
        assert (outcome.held, outcome.why) == (False, why)
    assert Drill(name="x", attempt=lambda _: None).run(target).held


def test_a_drill_that_never_ends_keeps_nobody(target):
    never = Drill(name="never", attempt=lambda _: threading.Event().wait())
    fine = Drill(name="fine", attempt=lambda _: None)
    told = list(side_by_side([[never, fine], [fine]], target, 0.2))
    assert sorted((one.name, one.held, one.why) for one in told) == [
        ("fine", True, ""),
        ("fine", True, ""),
        ("never", False, "late"),
    ]


def test_drills_without_time_are_not_tried(target):
    target.end = time.monotonic() - 1
    (told,) = side_by_side([[Drill(name="x", attempt=lambda _: 1 / 0)]], target, 60)
    assert (told.held, told.why) == (False, "late")


def test_the_folder_of_a_killed_attack_goes_with_the_next(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    left, other = tmp_path / "evidence-packer-drill-left", tmp_path / "evidence-packer-drill-other"
    left.mkdir()
    (left / "held").touch()
    other.mkdir()  # without a lock: somebody just makes it
    with throw_away_folder() as first, throw_away_folder() as second:
        assert {path.name for path in tmp_path.iterdir()} == {other.name, first.name, second.name}
    assert list(tmp_path.iterdir()) == [other]


class Careless(http.server.BaseHTTPRequestHandler):
    """Says yes to everything, keeps nothing, names its libraries."""

    def answer(self):
        body = b'{"status": "succeeded", "id": "x", "items": [], "paths": {}, "note": "Traceback of sqlalchemy"}'
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def __getattr__(self, name):
        if name.startswith("do_"):
            return self.answer
        raise AttributeError(name)

    def log_message(self, *_):
        pass


class CarelessServer(http.server.ThreadingHTTPServer):
    request_queue_size = 512

    def handle_error(self, *_):
        """Who hangs up is no error."""


@pytest.fixture(scope="module")
def careless():
    server = CarelessServer(("127.0.0.1", 0), Careless)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield SimpleNamespace(port=server.server_port, asked=lambda path: None)
    server.shutdown()
    server.server_close()


SERVED = [drill for drill in DRILLS if drill.stage != "first" and drill.name not in {"weak-secret", "plain-refusals"}]


@pytest.mark.parametrize("drill", SERVED, ids=lambda drill: drill.name)
def test_a_careless_service_breaks_under_every_drill(target, careless, drill):
    target.open = target.keyed = careless
    target.end = time.monotonic() + 1
    target.__dict__["inside"] = SimpleNamespace(
        ask=lambda method, path, *_, **__: Reply(
            asked=path, status=200, headers={"set-cookie": "session=x"}, body=b"{}"
        ),
        add_key=lambda _: "key",
        revoke_all=lambda: None,
        close=lambda: None,
    )
    outcome = drill.run(target)
    assert not outcome.held
    assert outcome.why != "failed" or drill.prepare, outcome.values


def test_refusals_that_talk_are_found(target, careless):
    target.open = careless
    (drill,) = (drill for drill in DRILLS if drill.name == "plain-refusals")
    for body in (
        b"Traceback (most recent call last)",
        b"/srv/site-packages/x",
        b"by pikepdf",
        str(target.folder).encode(),
    ):
        target.refusals[:] = [Reply(asked="GET /", status=400, headers={}, body=body)]
        assert drill.run(target).why == "leaked", body
    target.refusals[:] = [Reply(asked="GET /", status=500, headers={}, body=b"{}")]
    assert drill.run(target).why == "answered"


def unlocked(**more):
    return Guard(
        api.commands.drills.guard._LIMITS, module="unlocked_hijacker", folders=(Path(__file__).parent,), least=1
    )


@pytest.mark.parametrize("what", ["network", "files", "looks", "processes", "others"])
def test_a_child_without_locks_breaks_the_drills_of_the_guard(target, monkeypatch, what):
    monkeypatch.setattr(api.commands.drills.guard, "_hijacked", unlocked)
    (drill,) = (drill for drill in DRILLS if drill.name == f"guard-{what}")
    outcome = drill.run(target)
    assert (outcome.held, outcome.why) == (False, "let-through")


def test_answers_are_read_as_they_stand():
    assert statuses(b"HTTP/1.1 400 Bad Request\r\n\r\nHTTP/1.1 200 OK\r\n\r\n") == [400, 200]
    assert multipart([("a", None, b"1"), ("f", "x.txt", b"2")]).count(b"--drill") == 3


def test_a_throw_away_service_knows_nothing_of_the_real_one(monkeypatch, tmp_path):
    monkeypatch.setenv("EVIDENCE_PACKER_DATABASE", "postgresql://zq7hidden")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "zq7hidden")
    environment = environment_for({"data": tmp_path})
    assert "zq7hidden" not in str(environment)
    assert environment["EVIDENCE_PACKER_DATA"] == str(tmp_path)
    assert SettingsAlone(data=tmp_path).database == ""


OPEN: set[str] = set()
"""Drills that are known to get through; a name here is a debt, and one that holds again must go."""


@pytest.mark.long
def test_this_installation_holds():
    outcomes = list(campaign.attack(seconds=300))
    assert {one.name for one in outcomes} == {drill.name for drill in DRILLS}
    broken = {one.name: (one.why, dict(one.values)) for one in outcomes if not one.held and one.name not in OPEN}
    assert broken == {}


def test_the_command_says_what_held(tmp_path):
    code = (
        "from api.commands.attack import shown, campaign; from api.commands.attack.drill import DrillOutcome\n"
        "shown.attack = lambda: iter([DrillOutcome(name='nul', held=True), DrillOutcome(name='cut-upload', held=False, why='kept',"
        " values={'count': 2})])\n"
        "from api.commands.command_line import app; app()"
    )
    for extra, expected in (("--json", '"held": false'), ("--lang=zh-Hans", "被攻破")):
        command = [sys.executable, "-c", code, "doctor", "--attack", extra]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
        assert (done.returncode, expected in done.stdout) == (3, True), done.stderr
    assert "2" in done.stdout
    listed = subprocess.run([*command[:-1], "--json"], capture_output=True, check=False, cwd=ROOT).stdout
    assert [one["held"] for one in json.loads(listed)] == [True, False]


def test_a_workbook_of_a_drill_is_one(tmp_path):
    """A drill with a broken workbook would prove nothing."""
    path = tmp_path / "cases.xlsx"
    path.write_bytes(api.commands.drills.sheets._workbook([["platform", "=1+1"]]))
    cells = [cell for row in openpyxl.load_workbook(path).active.iter_rows() for cell in row]
    assert [cell.value for cell in cells] == ["platform", "=1+1"]
    assert {cell.data_type for cell in cells} == {"s"}
