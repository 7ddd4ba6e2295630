"""The API's description as one document: the routes as the framework sees them and as ``api/described`` tells them, and events."""

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel

from api.http.answers import LetterOfPack, OutcomeNote, PersonAsked, SubmissionNote
from api.http.described.events import webhooks
from api.http.described.parts import PROBLEM
from api.request.problems import ProblemAnswer
from casefile.case import Case
from casefile.house import House
from jobs.records.events import EVENT_MODELS

_MODELS: tuple[type[BaseModel], ...] = (
    Case,
    ProblemAnswer,
    SubmissionNote,
    OutcomeNote,
    LetterOfPack,
    PersonAsked,
    *EVENT_MODELS,
)
_LANGUAGE = {
    "name": "lang",
    "in": "query",
    "schema": {"type": "string"},
    "description": "Language of texts, such as `zh-Hans`; goes before `Accept-Language`",
}
_DESCRIPTION = """Case facts and files in; checked evidence, a named PDF bundle and a letter out.

* `POST /v1/packs` makes everything for one case; `POST /v1/checks` only judges; `POST /v1/letters` only writes.
* Errors are `application/problem+json` with a stable `code`. Texts are English or Chinese: `?lang=zh-Hans` or `Accept-Language`.
* A bad *request* is refused and nothing is kept; a bad *file* is named under `not_included` and its original stays in the pack.
"""


def described(app: FastAPI) -> Callable[[], dict[str, Any]]:
    """The function that describes ``app``, once."""

    def describe() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _whole(app)
        return app.openapi_schema

    return describe


def _whole(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(
        title=app.title, version=app.version, description=_DESCRIPTION, routes=app.routes, openapi_version="3.1.0"
    )
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for model in _MODELS:
        schema = model.model_json_schema(ref_template="#/components/schemas/{model}", mode="validation")
        schemas.update(schema.pop("$defs", {}))
        schemas.setdefault(model.__name__, schema)
    schemas["Case"]["examples"] = [_example(app.state.service.house)]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    for path in document["paths"].values():
        for operation in path.values():
            _problems_only(operation["responses"])
            operation.setdefault("parameters", []).append({"$ref": "#/components/parameters/Language"})
            summary, _, more = operation.get("description", "").partition("\n")
            operation |= {"summary": summary.rstrip("."), "description": more.strip()}
    document["components"]["parameters"] = {"Language": _LANGUAGE}
    document["webhooks"] = webhooks()
    document["components"]["securitySchemes"] = {
        "bearer": {"type": "http", "scheme": "bearer"},
        "apiKey": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
    }
    document["security"] = [{}, {"bearer": []}, {"apiKey": []}]
    return document


def _example(house: House) -> dict[str, Any]:
    """A small case that is really taken: about an order, on the first platform that has such a procedure."""
    platform, procedure = next(
        (platform, key)
        for _, platform in sorted(house.platforms.items())
        for key, procedure in platform.procedures.items()
        if procedure.subject == "order"
    )
    identifier = platform.identifier("/order/id")
    return {
        "schema_version": "1",
        "platform": platform.id,
        "procedure": procedure,
        "reason": platform.procedures[procedure].reasons[0],
        "order": {"id": identifier.valid[0] if identifier else "1"},
        "files": [{"name": "tracking.png", "kind": "tracking"}, {"name": "messages.png", "kind": "messages"}],
    }


def _problems_only(responses: dict[str, Any]) -> None:
    """The framework announces its own shape of 422; ours is a problem document everywhere. Every address may be unreadable."""
    responses.setdefault("400", {"description": "The address or the request cannot be read", "content": PROBLEM})
    responses.setdefault("414", {"description": "The address is too long", "content": PROBLEM})
    if "HTTPValidationError" in str(responses.get("422", "")):
        responses["422"] = {"description": "The query cannot be used", "content": PROBLEM}
