"""The audit finds what it is there to find, and finds nothing in what is pinned now."""

import importlib.util
import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def audit():
    spec = importlib.util.spec_from_file_location("requirements_audit", ROOT / "requirements" / "audit.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def data(name):
    return tomllib.loads((ROOT / "requirements" / f"{name}.toml").read_text(encoding="utf-8"))


def test_what_is_pinned_now_passes():
    done = subprocess.run(
        [sys.executable, ROOT / "requirements" / "audit.py"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("lock", "found"),
    [
        ("pillow==12.2.0 \\\n    --hash=sha256:" + "0" * 64, "CVE-2026-59204"),
        ("Pillow==10.0.0", "CVE-2023-4863"),
        ("python_multipart==0.0.30 ; python_version >= '3'", "CVE-2026-53540"),
        ("starlette==1.3.0", "CVE-2026-54283"),
        ("weasyprint==69.0", "CVE-2026-55073"),
        ("h11==0.14.0", "CVE-2025-43859"),
        ("jinja2[i18n]==3.1.5", "CVE-2025-27516"),
        ("pillow==12.3.0", None),
        ("python-multipart==0.0.31", None),
        ("starlette==1.10.0", None),
        ("weasyprint==70.0", None),
        ("something-else==0.1", None),
    ],
)
def test_a_version_below_a_fixed_one_is_a_hole(audit, lock, found):
    holes = audit.holes(audit.pins(lock), data("advisories"))
    assert any(found in hole for hole in holes) if found else holes == []


def test_a_library_inside_a_wheel_is_compared_too(audit, monkeypatch):
    pins = audit.pins("pillow-heif==1.8.1")
    assert audit.holes(pins, data("advisories")) == []
    monkeypatch.setattr(audit, "_told_by_library", lambda library: "1.21.2")
    assert any(
        "libheif in pillow-heif 1.21.2: CVE-2026-32882" in hole for hole in audit.holes(pins, data("advisories"))
    )


def test_a_requirement_without_hash_is_named(audit):
    lock = f"one==1.0 \\\n    --hash=sha256:{'0' * 64}\ntwo==2.0\n"
    assert audit.without_hash(audit.pins(lock)) == ["two 2.0: no hash"]


@pytest.mark.parametrize(
    ("name", "text", "named"),
    [
        ("requirements/run.txt", "--index-url https://mirror.example/simple\none==1.0", True),
        ("requirements/run.in", "--extra-index-url https://mirror.example", True),
        ("docs/x.md", "taken from https://py" + "pi.org/project/one", True),
        ("setup.sh", "https://files.python" + "hosted.org/one.whl", True),
        ("requirements/run.txt", "one==1.0 \\\n    --hash=sha256:00", False),
        ("docs/x.md", "the index-url of a bundle", False),
    ],
)
def test_an_address_of_a_package_index_is_named(audit, name, text, named):
    assert bool(audit.addresses({name: text})) == named


def test_a_licence_must_be_said(audit):
    licences = data("licences")
    assert audit.licence("weasyprint", licences["packages"]) == "BSD-3-Clause"
    assert audit.licence("weasyprint", {}) is None
    assert audit.licence_faults(audit.pins("no-such-package==1"), {"packages": {}, "bundled": []}) == [
        "no-such-package: no licence"
    ]


def test_gpl_libraries_are_named_and_decided(audit):
    licences, pins = data("licences"), audit.service()
    assert {(one["package"], one["library"]) for one in licences["bundled"] if one["licence"].startswith("GPL")} == {
        ("av", "libx264"),
        ("av", "libx265"),
        ("pillow-heif", "libx265"),
    }
    silent = {**licences, "bundled": [one for one in licences["bundled"] if one["package"] != "pillow-heif"]}
    assert "pillow-heif: brings libx265, which licences.toml does not say" in audit.licence_faults(pins, silent)
    undecided = {**licences, "bundled": [{**one, "decision": "docs/none.md"} for one in licences["bundled"]]}
    assert any("no decision speaks of it" in fault for fault in audit.licence_faults(pins, undecided))


def test_the_inventory_names_everything_that_runs(audit):
    pins = audit.service()
    first, again = (audit.inventory(pins, data("licences")) for _ in range(2))
    assert json.dumps(first) == json.dumps(again)
    assert (first["bomFormat"], first["specVersion"]) == ("CycloneDX", "1.6")
    by_name = {one["name"]: one for one in first["components"]}
    assert set(by_name) == {pin.name for pin in pins}
    assert all(one["licenses"] and one["properties"] for one in first["components"])
    assert {inner["name"] for inner in by_name["av"]["components"]} >= {"libx264", "libx265", "libavcodec"}
    references = [one["bom-ref"] for one in first["components"]]
    assert len(set(references)) == len(references)
