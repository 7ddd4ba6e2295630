"""When a digital product or account was used, by the access log."""

from casefile.letter import Proof
from letters import printed
from letters.letter_context import LetterContext
from letters.raw import Paragraphs, Raw, paragraph

_TOLD = 5
"""Accesses told one by one; the exhibits hold the rest."""


def write(scene: LetterContext) -> Paragraphs:
    """One list of dated accesses, the first ones."""
    covered = scene.covered("service_used")
    known = covered is not None and covered.status in {"shown", "attached"}
    cites = covered.exhibits if covered and known else ()
    sentences: list[Raw] = []
    for access in [entry for entry in scene.case.access_log if entry.at][:_TOLD]:
        details = scene.text("letter.semicolon").join(
            x for x in (access.event, f"IP {access.ip}" if access.ip else None) if x
        )
        bracket = scene.text("letter.details", details=details) if details else ""
        date = scene.say.moment(access.at) if access.at else ""
        logged = printed.minute(scene, access.at, "usage_log") if access.at else ()
        proof: Proof = "shown" if logged else "attached"
        sentences.append(scene.fact("letter.used", logged or cites, proof, date=date, details=bracket))
    if sentences:
        scene.said.add("service_used")
    return paragraph(*sentences, listed=True)
