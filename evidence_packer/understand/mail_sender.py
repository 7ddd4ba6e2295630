"""Who sent a mail: whether one of its headers names a platform, or all of them somebody else. Pure.

A buyer, a lawyer, a newsletter write of platforms too; what they write is no platform's word.
"""

import re

from casefile.platform import Platform
from evidence_packer.understand.mail_text import lines_of, plain

_ADDRESS = re.compile(r"[\w.+-]+@(?P<host>[\w-]+(?:\.[\w-]+)+)")
_NAMELESS = re.compile(r"[^a-z0-9]")


def is_of_another(text: str, words: tuple[str, ...], platform: Platform) -> bool:
    """Whether the mail says who sent it, and no sender is the platform: an address of its hosts, or its name alone.

    Args:
        text: the mail with what it forwards.
        words: the headers that stand before a sender, in every language.
        platform: whose word it may be.
    """
    senders = [rest for line in lines_of(text) if (rest := _behind(line, words)) is not None]
    addressed = [match["host"].casefold() for rest in senders for match in _ADDRESS.finditer(rest)]
    if not addressed:
        return False
    named = [rest for rest in senders if not _ADDRESS.search(rest)]
    return not any(_is_of(host, platform) for host in addressed) and not any(_names(rest, platform) for rest in named)


def _behind(line: str, words: tuple[str, ...]) -> str | None:
    label, colon, rest = line.lstrip("> *").replace("：", ":").partition(":")
    return rest if colon and plain(label.strip(" *")) in words else None


def _is_of(host: str, platform: Platform) -> bool:
    """Whether a host is one of the platform's, or carries its name as a part (ebay in mail.ebay.com.hk)."""
    hosts = {*platform.hosts, *(one for site in platform.sites.values() for one in site.hosts)}
    if any(host == one or host.endswith(f".{one}") for one in hosts):
        return True
    parts = {_NAMELESS.sub("", part) for part in host.split(".")[:-1]}
    names = {_NAMELESS.sub("", word.casefold()) for word in platform.words} - {""}
    return bool(parts & names)


def _names(sender: str, platform: Platform) -> bool:
    return any(word.casefold() in sender.casefold() for word in platform.words)
