"""The checklist of evidence for one reason: a slot per kind, what it proves, whether it is needed and whether it is there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from casefile.procedure import Procedure
from evidence_packer.report.shape import ReportCoverage

State = Literal["missing", "attached", "shown", "contradicted"]

_SKETCHES: Mapping[str, tuple[str, ...]] = {
    "chat": ("messages", "buyer_confirmation"),
    "photo": ("packing_media", "product_photo", "return_media"),
    "page": (
        "tracking",
        "order_page",
        "listing",
        "case_page",
        "notice",
        "rejection_notice",
        "refund_proof",
        "return_document",
    ),
    "label": ("dispatch", "reshipment_proof"),
    "table": ("erp_record", "usage_log", "account_record", "back_office_log", "prior_orders"),
}
"""Which picture shows what a good one looks like; every other kind is a signed paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One kind of evidence: ``proves`` are propositions (``proposition.<id>``); one of the needed kinds of each is enough."""

    kind: str
    required: bool
    proves: tuple[str, ...]
    state: State = "missing"

    @property
    def first(self) -> bool:
        """Whether it is shown at once; what only helps and is not there folds away."""
        return self.required or self.state != "missing"

    @property
    def sketch(self) -> str:
        """The picture of its example."""
        return next((sketch for sketch, kinds in _SKETCHES.items() if self.kind in kinds), "paper")


def slots(
    procedure: Procedure, reason: str, kinds: Sequence[str] = (), coverage: Sequence[ReportCoverage] = ()
) -> tuple[Slot, ...]:
    """The slots of a reason, needed ones first.

    Args:
        procedure: how the case is answered.
        reason: why the dispute exists.
        kinds: of the files that are there.
        coverage: as in the report, where the case was judged: what it does not ask for, such as the refund of a case without
            one, only helps.
    """
    order = ("contradicted", "missing", "attached", "described", "shown")
    status = {row.proposition: row.status for row in sorted(coverage, key=lambda row: -order.index(row.status))}
    required: dict[str, bool] = {}
    proves: dict[str, list[str]] = {}
    for evidence in procedure.evidence_for(reason):
        for place, kind in enumerate(evidence.kinds):
            asked = not status or evidence.proposition in status
            required[kind] = required.get(kind, False) or (place == 0 and not evidence.optional and asked)
            if evidence.proposition not in proves.setdefault(kind, []):
                proves[kind].append(evidence.proposition)
    found = [
        Slot(
            kind=kind, required=required[kind], proves=tuple(p), state=_state(kind in kinds, [status.get(x) for x in p])
        )
        for kind, p in proves.items()
    ]
    return tuple(sorted(found, key=lambda slot: not slot.required))


def _state(present: bool, statuses: list[str | None]) -> State:
    if not present:
        return "missing"
    if "contradicted" in statuses:
        return "contradicted"
    return "shown" if "shown" in statuses else "attached"
