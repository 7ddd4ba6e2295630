"""The words by which pages are read: no list says a word twice, no label means two things, and somebody reads every list."""

import ast
from collections import Counter

import pytest

from casefile import text_folding
from casefile.discovery import default_root
from casefile.house import House

ROOT = default_root()
UNDERSTAND = ROOT / "evidence_packer" / "understand"
READERS = {
    "intents": [UNDERSTAND / "talk"],
    "talk": [UNDERSTAND / "talk"],
    "speakers": [UNDERSTAND / "talk"],
    "refunds": [UNDERSTAND / "interpreters" / "refunds.py", UNDERSTAND / "refund_labels.py"],
}
"""Table of ``reading.toml`` → who asks for its lists by their names."""


def _lists(value, path=()):
    if isinstance(value, dict):
        for name, below in value.items():
            yield from _lists(below, (*path, name))
    elif isinstance(value, tuple) and value and all(isinstance(word, str) for word in value):
        yield path, value


def test_no_list_says_a_word_twice(house: House):
    found = {
        (language, *path): twice
        for words in (house.reading_words, house.parcel_words, house.mail_words)
        for language, one in words.items()
        for path, said in _lists(one.model_dump())
        if (twice := [word for word, count in Counter(said).items() if count > 1])
    }
    assert found == {}


def test_a_label_means_one_field_in_every_language(house: House):
    means: dict[str, set[str]] = {}
    for words in house.reading_words.values():
        for field, labels in words.fields.items():
            for label in labels:
                means.setdefault(text_folding.word(label), set()).add(field)
    assert {label: fields for label, fields in means.items() if len(fields) > 1} == {}


@pytest.mark.parametrize("table", READERS)
def test_every_list_has_a_reader(house: House, table):
    files = [file for place in READERS[table] for file in (sorted(place.glob("*.py")) if place.is_dir() else [place])]
    named = {
        node.value
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
    }
    lists = {name for words in house.reading_words.values() for name in getattr(words, table)}
    assert lists
    assert lists <= named, lists - named
