"""One exhibit asked about the case: whether it is of this case at all, and what it says of one of its parcels. Pure.

A page without any number of the case, older than its order, or of other people's parcels proves nothing, whatever it says.
"""

import datetime as dt
from dataclasses import dataclass

from casefile import text_folding
from casefile.case import Case
from casefile.coverage import Idle
from casefile.facts import FileFacts, MessageSeen
from casefile.fields.files import Kind
from casefile.platform import Platform
from casefile.statement import Fate, Statement
from evidence_packer.judge.check import EXPECTS_ORDER_ID, EXPECTS_TRACKING_NUMBER
from evidence_packer.judge.parcel_fates import fates_of, states_of
from evidence_packer.judge.subjects import Subject
from evidence_packer.understand.interpret import own_order_ids, own_tracking_numbers
from evidence_packer.understand.names import likeness

_RECORDS: frozenset[Kind] = frozenset(
    {"tracking", "proof_of_delivery", "messages", "refund_proof", "dispatch", "erp_record", "buyer_confirmation"}
)
"""Kinds that are about this order alone, and so can be no older than it."""
_MAILS = frozenset({"message/rfc822", "application/vnd.ms-outlook"})
_DAY = dt.timedelta(days=1)
_LONG_NUMBER = 10
"""Numbers of payments shorter than this may be anything of anybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """One exhibit asked about a case."""

    case: Case
    platform: Platform
    facts: FileFacts

    @property
    def idle(self) -> Idle | None:
        """Why it can prove nothing of this case; ``None`` where it can."""
        if not self._belongs():
            return "no_number"
        return "before_order" if older_than_order(self.case, self.facts) else None

    def _belongs(self) -> bool:
        """Whether it shows a number of the case, or is of a kind that prints none, as a carrier's word on many parcels."""
        facts = self.facts
        if facts.kind not in EXPECTS_ORDER_ID | EXPECTS_TRACKING_NUMBER:
            return True
        general = facts.kind == "carrier_statement" and not self.case.parcels
        if general or not (own_order_ids(self.case) or own_tracking_numbers(self.case)):
            return True
        shown = any(seen.matches for seen in facts.order_ids) or any(seen.matches for seen in facts.tracking_numbers)
        own = any(seen.what != "goods" for seen in facts.details)  # others have bought the same goods
        return shown or own or bool(facts.masked_numbers) or self._names_buyer() or self._names_payment()

    def _names_payment(self) -> bool:
        """Whether it prints the number of the case's payment, its dispute or a refund of it: a processor knows no order."""
        payment, refunds = self.case.payment, self.case.refunds
        paid = (payment.charge_id, payment.dispute_id) if payment else ()
        numbers = (*paid, *(number for refund in refunds for number in (refund.id, refund.reference)))
        wanted = [text_folding.squeezed(number) for number in numbers if number and len(number) >= _LONG_NUMBER]
        lines = [text_folding.squeezed(line.text) for line in self.facts.texts] if wanted else []
        return any(number in line for number in wanted for line in lines)

    def _names_buyer(self) -> bool:
        """A conversation goes on over several screens; then the buyer's name stands beside the messages."""
        buyer = self.case.buyer
        known = [name for name in ((buyer.name, buyer.username) if buyer else ()) if name]
        shown = [message.name for message in self.facts.messages if message.name]
        return any(likeness(name, own) == "same" for name in shown for own in known)

    def fate(self, subject: Subject) -> Fate | None:
        """What the file says became of this parcel: under its number, or of its only parcel where that is this one."""
        known = fates_of(self.facts)
        own = [fate for fate in known if fate.of and text_folding.number(fate.of) in subject.numbers]
        if own:
            return own[-1]
        unnamed = [fate for fate in known if fate.of is None or not subject.numbers]
        return unnamed[-1] if unnamed and self.tells(subject) else None

    def tells(self, subject: Subject) -> bool:
        """Whether the file shows the number of this parcel and of no other; of a parcel without number, the order's."""
        shown = {text_folding.number(seen.value) for seen in self.facts.tracking_numbers if seen.matches}
        if subject.numbers:
            return bool(shown & subject.numbers) and not shown - subject.numbers
        return any(seen.matches for seen in self.facts.order_ids)

    def of_others(self, subject: Subject) -> bool:
        """Whether it shows parcels of the case, and this one is not among them."""
        shown = {text_folding.number(seen.value) for seen in self.facts.tracking_numbers if seen.matches}
        return bool(shown and subject.numbers and not shown & subject.numbers)

    def states(self, subject: Subject) -> tuple[Statement, ...]:
        """What the file says of this parcel, step by step."""
        found = []
        for one in states_of(self.facts):
            named = one.about.id if one.about and one.about.what == "parcel" else None
            mine = text_folding.number(named) in subject.numbers if named else self.tells(subject)
            if mine:
                found.append(one)
        return tuple(found)

    @property
    def is_mail(self) -> bool:
        """Whether the file is a mail."""
        return self.facts.media_type in _MAILS

    @property
    def on_platform(self) -> bool:
        """Whether it is the platform's own page or a mail of its relay; any other mail is a mail."""
        facts = self.facts
        if self.is_mail:
            return any(message.channel == "on_platform" for message in facts.messages)
        entry = self.case.entry(facts.file)
        if facts.context.chat not in {"on_platform", "none"} or (entry and entry.channel not in {None, "on_platform"}):
            return False
        told = facts.context.chat == "on_platform" or (entry and entry.channel == "on_platform")
        return bool(told) or any(seen.matches for seen in facts.order_ids)

    @property
    def messages(self) -> tuple[MessageSeen, ...]:
        """The messages on it, in the order of time where each has one."""
        seen = self.facts.messages
        return tuple(sorted(seen, key=lambda one: str(one.at))) if all(one.at for one in seen) else seen


def older_than_order(case: Case, facts: FileFacts) -> bool:
    """Whether a record prints dates, and every one of them lies before the order."""
    placed = case.order.placed_at if case.order else None
    dates = [seen for seen in facts.timestamps if seen.at and not seen.ambiguous and not seen.desktop_clock]
    if placed is None or not dates or facts.kind not in _RECORDS:
        return False
    return max(dt.date.fromisoformat(str(seen.at)[:10]) for seen in dates) < placed.date() - _DAY
