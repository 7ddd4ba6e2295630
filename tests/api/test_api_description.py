"""The description leaves nothing unsaid: each operation, parameter, header and property has a sentence, each body an example."""

import jsonschema_rs
import pytest

from api.app import create_app
from api.http.described.examples import example_of
from api.settings import Settings


@pytest.fixture(scope="module")
def document(tmp_path_factory, trade):
    return create_app(Settings(data=tmp_path_factory.mktemp("described")), trade).openapi()


def operations(document):
    for path, methods in {**document["paths"], **document["webhooks"]}.items():
        for method, operation in methods.items():
            yield f"{method} {path}", operation


def properties(place, schema):
    """Every property of a schema and of what stands in it, by place; what it refers to is looked at by itself."""
    if isinstance(schema, dict):
        for name, one in schema.get("properties", {}).items():
            yield f"{place}.{name}", one
        for name, one in schema.items():
            if name not in {"example", "examples", "default"}:
                yield from properties(f"{place}/{name}", one)
    elif isinstance(schema, list):
        for one in schema:
            yield from properties(place, one)


def contents(document):
    for name, operation in operations(document):
        for place, one in [("body", operation.get("requestBody", {})), *operation["responses"].items()]:
            for kind, body in one.get("content", {}).items():
                yield f"{name} {place} {kind}", kind, body


def test_every_operation_has_a_name_a_summary_a_description_and_a_tag(document):
    known = {tag["name"] for tag in document["tags"]}
    assert all(tag["description"] for tag in document["tags"])
    names = [operation["operationId"] for _, operation in operations(document)]
    assert len(set(names)) == len(names)
    for name, operation in operations(document):
        assert operation["summary"], name
        assert operation["description"], name
        assert set(operation["tags"]) <= known, name
        assert operation["responses"], name
        assert any(str(status).startswith("4") for status in operation["responses"]), name


def test_every_parameter_and_header_is_described(document):
    silent = []
    for name, operation in operations(document):
        for one in operation.get("parameters", []):
            known = document["components"]["parameters"][one["$ref"].rpartition("/")[2]] if "$ref" in one else one
            silent += [] if known.get("description") else [f"{name} {known['name']}"]
        for status, answer in operation["responses"].items():
            assert answer["description"], (name, status)
            silent += [f"{name} {key}" for key, one in answer.get("headers", {}).items() if not one.get("description")]
    assert silent == []


def test_every_property_is_described(document):
    schemas = document["components"]["schemas"]
    silent = [place for place, one in properties("", schemas) if not one.get("description")]
    for place, _, body in contents(document):
        silent += [name for name, one in properties(place, body["schema"]) if not one.get("description")]
    assert silent == []
    assert [name for name, one in schemas.items() if not one.get("description")] == []


def test_every_body_of_json_has_an_example_that_is_right(document):
    for place, kind, body in contents(document):
        if kind.endswith("json"):
            root = {**body["schema"], "components": document["components"]}
            errors = list(jsonschema_rs.Draft202012Validator(root).iter_errors(body["example"]))
            assert not errors, f"{place}: {errors[0].instance_path} {errors[0].message}"


def lists(part):
    if isinstance(part, dict):
        if part.get("type") == "array":
            yield part
        part = list(part.values())
    if isinstance(part, list):
        for inner in part:
            yield from lists(inner)


def test_every_list_says_of_what_it_is(document):
    assert [one for one in lists(document["components"]["schemas"]) if "items" not in one] == []


def test_what_reads_the_description_finds_the_service_and_its_keys(document):
    assert document["servers"] == [{"url": "/", "description": "This service"}]
    assert document["info"]["contact"]["name"]
    assert document["info"]["license"]["identifier"] == "Apache-2.0"
    assert {"bearer", "apiKey"} == set(document["components"]["securitySchemes"])


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"type": "string", "examples": ["a"]}, "a"),
        ({"enum": ["x", "y"]}, "x"),
        ({"const": "ping"}, "ping"),
        ({"anyOf": [{"type": "integer", "minimum": 3}, {"type": "null"}]}, 3),
        ({"type": ["string", "null"], "format": "date"}, "2026-11-19"),
        ({"type": "array", "items": {"type": "boolean"}, "minItems": 2}, [True, True]),
        ({"type": "array", "prefixItems": [{"type": "integer"}, {"type": "null"}]}, [1, None]),
        ({"$ref": "#/components/schemas/A"}, {"currency": "USD"}),
        ({}, {}),
    ],
)
def test_an_example_is_made_from_its_schema(schema, value):
    schemas = {"A": {"type": "object", "properties": {"currency": {"type": "string"}}, "required": ["currency"]}}
    assert example_of(schema, schemas) == value


def test_the_rules_of_a_platform_are_described_to_the_last_field(document):
    from api.http.described.rule_texts import PREFIX, RULE_TEXTS

    found = {name: one for name, one in document["components"]["schemas"].items() if name.startswith(PREFIX)}
    rules = document["paths"]["/v1/platforms/{platform_id}"]["get"]["responses"]["200"]["content"]["application/json"]
    assert rules["schema"] == {"$ref": f"#/components/schemas/{PREFIX}"}
    fields = {f"{name}.{field}": shape for name, one in found.items() for field, shape in one["properties"].items()}
    assert len(fields) > 150
    assert [name for name, shape in fields.items() if not shape["description"]] == []
    strange = [key for key in RULE_TEXTS if "." in key and not any(one.endswith(key) for one in fields)]
    assert strange == [], "sentences about fields that are no more"
