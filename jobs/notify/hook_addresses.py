"""Which address a webhook may have: judged once by this one function, when it is made and each time something is sent.

Addresses are read as resolvers read them, in every spelling (decimal, octal, hexadecimal, short, full width), and an address that
carries another inside (mapped, NAT64, 6to4, Teredo) is judged by both. What is not surely public is inside.
"""

import ipaddress
import re
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from casefile import text_folding
from casefile.errors import RequestFault

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_PORTS = {443, 8443}
_MOST_URL = 2_000
_MOST_NAME, _MOST_LABEL = 253, 63
_DOTS = str.maketrans({"\u3002": ".", "\uff0e": ".", "\uff61": "."})
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+")
_INSIDE_NAMES = (
    "localhost",
    "localdomain",
    "local",
    "internal",
    "intranet",
    "lan",
    "home",
    "corp",
    "home.arpa",
    "onion",
)
"""Endings of names that are never public (RFC 6761, 6762, 8375, 7686; ``internal`` is reserved by ICANN)."""

_INSIDE = tuple(
    ipaddress.ip_network(one)
    for one in (
        "0.0.0.0/8", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "224.0.0.0/3",
        "::/8", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        "5f00::/16", "fc00::/7", "fe80::/9", "ff00::/8",
    )
)  # fmt: skip
"""Networks that are inside, or lead there through a translator, whatever the Python version knows of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HookTarget:
    """Where a webhook goes: the host in its plain spelling, its port, and the address when it is written as one."""

    host: str
    port: int
    secure: bool
    address: Address | None


def target_of(url: str, *, private: bool) -> HookTarget:
    """Judge an address as it is written, without a network; ``private`` allows plain HTTP, any port and addresses inside.

    Raises:
        RequestFault: ``webhook-url-refused``.
    """
    refused = RequestFault("webhook-url-refused", status=422)
    if len(url) > _MOST_URL or not url.isprintable() or " " in url or "\\" in url:
        raise refused
    try:
        parts = urlsplit(url)
        port, written = parts.port, parts.hostname or ""
    except ValueError:
        raise refused from None
    secure = parts.scheme == "https"
    if not (secure or (private and parts.scheme == "http")) or "@" in parts.netloc or port == 0:
        raise refused
    host = _plain(written, bracketed="[" in parts.netloc)
    if host is None or (not url.isascii() and not _unicode_only_in_host(url, parts.netloc)):
        raise refused
    address = _literal(host)
    if address is None and not _is_name(host):
        raise refused
    port = port or (443 if secure else 80)
    if not private and (port not in _PORTS or (not is_public(address) if address else _is_inside_name(host))):
        raise refused
    return HookTarget(host=str(address) if address else host, port=port, secure=secure, address=address)


def address_of(target: HookTarget, *, private: bool) -> str | None:
    """The one address to connect to, looked up now; ``None`` when the name is not known.

    Raises:
        RequestFault: ``webhook-url-refused``: one of its addresses is inside.
    """
    if target.address is not None:
        return str(target.address)
    try:
        found = {str(info[4][0]) for info in socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)}
    except OSError:
        return None
    if not private and not all(is_public(_parsed(one)) for one in found):
        raise RequestFault("webhook-url-refused", status=422)
    return min(found, key=lambda one: (":" in one, one), default=None)


def is_public(address: Address | None) -> bool:
    """Whether ``address``, and each address that it carries inside, belongs to the public internet."""
    if address is None or not address.is_global or address.is_multicast or address.is_reserved:
        return False
    if isinstance(address, ipaddress.IPv6Address) and (address.scope_id or address.is_site_local):
        return False
    return not any(address.version == network.version and address in network for network in _INSIDE)


def _parsed(text: str) -> Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def _plain(written: str, *, bracketed: bool) -> str | None:
    """The host in lower-case ASCII without a last dot: full-width signs folded, IDNA names in their Punycode."""
    folded = text_folding.compatible(written).translate(_DOTS).lower()
    if bracketed:
        return folded if "%" not in folded else None
    folded = folded.removesuffix(".")
    if not folded.isascii():
        try:
            folded = folded.encode("idna").decode("ascii")
        except UnicodeError:
            return None
    return folded or None


def _unicode_only_in_host(url: str, netloc: str) -> bool:
    return url.replace(netloc, "", 1).isascii()


def _literal(host: str) -> Address | None:
    """The address that ``host`` is a spelling of: as ``inet_aton`` reads it, or IPv6."""
    if ":" in host:
        return _parsed(host)
    parts = host.split(".")
    if not all(_NUMBER.fullmatch(part) for part in parts):
        return None
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except OSError:
        return None


def _is_name(host: str) -> bool:
    """Whether ``host`` is a name that is looked up; a last part of digits alone can only be a broken address."""
    labels = host.split(".")
    whole = len(host) <= _MOST_NAME and all(_LABEL.fullmatch(label) for label in labels)
    return whole and not _NUMBER.fullmatch(labels[-1])


def _is_inside_name(host: str) -> bool:
    return "." not in host or any(host == one or host.endswith(f".{one}") for one in _INSIDE_NAMES)
