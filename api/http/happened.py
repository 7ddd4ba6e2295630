"""What happened, asked for instead of being told: the events of webhooks as a list, from the oldest on."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from api.http.described.events import EVENTS_LIST
from api.http.happened_answers import EventLine, EventList
from api.http.queries import EventQuery
from api.request.cursors import check_cursor
from api.request.replies import json_reply
from api.service import service_of, tenant_of

router = APIRouter(tags=["events"])


@router.get("/v1/events", operation_id="listEvents", **EVENTS_LIST)
def listed(request: Request, sought: Annotated[EventQuery, Query()]) -> Response:
    """List what happened, the oldest first: packs and batches that ended, reminders.

    `next_cursor` is never null once there was an event: keep it, and ask with it again later for what is new. An event is listed
    two seconds after it happened, and for 30 days. The same events go out as webhooks.
    """
    check_cursor(sought.cursor)
    found, more = service_of(request).events.page(
        tenant_of(request), after=sought.cursor, limit=sought.limit, type_=sought.type
    )
    items = tuple(EventLine(id=one.id, event=one.event) for one in found)
    following = found[-1].id if found else sought.cursor
    return json_reply(EventList(items=items, next_cursor=following, more=more))
