"""Whether the order was dispatched in time: judged alike by checks, coverage and letter, so that none says more than is known."""

from casefile.case import Case


def dispatched_in_time(case: Case) -> bool | None:
    """Whether everything sent out left by its ship-by date; ``None`` where no date or no dispatch is known."""
    due = case.order.ship_by_at if case.order else None
    sent = [parcel.dispatched_at for parcel in case.parcels if parcel.direction == "outbound" and parcel.dispatched_at]
    pairs = [(moment, due) for moment in sent if due]
    pairs += [
        (order.dispatched_at, order.ship_by_at) for order in case.orders if order.dispatched_at and order.ship_by_at
    ]
    return all(moment <= limit for moment, limit in pairs) if pairs else None
