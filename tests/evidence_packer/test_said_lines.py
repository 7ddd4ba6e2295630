"""Lines as carriers, platforms, buyers and sellers write them, with what each says: written before the words were looked up.

``said_lines/<language>.txt``: a mark and a line. Parcels: ``D`` delivered to the buyer (``D:locker``: elsewhere, or left there),
``C`` collected, ``R`` back with the sender, ``X`` no delivery (``X:attempt_failed`` with its state); ``@``: in a row with its
time. Refunds: ``M`` made,
``F`` failed, ``P`` pending, ``W`` promised, ``V`` reversed, ``N`` none made. Messages: ``B`` of the buyer or ``S`` of the seller,
with the intents that they must have; an agreement or a receipt that is not named must not be read.
"""

from pathlib import Path

import pytest

from casefile.statement import AT_THE_BUYER
from evidence_packer.understand.parcel_lines import claims
from evidence_packer.understand.talk.intents import intents_of

ARRIVED = frozenset({"delivered", "signed"})
INTENTS = {
    "c": "confirms_receipt", "d": "denies_receipt", "g": "agrees_to_close", "r": "refuses", "p": "complains", "t": "threatens",
    "a": "asks", "k": "thanks", "o": "offers", "w": "answers",
}  # fmt: skip
REFUNDS = {
    "M": "refund_made",
    "F": "refund_failed",
    "P": "refund_pending",
    "W": "refund_promised",
    "V": "refund_reversed",
}


def rows(wanted):
    for path in sorted((Path(__file__).parent / "said_lines").glob("*.txt")):
        section = ""
        for row in path.read_text("utf-8").splitlines():
            if row.startswith("["):
                section = row.strip("[]")
            elif section == wanted and row:
                mark, _, line = row.partition(" | ")
                yield pytest.param(mark.strip(), line.strip(), id=f"{path.stem}-{line.strip()}")


@pytest.mark.parametrize(("mark", "line"), list(rows("parcels")))
def test_what_a_line_says_of_a_parcel(house, mark, line):
    kind, _, wanted = mark.rstrip("@").partition(":")
    said = [
        one
        for one in claims(line, house, dated=mark.endswith("@"))
        if not one.silent and not (one.label and not one.value)
    ]
    states = {one.says for one in said}
    to = {one.to or "unknown" for one in said if one.says in {"delivered", "signed"}}
    if kind == "D":
        left = {"pickup_point"} if "available_for_pickup" in states else set()
        assert (to or left) & set(wanted.split("/")) if wanted and not left else to or left
        assert wanted or to <= AT_THE_BUYER
        assert not wanted or not to & AT_THE_BUYER
    elif kind == "C":
        assert to
        assert "sender" not in to
    elif kind == "R":
        assert to <= {"sender"}
        assert to or states & {"returned", "returning"}
    else:
        assert not to
        assert not wanted or wanted in states
        # A time beside the words lets a word stay unknown, such as a place: never one that undoes them.
        dated = claims(line, house, dated=True)
        assert not [
            one for one in dated if one.says in ARRIVED and not one.silent and not (one.label and not one.value)
        ]


@pytest.mark.parametrize(("mark", "line"), list(rows("refunds")))
def test_what_a_line_says_of_a_refund(page_facts, mark, line):
    states = {one.says for one in page_facts(f"Order 112-4829307-7716253\n{line}").refunds if one.asserts}
    assert ("refund_made" in states) is (mark == "M")
    assert mark not in REFUNDS or REFUNDS[mark] in states


@pytest.mark.parametrize(("mark", "line"), list(rows("messages")))
def test_what_a_writer_intends(house, mark, line):
    who, _, marks = mark.partition(":")
    wanted = {INTENTS[one] for one in marks}
    found = {one.intent for one in intents_of(line, "buyer" if who == "B" else "seller", house)}
    assert wanted <= found
    # Who says that the thing came broken says that it came.
    allowed = wanted | ({"confirms_receipt"} if "complains" in wanted else set())
    assert found & {"confirms_receipt", "agrees_to_close"} <= allowed
