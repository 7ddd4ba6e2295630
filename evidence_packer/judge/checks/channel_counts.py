"""Does what is cited come from a channel that counts?"""

from collections.abc import Iterator

from casefile.finding import Finding
from evidence_packer.judge.check import Dossier

CODE = "channel-counts"
INPUT = "case"


def _chats_as_proof(dossier: Dossier) -> Iterator[Finding]:
    for file in dossier.facts:
        if file.kind in {"proof_of_delivery", "carrier_statement"} and file.context.chat != "none":
            yield Finding(
                code="proof-is-a-chat", severity="warning", file=file.file,
                params={"kind": f"@kind.{file.kind}"}, rules=("S001-53",),
            )  # fmt: skip


def check(dossier: Dossier) -> Iterator[Finding]:
    """Warnings for contacts only outside the platform, and for a chat that stands in for a carrier's paper."""
    yield from _chats_as_proof(dossier)
    contacts = [
        contact for contact in dossier.case.contacts if contact.from_ in {"buyer", "seller"} and contact.channel
    ]
    off = dossier.house.practice.words.channels_off_platform
    outside = [contact for contact in contacts if (contact.channel or "").lower() in off]
    if outside and len(outside) == len(contacts):
        place = dossier.case.contacts.index(outside[0])
        yield Finding(
            code="contact-off-platform", severity="warning", pointer=f"/contacts/{place}/channel",
            params={"channel": outside[0].channel or ""},
            rules=("S000-28", "S000-48", "S003-46", "S004-11", "S004-12", "S004-59", "S004-64"),
        )  # fmt: skip
