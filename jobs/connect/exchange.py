"""What comes from a service becomes a draft on the desk, once; what a pack is goes back to where its case came from."""

import datetime as dt
import hashlib
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args
from urllib.parse import urljoin, urlsplit

from sqlalchemy import ColumnElement, delete, select

from casefile.case import Case, Reason
from casefile.errors import RequestFault
from casefile.house import House
from evidence_packer.report.proposal import ProposedCase
from jobs.batch.sheet.names import reason_of
from jobs.connect.accounts import known_connectors
from jobs.connect.contract import (
    Attachment,
    Connector,
    GoingFile,
    Incoming,
    Origin,
    Outgoing,
    Sent,
    ServiceAccount,
    Wire,
)
from jobs.connect.dispute import Dispute
from jobs.notify.hook_wire import WireCall, WireReply
from jobs.records.database import Database
from jobs.records.drafts import Draft, DraftContent, Drafts
from jobs.records.pack_store import ReceivedFile
from jobs.records.tables import drafts, idempotency

ORIGIN = "connector"
"""The entry of a case's ``extra`` that names account and id there."""

_REDIRECTS = 3
_REASONS = frozenset(get_args(Reason))
Clean = Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """The accounts, and what stands between them and the desk. ``clean`` makes a file name safe."""

    accounts: Mapping[str, ServiceAccount]
    drafts: Drafts
    database: Database
    house: House
    wire: Wire
    clean: Clean

    def account(self, name: str) -> tuple[ServiceAccount, Connector]:
        """An account and its connector.

        Raises:
            RequestFault: ``connector-not-found`` (404).
        """
        account = self.accounts.get(name)
        if account is None:
            raise RequestFault("connector-not-found", status=404)
        return account, known_connectors()[account.kind]

    def read(self, name: str, sent: Sent) -> Incoming | None:
        """What a message is about, once it is proved; ``None`` where it is about no case.

        Raises:
            RequestFault: ``connector-not-found``, ``connector-not-proved``, ``connector-away``, ``connector-not-understood``.
        """
        account, connector = self.account(name)
        connector.check(sent, account, self.wire)
        return connector.read(sent, account, self.wire)

    def case(self, dispute: Dispute) -> Case:
        """What a processor says, with reason and card network by our names; what is not known is left open, never guessed.

        Raises:
            RequestFault: ``case-invalid``.
        """
        found, reason, network = dispute.case(), reason_of(dispute.reason, self.house), dispute.network.lower()
        if reason in _REASONS:
            found = found.model_copy(update={"reason": reason})
        if found.claim is not None and network in self.house.networks:
            found = found.model_copy(update={"claim": found.claim.model_copy(update={"network": network})})
        return found

    def known(self, name: str, incoming: Incoming) -> Draft | None:
        """The draft that an earlier message about the same made."""
        account, _ = self.account(name)
        with self.database.read() as connection:
            target = connection.scalar(select(idempotency.c.target_id).where(_mine(account, incoming)))
        try:
            return self.drafts.get(account.tenant, target) if target else None
        except RequestFault:
            return None

    def draft(self, name: str, incoming: Incoming, proposed: ProposedCase | None, now: dt.datetime) -> Draft:
        """Keep a case as a draft with its files; a message that comes again adds the files that are not there yet.

        The case is what the processor says, or what was ``proposed`` from the words of a ticket.

        Raises:
            RequestFault: ``connector-away``: a file could not be fetched; the service sends the message again.
        """
        account, _ = self.account(name)
        draft = self.known(name, incoming)
        if draft is None:
            case = dict(proposed.case) if proposed is not None else {}
            if incoming.dispute is not None:
                case = self.case(incoming.dispute).model_dump(
                    mode="json", by_alias=True, exclude_none=True, exclude_unset=True
                )
            origin = {"account": account.name, "id": incoming.id}
            kept = case.get("extra")
            extra = {**(kept if isinstance(kept, dict) else {}), ORIGIN: origin}
            draft = self.drafts.create(account.tenant, DraftContent({**case, "extra": extra}), now)
            first = self._remembered(account, incoming, draft.id, now)
            if first != draft.id:
                self.drafts.delete(account.tenant, draft.id)
                draft = self.drafts.get(account.tenant, first)
        there = {file.name for file in draft.files}
        for attachment in incoming.attachments:
            file_name = self.clean(attachment.name or urlsplit(attachment.call.url).path)
            if file_name not in there:
                there.add(file_name)
                self._put(account, draft.id, file_name, attachment, now)
        return self.drafts.get(account.tenant, draft.id)

    def _remembered(self, account: ServiceAccount, incoming: Incoming, draft_id: str, now: dt.datetime) -> str:
        """The draft that stands for it from now on: this one, unless a message that came at the same time was faster."""
        key = _key(account, incoming)
        row = {"tenant": account.tenant, "route": ORIGIN, "key_sha256": key, "fingerprint": key}
        mine, there = (
            _mine(account, incoming),
            select(drafts.c.id).where(drafts.c.id == idempotency.c.target_id).exists(),
        )
        with self.database.write() as connection:
            connection.execute(delete(idempotency).where(mine & ~there))
            made = self.database.insert(idempotency).values(**row, target_id=draft_id, at=now.isoformat())
            connection.execute(made.on_conflict_do_nothing())
            return str(connection.scalar(select(idempotency.c.target_id).where(mine)))

    def _put(self, account: ServiceAccount, draft_id: str, name: str, attachment: Attachment, now: dt.datetime) -> None:
        reply = self._followed(attachment.call)
        if reply.status != 200:
            raise RequestFault("connector-away", status=502, answer=reply.status)
        if reply.cut:  # half a file proves nothing: it stays where it is
            return
        with tempfile.TemporaryDirectory(prefix="attachment-") as folder:
            path = Path(folder) / "file"
            path.write_bytes(reply.body)
            digest = hashlib.sha256(reply.body).hexdigest()
            file = ReceivedFile(name=name, path=path, bytes=len(reply.body), sha256=digest)
            self.drafts.put_file(account.tenant, draft_id, file, now)

    def _followed(self, call: WireCall) -> WireReply:
        """The answer at the end of redirects; the key of the account goes to no other host."""
        reply = self.wire(call)
        for _ in range(_REDIRECTS):
            place = reply.headers.get("location", "")
            if not 300 <= reply.status < 400 or not place:
                break
            url = urljoin(call.url, place)
            same = urlsplit(url).netloc == urlsplit(call.url).netloc
            call = WireCall(method="GET", url=url, headers=call.headers if same else {}, most=call.most)
            reply = self.wire(call)
        return reply

    def hand_over(self, tenant: str, origin: Origin, note: str, files: tuple[GoingFile, ...]) -> tuple[str, ...]:
        """Put a pack back to where its case came from; the files that went.

        Raises:
            RequestFault: ``pack-of-no-connector`` (409), ``connector-away``, ``connector-not-understood``.
        """
        account = self.accounts.get(origin.account)
        if account is None or account.tenant != tenant or not origin.id:
            raise RequestFault("pack-of-no-connector", status=409)
        connector = known_connectors()[account.kind]
        return connector.hand_over(Outgoing(id=origin.id, note=note, files=files), account, self.wire)


def _key(account: ServiceAccount, incoming: Incoming) -> str:
    return hashlib.sha256(f"{account.name}\n{incoming.id}".encode()).hexdigest()


def _mine(account: ServiceAccount, incoming: Incoming) -> ColumnElement[bool]:
    key = _key(account, incoming)
    return (
        (idempotency.c.tenant == account.tenant) & (idempotency.c.route == ORIGIN) & (idempotency.c.key_sha256 == key)
    )
