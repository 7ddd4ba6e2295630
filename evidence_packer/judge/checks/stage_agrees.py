"""Does the stage of the order agree with what the carrier's page says?"""

from collections.abc import Iterator

from casefile.finding import Finding
from evidence_packer.judge.check import Dossier, Skip

CODE = "stage-agrees"
INPUT = "facts"
_SAYS = {"delivered": {"shipped", "returning"}, "signed": {"shipped", "returning"}, "in_transit": {"delivered"}}


def check(dossier: Dossier) -> Iterator[Finding]:
    """A warning when every status on tracking pages speaks against the stage that the case gives."""
    stage = dossier.case.order.stage if dossier.case.order else None
    if stage is None:
        raise Skip("no-stage")
    pages = [file for file in dossier.facts if file.kind in {"tracking", "proof_of_delivery"} and file.statuses]
    seen = {status.status for file in pages for status in file.statuses}
    against = {status for status in seen if stage in _SAYS.get(status, set())}
    agrees = {"delivered", "signed"} & seen if stage == "delivered" else seen - {"delivered", "signed"}
    if against and not agrees:
        yield Finding(
            code="stage-contradicted",
            severity="warning",
            file=pages[0].file,
            pointer="/order/stage",
            params={"stage": f"@stage.{stage}", "seen": ", ".join(sorted(against))},
            rules=("S000-36",),
        )
