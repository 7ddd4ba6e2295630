"""What a mail or a program filled in is theirs until a person changes it."""

import pytest

from api.form.gaps import without_ids
from api.form.origins import FROM_MAIL, GIVEN, origin_of, still_theirs


@pytest.mark.parametrize(
    ("pointer", "fields", "beside", "origin"),
    [
        ("/order/id", {FROM_MAIL: "/order/id /claim/amount"}, (), "mail"),
        ("/order/id", {GIVEN: "/order/id"}, (), "given"),
        ("/order/id", {"/order/id": "1"}, (), ""),
        ("/claim/opened_at", {}, ("/claim/opened_at",), "given"),
        ("/order/total", {}, ("/order/total/amount", "/order/total/currency"), "given"),
        ("/order", {FROM_MAIL: "/orders/0/id"}, (), ""),
        ("/buyer/name", {}, ("/buyer/name_of_other",), ""),
    ],
)
def test_who_said_a_field(pointer, fields, beside, origin):
    assert origin_of(pointer, fields, beside) == origin


@pytest.mark.parametrize(
    ("before", "after", "left"),
    [
        ({"/a": "1"}, {"/a": "1", FROM_MAIL: "/a"}, {FROM_MAIL: "/a"}),
        ({"/a": "1"}, {"/a": "2", FROM_MAIL: "/a"}, {FROM_MAIL: ""}),
        ({"/a": "1", "/b": "2"}, {"/a": "1", "/b": "", GIVEN: "/a /b"}, {GIVEN: "/a"}),
        ({"/a": "x"}, {"/a@en": "x", "/a@zh-Hans": "", FROM_MAIL: "/a"}, {FROM_MAIL: "/a"}),
        ({"/a@en": "x"}, {"/a@en": "x", "/a@zh-Hans": "y", FROM_MAIL: "/a"}, {FROM_MAIL: ""}),
        ({}, {"/a": "1"}, {}),
    ],
)
def test_a_field_that_a_person_changed_is_theirs_no_more(before, after, left):
    assert still_theirs(before, after) == left


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("It is in the pack 01m8qgnfkrm4ybsqfj5xzwyw9d of another.", "It is in the pack of another."),
        ("也出现在另一平台的证据包 01m8qgnfkrm4ybsqfj5xzwyw9d 中。", "也出现在另一平台的证据包中。"),
        ("Order 112-4829307-7716253 stays.", "Order 112-4829307-7716253 stays."),
    ],
)  # fmt: skip
def test_no_text_shows_the_id_of_a_pack(text, shown):
    assert without_ids(text) == shown
