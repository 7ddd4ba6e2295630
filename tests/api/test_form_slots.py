"""The checklist of evidence: needed is what this very case asks for."""

import pytest

from api.form.slots import slots
from evidence_packer.report.shape import ReportCoverage


def _rows(*propositions):
    return tuple(ReportCoverage(proposition=name, statement=name, status="missing") for name in propositions)


@pytest.mark.parametrize(
    ("coverage", "needed"),
    [
        ((), {"refund_proof": True, "usage_log": True, "tracking": True}),
        (_rows("delivered", "handed_to_carrier"), {"refund_proof": False, "usage_log": False, "tracking": True}),
        (_rows("delivered", "refund_made"), {"refund_proof": True, "usage_log": False, "tracking": True}),
    ],
)
def test_what_the_case_does_not_ask_for_only_helps(house, coverage, needed):
    known = {
        slot.kind: slot.required
        for slot in slots(house.platforms["stripe"].procedures["dispute"], "item_not_received", (), coverage)
    }
    assert {kind: known[kind] for kind in needed} == needed
