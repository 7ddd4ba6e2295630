"""An example for every body of the description, made from its schema, so that it is always true to it."""

from collections.abc import Mapping
from typing import Any

from api.http.described.parts import SchemaText

_DEPTH = 6
_BY_NAME: dict[str, object] = {
    "id": "01KAB2C3D4E5F6G7H8J9K0M1N2", "pack_id": "01KAB2C3D4E5F6G7H8J9K0M1N2", "batch_id": "01KAB2C3D4E5F6G7H8J9K0M1N3",
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "request_id": "5f1c0ffee1234567",
    "order_id": "112-4829307-7716253", "subject": "112-4829307-7716253", "file": "tracking.png", "name": "tracking.png",
    "currency": "USD", "amount": "37.48", "language": "en", "bytes": 48213, "share": 0.5, "number": 1, "page": 1,
    "reference": "7b2f1c", "title": "The page shows another order", "code": "order-id-other",
}  # fmt: skip
_BY_END: tuple[tuple[str, object], ...] = (
    ("_at", "2026-11-19T09:00:00+00:00"),
    ("_sha256", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
    ("_id", "01KAB2C3D4E5F6G7H8J9K0M1N2"),
)
_BY_FORMAT = {"date-time": "2026-11-19T09:00:00+00:00", "date": "2026-11-19"}
_BY_TYPE: dict[str, object] = {"integer": 1, "number": 1.0, "boolean": True, "null": None, "string": "text"}


def example_of(schema: SchemaText, schemas: Mapping[str, SchemaText], name: str = "", depth: int = _DEPTH) -> Any:  # noqa: ANN401  # any JSON value
    """A value that ``schema`` takes; what may be left out or be nothing is left out beyond ``depth``."""
    if "$ref" in schema:
        return example_of(schemas[schema["$ref"].rpartition("/")[2]], schemas, name, depth)
    if known := schema.get("examples") or schema.get("enum"):
        return known[0]
    if "const" in schema:
        return schema["const"]
    if choices := schema.get("anyOf") or schema.get("oneOf"):
        return example_of(choices[0], schemas, name, depth)
    return _plain(schema, schemas, name, depth)


def _plain(schema: SchemaText, schemas: Mapping[str, SchemaText], name: str, depth: int) -> Any:  # noqa: ANN401  # as above
    kind = schema.get("type", "object")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "object":
        return _object(schema, schemas, depth)
    if kind == "array":
        return _array(schema, schemas, name, depth)
    if schema.get("format") in _BY_FORMAT:
        return _BY_FORMAT[schema["format"]]
    known = _BY_NAME.get(name, next((value for end, value in _BY_END if name.endswith(end)), None))
    fits: tuple[type, ...] = {"string": (str,), "integer": (int,), "number": (int, float)}.get(kind, ())
    if isinstance(known, fits):
        return known
    if schema.get("default") is not None:
        return schema["default"]
    return schema.get("minimum", _BY_TYPE[kind]) if kind in {"integer", "number"} else _BY_TYPE[kind]


def _object(schema: SchemaText, schemas: Mapping[str, SchemaText], depth: int) -> Any:  # noqa: ANN401  # as above
    wanted = schema.get("required", ())
    return {
        name: example_of(one, schemas, name, depth - 1)
        for name, one in schema.get("properties", {}).items()
        if name in wanted or (depth > 0 and "default" not in one and "anyOf" not in one)
    }


def _array(schema: SchemaText, schemas: Mapping[str, SchemaText], name: str, depth: int) -> Any:  # noqa: ANN401  # as above
    if "prefixItems" in schema:
        return [example_of(one, schemas, name, depth - 1) for one in schema["prefixItems"]]
    if depth <= 0 and not schema.get("minItems"):
        return []
    one = example_of(schema.get("items", {}), schemas, name.removesuffix("s"), depth - 1)
    return [one] * max(1, schema.get("minItems", 1))
