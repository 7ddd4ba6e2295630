"""The wheel holds everything: installed alone into an empty place, it makes a pack there."""

import json
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
WHEEL = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
APART = {"benchmarks", "docs", "examples", "requirements", "tests", "out", "data"}
"""Folders of the checkout that the program does without."""


def test_every_folder_that_the_program_needs_is_in_the_wheel():
    tracked = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    folders = {path.split("/")[0] for path in tracked if "/" in path and not path.startswith(".")}
    assert folders - APART == set(WHEEL["only-include"])


def test_the_versions_that_are_named_are_those_that_are_tried():
    minors = [line.rpartition(".")[2] for line in PROJECT["project"]["classifiers"] if "Python :: 3." in line]
    assert minors == ["11", "12", "13", "14"]
    assert PROJECT["project"]["requires-python"] == ">=3.11"


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """The wheel, built without a network and installed into an environment of its own beside the libraries of this one."""
    place = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    built = [*pip, "wheel", "--no-deps", "--no-build-isolation", "--no-index", "-w", str(place), str(ROOT)]
    subprocess.run(built, check=True)
    (wheel,) = place.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        top = {name.split("/")[0] for name in archive.namelist()}
    assert {name for name in top if not name.endswith(".dist-info")} == {"evidence_packer_app"}
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(place / "venv")], check=True)
    python = place / "venv" / "bin" / "python"
    (site,) = (place / "venv" / "lib").glob("python3.*/site-packages")
    # A path line brings the libraries; lines of the path files in there, such as the one to this checkout, do not count.
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    target = ["--python", str(python), "install", "--no-deps", "--no-index", str(wheel)]
    subprocess.run([*pip, *target], check=True)
    return place / "venv" / "bin" / "evidence-packer"


def run(program, folder, *arguments):
    environment = {"HOME": str(folder), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    return subprocess.run(
        [str(program), *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.mark.long
def test_a_pack_is_made_where_there_is_no_checkout(program, tmp_path):
    example = min((ROOT / "examples").glob("*/case.json")).parent
    files = [str(path) for path in sorted(example.iterdir()) if path.name != "case.json" and path.is_file()]
    done = run(program, tmp_path, "pack", str(example / "case.json"), *files, "-o", "out", "--json")
    assert done.returncode in {0, 3}, done.stderr[-2000:]
    told = json.loads(done.stdout)
    (zipped,) = (tmp_path / "out").glob("*.zip")
    with zipfile.ZipFile(zipped) as archive:
        assert any(name.endswith("_Evidence.pdf") for name in archive.namelist())
    assert told["verdict"] in {"ready", "review", "blocked"}
    checked = run(program, tmp_path, "verify", str(zipped))
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.long
def test_the_installed_program_finds_its_own_code_and_data(program, tmp_path):
    assert run(program, tmp_path, "--version").stdout.strip() == f"evidence-packer {PROJECT['project']['version']}"
    listed = json.loads(run(program, tmp_path, "platforms", "--json").stdout)
    assert {one["id"] for one in listed["items"]} == {path.stem for path in (ROOT / "platforms").glob("*.toml")}
    where = "import evidence_packer_app as it, sys; sys.path.insert(0, str(it.HOME)); import api; print(api.__file__)"
    python = program.parent / "python"
    found = subprocess.run([python, "-c", where], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert str(program.parent.parent) in found
