"""Two windows on one draft: different fields go together, the same one is asked about, what was merely shown overwrites nothing."""

from dataclasses import replace

import pytest

from api.form.drafting import FormDraft
from api.form.two_windows import SameField, merged
from api.form.typed import Row, Typed

A, B = Row(name="a.png"), Row(name="b.png")


@pytest.fixture
def there(house):
    platform = house.platforms["amazon"]
    return FormDraft(
        platform=platform, procedure_id="a_to_z_response", id="d", version=5, rows=(A, B),
        fields={"/order/id": "1", "who": "Li"}, stamps={"/order/id": 2, "who": 5},
    )  # fmt: skip


def mine(there, **fields):
    return replace(there, fields={**there.fields, **fields}, rows=(B, A))


def sent(*touched):
    return Typed(fields={"touched": " ".join(touched)})


def test_only_what_was_touched_is_taken(there):
    typed = mine(there, **{"/order/id": "9", "who": "old"})
    found = merged(there, typed, sent("/order/id"), 4)
    assert found.fields == {"/order/id": "9", "who": "Li"}
    assert found.rows == (A, B)


def test_a_field_that_was_emptied_is_emptied(there):
    typed = replace(there, fields={"who": "Li"})
    assert merged(there, typed, sent("/order/id"), 4).fields == {"who": "Li"}


def test_files_in_another_order_are_taken_where_they_were_moved(there):
    assert merged(there, mine(there), sent("rows"), 4).rows == (B, A)
    captioned = replace(there, rows=(Row(name="a.png", caption="x"), B))
    assert merged(there, captioned, sent(f"file.{A.key}.caption"), 4).rows[0].caption == "x"


def test_the_same_field_is_asked_about(there):
    with pytest.raises(SameField) as told:
        merged(there, mine(there, who="Wang"), sent("who"), 4)
    assert told.value.names == ("who",)
    assert merged(there, mine(there, who="Wang"), sent("who"), 5).fields["who"] == "Wang"
    assert merged(there, mine(there, who="Li"), sent("who"), 4).fields["who"] == "Li"


def test_a_page_without_scripts_is_taken_whole(there):
    typed = mine(there, who="old")
    assert merged(there, typed, Typed(fields={}), 5) is typed
