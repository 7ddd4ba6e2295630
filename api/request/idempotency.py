"""``Idempotency-Key`` as Stripe does it: a repeated request gets the first one's pack, a different one a refusal.

What was accepted and is still being made is answered as it was then: 202 and where to look.

A key holds for one tenant and route, 72 hours. What is compared is what changes the job: route, options, the case as sent, and
name and hash of every file; never the raw body, whose boundary differs at every try. Answers of 4xx and 5xx are not kept.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping

from api.request.uploads import CaseUpload
from casefile.errors import RequestFault
from jobs.records.keys import Keys
from jobs.records.ledger import KeyClaim

_MAX_KEY = 255


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


def fingerprint(route: str, options: Mapping[str, str | bool | None], upload: CaseUpload) -> str:
    """One hash over everything that changes the job."""
    case = hashlib.sha256(json.dumps(json.loads(upload.sent), sort_keys=True).encode()).hexdigest()
    return file_fingerprint(route, {**options, "case": case}, upload)


def file_fingerprint(route: str, options: Mapping[str, str | bool | None], upload: CaseUpload) -> str:
    """The same for a request without a case of its own."""
    files = [["files", file.name, file.sha256] for file in upload.files]
    return hashlib.sha256(json.dumps([route, sorted(options.items()), files]).encode()).hexdigest()


def claim_of(route: str, key: str, mark: str) -> KeyClaim:
    """What is written down for a key."""
    return KeyClaim(route=route, key_sha256=hashlib.sha256(key.encode()).hexdigest(), fingerprint=mark)


def earlier(keys: Keys, tenant: str, claim: KeyClaim, now: dt.datetime) -> str | None:
    """The id of what the same request made before under this key, or ``None`` when the key is new or free again.

    Raises:
        RequestFault: ``idempotency-key-reused`` (422: another request).
    """
    there = keys.find(tenant, claim, now)
    if there is None:
        return None
    if there.fingerprint != claim.fingerprint:
        raise RequestFault("idempotency-key-reused", status=422)
    return there.target_id
