"""Is a dear parcel covered by pictures of its packing, taken before it left?"""

from collections.abc import Iterator

from casefile.finding import Finding
from evidence_packer.judge.check import Dossier, Skip

CODE = "high-value-packed"
INPUT = "case"


def check(dossier: Dossier) -> Iterator[Finding]:
    """Advice for an order of high value without packing media."""
    total = dossier.case.order.total if dossier.case.order else None
    if total is None:
        raise Skip("no-amount")
    kinds = {file.kind for file in dossier.facts} | {entry.kind for entry in dossier.case.files}
    limits = dossier.house.practice.targets.high_value
    dear = any(total.currency == limit.currency and total.amount >= limit.amount for limit in limits)
    if dear and dossier.procedure.subject in {"order", "charge"} and not kinds & {"packing_media"}:
        yield Finding(code="high-value-unpacked", severity="advice", pointer="/files", rules=("S002-23",))
