"""The outbox emptied: Standard Webhooks for programs, ready-made messages for the chat tools people sit in.

Ten tries over 75 hours; what a process was sending when it died is tried again after a minute, under the same id.
"""

import base64
import datetime as dt
import hashlib
import hmac
import json
import random
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Row, Select, func, select, update
from standardwebhooks import Webhook

from casefile.wording import Catalogs, fill
from jobs.notify.hook_wire import HookReply, post
from jobs.notify.hooks import signs
from jobs.records.database import Database
from jobs.records.events import AnyEvent, read_event
from jobs.records.tables import deliveries, hooks

SCHEDULE = (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
"""Seconds before the second to the tenth try (Standard Webhooks): 75 hours in all."""

_AT_ONCE = 8
_IN_FLIGHT = 60
_GONE = 410


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Sends what is due. ``public_url`` is put before links; ``private`` allows receivers inside the own network."""

    database: Database
    catalogs: Catalogs
    templates: Path
    public_url: str = ""
    private: bool = False

    def send_due(self) -> int:
        """Send what is due now; how many were tried."""
        now = _now()
        with self.database.read() as connection:
            due = list(connection.execute(_in_turn(now).limit(4 * _AT_ONCE)))
        mine = [row.id for row in due if self._claim(row.id, row.tries, now)]
        if mine:
            with ThreadPoolExecutor(_AT_ONCE) as pool:
                list(pool.map(self._send, mine))
        return len(mine)

    def _claim(self, delivery_id: str, tries: int, now: dt.datetime) -> bool:
        """Take one try of a delivery; another process that takes the same one finds it taken."""
        later = (now + dt.timedelta(seconds=_IN_FLIGHT)).isoformat()
        where = (deliveries.c.id == delivery_id) & (deliveries.c.tries == tries) & (deliveries.c.state == "waiting")
        with self.database.write() as connection:
            change = update(deliveries).where(where).values(tries=tries + 1, due_at=later)
            return bool(connection.execute(change).rowcount)

    def _send(self, delivery_id: str) -> None:
        with self.database.read() as connection:
            row = connection.execute(select(deliveries).where(deliveries.c.id == delivery_id)).one_or_none()
            hook = connection.execute(select(hooks).where(hooks.c.id == row.hook_id)).one_or_none() if row else None
        if row is None or hook is None:
            return
        try:
            url, body, headers = self.request(hook, row.id, read_event(row.event), _now())
            told = post(url, body, headers, private=self.private)
        except ValueError:  # a secret that cannot sign: nothing goes out unsigned, and nobody else has to wait
            told = HookReply(status=0)
        self._record(row, hook.id, told, reached=_understood(hook.shape, told))

    def request(
        self, hook: Row[Any], delivery_id: str, event: AnyEvent, now: dt.datetime
    ) -> tuple[str, bytes, dict[str, str]]:
        """Address, body and headers of one try.

        Raises:
            ValueError: the receiver's secret is missing or cannot sign.
        """
        headers = {"content-type": "application/json; charset=utf-8", "user-agent": "evidence-packer-webhooks/1"}
        valid = [one["secret"] for one in hook.secrets if one.get("until", "9") > now.isoformat()]
        if hook.shape == "standard":
            if not valid or not all(map(signs, valid)):
                raise ValueError("no secret that signs")
            body = event.to_json().decode()
            signed = " ".join(Webhook(secret).sign(delivery_id, now, body) for secret in reversed(valid))
            headers |= {
                "webhook-id": delivery_id,
                "webhook-timestamp": str(int(now.timestamp())),
                "webhook-signature": signed,
            }
            return hook.url, body.encode(), headers
        url, signature = _signed(hook.shape, hook.url, valid[-1]) if valid else (hook.url, {})
        return url, self._message(hook.shape, event, hook.language, signature), headers

    def _message(self, shape: str, event: AnyEvent, language: str, signature: Mapping[str, str]) -> bytes:
        """The body that a chat tool shows as a message."""
        catalog = self.catalogs.of(language)
        told = event.data.plain()
        link = told.get("links", {}).get("self", "")
        told["link"] = f"{self.public_url}{link}" if self.public_url else link
        if told.get("verdict"):
            told["verdict"] = catalog.text(f"verdict.{told['verdict']}")
        text = catalog.text(f"hook.{event.type}", told)
        template = json.loads((self.templates / "webhooks" / f"{shape}.json").read_text(encoding="utf-8"))
        return json.dumps({**signature, **_filled(template, {"text": text})}, ensure_ascii=False).encode()

    def _record(self, row: Row[Any], hook_id: str, told: HookReply, *, reached: bool) -> None:
        values: dict[str, Any] = {"last_status": told.status}
        if reached:
            values["state"] = "done"
        elif row.tries > len(SCHEDULE) or told.status == _GONE:
            values["state"] = "failed"
        else:
            seconds = SCHEDULE[row.tries - 1] * (1 + random.random() / 10)  # noqa: S311  # spreads tries, guards nothing
            values["due_at"] = (_now() + dt.timedelta(seconds=seconds)).isoformat()
        with self.database.write() as connection:
            connection.execute(update(deliveries).where(deliveries.c.id == row.id).values(**values))
            if values.get("state") == "failed":
                why = "gone" if told.status == _GONE else "ten tries failed"
                off = {"disabled_at": _now().isoformat(), "disabled_why": why}
                connection.execute(update(hooks).where(hooks.c.id == hook_id).values(**off))


def _in_turn(now: dt.datetime) -> Select[Any]:
    """What is due: of each tenant in turn, and of each of its receivers in turn, so that a slow one holds up nobody else."""
    waiting = (deliveries.c.state == "waiting") & (deliveries.c.due_at <= now.isoformat())
    mine = func.row_number().over(partition_by=deliveries.c.hook_id, order_by=deliveries.c.due_at)
    kept = deliveries.c.id, deliveries.c.tries, deliveries.c.tenant, deliveries.c.due_at
    one = select(*kept, mine.label("mine")).where(waiting).subquery()
    turn = func.row_number().over(partition_by=one.c.tenant, order_by=(one.c.mine, one.c.due_at))
    every = select(one.c.id, one.c.tries, one.c.due_at, turn.label("turn")).subquery()
    return select(every.c.id, every.c.tries).order_by(every.c.turn, every.c.due_at)


def _filled(value: Any, told: Mapping[str, str]) -> Any:  # noqa: ANN401  # JSON of any shape
    if isinstance(value, dict):
        return {key: _filled(one, told) for key, one in value.items()}
    if isinstance(value, list):
        return [_filled(one, told) for one in value]
    return fill(value, told) if isinstance(value, str) else value


def _signed(shape: str, url: str, secret: str) -> tuple[str, dict[str, str]]:
    """The signature a chat tool's robot asks for: in the address, or members of the body."""
    if shape == "feishu":
        stamp = str(int(time.time()))
        digest = hmac.new(f"{stamp}\n{secret}".encode(), b"", hashlib.sha256).digest()
        return url, {"timestamp": stamp, "sign": base64.b64encode(digest).decode()}
    if shape == "dingtalk":
        stamp = str(int(time.time() * 1000))
        digest = hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256).digest()
        sign = quote(base64.b64encode(digest).decode(), safe="")
        return f"{url}{'&' if '?' in url else '?'}timestamp={stamp}&sign={sign}", {}
    return url, {}


def _understood(shape: str, told: HookReply) -> bool:
    """Whether the receiver took it; chat tools say no with a 200 and a number in the body."""
    if not 200 <= told.status < 300:
        return False
    if shape == "standard":
        return True
    try:
        answer = json.loads(told.text)
    except ValueError:
        return False
    return isinstance(answer, dict) and answer.get("code", answer.get("errcode", answer.get("StatusCode"))) == 0


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(microsecond=0)
