"""Whether the order was dispatched in time: judged alike by checks, coverage and letter, so that none says more than is known."""

import datetime as dt

from casefile.as_printed import is_day_alone
from casefile.case import Case


def not_after(moment: dt.datetime, limit: dt.datetime) -> bool:
    """Whether ``moment`` is within ``limit``; where one of them is a day without an hour, days are compared."""
    if is_day_alone(moment) or is_day_alone(limit):
        return moment.astimezone(limit.tzinfo).date() <= limit.date()
    return moment <= limit


def before(moment: dt.datetime, limit: dt.datetime) -> bool:
    """Whether ``moment`` is before ``limit``; where one of them is a day without an hour, a day before."""
    if is_day_alone(moment) or is_day_alone(limit):
        return moment.astimezone(limit.tzinfo).date() < limit.date()
    return moment < limit


def dispatched_in_time(case: Case) -> bool | None:
    """Whether everything sent out left by its ship-by date; ``None`` where no date or no dispatch is known."""
    due = case.order.ship_by_at if case.order else None
    sent = [parcel.dispatched_at for parcel in case.parcels if parcel.direction == "outbound" and parcel.dispatched_at]
    pairs = [(moment, due) for moment in sent if due]
    pairs += [
        (order.dispatched_at, order.ship_by_at) for order in case.orders if order.dispatched_at and order.ship_by_at
    ]
    return all(not_after(moment, limit) for moment, limit in pairs) if pairs else None
