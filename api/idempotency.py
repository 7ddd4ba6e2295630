"""``Idempotency-Key`` as Stripe does it: a repeated request gets the first one's pack, a different one a refusal.

A key holds for one tenant and route, 72 hours. What is compared is what changes the job: route, options, the case as sent, and
name and hash of every file; never the raw body, whose boundary differs at every try. Answers of 4xx and 5xx are not kept.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from api.uploads import CaseUpload
from casefile.errors import RequestFault
from jobs.packs import Packs, PackView

KEPT = dt.timedelta(hours=72)
_MAX_KEY = 255
_FRESH = dt.timedelta(minutes=10)
"""A request that was accepted so long ago and left no pack died on the way; its key is free again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """What a key stands for: the key's object, and the pack of an earlier equal request, if there was one."""

    key: str
    earlier: PackView | None


def read_key(header: str | None) -> str | None:
    """The key of the header, quoted or bare.

    Raises:
        RequestFault: ``idempotency-key-malformed``.
    """
    if header is None:
        return None
    key = header.strip()
    if len(key) > 1 and key[0] == key[-1] == '"':
        key = key[1:-1]
    if not key or len(key) > _MAX_KEY or not key.isprintable():
        raise RequestFault("idempotency-key-malformed", status=400, limit=_MAX_KEY)
    return key


def fingerprint(route: str, options: Mapping[str, object], upload: CaseUpload) -> str:
    """One hash over everything that changes the job."""
    files = [["files", file.name, file.sha256] for file in upload.files]
    case = hashlib.sha256(json.dumps(json.loads(upload.sent), sort_keys=True).encode()).hexdigest()
    return hashlib.sha256(json.dumps([route, sorted(options.items()), case, files]).encode()).hexdigest()


def claim(
    packs: Packs, tenant: str, key: str, pack_id: str, mark: str, now: dt.datetime
) -> Claimed:  # each a plain value
    """Take ``key`` for the new pack ``pack_id``, or find the pack it already stands for.

    Raises:
        RequestFault: ``idempotency-key-reused`` (422: another request), ``idempotency-in-progress`` (409: still running).
    """
    name = f"idempotency/{tenant}/{hashlib.sha256(key.encode()).hexdigest()}"
    mine = {"fingerprint": mark, "pack_id": pack_id, "at": now.isoformat()}

    def stale(data: bytes) -> bool:
        return _is_free(packs, tenant, json.loads(data), now)

    there = json.loads(packs.claim(name, json.dumps(mine).encode(), stale=stale))
    if there["pack_id"] == pack_id:
        return Claimed(key=name, earlier=None)
    if there["fingerprint"] != mark:
        raise RequestFault("idempotency-key-reused", status=422)
    earlier = packs.view(tenant, there["pack_id"])
    if not isinstance(earlier, PackView) or earlier.result is None:
        raise RequestFault("idempotency-in-progress", status=409)
    return Claimed(key=name, earlier=earlier)


def _is_free(packs: Packs, tenant: str, there: Mapping[str, str], now: dt.datetime) -> bool:
    age = now - dt.datetime.fromisoformat(there["at"])
    if age > KEPT:
        return True
    view = packs.view(tenant, there["pack_id"])
    if view is None:
        return age > _FRESH
    return isinstance(view, PackView) and view.state == "failed"
