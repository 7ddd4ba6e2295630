"""Where a screenshot comes from: hosts in the address bar, desktop or phone, the chat program."""

import re

from casefile.facts import PageContext
from casefile.reading import ReadPage
from evidence_packer.address_bar import TOP, hosts
from evidence_packer.interpret import Scene

_CHATS = {
    "wechat": re.compile(r"wechat|微信", re.IGNORECASE),
    "qq": re.compile(r"(?<![a-z])qq(?![a-z0-9])", re.IGNORECASE),
    "whatsapp": re.compile(r"whats\s?app", re.IGNORECASE),
    "telegram": re.compile(r"telegram", re.IGNORECASE),
    "line": re.compile(r"\bLINE\b(?! item| \d)"),
}
_PHRASES = {
    "wechat": re.compile(r"按住\s?说话|微信号|通过了你的朋友验证请求|以上是打招呼的内容|wechat id", re.IGNORECASE),
    "whatsapp": re.compile(r"end-to-end encrypted|last seen (?:today|yesterday) at|端到端加密", re.IGNORECASE),
    "telegram": re.compile(r"last seen recently|last seen a long time ago|(?<![\w.])t\.me/", re.IGNORECASE),
    "line": re.compile(r"既読|ここから未読メッセージ"),
    "qq": re.compile(r"QQ号|手机在线", re.IGNORECASE),
}
"""What only these programs write on their pages; they seldom write their own name."""


def _device(page: ReadPage) -> str:
    ratio = page.width / page.height
    if ratio < 0.62 and page.width >= 300:
        return "phone"
    return "desktop" if 1.2 <= ratio <= 2.6 and page.width >= 900 else "unknown"


def _chat(page: ReadPage, *, on_platform: bool) -> str:
    top = " ".join(line.text for line in page.lines if line.box[3] < TOP or line.box[1] > 1 - TOP / 2)
    named = next((name for name, words in _CHATS.items() if words.search(top)), None)
    if named or on_platform:
        return named or "on_platform"
    return next((name for name, phrase in _PHRASES.items() if phrase.search(page.text)), "none")


def interpret(scene: Scene) -> dict[str, object]:
    """``context`` of the first page."""
    page = scene.reading.pages[0]
    shown = hosts(page)
    platform = scene.platform
    names = [*platform.words, *platform.hosts] if platform else []
    named = any(name.casefold() in page.text.casefold() for name in names)
    known = platform is not None and any(host.endswith(tuple(platform.hosts)) for host in shown if platform.hosts)
    return {
        "context": PageContext(
            hosts=shown,
            device=_device(page),  # type: ignore[arg-type]  # one of its literals
            chat=_chat(page, on_platform=named or known),  # type: ignore[arg-type]  # one of its literals
        )
    }
