"""Whether a carrier offered the parcel and it went back: refused, not collected, nobody there, or the address incomplete. Pure.

Only what the carrier's own page states counts: a refusal, attempts on several days or a wait at a counter, and after it the way
back to the seller. That a parcel went back alone says nothing, nor does a single attempt: the label may have been wrong.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from casefile import text_folding
from casefile.casework import Matter
from casefile.citation import BundlePlan, Citation
from casefile.facts import FileFacts
from casefile.statement import Fate, Statement
from evidence_packer.judge.receiving import sentence_from

_BACK = frozenset({"returning", "returned"})
_ATTEMPTS = 2
"""Days on which nobody took the parcel, where the carrier does not say why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """How the parcel was offered: the carrier's own words and their moment (ISO 8601), whether it waited to be collected."""

    words: str
    at: str
    waited: bool
    citation: Citation


def failed_handover(
    matter: Matter, files: Iterable[FileFacts], plan: BundlePlan, numbers: Iterable[str | None]
) -> Handover | None:
    """The last time that a parcel which then went back was offered; ``None`` where no page tells both."""
    ours = {text_folding.number(one) for one in numbers if one}
    for file in files:
        exhibit = plan.of_file(file.file)
        for fate in file.fates if exhibit else ():
            mine = fate.of is None or text_folding.number(fate.of) in ours
            if not mine or fate.state not in _BACK or fate.unclear:
                continue
            last = max(_offers(matter, file, fate), key=lambda one: str(one.at), default=None)
            if last and exhibit:
                cited = exhibit.cite(last.page, last.span.box[1])
                waited = last.says == "available_for_pickup"
                return Handover(words=sentence_from(file, last), at=str(last.at), waited=waited, citation=cited)
    return None


def _offers(matter: Matter, file: FileFacts, fate: Fate) -> Iterator[Statement]:
    """The dated statements of this parcel that it was offered, before it went back."""
    before = [one for one in file.statements if _of_this(one, fate)]
    tries = [one for one in before if one.says == "attempt_failed"]
    if len({str(one.at)[:10] for one in tries}) >= _ATTEMPTS:
        yield from tries
    turned_away = matter.house.practice.words.turned_away
    for one in before:
        why = one.says in {"attempt_failed", "exception"} and any(
            word in one.span.text.casefold() for word in turned_away
        )
        if why or one.says == "available_for_pickup":
            yield one


def _of_this(one: Statement, fate: Fate) -> bool:
    """Whether the statement is of the parcel of this fate, and not after it."""
    of = one.about.id if one.about and one.about.what == "parcel" else None
    in_time = one.at is not None and (fate.decided_by.at is None or one.at[:10] <= fate.decided_by.at[:10])
    return one.asserts and of == fate.of and in_time
