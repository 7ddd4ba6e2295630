"""The sentence bank: causes, actions, preventions and facts by code, so that who writes one language gets a letter in another.

An entry is data (``templates/bank/<scenario>.toml``); its words stand in ``locales/<language>/bank.po`` under ``bank.<code>``.
"""

import functools
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from casefile.case import Ground, Reason
from casefile.errors import DataFault
from casefile.fields.base import Words

Use = Literal["cause", "action", "prevention", "fact"]
SlotType = Literal["text", "number", "date", "carrier"]


class BankEntry(Words):
    """One sentence: where it may stand, and what its slots hold.

    ``confesses``: it owns up to a fault of the seller, so it never stands in a letter that disputes.
    """

    code: str
    use: Use
    slots: dict[str, SlotType] = {}
    confesses: bool = False


class Scenario(Words):
    """One file of the bank; ``reasons`` and ``grounds`` are those that it is most often said of."""

    id: str
    name: dict[str, str]
    reasons: tuple[Reason, ...] = ()
    grounds: tuple[Ground, ...] = ()
    rules: tuple[str, ...] = ()
    entries: tuple[BankEntry, ...]


@functools.cache
def scenarios(templates: Path) -> tuple[Scenario, ...]:
    """Every scenario, sorted by file name.

    Raises:
        DataFault: a file is malformed or misnamed, or two entries share a code; it names the file.
    """
    found: list[Scenario] = []
    codes: set[str] = set()
    for path in sorted((templates / "bank").glob("*.toml")):
        try:
            scenario = Scenario.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError) as error:
            raise DataFault("data-malformed", file=str(path), why=str(error)) from error
        if scenario.id != path.stem:
            raise DataFault("data-misnamed", file=str(path), why=f"its id is {scenario.id!r}")
        for entry in scenario.entries:
            if entry.code in codes:
                raise DataFault("data-duplicate", file=str(path), why=f"{entry.code} is defined twice")
            codes.add(entry.code)
        found.append(scenario)
    return tuple(found)


@functools.cache
def bank(templates: Path) -> Mapping[str, BankEntry]:
    """Entries by code."""
    return {entry.code: entry for scenario in scenarios(templates) for entry in scenario.entries}
