"""Who a request came from where reverse proxies stand in front: read from what they add, and only when they are known.

One answer for everything that goes by address (limits of connections, wrong keys), so that no header can make one caller look like
many, or like somebody else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

Networks = tuple[IPv4Network | IPv6Network, ...]
Headers = Iterable[tuple[bytes, bytes]]

_MOST_HOPS = 20


def networks(text: str) -> Networks:
    """The networks in a list such as ``127.0.0.0/8, ::1``.

    Raises:
        ValueError: a part is neither address nor network.
    """
    return tuple(ip_network(part.strip(), strict=False) for part in text.split(",") if part.strip())


def within(address: str, known: Networks) -> bool:
    """Whether ``address`` lies in one of ``known``; IPv4 written as IPv6 counts as what it is."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    found = getattr(found, "ipv4_mapped", None) or found
    return any(found in network for network in known)


@dataclass(frozen=True, slots=True)
class KnownProxies:
    """The reverse proxies whose word is taken."""

    known: Networks = ()

    def caller(self, peer: str, headers: Headers) -> str:
        """The address of the caller: the nearest one in ``X-Forwarded-For`` that is no proxy of ours.

        ``peer``, the other end of the connection, where that is not a proxy, or where what it says is no address.
        """
        if not within(peer, self.known):
            return peer
        said = b",".join(value for name, value in headers if name == b"x-forwarded-for").decode("latin-1")
        nearest = peer
        for part in [one.strip() for one in said.split(",")][: -_MOST_HOPS - 1 : -1]:
            try:
                nearest = str(ip_address(_without_port(part)))
            except ValueError:
                break
            if not within(nearest, self.known):
                break
        return nearest

    def scheme(self, peer: str, headers: Headers, own: str) -> str:
        """How the caller reached the proxy: ``http`` or ``https``; ``own`` where no proxy says it."""
        if not within(peer, self.known):
            return own
        said = [value.decode("latin-1").strip().lower() for name, value in headers if name == b"x-forwarded-proto"]
        return said[-1] if said and said[-1] in {"http", "https"} else own


def _without_port(part: str) -> str:
    if part.startswith("["):
        return part[1:].partition("]")[0]
    return part.partition(":")[0] if part.count(":") == 1 else part
