"""Is the correspondence the platform's own?"""

from collections.abc import Iterator

from casefile.facts import FileFacts
from casefile.finding import Finding
from evidence_packer.judge.check import Dossier, Skip

CODE = "chat-on-platform"
INPUT = "facts"


def _elsewhere(dossier: Dossier, file: FileFacts) -> bool:
    entry = dossier.case.entry(file.file)
    if entry and entry.channel:
        return entry.channel == "chat_app"
    return file.context.chat not in {"on_platform", "none"}


def check(dossier: Dossier) -> Iterator[Finding]:
    """A warning when the only correspondence is from a chat program outside the platform."""
    messages = list(dossier.of_kinds(frozenset({"messages", "buyer_confirmation"})))
    if not messages:
        raise Skip("no-messages")
    if all(_elsewhere(dossier, file) for file in messages):
        for file in messages:
            yield Finding(
                code="off-platform-chat", severity="warning", file=file.file, params={"program": file.context.chat},
                rules=("S000-48",),
            )  # fmt: skip
