"""The sentence bank as a choice: which ready sentences there are for a cause, an action or a measure, and what they need."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from letters.bank import SlotType, Use, scenarios

FIELD_OF: Mapping[Use, str] = {
    "cause": "root_causes", "action": "actions_taken", "prevention": "preventions", "fact": "facts",
}  # fmt: skip
"""Use → the list of the case that takes such sentences."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BankChoice:
    """One sentence: its text is ``bank.<code>``; ``slots`` are what it needs, by name and type.

    ``confesses``: it owns up to a fault of the seller, so only a letter that accepts the point says it. ``reasons`` and ``grounds``
    are those that it is most often said of.
    """

    code: str
    use: Use
    scenario_id: str
    scenario: Mapping[str, str]
    slots: Mapping[str, SlotType]
    confesses: bool
    reasons: tuple[str, ...]
    grounds: tuple[str, ...]


def bank_choices(templates: Path, use: str | None = None) -> tuple[BankChoice, ...]:
    """The sentences for one use (``cause``, ``action``, ``prevention``, ``fact``), else all, by scenario."""
    return tuple(
        BankChoice(
            code=entry.code, use=entry.use, scenario_id=scenario.id, scenario=scenario.name, slots=entry.slots,
            confesses=entry.confesses, reasons=scenario.reasons, grounds=scenario.grounds,
        )
        for scenario in scenarios(templates)
        for entry in scenario.entries
        if use is None or entry.use == use
    )  # fmt: skip
