"""Does a file show other orders' numbers?"""

from collections.abc import Iterator

from casefile.finding import Finding, Severity
from evidence_packer.judge.check import Dossier, Skip
from evidence_packer.understand.interpret import own_order_ids

CODE = "foreign-order-ids"
INPUT = "facts"
_LISTS = frozenset({"erp_record", "back_office_log", "account_record", "refund_proof"})
"""Records that list many orders when the matter is about many."""
_DECIDING = frozenset({"tracking", "proof_of_delivery", "dispatch"})


def check(dossier: Dossier) -> Iterator[Finding]:
    """One finding per file and page: a blocker on delivery papers, else a warning; records of many orders only advise."""
    own = own_order_ids(dossier.case)
    if not own:
        raise Skip("no-order-id")
    about_many = dossier.procedure.subject in {"orders", "account"}
    for file in dossier.facts:
        if about_many and file.kind in _LISTS:
            continue
        pages: dict[int, list[str]] = {}
        for seen in file.order_ids:
            if not seen.matches and not seen.near:
                pages.setdefault(seen.page, []).append(seen.value)
        for page, values in pages.items():
            first = next(s for s in file.order_ids if s.page == page and s.value == values[0])
            severity: Severity = "blocker" if file.kind in _DECIDING else "advice" if about_many else "warning"
            yield Finding(
                code="foreign-order-ids",
                severity=severity,
                file=file.file,
                page=page,
                box=first.box,
                params={"found": ", ".join(values[:5]), "count": len(values), "expected": own[0]},
                rules=("S001-18", "S001-29"),
            )
