"""Every field of a case is explained, by an example that a case takes."""

import pytest

from casefile.case import Case
from casefile.discovery import load_house
from casefile.field_notes import field_notes, note_at
from casefile.pointer import put
from docs.make_fields import _rows

NOTES = field_notes(load_house().root)
FIELDS = [pointer for pointer, _ in _rows(Case, "")]
NEEDED = {
    "/files/0": {"name": "a.png"}, "/deadline": {"at": "2026-11-20T18:10:00-08:00"}, "/remedy": {"type": "coupon"},
    "/metric": {"name": "odr"}, "/letter_edits/0": {"paragraph": "request/1", "language": "en", "text": "x"},
    "/files/0/redact/0": {"page": 1, "box": [0, 0, 1, 1]}, "/files/0/marks/0": {"page": 1, "text": "x", "says": "asks"},
}  # fmt: skip
"""What must stand beside a field for its part to be one."""


@pytest.mark.parametrize("pointer", FIELDS)
def test_a_field_is_explained_and_its_example_is_taken(pointer):
    note = note_at(pointer, NOTES)
    assert note is not None
    assert not note.means.endswith(".")
    case = {"platform": "amazon", "procedure": "a_to_z_response"}
    for place, value in NEEDED.items():
        if pointer.startswith(place + "/"):
            put(case, place, dict(value))
    put(case, pointer, note.value)
    Case.model_validate(case)


def test_nothing_else_is_explained():
    known = {"/" + "/".join(name for name in pointer.split("/")[1:] if not name.isdecimal()) for pointer in FIELDS}
    assert {pointer for pointer in NOTES if pointer.startswith("/")} <= known


def test_a_part_that_only_holds_others_has_no_note():
    assert note_at("/order", NOTES) is None
    assert note_at("/remedy/files/0", NOTES) == NOTES["files"]
