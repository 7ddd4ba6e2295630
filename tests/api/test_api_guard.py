"""The guard fails closed: below its level nothing starts and nothing is read, unless a setting says so."""

from pathlib import Path

import pytest
from pydantic import ValidationError

import api.commands.doctor
from api.app import create_app
from api.commands.doctor import Weakness, _guard, examine
from api.service import Service
from api.settings import Settings
from reading.guarded.guard import ESCAPES, LEAST_LEVEL, Guard, GuardLevel, GuardTooWeak
from reading.limits import ReadingLimits

WEAK = GuardLevel(number=1, refused=("memory",), allowed=("socket", "stat"), machine="riscv64")
UNFILTERED = {"module": "unfiltered_decoder", "folders": (Path(__file__).resolve().parent.parent / "reading",)}


@pytest.fixture
def weak(monkeypatch):
    """A machine without filters: the children really do without them."""

    def level_here(least=LEAST_LEVEL):
        with Guard(ReadingLimits(), **UNFILTERED, least=least) as guard:
            return guard.check()

    monkeypatch.setattr("api.guard_state.level_here", level_here)
    monkeypatch.setattr("reading.guarded.guard.Guard", lambda limits, **how: Guard(limits, **{**how, **UNFILTERED}))


def test_by_default_level_three_is_asked_for():
    assert Settings().guard_level == 3


@pytest.mark.parametrize("level", [0, 5, -1])
def test_no_level_is_no_setting(level):
    with pytest.raises(ValidationError):
        Settings(guard_level=level)


def test_the_service_does_not_start_where_the_guard_is_weak(weak, tmp_path, trade):
    service = Service(Settings(data=tmp_path / "data", engine="direct", workers=1), trade)
    with pytest.raises(GuardTooWeak) as refusal:
        service.start()
    assert refusal.value.exit_code == 2
    assert not (tmp_path / "data" / "service.lock").exists()


def test_a_setting_lets_it_start_and_it_says_what_is_open(weak, make_client, tmp_path):
    with make_client(tmp_path / "data", guard_level=1) as client:
        told = client.get("/readyz").json()
        assert told["checks"]["guard"] is True
        assert (told["guard_level"], told["guard_least"]) == (1, 1)
        assert {"socket", "stat"} <= set(told["guard_open"])
        assert "socket" in told["reasons"]["guard"]
        assert "防护不足" in client.get("/readyz?lang=zh-Hans").json()["reasons"]["guard"]


def test_a_worker_with_a_weak_guard_makes_the_service_unready(client):
    service = client.app.state.service
    found = client.get("/readyz").json()
    assert found["checks"]["guard"] is True
    assert found["reasons"] == {}
    assert found["guard_open"] == []
    known, service.guard.level = service.guard.level, WEAK
    try:
        answer = client.get("/readyz")
    finally:
        service.guard.level = known
    assert answer.status_code == 503
    assert answer.json()["checks"]["guard"] is False
    assert "socket" in answer.json()["reasons"]["guard"]


@pytest.mark.parametrize(("least", "accepted"), [(3, False), (1, True)])
@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_the_doctor_gives_the_reason(weak, house, least, accepted, language):
    with pytest.raises(Weakness) as weakness:
        _guard(Settings(guard_level=least), house.catalogs.of(language))
    assert "socket" in str(weakness.value)
    assert ("EVIDENCE_PACKER_GUARD_LEVEL=1" in str(weakness.value)) == accepted


def test_the_doctor_shows_a_weak_guard_in_red(house, monkeypatch):
    def look(settings, catalog):
        raise Weakness("too weak")

    for other in ("_version", "_rules", "_fonts", "_letter", "_ocr", "_data"):
        monkeypatch.setattr(api.commands.doctor, other, lambda settings, catalog: "fine")
    monkeypatch.setattr(api.commands.doctor, "_guard", look)
    monkeypatch.setattr(api.commands.doctor, "prepare_fonts", lambda _: None)
    answers = {one.name: one for one in examine(Settings(), house.catalogs.of("en"))}
    assert (answers["guard"].works, answers["guard"].found) == (False, "too weak")
    assert answers["data"].works


def test_the_doctor_is_content_here(house):
    found = _guard(Settings(), house.catalogs.of("en"))
    assert all(name in found for name in ESCAPES)


def test_the_application_does_not_start_either(weak, tmp_path, trade):
    from fastapi.testclient import TestClient

    app = create_app(Settings(data=tmp_path / "data", engine="direct", workers=1), trade)
    with pytest.raises(GuardTooWeak), TestClient(app):
        pass
