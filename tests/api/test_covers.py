"""Places to black out, as they are typed and as a program said them."""

import pytest

from api.form.covers import as_typed, places, redactions, typed_redactions
from casefile.errors import RequestFault
from casefile.parse import parse_case


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("\n \n", []),
        ("1: 12 30.5 48 36", [(1, (0.12, 0.305, 0.48, 0.36))]),
        ("2 0 0 100 100\n10: 1 2 3 4", [(2, (0.0, 0.0, 1.0, 1.0)), (10, (0.01, 0.02, 0.03, 0.04))]),
    ],
)
def test_a_place_a_line(text, found):
    assert list(places(text)) == found
    assert list(places(as_typed(found))) == found


@pytest.mark.parametrize(
    "text", ["1: 12 30 48", "1: 48 30 12 36", "1.5: 1 2 3 4", "the card", "1: 1 2 300 4", "0: 1 2 3 4"]
)
def test_what_says_no_place_is_refused_and_never_dropped(text):
    with pytest.raises(RequestFault) as refused:
        parse_case(
            {
                "platform": "amazon",
                "procedure": "a_to_z_response",
                "files": [{"name": "a.png", "redact": redactions(text)}],
            }
        )
    assert all(fault.pointer.startswith("/files/0/redact/0") for fault in refused.value.faults)


@pytest.mark.parametrize(
    ("redact", "typed"),
    [
        ([{"page": 2, "box": [0.125, 0.25, 0.5, 1.0]}], "2: 12.5 25 50 100"),
        ([{"page": 1, "box": [0.123456789, 0.2, 0.3, 0.4]}], ""),
        ([{"page": "x", "box": [0.1, 0.2, 0.3, 0.4]}], ""),
        (None, ""),
        ("all", ""),
    ],
)
def test_a_program_s_places_are_typed_where_nothing_of_them_changes(redact, typed):
    assert typed_redactions(redact) == typed
