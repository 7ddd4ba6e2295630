"""Earlier payments of the same buyer that speak for a disputed one, as a card network compares them. Pure.

Source: ``networks/visa.toml`` (Compelling Evidence 3.0): two payments without a dispute, 120 to 365 days older, and two matching
elements, one of them the IP address or the device.
"""

import datetime as dt

from casefile.case import Case
from casefile.fields.payment import PriorOrder

ELEMENTS = ("ip", "device", "account", "address")
"""What can be the same in two payments."""
_DECISIVE = frozenset({"ip", "device"})
_AGE = range(120, 366)
"""Age of the earlier payments in days before the disputed one."""
_LEAST = 2


def qualified(case: Case, charged_at: dt.datetime | None) -> tuple[tuple[PriorOrder, tuple[str, ...]], ...]:
    """The earlier payments of the right age without a dispute, each with what it has in common with this one."""
    aged = (one for one in case.prior_orders if _aged(one, charged_at) and one.disputed is False)
    alike = ((one, _alike(case, one)) for one in aged)
    return tuple((one, same) for one, same in alike if len(same) >= _LEAST and _DECISIVE & set(same))


def _aged(prior: PriorOrder, charged_at: dt.datetime | None) -> bool:
    return bool(prior.at and charged_at and (charged_at - prior.at).days in _AGE)


def _alike(case: Case, prior: PriorOrder) -> tuple[str, ...]:
    """What an earlier order has in common with this one."""
    buyer = case.buyer
    if buyer is None:
        return ()
    pairs = {
        "ip": (buyer.ip, prior.ip),
        "device": (buyer.device_id, prior.device_id),
        "account": (buyer.account_id, prior.account_id),
    }
    same = [name for name, (ours, theirs) in pairs.items() if ours and ours == theirs]
    return (*same, *(("address",) if prior.same_address else ()))
