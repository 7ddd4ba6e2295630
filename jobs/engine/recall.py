"""What a tenant's earlier packs tell about a new case: repeats, the same parcel elsewhere, letters that are alike.

Only checks ask for it; a pack is made from its own case alone, so that the same case gives the same bytes.
"""

import datetime as dt
import time
from typing import Any

from casefile.case import Case
from casefile.earlier import EarlierCase, buyer_mark, word_groups
from casefile.errors import RequestFault
from casefile.own_words import own_texts
from casefile.parse import parse_case
from jobs.engine.pack_view import PackView
from jobs.engine.packs import Packs
from jobs.records.pack_store import Accepted

_MOST = 50
"""So many packs, the newest, are looked at."""


def recall(packs: Packs, tenant: str) -> tuple[EarlierCase, ...]:
    """The newest packs of the tenant as a check may know them; erased and unreadable ones are passed over."""
    views, _ = packs.page(tenant, limit=_MOST)
    found = []
    for view in views:
        asked = packs.shelf(tenant, view.id).accepted()
        case = _case(asked) if asked else None
        if asked and case:
            found.append(_remembered(view, asked, case))
    return tuple(found)


class Memory:
    """What ``recall`` finds, looked up anew at most twice a minute: the form asks at every pause of a typist."""

    def __init__(self, packs: Packs, seconds: float = 30.0) -> None:
        self._packs = packs
        self._seconds = seconds
        self._known: dict[str, tuple[float, tuple[EarlierCase, ...]]] = {}

    def of(self, tenant: str, draft: str | None) -> tuple[EarlierCase, ...]:
        """The tenant's earlier cases, without those that were made of this same draft."""
        at, found = self._known.get(tenant, (-self._seconds, ()))
        if time.monotonic() - at >= self._seconds:
            found = recall(self._packs, tenant)
            self._known[tenant] = time.monotonic(), found
        elif found:
            found = self._kept(tenant, at, found)
        return tuple(one for one in found if draft is None or one.draft != draft)

    def _kept(self, tenant: str, at: float, found: tuple[EarlierCase, ...]) -> tuple[EarlierCase, ...]:
        """Without the packs that were erased meanwhile, here or by another process."""
        there = self._packs.ledger.kept([one.pack_id for one in found])
        if len(there) < len(found):
            found = tuple(one for one in found if one.pack_id in there)
            self._known[tenant] = at, found
        return found

    def forget(self, tenant: str) -> None:
        """Look a tenant's cases up anew the next time."""
        self._known.pop(tenant, None)


def _case(asked: Accepted) -> Case | None:
    try:
        return parse_case(asked.case)
    except RequestFault:
        return None  # written by another release


def _remembered(view: PackView, asked: Accepted, case: Case) -> EarlierCase:
    sent, ended = view.submission, view.outcome
    numbers = [*(parcel.tracking_number for parcel in case.parcels), *(line.tracking_number for line in case.orders)]
    return EarlierCase(
        pack_id=view.id,
        platform=case.platform,
        procedure=case.procedure,
        reason=case.reason,
        subject=asked.subject or None,
        store=case.seller.store if case.seller else None,
        order_ids=tuple(asked.order_ids),
        tracking_numbers=tuple(number for number in numbers if number),
        buyer=buyer_mark(case),
        files=tuple(upload.sha256 for upload in asked.uploads),
        letter=word_groups(" ".join(text for _, _, text in own_texts(case))),
        submitted_at=_time(sent.at if sent else None),
        outcome=ended.outcome if ended else None,
        outcome_at=_time(ended.at if ended else None),
        draft=(case.extra or {}).get("draft"),
    )


def _time(text: Any) -> dt.datetime | None:  # noqa: ANN401  # as noted by the caller
    try:
        moment = dt.datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None
