"""What a ground is asked about: the matter, its money and its evidence as one value, with the few questions behind many. Pure."""

import datetime as dt
import functools
from dataclasses import dataclass
from typing import Literal, get_args

from casefile import text_folding
from casefile.case import Case
from casefile.casework import Matter
from casefile.citation import BundlePlan
from casefile.coverage import PropositionCoverage
from casefile.deadline import after
from casefile.facts import FileFacts
from casefile.fields.base import LocalText, any_text
from casefile.fields.order import Parcel
from casefile.fields.payment import PriorOrder
from casefile.ground import Window
from casefile.ledger import CaseLedger
from casefile.pointer import resolve
from casefile.prior_payments import ELEMENTS, qualified
from evidence_packer.judge.admissions import Admission, admitted, content, written_before
from evidence_packer.judge.handovers import Handover, failed_handover
from evidence_packer.judge.receiving import ToldLine, collected, in_person, redirected, weighed
from evidence_packer.judge.subjects import sent_out

Answer = bool | None
"""Yes, no, or nothing is known."""

Received = Literal["collected", "redirected", "in_person", "weighed_full"]
"""How a page tells that the buyer got the goods, by the question of the ground that rests on it."""
RECEIVED: tuple[Received, ...] = get_args(Received)


@dataclass(frozen=True, slots=True, kw_only=True)
class Footing:
    """The matter, what was paid and went back, and how far the evidence carries what."""

    matter: Matter
    ledger: CaseLedger
    coverage: tuple[PropositionCoverage, ...]
    files: tuple[FileFacts, ...]
    plan: BundlePlan
    windows: tuple[Window, ...] = ()
    """How long buyers may claim, by platform and network."""

    @property
    def case(self) -> Case:
        """The case."""
        return self.matter.case

    @property
    def outbound(self) -> tuple[Parcel, ...]:
        """The parcels that went to the buyer in the first place."""
        return sent_out(self.case)

    @property
    def claimed_at(self) -> dt.datetime | None:
        """When the claim or the dispute was opened."""
        claim = self.case.claim
        return (claim.opened_at or claim.requested_at or claim.notified_at) if claim else None

    @property
    def window(self) -> dt.datetime | None:
        """Until when the buyer could claim here; ``None`` where no window is known, or not from when it counts."""
        case, matter = self.case, self.matter
        network = case.claim.network if case.claim else None
        for one in self.windows:
            starts = [at for pointer in one.counts_from if isinstance(at := resolve(case, pointer), dt.datetime)]
            here = case.platform in one.platforms or network in one.networks
            if here and starts:
                return after(max(starts), one.after, matter.site, matter.platform.country(case.site))
        return None

    @property
    def replacement(self) -> Parcel | None:
        """The parcel that replaces the first."""
        return next((one for one in self.case.parcels if one.direction == "replacement"), None)

    @property
    def replaced_at(self) -> dt.datetime | None:
        """When the replacement was delivered, else sent."""
        parcel, remedy = self.replacement, self.case.remedy
        again = remedy if remedy and remedy.type == "replacement" else None
        got, sent = (again.received_at, again.at) if again else (None, None)
        return ((parcel.delivered_at or got or parcel.dispatched_at) if parcel else got) or sent

    def accepted(self) -> Admission | None:
        """The buyer's thanks for the replacement."""
        return content(self.matter, self.files, self.plan, self.replaced_at) if self.replaced_at else None

    def handover(self) -> Handover | None:
        """How the parcel was offered to the buyer, where it went back."""
        numbers = [one.tracking_number for one in self.outbound]
        return failed_handover(self.matter, self.files, self.plan, numbers)

    def received(self, how: Received) -> ToldLine | None:
        """How the buyer got the goods, as the carrier's or the platform's page tells it."""
        numbers = [one.tracking_number for one in self.outbound]
        if how == "collected":
            return collected(self.matter, self.files, self.plan, numbers)
        if how == "redirected":
            return redirected(self.matter, self.files, self.plan, numbers)
        if how == "weighed_full":
            weights = [one.weight_g for one in self.outbound if one.weight_g]
            return weighed(self.files, self.plan, sum(weights) if len(weights) == 1 else None)
        return in_person(self.matter, self.files, self.plan)

    def wrote(self) -> Admission | None:
        """The buyer's last words about this order, on a page, before it was disputed."""
        return written_before(self.matter, self.files, self.plan, self.claimed_at) if self.claimed_at else None

    def withdrawn(self) -> Admission | None:
        """The buyer's words by which the claim is taken back."""
        return admitted(self.matter, self.files, self.plan, self.claimed_at, frozenset({"agrees_to_close"}))

    def settled(self) -> Admission | None:
        """The buyer's words by which part of the money is taken as settling the matter."""
        return admitted(self.matter, self.files, self.plan, None, frozenset({"agrees_to_close"}))

    @property
    def serials(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Serial numbers sent and received back."""
        items = self.case.order.items if self.case.order else ()
        back = self.case.return_
        sent = (back.serials_sent if back else ()) or tuple(number for item in items for number in item.serial_numbers)
        return sent, back.serials_received if back else ()

    @property
    def delivered_parts(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Of several parcels, the numbers of those that are shown as delivered, and of the others."""
        rows = [row for row in self.coverage if row.proposition == "delivered" and row.of]
        there = tuple(str(row.of) for row in rows if row.status == "shown")
        return there, tuple(str(row.of) for row in rows if row.status != "shown")

    @property
    def qualified(self) -> tuple[tuple[PriorOrder, ...], tuple[str, ...]]:
        """Earlier payments of the right age without a dispute, and what two of them have in common with this one."""
        charged = (self.case.payment.captured_at if self.case.payment else None) or self.claimed_at
        good = qualified(self.case, charged)
        shared = functools.reduce(lambda a, b: a & b, (set(same) for _, same in good), set(ELEMENTS))
        return tuple(one for one, _ in good), tuple(name for name in ELEMENTS if good and name in shared)


def is_title(case: Case, words: LocalText | None) -> bool:
    """Whether words of a listing only say how an item of the order is called."""
    said = text_folding.squeezed(any_text(words, "en") or "")
    items = case.order.items if case.order else ()
    names = {text_folding.squeezed(any_text(one.name, "en") or "") for one in items} - {""}
    return any(said in name or name in said for name in names)
