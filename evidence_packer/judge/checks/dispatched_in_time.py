"""Did the order leave by its ship-by date?"""

from collections.abc import Iterator

from casefile.finding import Finding
from casefile.promptness import dispatched_in_time
from evidence_packer.judge.check import Dossier, Skip

CODE = "dispatched-in-time"
INPUT = "case"


def check(dossier: Dossier) -> Iterator[Finding]:
    """A warning where it left later: the letter then claims a dispatch, and never one in time."""
    if dossier.case.reason == "late_shipment":
        raise Skip("about-lateness")
    in_time = dispatched_in_time(dossier.case)
    if in_time is None:
        raise Skip("no-ship-by-date")
    if not in_time:
        yield Finding(code="dispatched-late", severity="warning", pointer="/order/ship_by_at")
