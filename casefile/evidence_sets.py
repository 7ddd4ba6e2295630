"""Shared evidence tables: what proves what is much the same on every marketplace, so a platform's file names a table.

``practice/evidence/<id>.toml`` holds propositions with sources; a procedure takes them with ``evidence_from``. Its own
``evidence`` comes first and replaces a shared row of the same proposition and reason. Every row is joined with what proves its
proposition (``casefile/proofs.py``). Expanded before the file is judged.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from casefile.fields.base import Words
from casefile.proofs import Proofs
from casefile.rules import EvidenceRule
from casefile.sources import Source


class EvidenceSet(Words):
    """``practice/evidence/<id>.toml``."""

    id: str
    sources: dict[str, Source]
    evidence: tuple[EvidenceRule, ...]


def expanded(raw: Mapping[str, Any], sets: Mapping[str, EvidenceSet], proofs: Proofs) -> dict[str, Any]:
    """A platform's file with every ``evidence_from`` written out, the tables' sources under ``<table>.<source>``.

    Each row says what proves its proposition.

    Raises:
        KeyError: a table that does not exist.
    """
    sources = dict(raw.get("sources", {}))
    procedures = {}
    for name, procedure in raw.get("procedures", {}).items():
        given = {key: value for key, value in procedure.items() if key != "evidence_from"}
        own = list(given.get("evidence", ()))
        for table in procedure.get("evidence_from", ()):
            taken = {(row["proposition"], reason) for row in own for reason in row["reasons"]}
            for rule, reasons in _left(sets[table], given.get("reasons", ()), taken):
                source = f"{table}.{rule.source}"
                own.append(rule.model_dump(exclude_defaults=True) | {"reasons": reasons, "source": source})
            sources |= {f"{table}.{key}": source.model_dump() for key, source in sets[table].sources.items()}
        proved = [proofs.of(str(row.get("proposition"))).model_dump(exclude_defaults=True) | row for row in own]
        procedures[name] = given | {"evidence": proved}
    return dict(raw) | {"procedures": procedures, "sources": sources}


def _left(
    table: EvidenceSet, reasons: Sequence[str], taken: set[tuple[str, str]]
) -> Iterator[tuple[EvidenceRule, Sequence[str]]]:
    """The rows of a table for reasons of which the procedure says nothing of its own."""
    for rule in table.evidence:
        left = [r for r in rule.reasons if r in reasons and (rule.proposition, r) not in taken]
        if left:
            yield rule, left
