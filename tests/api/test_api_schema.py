"""The description is true: whatever a client generated from it sends, no answer is our fault and every answer is as described."""

import sys
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.app import create_app
from api.settings import Settings
from jobs.notify.hooks import EVENTS

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "faults"))

from fleet import Fleet

CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)
RELAXED = [
    HealthCheck.too_slow,
    HealthCheck.filter_too_much,
    HealthCheck.function_scoped_fixture,
    HealthCheck.data_too_large,
]


@pytest.fixture(scope="module")
def described(tmp_path_factory):
    with Fleet(tmp_path_factory.mktemp("described"), engine="direct") as fleet:
        fleet.start("all")
        fleet.ready()
        yield schemathesis.openapi.from_url(f"{fleet.base}/openapi.json")


def told(fault):
    """What went wrong, groups opened."""
    inner = getattr(fault, "exceptions", None)
    return " | ".join(map(told, inner)) if inner else str(fault)[:400]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("examples", [2, pytest.param(25, marks=pytest.mark.long)])
def test_every_call_answers_as_described(described, examples):
    wrong = []
    for found in described.get_all_operations():
        operation = found.ok()

        @settings(max_examples=examples, deadline=None, suppress_health_check=RELAXED, derandomize=True, database=None)
        @given(case=operation.as_strategy())
        def ask(case):
            case.call_and_validate(headers={"prefer": "respond-async"}, checks=CHECKS)

        try:
            ask()
        except (Exception, BaseExceptionGroup) as fault:  # noqa: BLE001  # every call is tried before the list is shown
            wrong.append(f"{operation.label}: {told(fault)}")
    assert not wrong, "\n\n".join(wrong)


def test_the_description_is_made_without_a_running_service(tmp_path, trade):
    document = create_app(Settings(data=tmp_path), trade).openapi()
    assert document["openapi"] == "3.1.0"
    assert len(document["paths"]) > 30
    assert set(document["webhooks"]) == set(EVENTS)


def test_every_property_of_an_answer_has_a_sentence(tmp_path, trade):
    document = create_app(Settings(data=tmp_path), trade).openapi()
    schemas, seen, waiting = document["components"]["schemas"], set(), []

    def references(value):
        if isinstance(value, dict):
            if "$ref" in value:
                waiting.append(value["$ref"].rpartition("/")[2])
            for inner in value.values():
                references(inner)
        elif isinstance(value, list):
            for inner in value:
                references(inner)

    for path in document["paths"].values():
        for operation in path.values():
            references(operation["responses"])
    silent = []
    while waiting:
        name = waiting.pop()
        if name in seen or name not in schemas:
            continue
        seen.add(name)
        references(schemas[name])
        silent += [
            f"{name}.{key}" for key, one in schemas[name].get("properties", {}).items() if "description" not in one
        ]
    assert {"PackAnswer", "PackReport", "ReportFinding", "BatchAnswer", "WebhookAnswer", "CheckAnswer"} <= seen
    assert silent == []
