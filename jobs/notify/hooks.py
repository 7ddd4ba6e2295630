"""Webhooks: who wants to hear of what, and the outbox of what is to be told.

What is to be told is written down in the same transaction as what it tells of, under an id made from both, so that it is told for
certain and, however often it is tried, under one id. Events are thin: ids, states and links, nothing of the buyer.
"""

import base64
import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from casefile.errors import FieldFault, RequestFault
from jobs.records.database import Database
from jobs.records.event_log import EventLog
from jobs.records.events import AnyEvent, PingEvent, about
from jobs.records.pack_id import is_pack_id, new_pack_id
from jobs.records.tables import deliveries, hooks

EVENTS = (
    "pack.succeeded", "pack.failed", "pack.cancelled", "batch.succeeded", "batch.failed", "batch.cancelled",
    "reminder.warn", "reminder.block", "reminder.follow_up", "reminder.waiting_for_you", "ping",
)  # fmt: skip
MOST_HOOKS = 50
ROTATION = dt.timedelta(hours=24)
"""So long an old secret signs beside a new one."""
_FEWEST_BYTES, _MOST_BYTES = 24, 64
_MOST_OLD = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """Something to tell: the thin event, what it is about (makes the id), and when it happened."""

    event: AnyEvent
    about: str
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """Whom to tell: where, in which shape, of which events (none: all but ping), in which language."""

    url: str
    shape: str = "standard"
    events: tuple[str, ...] = ()
    language: str = "en"
    secret: str | None = None


def signs(secret: str) -> bool:
    """Whether a secret can sign as Standard Webhooks asks: ``whsec_`` and 24 to 64 bytes in Base64."""
    try:
        length = len(base64.b64decode(secret.removeprefix("whsec_").encode("ascii"), validate=True))
    except ValueError:
        return False
    return secret.startswith("whsec_") and _FEWEST_BYTES <= length <= _MOST_BYTES


def new_secret() -> str:
    """A secret as Standard Webhooks writes it: 32 random bytes."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


class Hooks:
    """The receivers of every tenant and their outbox."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, tenant: str, wanted: Receiver, now: dt.datetime) -> tuple[Row[Any], str]:
        """A new receiver, and its secret, told this once.

        Raises:
            RequestFault: ``webhooks-too-many``, ``webhook-secret-refused``.
        """
        standard = wanted.shape == "standard"
        secret = wanted.secret or (new_secret() if standard else "")
        if standard and not signs(secret):
            fault = FieldFault(pointer="/secret", code="webhook-secret-refused")
            raise RequestFault(fault.code, status=422, faults=(fault,))
        row = {
            "id": new_pack_id(dt.datetime.now(dt.UTC)),
            "tenant": tenant,
            "url": wanted.url,
            "shape": wanted.shape,
            "language": wanted.language,
            "secrets": [{"secret": secret, "since": now.isoformat()}] if secret else [],
            "events": list(wanted.events or [event for event in EVENTS if event != "ping"]),
            "created_at": now.isoformat(),
        }
        with self._database.write() as connection:
            if len(list(connection.execute(select(hooks.c.id).where(hooks.c.tenant == tenant)))) >= MOST_HOOKS:
                raise RequestFault("webhooks-too-many", status=409, limit=MOST_HOOKS)
            connection.execute(insert(hooks).values(**row))
        return self.get(tenant, str(row["id"])), secret

    def get(self, tenant: str, hook_id: str) -> Row[Any]:
        """One receiver.

        Raises:
            RequestFault: ``webhook-not-found``.
        """
        where = (hooks.c.tenant == tenant) & (hooks.c.id == hook_id)
        with self._database.read() as connection:
            row = connection.execute(select(hooks).where(where)).one_or_none() if is_pack_id(hook_id) else None
        if row is None:
            raise RequestFault("webhook-not-found", status=404)
        return row

    def listed(self, tenant: str) -> list[Row[Any]]:
        """A tenant's receivers, the oldest first."""
        with self._database.read() as connection:
            return list(connection.execute(select(hooks).where(hooks.c.tenant == tenant).order_by(hooks.c.id)))

    def rotate(self, tenant: str, hook_id: str, now: dt.datetime) -> str:
        """A new secret; for a day the old one signs too. Two at once follow each other, and both are in force."""
        self.get(tenant, hook_id)
        secret, until = new_secret(), (now + ROTATION).isoformat()
        this = (hooks.c.tenant == tenant) & (hooks.c.id == hook_id)
        with self._database.write() as connection:
            there = connection.scalar(select(hooks.c.secrets).where(this).with_for_update()) or []
            old = [{"until": until, **one} for one in there if one.get("until", until) > now.isoformat()]
            secrets_now = [*old[-_MOST_OLD:], {"secret": secret, "since": now.isoformat()}]
            connection.execute(update(hooks).where(this).values(secrets=secrets_now, disabled_at=None))
        return secret

    def remove(self, tenant: str, hook_id: str) -> None:
        """Forget a receiver and what it was to be told."""
        self.get(tenant, hook_id)
        with self._database.write() as connection:
            connection.execute(delete(hooks).where(hooks.c.id == hook_id))

    def announce(self, connection: Connection, tenant: str, told: Announcement, only: str | None = None) -> int:
        """Write an event into the log, and into the outbox of everyone who wants it, in the caller's transaction; how many."""
        if only is None:
            EventLog.write(connection, tenant, told.event)
        where = (hooks.c.tenant == tenant) & hooks.c.disabled_at.is_(None)
        receivers = [row for row in connection.execute(select(hooks).where(where)) if only in {None, row.id}]
        count, event = 0, told.event
        for row in receivers:
            if only is None and event.type not in row.events:
                continue
            name = hashlib.sha256(f"{event.type} {told.about} {row.id}".encode()).hexdigest()[:32]
            values = {
                "id": f"msg_{name}",
                "hook_id": row.id,
                "tenant": tenant,
                "event": event.plain(),
                "state": "waiting",
                "tries": 0,
                "about": about(event),
            }
            values |= {"due_at": told.at.isoformat(), "created_at": told.at.isoformat()}
            line = self._database.insert(deliveries).values(**values).on_conflict_do_nothing()
            count += connection.execute(line).rowcount
        return count

    def backlog(self) -> tuple[int, str | None]:
        """How many messages wait to be sent, and since when the first is due."""
        wanted = select(func.count(), func.min(deliveries.c.due_at)).where(deliveries.c.state == "waiting")
        with self._database.read() as connection:
            row = connection.execute(wanted).one()
        return int(row[0]), row[1]

    def ping(self, tenant: str, hook_id: str, now: dt.datetime) -> None:
        """Tell a receiver that it is reached."""
        self.get(tenant, hook_id)
        body = PingEvent(type="ping", timestamp=now.isoformat())
        event = Announcement(event=body, about=new_pack_id(now), at=now)
        with self._database.write() as connection:
            self.announce(connection, tenant, event, only=hook_id)

    def deliveries(self, tenant: str, hook_id: str, limit: int = 100) -> list[Row[Any]]:
        """What a receiver was and is to be told, the newest first."""
        self.get(tenant, hook_id)
        wanted = select(deliveries).where((deliveries.c.tenant == tenant) & (deliveries.c.hook_id == hook_id))
        with self._database.read() as connection:
            return list(
                connection.execute(wanted.order_by(deliveries.c.created_at.desc(), deliveries.c.id).limit(limit))
            )

    def replay(self, tenant: str, delivery_id: str, now: dt.datetime) -> None:
        """Tell something again, under the same id.

        Raises:
            RequestFault: ``delivery-not-found``.
        """
        where = (deliveries.c.tenant == tenant) & (deliveries.c.id == delivery_id)
        values = {"state": "waiting", "tries": 0, "due_at": now.isoformat()}
        with self._database.write() as connection:
            if not connection.execute(update(deliveries).where(where).values(**values)).rowcount:
                raise RequestFault("delivery-not-found", status=404)

    def expire(self, before: str) -> int:
        """Forget what was told, or given up, before this time; how many."""
        where = deliveries.c.state.in_(("done", "failed")) & (deliveries.c.created_at < before)
        with self._database.write() as connection:
            return int(connection.execute(delete(deliveries).where(where)).rowcount)
