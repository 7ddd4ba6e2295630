"""A person erased over HTTP: everything of the tenant that carries an order, an address or a name goes; a receipt comes back."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.http.answers import ErasureDone, ErasureList, PersonAsked
from api.http.described.people import ERASE_PERSON, ERASURES
from api.http.notes import note_of
from api.request.cursors import check_cursor
from api.request.replies import json_reply
from api.request.uploads import json_body
from api.service import service_of, tenant_of
from casefile.errors import RequestFault
from jobs.records.people import Person, fold_email, fold_name, fold_order

router = APIRouter(tags=["people"])

_FIELDS = ("order_id", "email", "name")
_SHORTEST_NAME = 2
_Order = Annotated[str | None, Query(max_length=300, description="The id of an order of theirs")]
_Email = Annotated[str | None, Query(max_length=300, description="Their e-mail address")]
_Name = Annotated[str | None, Query(max_length=300, description="Their name as cases and sheets hold it")]


def person_of(order_id: str, email: str, name: str) -> Person:
    """The person asked for.

    Raises:
        RequestFault: ``person-missing``: nothing to find one by; ``person-unclear``: an address without @, a name of one letter.
    """
    if not (fold_order(order_id) or fold_email(email) or fold_name(name)):
        raise RequestFault("person-missing", status=400)
    before, _, after = fold_email(email).partition("@")
    if (fold_email(email) and not (before and after)) or len(fold_name(name)) == _SHORTEST_NAME - 1:
        raise RequestFault("person-unclear", status=400)
    return Person(order=order_id, email=email, name=name)


@router.delete("/v1/people", operation_id="erasePerson", **ERASE_PERSON)
async def erase(request: Request, *, order_id: _Order = None, email: _Email = None, name: _Name = None) -> Response:
    """Erase a person: every pack, batch row, sheet, draft and event of yours that carries the order, the address or the name.

    Send the three as a JSON body, which no log of a proxy shows, or as query parameters; at least one. What carries any of them
    goes. The receipt lists ids and counts and is kept; of the person it holds a salted hash. Needs a key that may write.
    """
    sent = await json_body(request, service_of(request).settings)
    found: dict[str, Any] = {"order_id": order_id, "email": email, "name": name}
    if sent.strip():
        asked = await note_of(request, sent, PersonAsked)
        found |= {name: value for name, value in asked if value is not None}
    person = person_of(*(found[field] or "" for field in _FIELDS))
    receipt = await run_in_threadpool(service_of(request).people.erase, tenant_of(request), person)
    return json_reply(ErasureDone(**dict(receipt), request_id=request.state.request_id))


@router.get("/v1/erasures", operation_id="listErasures", **ERASURES)
def listed(
    request: Request,
    *,
    cursor: Annotated[str | None, Query(max_length=40, description="`next_cursor` of the page before")] = None,
    limit: Annotated[int, Query(ge=1, le=100, description="How many at most on a page")] = 20,
) -> Response:
    """List the receipts of erased people, the newest first."""
    check_cursor(cursor)
    found, more = service_of(request).people.receipts(tenant_of(request), after=cursor, limit=limit)
    return json_reply(ErasureList(items=found, next_cursor=found[-1].id if more else None))
