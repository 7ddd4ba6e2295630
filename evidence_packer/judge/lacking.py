"""What an attached exhibit does not show of a proposition, and the place on it where a person should look. Pure."""

from collections.abc import Iterable

from casefile.facts import FileFacts, Spot
from casefile.fields.files import Box
from casefile.rules import EvidenceRule
from casefile.statement import PARCEL_STATES, REFUND_STATES
from evidence_packer.judge.money_back import refund_says
from evidence_packer.judge.parcel_fates import fates_of
from evidence_packer.judge.proving import DATA
from evidence_packer.judge.subjects import Subject
from evidence_packer.judge.witness import Witness


def lacking(rule: EvidenceRule, subject: Subject, witness: Witness) -> tuple[str, ...]:
    """Keys of the texts (``lacking.<key>``) that say what was not read in the exhibit; never none."""
    if witness.idle:
        return (witness.idle,)
    found: list[str] = []
    if rule.about == "message":
        found.append("answer" if rule.by == ("seller",) else "agreement")
    elif set(rule.says) & REFUND_STATES and not _says(refund_says(rule, subject, witness)):
        found.append("refund")
    elif set(rule.says) & PARCEL_STATES:
        found += _of_parcel(rule, subject, witness)
    wanted = (*rule.data, *((rule.quote,) if rule.quote and rule.quote != "contact" else ()))
    found += [datum for datum in wanted if DATA[datum](witness, subject) is None]
    return tuple(found) or ("statement",)


def _says(told: object) -> bool:
    return bool(getattr(told, "statements", ()))


def _of_parcel(rule: EvidenceRule, subject: Subject, witness: Witness) -> list[str]:
    """Its number, its state, or the day of that state."""
    fate = witness.fate(subject)
    if fate is None:
        numbers = any(seen.matches for seen in witness.facts.tracking_numbers)
        return ["delivery" if "delivered" in rule.says[:1] else "carrier_event"] if numbers else ["tracking_number"]
    if fate.state in rule.says and not fate.unclear:
        return [] if any(one.at for one in witness.states(subject)) else ["day"]
    return ["unclear"] if fate.unclear else ["delivery" if rule.says == ("delivered",) else "carrier_event"]


def place_to_look(facts: FileFacts, spots: Iterable[Spot]) -> tuple[int, Box | None]:
    """Page and box of what was read nearest to it: a datum, a state, a status word, else a number of the case, a line."""
    told: list[tuple[int, Box | None]] = [(spot.page, spot.box) for spot in spots]
    told += [(one.decided_by.page, one.decided_by.box) for one in fates_of(facts)]
    told += [(seen.page, seen.box) for seen in facts.statuses]
    told += [(seen.page, seen.box) for seen in facts.tracking_numbers if seen.matches]
    told += [(seen.page, seen.box) for seen in facts.order_ids if seen.matches]
    told += [(seen.page, seen.box) for seen in facts.texts[:1]]
    return next(iter(told), (1, None))
