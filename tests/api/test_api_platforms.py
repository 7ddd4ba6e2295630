"""The rules as data, told over HTTP and on the command line: all platforms, every value with its source and day."""

import json

from typer.testing import CliRunner

from api.commands.command_line import app
from casefile.discovery import default_root, load_house

FILES = {path.stem for path in (default_root() / "platforms").glob("*.toml")}
"""The platforms that there are."""


def test_the_list_names_every_platform_and_procedure(client):
    items = client.get("/v1/platforms").json()["items"]
    assert {item["id"] for item in items} == FILES
    assert all(item["procedures"] for item in items)
    told = {item["id"]: {procedure["id"] for procedure in item["procedures"]} for item in items}
    assert told == {platform.id: set(platform.procedures) for platform in load_house().platforms.values()}


def test_one_platform_shows_its_sources(client):
    rules = client.get("/v1/platforms/amazon").json()
    source = rules["sources"]["az_appeal"]
    assert (source["confidence"], source["checked_on"]) == ("P", "2026-11-30")
    appeal = rules["procedures"]["a_to_z_appeal"]
    assert rules["sources"][appeal["deadlines"][0]["block_source"]] == source
    shared = {row["source"] for row in rules["procedures"]["chargeback"]["evidence"]}
    assert shared <= set(rules["sources"])


def test_the_command_line_lists_the_same(monkeypatch, tmp_path):
    monkeypatch.setenv("EVIDENCE_PACKER_DATA", str(tmp_path))
    told = CliRunner().invoke(app, ["platforms", "--json"])
    assert {item["id"] for item in json.loads(told.stdout)["items"]} == FILES
