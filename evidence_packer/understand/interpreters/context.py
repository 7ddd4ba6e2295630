"""Where a screenshot comes from: hosts in the address bar, desktop or phone, and whose message page it is.

A buyer who writes "Amazon" in a chat program makes no platform's page of it: the address decides, then what only a program's own
pages write, then the words of a platform's message centre, and the platform's name alone only where none of these speaks.
"""

import re
from collections.abc import Iterable

from casefile import text_folding
from casefile.facts import PageContext
from casefile.reading import ReadPage
from evidence_packer.understand.address_bar import TOP, hosts
from evidence_packer.understand.found_facts import FoundFacts
from evidence_packer.understand.interpret import InterpretContext, Interpreter, nothing
from evidence_packer.understand.spelling import spelt
from evidence_packer.understand.talk.programs import spoken_by

_CHATS = {
    "wechat": re.compile(r"wechat|微信", re.IGNORECASE),
    "qq": re.compile(r"(?<![a-z])qq(?![a-z0-9])", re.IGNORECASE),
    "whatsapp": re.compile(r"whats\s?app", re.IGNORECASE),
    "telegram": re.compile(r"telegram", re.IGNORECASE),
    "line": re.compile(r"\bLINE\b(?! item| \d)"),
}
"""The names of chat programs, where they stand at the top or foot of a page."""


def _device(page: ReadPage) -> str:
    ratio = page.width / page.height
    if ratio < 0.62 and page.width >= 300:
        return "phone"
    return "desktop" if 1.2 <= ratio <= 2.6 and page.width >= 900 else "unknown"


def _is_of(host: str, known: Iterable[str]) -> bool:
    return any(host == one or host.endswith("." + one) for one in known)


def _chat(page: ReadPage, scene: InterpretContext, shown: tuple[str, ...]) -> str:
    platform = scene.platform
    if platform and any(_is_of(host, platform.hosts) for host in shown):
        return "on_platform"
    edges = " ".join(line.text for line in page.lines if line.box[3] < TOP or line.box[1] > 1 - TOP / 2)
    program = next((program for program, words in _CHATS.items() if words.search(edges)), None)
    if program:
        return program
    text = "\n".join(text_folding.word(line.text) for line in page.lines)
    spoken = spoken_by(text, scene.house)
    if spoken:
        return spoken
    named = platform is not None and any(re.search(spelt(word), text) for word in platform.words)
    return "on_platform" if named else "none"


def _interpret(scene: InterpretContext) -> FoundFacts:
    """``context`` of the first page."""
    page = scene.reading.pages[0]
    shown = hosts(page)
    return {
        "context": PageContext(
            hosts=shown,
            device=_device(page),  # type: ignore[arg-type]  # one of its literals
            chat=_chat(page, scene, shown),  # type: ignore[arg-type]  # one of its literals
        )
    }


INTERPRETER = Interpreter(name="context", interpret=_interpret, gives=("context",), reads=nothing)
