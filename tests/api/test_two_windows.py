"""Two windows on one draft: different fields go together, the same one is asked about, what was merely shown overwrites nothing."""

from dataclasses import replace

import pytest

from api.form import case_pages
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


@pytest.mark.parametrize(
    ("by", "sends", "found"),
    [
        ("p.3", "p.4", "Wang"),  # the page itself, which never heard that it was kept
        ("p.4", "p.3", "Li"),  # overtaken by its own later request
        ("p.3", "q.4", None),
        ("p.3", "", None),
        ("", "p.4", None),
        ("p", "p.x", None),
    ],
)
def test_what_a_page_sent_itself_is_no_other_windows(there, by, sends, found):
    there = replace(there, turns={"who": by})
    typed = Typed(fields={"touched": "who", "turn": sends})
    if found is None:
        with pytest.raises(SameField):
            merged(there, mine(there, who="Wang"), typed, 4)
    else:
        assert merged(there, mine(there, who="Wang"), typed, 4).fields["who"] == found


DESK = "/form/amazon/a_to_z_response/desk"
_TRACKING = "/parcels/0/tracking_number"


def typed_in(client, **fields):
    return client.post(DESK, files={name: (None, text) for name, text in fields.items()}).status_code


def begun(client):
    sent = {"case": {"platform": "amazon", "procedure": "a_to_z_response"}}
    return {"draft": client.post("/v1/drafts", json=sent).json()["id"], "version": "1"}


def fields_of(client, page):
    return client.get(f"/v1/drafts/{page['draft']}").json()["case"]["fields"]


def test_windows_that_save_at_the_same_moment_lose_nothing(client, monkeypatch):
    page, together = begun(client), case_pages.merged
    others = iter([{"touched": _TRACKING, _TRACKING: "1Z999AA10123456784"}])

    def overtaken(*arguments):
        found = together(*arguments)
        if (other := next(others, None)) is not None:
            assert typed_in(client, **page, **other) == 200
        return found

    monkeypatch.setattr(case_pages, "merged", overtaken)
    assert typed_in(client, **page, touched="/order/id", **{"/order/id": "112-4829307-7716253"}) == 200
    kept = fields_of(client, page)
    assert (kept["/order/id"], kept[_TRACKING]) == ("112-4829307-7716253", "1Z999AA10123456784")


def test_a_page_that_closes_is_saved_and_wants_no_answer(client):
    page = begun(client)
    assert typed_in(client, **page, action="left", touched="/order/id", **{"/order/id": "7"}) == 204
    assert fields_of(client, page)["/order/id"] == "7"


def test_a_page_with_as_many_files_as_there_may_be_is_saved(client):
    rows = {f"file.{n}.{name}": f"{n}.png" for n in range(200) for name in ("name", "kind", "caption")}
    inputs = {f"/facts/{n}": "" for n in range(100)}
    assert typed_in(client, **begun(client), action="left", touched="who", who="Li", **rows, **inputs) == 204
