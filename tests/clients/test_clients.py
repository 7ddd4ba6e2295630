"""Clients for Python and TypeScript, generated from the description, make packs on a running service."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import generated


def test_generated_clients_make_packs_on_a_running_service(capsys):
    generated.main()
    told = capsys.readouterr().out.splitlines()
    assert len(told) == 3, told
    assert told[0] == "spectral and redocly find nothing"
    assert all("succeeded with" in line for line in told[1:]), told


def test_the_lock_holds_no_address():
    lock = (generated.SCRIPT / "package-lock.json").read_text(encoding="utf-8")
    assert "://" not in lock
    assert lock.count('"integrity": "sha512-') > 100
