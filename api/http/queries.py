"""What lists are asked with: a page of them, and which packs are wanted."""

import datetime as dt
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from casefile.finding import Verdict
from jobs.records.pack_filter import PackFilter
from jobs.records.pack_store import State

CURSOR = "`next_cursor` of the page before"
Limit = Annotated[int, Field(ge=1, le=100, description="How many at most on a page")]


class PageQuery(BaseModel):
    """One page of a list."""

    model_config = ConfigDict(frozen=True)

    cursor: str | None = Field(default=None, max_length=40, description=CURSOR)
    limit: Limit = 20


class PackQuery(PageQuery):
    """Which packs a list shows; every condition given has to hold."""

    order_id: str | None = Field(
        default=None,
        max_length=200,
        description="Only packs about an order whose id begins so",
        examples=["112-4829307"],
    )
    verdict: Verdict | None = Field(default=None, description="Only packs with this verdict")
    status: State | None = Field(default=None, description="Only packs with this status")
    platform: str | None = Field(default=None, max_length=40, description="Only packs for this platform")
    reason: str | None = Field(default=None, max_length=60, description="Only packs with this reason")
    created_after: dt.datetime | None = Field(
        default=None, description="Only packs asked for at or after this time (ISO 8601; without an offset UTC)"
    )
    created_before: dt.datetime | None = Field(default=None, description="Only packs asked for before this time")
    deadline_before: dt.datetime | None = Field(
        default=None, description="Only finished packs whose first deadline ends before this time"
    )

    def filter(self) -> PackFilter:
        """The same as conditions on what is kept."""
        return PackFilter(
            order_id=self.order_id, state=self.status, verdict=self.verdict, platform=self.platform, reason=self.reason,
            created_after=self.created_after, created_before=self.created_before, due_before=self.deadline_before,
        )  # fmt: skip


class EventQuery(PageQuery):
    """Which events a list shows."""

    type: str | None = Field(
        default=None, max_length=40, description="Only events of this type", examples=["pack.succeeded"]
    )
