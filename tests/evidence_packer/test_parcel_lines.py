"""Lines of tracking pages in every language: which state a parcel, and which only mention one."""

from pathlib import Path

import pytest

from casefile.discovery import load_house
from casefile.statement import PARCEL_STATES
from evidence_packer.understand.parcel_lines import claims

HOUSE = load_house()
FOLDER = Path(__file__).parent / "parcel_lines"
MORE = [(path.stem, line) for path in sorted(FOLDER.glob("*.txt")) for line in path.read_text("utf-8").splitlines()]
ROWS = [
    pytest.param(line, said, id=f"{language}-{line}")
    for language, words in HOUSE.parcel_words.items()
    for said, lines in words.lines.items()
    for line in lines
]


def stated(line):
    return [one for one in claims(line, HOUSE) if not one.silent and not (one.label and not one.value)]


@pytest.mark.parametrize(("line", "said"), ROWS)
def test_a_line_states_what_its_language_says(line, said):
    found = {one.says for one in stated(line)}
    if said == "delivered":
        assert found & {"delivered", "signed"}
    elif said == "undelivered":
        assert not found & {"delivered", "signed"}
    else:
        state, _, to = said.partition("/")
        assert any(one.says == state and to in {"", one.to} for one in stated(line))
        assert state == "delivered" or "delivered" not in found


def test_every_language_that_is_read_has_lines_of_both_kinds():
    assert set(HOUSE.parcel_words) == set(HOUSE.reading_words)
    for words in HOUSE.parcel_words.values():
        assert len(words.lines["delivered"]) >= 5
        assert len(words.lines["undelivered"]) >= 8
        assert set(words.states) >= PARCEL_STATES


@pytest.mark.parametrize(("language", "line"), MORE)
def test_only_lines_that_say_so_state_a_delivery(language, line):
    """Lines of ``parcel_lines/<language>.txt`` begin with ``+`` where they state a delivery, with ``-`` where they do not."""
    delivered = any(one.says in {"delivered", "signed"} for one in stated(line[2:]))
    assert delivered is line.startswith("+ "), language


def test_what_recognition_loses_makes_no_difference():
    """Spaces, accents, case and width."""
    for line in ("Delivered to agent", "Die Sendung wurde zugestellt", "Colis livré au voisin", "Przesyłka doręczona"):
        folded = {(one.says, one.to) for one in stated(line)}
        assert {(one.says, one.to) for one in stated(line.upper())} == folded
        assert {(one.says, one.to) for one in stated(line.replace(" ", ""))} == folded
    assert [one.says for one in stated("Ｄｅｌｉｖｅｒｅｄ")] == ["delivered"]
    assert [one.says for one in stated("Colis livre au voisin")] == ["delivered"]
    assert [one.says for one in stated("已 签 收")] == ["delivered"]


@pytest.mark.parametrize(
    ("line", "signed"),
    [
        ("Received by: FRONT DOOR", False),
        ("Signed by: PORCH", False),
        ("Received By: MAILBOX", False),
        ("Delivered To: AUSTIN, TX 78701 US. Received by: FRONT DOOR", False),
        ("签收人：门口", False),
        ("Signed for by: J MILLER", True),
        ("Signed by: J MILLER at the front door", True),
        ("Delivered, Front Door, signed by J MILLER", True),
    ],
)
def test_a_door_signs_nothing(line, signed):
    assert any(one.says == "signed" and not one.silent for one in claims(line, HOUSE)) is signed


@pytest.mark.parametrize("word", ["签收", "delivered ", "consegnato, "])
def test_a_line_of_nothing_but_states_states_nothing(word):
    assert claims(word * 2000, HOUSE) == ()
    assert claims(word * 3, HOUSE)
