"""Values of texts survive being kept as JSON: a finding or a refusal is read again as it was."""

import pytest
from pydantic import TypeAdapter

from casefile.text_value import TextValues


@pytest.mark.parametrize(
    "value",
    ["2026-11-30", "12", "", 12, 0, 1.5, True, None, ["a", "2"], [3, 4], [], {"en": "page", "zh": "页"}],
)
def test_a_value_comes_back_as_it_was(value):
    adapter = TypeAdapter(TextValues)
    kept = adapter.dump_json({"name": value})
    back = adapter.validate_json(kept)["name"]
    assert (type(back), back) == (type(value), value)
