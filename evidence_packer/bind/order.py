"""In which order exhibits stand that the case does not list, and which of many are told as one. Pure."""

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator

from casefile.case import Case
from casefile.citation import BundlePlan, PlannedExhibit
from casefile.coverage import PropositionCoverage
from casefile.exhibit_name import name_of
from casefile.facts import FileFacts
from casefile.procedure import Procedure

_LARGE, _RUN = 24, 4
"""From more exhibits than this like ones are told as one, and from so many they are."""


def in_bundle_order(case: Case, procedure: Procedure, facts: Iterable[FileFacts]) -> tuple[FileFacts, ...]:
    """First the files that the case lists, as it lists them; then the others in groups of one kind.

    Groups follow the propositions of the reason, as the platform's table has them: what decides stands first. Inside a group
    files stand by their first day, those without one behind, then as they came.
    """
    facts = tuple(facts)
    rules = sorted(procedure.evidence_for(case.reason), key=lambda rule: (not rule.required, rule.optional))
    kinds = [kind for rule in rules for kind in rule.kinds]
    kinds += [file.kind for file in facts]
    rank = {kind: place for place, kind in reversed(list(enumerate(kinds)))}
    listed = [file for file in facts if case.entry(file.file) is not None]
    others = [file for file in facts if case.entry(file.file) is None]
    return (*listed, *sorted(others, key=lambda file: (rank[file.kind], name_of(file).first or dt.date.max)))


def alike(plan: BundlePlan, coverage: Iterable[PropositionCoverage]) -> Iterator[tuple[PlannedExhibit, ...]]:
    """The exhibits in order; in a large bundle neighbours of one kind together, one that a proposition rests on first alone."""
    leading = {row.exhibits[0].number for row in coverage if row.exhibits and row.status == "shown"}
    large = len(plan.exhibits) > _LARGE
    for _, same in itertools.groupby(plan.exhibits, key=lambda e: (e.kind, e.number if e.number in leading else 0)):
        members = tuple(same)
        if large and len(members) >= _RUN:
            yield members
        else:
            yield from ((exhibit,) for exhibit in members)
