"""What a processor says of a dispute, as a case: what it leaves out stays open."""

from dataclasses import dataclass, fields

from casefile.case import Case
from casefile.parse import parse_case


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """The words of a processor, empty where it says nothing; times are ISO 8601 with offset, ``due_at`` is when evidence is due."""

    id: str
    platform: str
    reason: str = ""
    charge_id: str = ""
    opened_at: str = ""
    due_at: str = ""
    amount: str = ""
    currency: str = ""
    statement: str = ""
    network: str = ""
    network_reason_code: str = ""
    order_id: str = ""
    placed_at: str = ""
    buyer_name: str = ""
    buyer_email: str = ""
    buyer_ip: str = ""

    def case(self) -> Case:
        """The case without reason and network, which have names of ours.

        Raises:
            RequestFault: ``case-invalid``: a time or an amount is none.
        """
        said = {field.name: getattr(self, field.name) or None for field in fields(self)}
        amount = {"amount": self.amount, "currency": self.currency} if self.amount and self.currency else None
        deadline = {"at": self.due_at, "source": "notice"} if self.due_at else None
        buyer = {"name": said["buyer_name"], "email": said["buyer_email"], "ip": said["buyer_ip"]}
        order = {"id": self.order_id, "placed_at": said["placed_at"]} if self.order_id else None
        claim = {
            "id": self.id, "opened_at": said["opened_at"], "statement": said["statement"], "amount": amount,
            "network_reason_code": said["network_reason_code"],
        }  # fmt: skip
        return parse_case({
            "platform": self.platform, "procedure": "dispute", "deadline": deadline,
            "payment": {"dispute_id": self.id, "charge_id": said["charge_id"]},
            "claim": claim, "order": order, "buyer": buyer if any(buyer.values()) else None,
        })  # fmt: skip
