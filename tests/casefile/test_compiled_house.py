"""What was read once is taken up again only while neither data nor code changed."""

import shutil
import sys

import pytest

from casefile import compiled_house
from casefile.discovery import default_root, load_house

FOLDERS = ("platforms", "networks", "practice", "carriers", "locales")


@pytest.fixture
def copy(tmp_path):
    for folder in FOLDERS:
        shutil.copytree(default_root() / folder, tmp_path / folder)
    return tmp_path


@pytest.fixture
def kept(copy, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    house, made_of = load_house(copy), compiled_house.key(copy)
    compiled_house.keep(house, made_of)
    return house, made_of


def told(house):
    return {
        "platforms": {name: one.model_dump() for name, one in house.platforms.items()},
        "networks": {name: one.model_dump() for name, one in house.networks.items()},
        "grounds": {name: one.model_dump() for name, one in house.grounds.items()},
        "carriers": {name: one.model_dump() for name, one in house.carriers.items()},
        "texts": {name: dict(house.catalogs.of(name).texts) for name in house.catalogs.by_language},
        "words": {name: one.model_dump() for name, one in house.reading_words.items()},
        "parcels": {name: one.model_dump() for name, one in house.parcel_words.items()},
        "root": house.root,
    }


def test_what_was_kept_says_the_same(copy, kept):
    house, made_of = kept
    again = compiled_house.known(copy, made_of)
    assert again is not None
    assert told(again) == told(house)


def test_a_changed_sign_a_new_file_and_a_spoilt_one_are_read_anew(copy, kept):
    _, made_of = kept
    file = copy / "carriers" / "ups.toml"
    before = file.read_text(encoding="utf-8")
    file.write_text(f"{before} ", encoding="utf-8")
    assert compiled_house.known(copy, compiled_house.key(copy)) is None
    file.write_text(before, encoding="utf-8")
    assert compiled_house.known(copy, compiled_house.key(copy)) is not None
    (copy / "carriers" / "new.toml").write_text("", encoding="utf-8")
    assert compiled_house.known(copy, compiled_house.key(copy)) is None
    (place,) = (copy / "__pycache__").iterdir()
    place.write_bytes(made_of + b"spoilt")
    assert compiled_house.known(copy, made_of) is None


def test_nothing_is_written_where_no_compiled_code_is(copy, kept, monkeypatch):
    house, made_of = kept
    shutil.rmtree(copy / "__pycache__")
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    compiled_house.keep(house, made_of)
    assert not (copy / "__pycache__").exists()
    compiled_house.keep(house, made_of, always=True)
    assert compiled_house.known(copy, made_of) is not None
