"""Names on pages against names of the case."""

import pytest

from evidence_packer.understand.names import likeness


@pytest.mark.parametrize(
    ("shown", "known"),
    [
        ("JANE ROE", "Jane Roe"),
        ("J. Roe", "Jane Roe"),
        ("ROE", "Jane Roe"),
        ("Roe, Jane", "Jane Roe"),
        ("Mrs Jane Roe", "Jane Roe"),
        ("Jane M. Roe", "Jane Roe"),
        ("J*** R**", "Jane Roe"),
        ("José Pérez", "JOSE PEREZ"),
        ("张**", "张三丰"),
        ("张三 先生", "张三"),
        ("山田花子様", "山田 花子"),
        ("김민지 님", "김민지"),
        ("Best Store Inc", "BestStore"),
    ],
)
def test_the_same(shown, known):
    assert likeness(shown, known) == "same"


@pytest.mark.parametrize(
    ("shown", "known"), [("Jane Rowe", "Jane Roe"), ("Jnae Roe", "Jane Roe"), ("Erika Mustermam", "Erika Mustermann")]
)
def test_near(shown, known):
    assert likeness(shown, known) == "near"


@pytest.mark.parametrize(("shown", "known"), [("Tom Poe", "Jane Roe"), ("李四", "张三"), ("Front Desk", "Jane Roe")])
def test_other(shown, known):
    assert likeness(shown, known) == "other"


def test_many_hidden_parts_cost_no_time():
    assert likeness("*a" * 60 + "b", "a" * 200) == "other"
