"""What the buyer wrote in the seller's favour: thanks, a receipt, an agreement, as a page shows it or the case quotes it. Pure.

A word counts only while none of the buyer's later words takes it back.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from casefile.casework import Matter
from casefile.citation import BundlePlan, Citation
from casefile.facts import FileFacts
from casefile.fields.base import any_text
from casefile.statement import Intent
from evidence_packer.understand.talk.goods import titles_of
from evidence_packer.understand.talk.intents import intents_of

_CONTENT: frozenset[Intent] = frozenset({"thanks", "confirms_receipt", "agrees_to_close"})
_OUTSIDE = frozenset({"email", "chat_app"})
"""Where no reviewer of a platform can read it: no answer rests on it."""
_AGAINST: frozenset[Intent] = frozenset({"complains", "denies_receipt", "refuses", "threatens"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """Words of the buyer, their day (ISO 8601) where known, and the page on which they were read."""

    words: str
    at: str | None
    intents: frozenset[Intent]
    citation: Citation | None = None


def _on_pages(files: tuple[FileFacts, ...], plan: BundlePlan) -> Iterator[Admission]:
    for file in files:
        exhibit = plan.of_file(file.file)
        for message in file.messages:
            if message.who == "buyer" and message.text and exhibit and message.channel not in _OUTSIDE:
                cited = exhibit.cite(message.page, message.box[1])
                yield Admission(words=message.text, at=message.at, intents=frozenset(message.intents), citation=cited)


def _in_case(matter: Matter) -> Iterator[Admission]:
    for contact in matter.case.contacts:
        words = any_text(contact.text, matter.letter_language)
        if contact.from_ == "buyer" and words:
            told = intents_of(words, "buyer", matter.house, titles=titles_of(matter.case))
            intents = frozenset(found.intent for found in told)
            yield Admission(words=words, at=contact.at.isoformat() if contact.at else None, intents=intents)


def _day(one: Admission) -> str:
    return (one.at or "")[:10]


def admitted(
    matter: Matter, files: tuple[FileFacts, ...], plan: BundlePlan, since: dt.datetime | None, wanted: frozenset[Intent]
) -> Admission | None:
    """The buyer's last word since then that says one of ``wanted``; ``None`` where it was taken back."""
    seen = tuple(_on_pages(files, plan))
    for told in (seen, () if seen else tuple(_in_case(matter))):
        later = [one for one in told if one.at and (since is None or _day(one) >= since.date().isoformat())]
        good = [one for one in later if one.intents & wanted and not one.intents & _AGAINST]
        last = max(good, key=lambda one: str(one.at), default=None)
        if last and not any(one.intents & _AGAINST and str(one.at) > str(last.at) for one in later):
            return last
    return None


def content(
    matter: Matter, files: tuple[FileFacts, ...], plan: BundlePlan, since: dt.datetime | None
) -> Admission | None:
    """The buyer's thanks, or confirmation, for what came since then."""
    return admitted(matter, files, plan, since, _CONTENT)


def written_before(
    matter: Matter, files: tuple[FileFacts, ...], plan: BundlePlan, claimed: dt.datetime
) -> Admission | None:
    """The buyer's last words on a page from a day before the claim, where none of them all disown or attack the purchase."""
    seen = [one for one in _on_pages(files, plan) if one.at and _day(one) < claimed.date().isoformat()]
    without_leave = matter.house.practice.words.without_leave
    disowned = (re.search(pattern, one.words, re.IGNORECASE) for one in seen for pattern in without_leave)
    if any(one.intents & _AGAINST for one in seen) or any(disowned):
        return None
    return max(seen, key=lambda one: str(one.at), default=None)
