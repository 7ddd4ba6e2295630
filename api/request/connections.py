"""The open connections of one server: who waits for a request, who is served, and how many each address holds.

Half-sent requests cost their sender nothing, so they may not take the place of whole ones: only requests that are being answered
count against the limit, and where there are too many connections, the one that has waited longest without a whole request goes.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Literal, Protocol

from api.request.forwarded import KnownProxies, Networks, within
from casefile.errors import EvidencePackerError
from jobs.faults import Busy

Phase = Literal["idle", "opening", "served"]
"""Between requests; a request has begun and its headers are not whole; a request is being answered."""

_ALWAYS = {"/healthz"}
_TRY_AGAIN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionLimits:
    """How long headers may take, and how many may be there at once; ``exempt`` networks are not counted by address.

    ``proxies`` are no callers: whom they speak for is counted instead.
    """

    header_seconds: float = 10.0
    connections: int = 4000
    requests: int = 600
    per_address: int = 200
    exempt: Networks = ()
    proxies: KnownProxies = KnownProxies()


class HeldConnection(Protocol):
    """A connection as it is counted."""

    address: str
    """Whose it is now: of the caller while a request is answered, else of the other end."""

    def give_up(self) -> None:
        """End it: it has waited too long for the rest of its request."""


class Connections:
    """Counts the connections of one server; every call happens on the loop."""

    def __init__(self, limits: ConnectionLimits) -> None:
        self.limits = limits
        self._phases: dict[HeldConnection, tuple[Phase, str]] = {}
        """In the order in which they began to wait, or to be served."""
        self._count: Counter[tuple[str, Phase]] = Counter()
        self._counted: dict[str, bool] = {}
        self.served = 0

    def __len__(self) -> int:
        return len(self._phases)

    def note(self, held: HeldConnection, phase: Phase) -> None:
        """``held`` is in ``phase`` now; where that makes too many, those that have waited longest are ended."""
        before = self._phases.get(held)
        if before == (phase, held.address):
            return
        goes_on_waiting = before is not None and (before[0], phase) == ("idle", "opening")
        if before is not None:
            self._forget(before)
        if not goes_on_waiting:
            self._phases.pop(held, None)
        self._phases[held] = phase, held.address
        self._count[held.address, phase] += 1
        self.served += phase == "served"
        if before is None and len(self._phases) > self.limits.connections:
            self._end_one(held, "")
        crowded = phase == "opening" and self._count[held.address, phase] > self.limits.per_address
        if crowded and self._is_counted(held.address):
            self._end_one(held, held.address)

    def leave(self, held: HeldConnection) -> None:
        """``held`` is not there any more."""
        before = self._phases.pop(held, None)
        if before is not None:
            self._forget(before)

    def _forget(self, before: tuple[Phase, str]) -> None:
        phase, address = before
        self.served -= phase == "served"
        self._count[address, phase] -= 1
        if not self._count[address, phase]:
            del self._count[address, phase]

    def refusal(self, held: HeldConnection, path: str) -> EvidencePackerError | None:
        """Why a whole request on ``held`` is not answered now; health is always told."""
        if path in _ALWAYS:
            return None
        if self.served > self.limits.requests:
            return Busy("connections-full", status=503, retry_after=_TRY_AGAIN)
        mine = self._count[held.address, "served"]
        if mine > self.limits.per_address and self._is_counted(held.address):
            return Busy("connections-full-for-you", status=429, retry_after=_TRY_AGAIN)
        return None

    def _end_one(self, newest: HeldConnection, address: str) -> None:
        """End the connection that has waited longest for a whole request (of ``address``: that has begun one); not the newest."""
        ends = {"opening"} if address else {"idle", "opening"}
        waiting = (held for held, (phase, _) in self._phases.items() if phase in ends and held is not newest)
        oldest = next((held for held in waiting if address in {"", held.address}), None)
        if oldest is not None:
            self.leave(oldest)
            oldest.give_up()

    def _is_counted(self, address: str) -> bool:
        if len(self._counted) > 10_000:
            self._counted.clear()
        if address not in self._counted:
            self._counted[address] = bool(address) and not within(
                address, self.limits.exempt + self.limits.proxies.known
            )
        return self._counted[address]
