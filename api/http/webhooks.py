"""Webhooks over HTTP: who is told of what, what was told, and the reminders of a pack."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path
from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.http.described.webhooks import (
    DELIVERIES,
    HOOK,
    HOOK_DELETE,
    HOOK_LIST,
    HOOK_NEW,
    HOOK_PING,
    REMINDERS,
    REMINDERS_PUT,
    REPLAY,
)
from api.http.notes import note_of
from api.http.packs import PackId, found
from api.http.webhook_answers import (
    ROUTE,
    DeliveryList,
    RemindersAnswer,
    WebhookList,
    delivery_answer,
    webhook_answer,
)
from api.request.replies import json_reply
from api.request.uploads import json_body
from api.service import Service, now, service_of, tenant_of
from casefile.errors import FieldFault, RequestFault
from casefile.fields.base import LanguageTag, Text, Words
from jobs.notify.hook_wire import check_url
from jobs.notify.hooks import EVENTS, Receiver

router = APIRouter(tags=["webhooks"])

HookId = Annotated[str, Path(description="The webhook's id")]


class HookWanted(Words):
    """A receiver: where, in which shape, of what."""

    url: Text
    shape: Literal["standard", "feishu", "dingtalk", "wecom"] = "standard"
    events: tuple[Text, ...] = Field(default=(), description=f"Of {', '.join(EVENTS)}; none: all but ping")
    language: LanguageTag | None = None
    secret: Text | None = Field(default=None, description="The secret of a chat robot; programs get one from here")


class RemindersWanted(Words):
    """Whether a pack reminds."""

    muted: bool


@router.post(ROUTE, operation_id="createWebhook", **HOOK_NEW)
async def create(request: Request) -> Response:
    """Have somebody told. The answer holds the secret that signs, this once."""
    wanted = await note_of(request, await json_body(request, service_of(request).settings), HookWanted)
    return await run_in_threadpool(_created, request, wanted)


def _created(request: Request, wanted: HookWanted) -> Response:
    service = service_of(request)
    if set(wanted.events) - set(EVENTS):
        fault = FieldFault(pointer="/events", code="value-not-allowed", params={"allowed": ", ".join(EVENTS)})
        raise RequestFault("note-invalid", faults=(fault,))
    try:
        check_url(wanted.url, private=service.settings.hook_private)
    except RequestFault as fault:
        raise RequestFault(fault.code, status=422, faults=(FieldFault(pointer="/url", code=fault.code),)) from None
    receiver = Receiver(
        url=wanted.url, shape=wanted.shape, events=wanted.events, language=wanted.language or "en", secret=wanted.secret
    )
    row, secret = service.hooks.add(tenant_of(request), receiver, now())
    return json_reply(webhook_answer(row, secret or None), 201, {"location": f"{ROUTE}/{row.id}"})


@router.get(ROUTE, operation_id="listWebhooks", **HOOK_LIST)
def listed(request: Request) -> Response:
    """List who is told."""
    found_ones = service_of(request).hooks.listed(tenant_of(request))
    return json_reply(WebhookList(items=tuple(webhook_answer(row) for row in found_ones)))


@router.get(ROUTE + "/{hook_id}", operation_id="getWebhook", **HOOK)
def look(request: Request, hook_id: HookId) -> Response:
    """Show one receiver."""
    return json_reply(webhook_answer(service_of(request).hooks.get(tenant_of(request), hook_id)))


@router.delete(ROUTE + "/{hook_id}", operation_id="deleteWebhook", **HOOK_DELETE)
def delete(request: Request, hook_id: HookId) -> Response:
    """Tell somebody no more."""
    service_of(request).hooks.remove(tenant_of(request), hook_id)
    return Response(status_code=204)


@router.post(ROUTE + "/{hook_id}/rotate", operation_id="rotateWebhookSecret", **HOOK)
def rotate(request: Request, hook_id: HookId) -> Response:
    """Make a new secret; for a day both sign, then the old one ends."""
    service, tenant = service_of(request), tenant_of(request)
    secret = service.hooks.rotate(tenant, hook_id, now())
    return json_reply(webhook_answer(service.hooks.get(tenant, hook_id), secret))


@router.post(ROUTE + "/{hook_id}/ping", operation_id="pingWebhook", **HOOK_PING)
def ping(request: Request, hook_id: HookId) -> Response:
    """Send a ping, to see that it arrives."""
    service_of(request).hooks.ping(tenant_of(request), hook_id, now())
    return Response(status_code=202)


@router.get(ROUTE + "/{hook_id}/deliveries", operation_id="listWebhookDeliveries", **DELIVERIES)
def deliveries(request: Request, hook_id: HookId) -> Response:
    """List what was and is to be told, the newest first."""
    rows = service_of(request).hooks.deliveries(tenant_of(request), hook_id)
    return json_reply(DeliveryList(items=tuple(delivery_answer(row) for row in rows)))


@router.post(ROUTE + "/deliveries/{delivery_id}/replay", operation_id="replayWebhookDelivery", **REPLAY)
def replay(request: Request, delivery_id: Annotated[str, Path(description="The delivery's id")]) -> Response:
    """Tell something again, under the same id."""
    service_of(request).hooks.replay(tenant_of(request), delivery_id, now())
    return Response(status_code=202)


@router.get("/v1/packs/{pack_id}/reminders", operation_id="getReminders", **REMINDERS)
def reminders(request: Request, pack_id: PackId) -> Response:
    """List the reminders of a pack, and whether it is muted."""
    view = found(request, pack_id)
    return json_reply(RemindersAnswer(muted=view.muted, items=service_of(request).reminders.listed(view.id)))


@router.put("/v1/packs/{pack_id}/reminders", operation_id="setReminders", **REMINDERS_PUT)
async def set_reminders(request: Request, pack_id: PackId) -> Response:
    """Mute a pack's reminders, or let them speak again."""
    view = await run_in_threadpool(found, request, pack_id)
    wanted = await note_of(request, await json_body(request, service_of(request).settings), RemindersWanted)
    return await run_in_threadpool(_muted, service_of(request), view.id, muted=wanted.muted)


def _muted(service: Service, pack_id: str, *, muted: bool) -> Response:
    service.packs.ledger.note(pack_id, muted=muted)
    return json_reply(RemindersAnswer(muted=muted, items=service.reminders.listed(pack_id)))
