"""Every field of the case contract is read by code or named by data; one that waits for its reader says for which."""

import ast
import re
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from casefile.case import Case

ROOT = Path(__file__).resolve().parents[2]
CODE = ("casefile", "letters", "evidence_packer", "jobs", "api")
DESCRIBED = "case_fields.toml"
"""Tells what every field means, and so asks for none."""
DATA = ("platforms", "networks", "practice")
"""Folders whose files ask a case for its fields; the tables of ``sheets/`` and the form only fill them."""

WAITING = {
    ("Parcel", "address_shown"): "evidence: whether the page of the carrier prints the address",
    ("Item", "listing_captured_at"): "evidence: the listing as it was when the order was placed",
    ("FileEntry", "original_unedited"): "evidence: whether the original of a picture is at hand",
    ("Payment", "last4"): "evidence: the card of an earlier order of the same buyer",
    ("Inventory", "lpn"): "grounds: the returned unit that stock is claimed for",
}
"""Fields that nobody reads yet, and the subject that will: none is dropped meanwhile."""

READ_AT_THE_DOOR = {("Case", "schema_version")}
"""Judged by its type alone when a case comes in."""


def models(kind: object) -> set[type[BaseModel]]:
    """The models within a type, and those within their fields."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return {kind}.union(*(models(field.annotation) for field in kind.model_fields.values()))
    return set().union(*(models(inner) for inner in get_args(kind)))


FIELDS = sorted(
    (model.__name__, name, field.alias or name) for model in models(Case) for name, field in model.model_fields.items()
)


def _attributes() -> set[str]:
    """Every attribute that code loads, outside the modules that declare the fields."""
    paths = [path for package in CODE for path in (ROOT / package).rglob("*.py") if path.parent.name != "fields"]
    return {
        node.attr
        for path in paths
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)
    }


def _pointed_at() -> set[str]:
    """The names in the pointers of the data files."""
    texts = [
        path.read_text(encoding="utf-8")
        for folder in DATA
        for path in (ROOT / folder).rglob("*.toml")
        if path.name != DESCRIBED
    ]
    pointers = {pointer for text in texts for pointer in re.findall(r'"(/[a-z0-9_*/]+)"', text)}
    return {name for pointer in pointers for name in pointer.split("/")}


ATTRIBUTES, POINTED_AT = _attributes(), _pointed_at()


def test_the_contract_is_walked_to_its_leaves():
    assert len(FIELDS) > 200
    assert {
        ("Case", "stance", "stance"),
        ("Return", "requested_at", "requested_at"),
        ("Contact", "from_", "from"),
    } <= set(FIELDS)


@pytest.mark.parametrize(("model", "name", "alias"), FIELDS, ids=str)
def test_a_field_is_read_or_waits_for_its_reader(model, name, alias):
    is_read = name in ATTRIBUTES or alias in POINTED_AT
    assert is_read != ((model, name) in {*WAITING, *READ_AT_THE_DOOR})


def test_what_waits_exists_and_says_for_whom():
    assert {*WAITING, *READ_AT_THE_DOOR} <= {(model, name) for model, name, _ in FIELDS}
    assert {why.partition(":")[0] for why in WAITING.values()} <= {"grounds", "evidence", "completion"}


@pytest.mark.parametrize(
    "part",
    [
        {"complete": "off"},
        {"letter": "follow_up"},
        {"files": [{"name": "a.png", "marks": [{"page": 1, "text": "It came.", "says": "confirms_receipt"}]}]},
        {"refunds": [{"by": "platform", "reference": "74537604221222222222222"}]},
        {"remedy": {"type": "replacement", "received_at": "2026-11-05T14:22:00-05:00"}},
        {"parcels": [{"tracking_number": "1Z9", "value": {"amount": "39.95", "currency": "USD"}}]},
        {"return": {"serials_sent": ["S7K2NX0R118842"]}},
        {"metric": {"name": "otdr"}},
        {"ground": "authentic_goods"},
        {"claim": {"granted": True, "funded_by": "platform"}},
    ],
    ids=lambda part: next(iter(part)),
)
def test_what_was_added_to_the_contract_is_taken(part):
    case = Case.model_validate({"platform": "amazon", "procedure": "a_to_z_response", **part})
    told = case.model_dump(mode="json", by_alias=True, exclude_unset=True)
    name, value = next(iter(part.items()))
    assert told[name] == value
