"""Ready sentences as the form offers them: by scenario, those first that are most often said of this reason and ground."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from api.form.entries import BANKED
from api.form.words import PageWords
from casefile.wording import as_shown
from jobs.case_work.kinds.sentence_bank import BankChoice, bank_choices

_DOTS = re.compile(r"\{[a-z_]+\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadySentence:
    """A sentence that may be chosen, with dots for its slots."""

    code: str
    slots: Mapping[str, str]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyGroup:
    """The sentences of one scenario."""

    name: str
    sentences: tuple[ReadySentence, ...]


def ready_sentences(
    templates: Path, words: PageWords, reason: str, ground: str
) -> dict[str, tuple[ReadyGroup, ...]]:  # where they stand, and what they are offered for
    """The groups by list of the case, in the reader's language."""
    return {
        row: _groups(sorted(bank_choices(templates, use), key=lambda one: _rank(one, reason, ground)), words)
        for row, use in BANKED.items()
    }  # fmt: skip


def _rank(choice: BankChoice, reason: str, ground: str) -> int:
    return 0 if ground in choice.grounds else 1 if reason in choice.reasons else 2


def _groups(choices: list[BankChoice], words: PageWords) -> tuple[ReadyGroup, ...]:
    found: dict[str, list[BankChoice]] = {}
    for choice in choices:
        found.setdefault(choice.scenario_id, []).append(choice)
    return tuple(
        ReadyGroup(
            name=words.name(some[0].scenario),
            sentences=tuple(
                ReadySentence(code=one.code, slots=one.slots, text=_DOTS.sub("…", as_shown(words.catalog.text(f"bank.{one.code}"))))
                for one in some
            ),
        )
        for some in found.values()
    )  # fmt: skip
