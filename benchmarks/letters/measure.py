"""What is measured of a letter."""

import re
from dataclasses import dataclass

from casefile.letter import Letter
from jobs.case_work.steps.casework import Casework
from letters.language_formatter import east_asian
from letters.render import plain_text

_OPENING = {"words": 3, "signs": 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Length; share of sentences that open as an earlier one; whether answer and request stand where they belong."""

    kind: str
    language: str
    chars: int
    alike: float
    answer_first: bool
    request_last: bool
    named: bool


def _opening(text: str, language: str) -> str:
    if east_asian(language) or language == "th":
        year = re.match(r"\d{4}年", text)
        return text[: _OPENING["signs"] + (year.end() if year else 0)]
    return " ".join(re.findall(r"\w+", text.casefold())[: _OPENING["words"]])


def _alike(letter: Letter) -> float:
    """The share among running sentences: rows of tables and lists are read side by side."""
    rows = {
        s.number for section in letter.sections for p in section.paragraphs if p.table or p.listed for s in p.sentences
    }
    openings = [_opening(s.text, letter.language) for s in letter.sentences if s.number not in rows]
    return (len(openings) - len(set(openings))) / max(1, len(openings))


def measured(letter: Letter, work: Casework) -> Measured:
    """The figures of one letter."""
    holds = any(ground.holds for ground in work.evidence.grounds) and work.case.stance == "dispute"
    last = letter.sections[-1].paragraphs[-1].sentences
    asked = " ".join(sentence.text for sentence in last)
    case = work.case
    ids = (case.order.id if case.order else None, case.account.merchant_id if case.account else None,
           case.payment.dispute_id if case.payment else None, case.inventory.shipment_id if case.inventory else None)  # fmt: skip
    sum_due = bool(case.claim and case.claim.amount) and case.stance == "dispute" and holds
    return Measured(
        kind=letter.kind,
        language=letter.language,
        chars=plain_text(letter, None).chars,
        alike=_alike(letter),
        answer_first=not holds or letter.sections[0].id in {"answer", "opening"},
        request_last=all(sentence.sentence_class == "request" for sentence in last),
        named=not holds
        or (any(one in asked for one in ids if one) and (not sum_due or re.search(r"\d[.,]\d\d", asked) is not None)),
    )
