"""Drills of tenants: what one has, another does not find, whichever call is tried with its id."""

import json
import re
from collections.abc import Iterator

from api.commands.attack.broken import Broken
from api.commands.attack.drill import Drill
from api.commands.attack.target import KEYED, AttackTarget, Caller
from api.commands.attack.wire import FORM, JSON, multipart

_MINE, _OTHER = "first", "second"
_CANARY = "canary-of-the-first"
_BODIES = {"reminders": {"muted": True}, "outcome": {"outcome": "won"}, "submission": {"case_id": "C-2"}}
_PARAMETER = re.compile(r"{(\w+?)(?::\w+)?}")
_PAGES = (
    "/packs/{pack_id}", "/packs/{pack_id}/letter.txt", "/drafts/{draft_id}", "/batches/{batch_id}",
)  # fmt: skip


def _made(target: AttackTarget, path: str, value: object) -> str:
    body = json.dumps(value).encode()
    reply = target.ask("POST", path, headers=[JSON], body=body, by=Caller(tenant=_MINE))
    return str(reply.among(200, 201, 202).json["id"])


def _prepare(target: AttackTarget) -> None:
    target.submit("owned", [("a.txt", _CANARY.encode())], by=Caller(tenant=_MINE))


def _nothing(target: AttackTarget) -> None:
    """The pack of the other drill is there."""
    _ = target


def _owned(target: AttackTarget) -> dict[str, str]:
    """The ids of what the first tenant has, by the name of the parameter."""
    case = target.case().json
    pack = target.pack("owned", by=Caller(tenant=_MINE)).json["id"]
    sheet = f"platform,procedure,order_id\n{case['platform']},{case['procedure']},{_CANARY}\n"
    form = multipart([("sheet", "s.csv", sheet.encode())])
    batch = target.ask("POST", "/v1/batches", headers=[FORM], body=form, by=Caller(tenant=_MINE)).json["id"]
    draft = _made(target, "/v1/drafts", {"case": {"buyer": {"name": _CANARY}}})
    hook = _made(target, "/v1/webhooks", {"url": f"https://example.com/{_CANARY}"})
    target.ask("POST", f"/v1/webhooks/{hook}/ping", by=Caller(tenant=_MINE)).among(202)
    found = target.ask("GET", f"/v1/webhooks/{hook}/deliveries", by=Caller(tenant=_MINE)).json["items"]
    return {
        "pack_id": str(pack), "draft_id": draft, "batch_id": str(batch), "hook_id": hook, "delivery_id": found[0]["id"],
    }  # fmt: skip


def _calls(target: AttackTarget, ids: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Method and address of every call that names something by its id."""
    described = target.ask("GET", "/openapi.json", by=KEYED).among(200).json["paths"]
    for path, methods in described.items():
        names = set(_PARAMETER.findall(path))
        if names & set(ids):
            filled = path.format(**ids, **dict.fromkeys(names - set(ids), "a.txt"))
            yield from ((method.upper(), filled) for method in methods)
    for path in _PAGES:
        yield "GET", path.format(**ids)


def _foreign(target: AttackTarget) -> None:
    ids, tried = _owned(target), 0
    for method, path in _calls(target, ids):
        body = json.dumps(_BODIES.get(path.rsplit("/", maxsplit=1)[-1], {"case": {}})).encode()
        lines = [JSON, ("if-match", "*")]
        reply = target.ask(method, path, headers=lines, body=body, by=Caller(tenant=_OTHER)).among(404)
        if _CANARY.encode() in reply.body:
            raise Broken("leaked", asked=reply.asked, found=_CANARY)
        tried += 1
    if tried < 25:
        raise Broken("too-few", count=tried)
    target.ask("GET", f"/v1/packs/{ids['pack_id']}", by=Caller(tenant=_MINE)).among(200)


def _lists(target: AttackTarget) -> None:
    if not target.ask("GET", "/v1/packs", by=Caller(tenant=_MINE)).among(200).json.get("items"):
        raise Broken("too-few", count=0)
    for path in ("/v1/packs", "/v1/drafts", "/v1/batches", "/v1/webhooks", "/v1/insights", "/", "/packs"):
        reply = target.ask("GET", path, by=Caller(tenant=_OTHER)).among(200, 404)
        if _CANARY.encode() in reply.body or any(reply.json.get("items", ())):
            raise Broken("leaked", asked=reply.asked, found=_CANARY)


DRILLS = (
    Drill(name="foreign-ids", attempt=_foreign, prepare=_prepare),
    Drill(name="foreign-lists", attempt=_lists, prepare=_nothing),
)
