"""Claim pages as text: each label with its own value, beside it or below it."""

from casefile.facts import PlacedText
from evidence_packer.understand.claim_lines import in_order

TALL = 0.036


def page(*lines):
    return tuple(PlacedText(text=text, box=(x0, y, x1, y + TALL)) for text, x0, y, x1 in lines)


def test_a_heading_under_the_last_row_is_no_value(house):
    """The rows above have their values beside their labels, so this one has."""
    said = in_order(
        page(
            ("售后单号", 0.043, 0.37, 0.098), ("4035771829934580012", 0.116, 0.37, 0.251),
            ("售后类型", 0.044, 0.43, 0.098), ("仅退款", 0.115, 0.43, 0.159), ("申请时间", 0.334, 0.43, 0.389),
            ("2026-11-04 10:21:00", 0.428, 0.43, 0.545), ("买家说明", 0.043, 0.552, 0.098),
            ("The light only has one color.", 0.116, 0.552, 0.537), ("买家凭证", 0.038, 0.609, 0.098),
        ),
        house,
    )  # fmt: skip
    assert "买家说明: The light only has one color." in said
    assert "申请时间: 2026-11-04 10:21:00" in said
    assert "售后单号: 4035771829934580012" in said
