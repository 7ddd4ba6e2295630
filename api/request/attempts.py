"""How often an address may offer keys that open nothing: each address has its own count, in a memory that does not grow.

Who already came in with a key from an address goes on, whatever others try from there; so nobody behind a shared address can lock
the others out. A key that is tried for the first time while the address is slowed is not even looked up: guessing learns nothing.
"""

import ipaddress
import math
import time
from collections import OrderedDict, deque

from jobs.faults import Busy

_WINDOW = 60.0
_MOST = 10_000


class Attempts:
    """Failed attempts by address. ``code`` is the error told, ``limit`` the failures a minute, ``most`` the addresses kept."""

    def __init__(self, code: str, limit: int, most: int = _MOST) -> None:
        self._code = code
        self._limit = limit
        self._most = most
        self._failed: OrderedDict[str, deque[float]] = OrderedDict()
        self._known: OrderedDict[tuple[str, str], None] = OrderedDict()

    def check(self, address: str, digest: str) -> None:
        """Say no to an attempt from an address with too many failed ones, unless this key came in from there before.

        Raises:
            Busy: ``code`` (429).
        """
        if (_group(address), digest) in self._known:
            return
        failed = self._failed.get(_group(address))
        if failed is None or len(failed) < self._limit:
            return
        left = _WINDOW - (time.monotonic() - failed[0])
        if left > 0:
            raise Busy(self._code, status=429, retry_after=max(1, math.ceil(left)))

    def failed(self, address: str, digest: str) -> None:
        """Remember that a key opened nothing."""
        group = _group(address)
        self._known.pop((group, digest), None)
        self._failed.setdefault(group, deque(maxlen=self._limit)).append(time.monotonic())
        self._failed.move_to_end(group)
        if len(self._failed) > self._most:
            self._failed.popitem(last=False)

    def succeeded(self, address: str, digest: str) -> None:
        """Remember that a key opened from this address."""
        place = (_group(address), digest)
        self._known[place] = None
        self._known.move_to_end(place)
        if len(self._known) > self._most:
            self._known.popitem(last=False)


def _group(address: str) -> str:
    """What counts as one address: of IPv6 the network of 64 bits that one connection is given."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)
