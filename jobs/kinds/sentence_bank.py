"""The sentence bank as a choice: which ready sentences there are for a cause, an action or a measure, and what they need."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from letters.bank import scenarios


@dataclass(frozen=True, slots=True, kw_only=True)
class BankChoice:
    """One sentence: its text is ``bank.<code>``; ``slots`` are what it needs, by name and type."""

    code: str
    scenario: Mapping[str, str]
    slots: Mapping[str, str]


def bank_choices(templates: Path, use: str) -> tuple[BankChoice, ...]:
    """The sentences for one use (``cause``, ``action``, ``prevention``, ``fact``), by scenario."""
    return tuple(
        BankChoice(code=entry.code, scenario=scenario.name, slots=entry.slots)
        for scenario in scenarios(templates)
        for entry in scenario.entries
        if entry.use == use
    )
