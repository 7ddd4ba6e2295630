"""Decision tables: rows that must and must not hold, as data in a ``*.cases.toml`` beside the test that runs them."""

import tomllib
from pathlib import Path

import pytest


def rows(test_file, name):
    """The rows of ``<name>.cases.toml`` beside ``test_file``, each a parameter with its ``why`` as its id."""
    data = tomllib.loads(Path(test_file).with_name(f"{name}.cases.toml").read_text(encoding="utf-8"))
    shared = {key: value for key, value in data.items() if key != "rows"}
    return [pytest.param({**shared, **row}, id=row["why"]) for row in data["rows"]]
