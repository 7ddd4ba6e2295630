"""Does the case's tracking number stand on the papers that print it?"""

from collections.abc import Iterator

from casefile.facts import FileFacts
from casefile.finding import Finding
from evidence_packer.judge.check import EXPECTS_TRACKING_NUMBER, Dossier, Skip
from evidence_packer.understand.interpret import own_tracking_numbers

CODE = "tracking-number-found"
INPUT = "facts"


def _expected(dossier: Dossier, file: FileFacts) -> bool:
    """A carrier's statement about an account's parcels in general names no single number."""
    general = dossier.procedure.subject == "account" and file.kind == "carrier_statement"
    return file.kind in EXPECTS_TRACKING_NUMBER and not general


def _masked(file: FileFacts, own: tuple[tuple[str, str | None], ...]) -> bool:
    """Whether part of the number is there: that has a finding of its own."""
    return any(seen.number == number for seen in file.masked_numbers for number, _ in own)


def check(dossier: Dossier) -> Iterator[Finding]:
    """A warning per delivery paper without our number (a blocker where it shows another one instead); near misses named."""
    own = own_tracking_numbers(dossier.case)
    if not own:
        raise Skip("no-tracking-number")
    for file in dossier.facts:
        if any(seen.matches for seen in file.tracking_numbers):
            continue
        near = next((seen for seen in file.tracking_numbers if seen.near), None)
        other = next((seen for seen in file.tracking_numbers if not seen.near), None)
        if near:
            yield Finding(
                code="tracking-number-near-miss",
                severity="blocker",
                file=file.file,
                page=near.page,
                box=near.box,
                params={"found": near.value, "expected": near.near or ""},
                rules=("S003-07",),
            )
        elif other and file.kind in {"tracking", "proof_of_delivery"}:
            yield Finding(
                code="tracking-number-other",
                severity="blocker",
                file=file.file,
                page=other.page,
                box=other.box,
                params={"found": other.value, "expected": own[0][0]},
                rules=("S003-13",),
            )
        elif _expected(dossier, file) and file.has_text and dossier.legible(file) and not _masked(file, own):
            yield Finding(
                code="tracking-number-missing", severity="warning", file=file.file, params={"expected": own[0][0]}
            )
