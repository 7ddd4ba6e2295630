"""When signs are enough for a kind."""

import pytest

from evidence_packer.understand.kind_signs import KindSigns


@pytest.mark.parametrize(
    ("tracking", "first"),
    [
        ({"label 0.660"}, "messages"),
        ({"label 0.660", "number"}, "tracking"),
        ({"title", "label 0.100"}, "tracking"),
        (set(), "messages"),
    ],
)
def test_one_label_in_a_text_yields_to_a_kind_that_is_no_proof(tracking, first):
    signs = KindSigns()
    signs.add("messages", 1.0, "name")
    signs.add("tracking", 1.4, None)
    for sign in tracking:
        signs.add("tracking", 0, sign)
    assert signs.ranked(1.0).most_common(1)[0][0] == first


def test_a_title_is_its_own_label_and_no_second_sign_of_a_proof():
    signs = KindSigns()
    for kind in ("tracking", "order_page"):
        signs.add(kind, 2.0, "title")
        signs.add(kind, 0, "label 0.100")
    assert (signs.sure("tracking"), signs.sure("order_page")) == (False, True)
