"""The API's description as one document: the routes as the framework sees them and as ``api/described`` tells them, and events.

Every operation, parameter and property has a sentence, every body an example; a test walks the document.
"""

from typing import TypedDict

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel

from api.http.answers import LetterOfPack, OutcomeNote, PersonAsked, SubmissionNote
from api.http.described.events import webhooks
from api.http.described.examples import example_of
from api.http.described.field_texts import field_texts
from api.http.described.parts import PROBLEM, OpenApi
from api.http.described.rule_texts import PREFIX, rule_sentence
from api.http.described.service import ABOUT, TAGS
from api.request.json_uploads import CaseInBody
from api.request.problems import ProblemAnswer
from casefile.case import Case
from casefile.house import House
from casefile.platform import Platform
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


class ApiDescription:
    """The description of an application, made when it is first asked for."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app

    def __call__(self) -> OpenApi:
        """The whole document, the same each time."""
        if self._app.openapi_schema is None:
            self._app.openapi_schema = _Document(self._app).whole
        return self._app.openapi_schema


class _Document:
    """A document from what the framework knows, completed step by step."""

    def __init__(self, app: FastAPI) -> None:
        self._house: House = app.state.service.house
        address = app.state.service.settings.public_url.rstrip("/") or "/"
        self.whole: OpenApi = get_openapi(
            title=app.title, version=app.version, description=ABOUT, routes=app.routes, openapi_version="3.1.0",
            license_info=_LICENCE, contact=_CONTACT, tags=TAGS, servers=[{"url": address, "description": "This service"}],
        )  # fmt: skip
        self._schemas: OpenApi = self.whole.setdefault("components", {}).setdefault("schemas", {})
        self._operations = [operation for path in self.whole["paths"].values() for operation in path.values()]
        self._add_models()
        self._describe_case()
        _say_items(self._schemas)
        self._complete()
        self.whole["components"]["parameters"] = {"Language": _LANGUAGE}
        self.whole["webhooks"] = webhooks()
        self.whole["components"]["securitySchemes"] = _KEYS
        self.whole["security"] = [{}, {"bearer": []}, {"apiKey": []}]
        self._give_examples()

    def _add_models(self) -> None:
        """The models that no route names by itself."""
        for model in _MODELS:
            schema = model.model_json_schema(ref_template="#/components/schemas/{model}", mode="validation")
            for name, inner in {**schema.pop("$defs", {}), model.__name__: schema}.items():
                self._schemas.setdefault(name, inner)
        self._add_rules()
        for name in ("HTTPValidationError", "ValidationError"):
            self._schemas.pop(name, None)

    def _add_rules(self) -> None:
        """The rules of a platform and each of their parts, every field described."""
        template = f"#/components/schemas/{PREFIX}{{model}}"
        whole = Platform.model_json_schema(mode="serialization", by_alias=False, ref_template=template)
        for name, schema in {**whole.pop("$defs", {}), "": whole}.items():
            for field, shape in schema.get("properties", {}).items():
                shape.setdefault("description", rule_sentence(name or PREFIX, field))
            self._schemas[f"{PREFIX}{name}"] = {**schema, "title": f"{PREFIX}{name}"}

    def _describe_case(self) -> None:
        for said in field_texts(self._house.catalogs.of("en"), self._house.root):
            shape = self._schemas.get(said.schema, {}).get("properties", {}).get(said.name)
            if shape is not None:
                shape["description"] = said.text
                if said.example is not None:
                    shape.setdefault("examples", [said.example])
        example = _example(self._house)
        self._schemas["Case"]["examples"] = [example]
        self._schemas["CaseInBody"]["examples"] = [{"case": example, "files": _FILES}]
        self._schemas.setdefault("JsonValue", {}).setdefault("description", "Any JSON value")

    def _complete(self) -> None:
        """Say of every call what the framework cannot know.

        The first line of a route's text is its summary, the rest its description; a short one is both. The shape of 422 is ours,
        JSON of no shape is none, and every address may be unreadable.
        """
        for operation in self._operations:
            summary, _, more = operation.get("description", "").partition("\n")
            operation |= {"summary": summary.rstrip("."), "description": more.strip() or summary}
            responses = operation["responses"]
            for answer in responses.values():
                if answer.get("content", {}).get("application/json") == {"schema": {}}:
                    del answer["content"]["application/json"]
                    if not answer["content"]:
                        del answer["content"]
            responses.setdefault(
                "400", {"description": "The address or the request cannot be read", "content": PROBLEM}
            )
            responses.setdefault("414", {"description": "The address is too long", "content": PROBLEM})
            if "HTTPValidationError" in str(responses.get("422", "")):
                responses["422"] = {"description": "The query cannot be used", "content": PROBLEM}
            operation.setdefault("parameters", []).append({"$ref": "#/components/parameters/Language"})

    def _give_examples(self) -> None:
        """Every body of JSON that is sent or answered has one."""
        for operation in (*self._operations, *(one["post"] for one in self.whole["webhooks"].values())):
            for place in (operation.get("requestBody", {}), *operation["responses"].values()):
                for kind, body in place.get("content", {}).items():
                    if kind.endswith("json") and body.get("schema"):
                        body.setdefault("example", example_of(body["schema"], self._schemas))


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


class _OrderOfExample(TypedDict):
    id: str


class _FileOfExample(TypedDict):
    name: str
    kind: str


class _ExampleCase(TypedDict):
    schema_version: str
    platform: str
    procedure: str
    reason: str
    order: _OrderOfExample
    files: list[_FileOfExample]


def _example(house: House) -> _ExampleCase:
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
