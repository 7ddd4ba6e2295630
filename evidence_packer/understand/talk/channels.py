"""Over which channel a message went: the platform's own page or its relay, a mail, a program for chats. Pure."""

import re

from casefile.facts import Channel, PageContext
from evidence_packer.understand.interpret import InterpretContext
from evidence_packer.understand.talk.parts import MessagePart
from evidence_packer.understand.talk.speakers import is_of

_DOMAIN = re.compile(r"@((?:[\w-]+\.)+[A-Za-z]{2,})")


def channel_of(part: MessagePart, scene: InterpretContext, context: PageContext) -> Channel:
    """The channel of a message. The page decides where it tells; else what the case says of its file counts.

    A mail is a message of the platform only where an address of its header is one of the platform's relays.
    """
    messaging = scene.platform.messaging if scene.platform else None
    if part.mail is not None:
        domains = [domain.lower() for domain in _DOMAIN.findall(part.mail)]
        return "on_platform" if messaging and any(is_of(one, messaging.relays) for one in domains) else "email"
    if scene.platform and any(is_of(host, scene.platform.every_host) for host in context.hosts):
        return "on_platform"
    if context.chat not in {"none", "on_platform"}:
        return "chat_app"
    entry = scene.entry.channel if scene.entry else None
    if entry in {"email", "chat_app"}:
        return "email" if entry == "email" else "chat_app"
    return "on_platform" if context.chat == "on_platform" or entry == "on_platform" else "unknown"
