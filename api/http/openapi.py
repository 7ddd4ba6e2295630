"""The API's description as one document: the routes as the framework sees them and as ``api/described`` tells them, and events.

Every operation, parameter and property has a sentence, every body an example; a test walks the document.
"""

from collections.abc import Callable, Iterator

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel

from api.http.answers import LetterOfPack, OutcomeNote, PersonAsked, SubmissionNote
from api.http.described.events import webhooks
from api.http.described.examples import example_of
from api.http.described.field_texts import describe_case
from api.http.described.parts import PROBLEM, OpenApi
from api.http.described.service import ABOUT, TAGS
from api.request.json_uploads import CaseInBody
from api.request.problems import ProblemAnswer
from casefile.case import Case
from casefile.house import House
from jobs.records.events import EVENT_MODELS

_MODELS: tuple[type[BaseModel], ...] = (
    Case,
    ProblemAnswer,
    SubmissionNote,
    OutcomeNote,
    CaseInBody,
    LetterOfPack,
    PersonAsked,
    *EVENT_MODELS,
)
_LANGUAGE = {
    "name": "lang",
    "in": "query",
    "schema": {"type": "string", "examples": ["zh-Hans"]},
    "description": "Language of texts, such as `zh-Hans`; goes before `Accept-Language`",
}
_FILES = [{"name": "tracking.png", "content": "aVZCT1J3MEtHZ28="}]
_LICENCE = {"name": "Apache 2.0", "identifier": "Apache-2.0"}
_CONTACT = {"name": "Whoever runs this service"}
_KEYS = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "A key: `Authorization: Bearer ep_…`"},
    "apiKey": {"type": "apiKey", "in": "header", "name": "X-API-Key", "description": "The same key in its own header"},
}


def described(app: FastAPI) -> Callable[[], OpenApi]:
    """The function that describes ``app``, once."""

    def describe() -> OpenApi:
        if app.openapi_schema is None:
            app.openapi_schema = _whole(app)
        return app.openapi_schema

    return describe


def _whole(app: FastAPI) -> OpenApi:
    service = app.state.service
    house: House = service.house
    document = get_openapi(
        title=app.title, version=app.version, description=ABOUT, routes=app.routes, openapi_version="3.1.0",
        license_info=_LICENCE, contact=_CONTACT, tags=TAGS, servers=[_server(service.settings.public_url)],
    )  # fmt: skip
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    _add_models(schemas)
    describe_case(schemas, house.catalogs.of("en"))
    schemas["Case"]["examples"] = [example := _example(house)]
    schemas["CaseInBody"]["examples"] = [{"case": example, "files": _FILES}]
    schemas.setdefault("JsonValue", {}).setdefault("description", "Any JSON value")
    _say_items(schemas)
    for operation in _operations(document):
        _complete(operation)
        _as_answered(operation["responses"])
        operation.setdefault("parameters", []).append({"$ref": "#/components/parameters/Language"})
    document["components"]["parameters"] = {"Language": _LANGUAGE}
    document["webhooks"] = webhooks()
    document["components"]["securitySchemes"] = _KEYS
    document["security"] = [{}, {"bearer": []}, {"apiKey": []}]
    for body in _bodies(document):
        body.setdefault("example", example_of(body["schema"], schemas))
    return document


def _server(address: str) -> OpenApi:
    return {"url": address.rstrip("/") or "/", "description": "This service"}


def _add_models(schemas: OpenApi) -> None:
    """The models that no route names by itself."""
    for model in _MODELS:
        schema = model.model_json_schema(ref_template="#/components/schemas/{model}", mode="validation")
        for name, inner in {**schema.pop("$defs", {}), model.__name__: schema}.items():
            schemas.setdefault(name, inner)
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)


def _say_items(part: object) -> None:
    """Lists of so many values say of what they are also in the way that readers without ``prefixItems`` understand."""
    if isinstance(part, dict):
        if part.get("type") == "array" and "prefixItems" in part:
            part.setdefault("items", part["prefixItems"][0])
        for inner in list(part.values()):
            _say_items(inner)
    elif isinstance(part, list):
        for inner in part:
            _say_items(inner)


def _operations(document: OpenApi) -> Iterator[OpenApi]:
    for path in document["paths"].values():
        yield from path.values()


def _complete(operation: OpenApi) -> None:
    """The first line of a route's text is its summary, the rest its description; a short one is both."""
    summary, _, more = operation.get("description", "").partition("\n")
    operation |= {"summary": summary.rstrip("."), "description": more.strip() or summary}


def _bodies(document: OpenApi) -> Iterator[OpenApi]:
    """Every body of JSON that is sent or answered."""
    operations = [*_operations(document), *(one["post"] for one in document["webhooks"].values())]
    for operation in operations:
        places = [operation.get("requestBody", {}), *operation["responses"].values()]
        for place in places:
            for kind, body in place.get("content", {}).items():
                if kind.endswith("json") and body.get("schema"):
                    yield body


def _example(house: House) -> OpenApi:
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


def _as_answered(responses: OpenApi) -> None:
    """Say what the framework cannot know: its shape of 422 is ours, JSON of no shape is none, every address may be unreadable."""
    for answer in responses.values():
        if answer.get("content", {}).get("application/json") == {"schema": {}}:
            del answer["content"]["application/json"]
            if not answer["content"]:
                del answer["content"]
    responses.setdefault("400", {"description": "The address or the request cannot be read", "content": PROBLEM})
    responses.setdefault("414", {"description": "The address is too long", "content": PROBLEM})
    if "HTTPValidationError" in str(responses.get("422", "")):
        responses["422"] = {"description": "The query cannot be used", "content": PROBLEM}
