"""What the API's description says beyond what the framework sees: bodies read by hand, media types, errors, examples.

``format: binary`` is written out because generators make texts of file parts without it.
"""

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.answers import (
    BatchAnswer,
    BatchList,
    DraftAnswer,
    DraftFileAnswer,
    DraftFiles,
    DraftList,
    InsightsAnswer,
    LetterOfPack,
    OutcomeNote,
    PackAnswer,
    PackList,
    ProblemAnswer,
    SubmissionNote,
    VerifyAnswer,
)
from casefile.case import Case
from casefile.house import House
from jobs.hooks import EVENTS

_BINARY = {"type": "string", "format": "binary"}
_CASE = {"$ref": "#/components/schemas/Case"}
_PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemAnswer"}}}
_DESCRIPTIONS = {
    400: "The body is no complete form, or its parts are wrong",
    401: "The key is missing or wrong",
    404: "There is none of this id",
    406: "Nothing of what `Accept` names can be given",
    408: "The body arrived too slowly",
    409: "Not finished yet, or the same key is still being worked on",
    410: "It was erased",
    412: "It was changed meanwhile; nothing was saved",
    413: "Too large, or too many files",
    415: "The body has another type",
    422: "The case cannot be used; `errors` lists every wrong field",
    428: "Say with `If-Match` which version you read",
    429: "Too much of yours waits already; see `Retry-After`",
    503: "No room now; see `Retry-After`",
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The descriptions of problem answers."""
    return {status: {"description": _DESCRIPTIONS[status], "content": _PROBLEM} for status in statuses}


_CASE_FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["case"],
                    "properties": {
                        "case": {"description": "The case as JSON: a field or a file part", **_CASE},
                        "files": {"type": "array", "items": _BINARY, "description": "The evidence, one part per file"},
                    },
                },
                "encoding": {"case": {"contentType": "application/json"}},
            }
        },
    }
}
_ZIP = {"application/zip": {"schema": _BINARY}}
_IDEMPOTENCY = {
    "name": "Idempotency-Key",
    "in": "header",
    "schema": {"type": "string", "maxLength": 255},
    "description": "The same key with the same request gives the same pack for 72 hours. Answers of 4xx and 5xx are not kept.",
}
_PREFER = {
    "name": "Prefer",
    "in": "header",
    "schema": {"type": "string"},
    "description": "`respond-async` answers 202 at once; `wait=5` waits at most five seconds",
}
_ACCEPTED = {
    "description": "Accepted and kept; look at `Location` after `Retry-After` seconds",
    "model": PackAnswer,
    "headers": {"Location": {"schema": {"type": "string"}}, "Retry-After": {"schema": {"type": "integer"}}},
}

MAKE: dict[str, Any] = {
    "status_code": 201,
    "responses": {
        200: {"description": "The zip, when `Accept` asks for it", "content": _ZIP},
        201: {"description": "The pack", "model": PackAnswer},
        202: _ACCEPTED,
        **problems(400, 401, 408, 409, 413, 415, 422, 429, 503),
    },
    "openapi_extra": {**_CASE_FORM, "parameters": [_IDEMPOTENCY, _PREFER]},
}
LIST: dict[str, Any] = {"responses": {200: {"description": "A page", "model": PackList}, **problems(401, 422)}}
PACK_STATE: dict[str, Any] = {
    "responses": {200: {"description": "The pack", "model": PackAnswer}, **problems(401, 404, 410)}
}
PACK_FILE: dict[str, Any] = {
    "responses": {
        200: {"description": "The bytes", "content": {"application/octet-stream": {"schema": _BINARY}}},
        206: {"description": "The range asked for", "content": {"application/octet-stream": {"schema": _BINARY}}},
        304: {"description": "Unchanged since the ETag given"},
        **problems(401, 404, 409, 410),
    }
}
ERASE: dict[str, Any] = {
    "responses": {
        200: {"description": "Cancelled", "model": PackAnswer},
        204: {"description": "Erased"},
        **problems(401, 404, 410),
    }
}
_REPORT = {"description": "The report without files", "content": {"application/json": {"schema": {"type": "object"}}}}
CHECK: dict[str, Any] = {
    "responses": {200: _REPORT, **problems(400, 401, 408, 413, 415, 422, 429, 503)},
    "openapi_extra": _CASE_FORM,
}
LETTER: dict[str, Any] = {
    "responses": {
        200: {
            "description": "The letter",
            "content": {
                "application/pdf": {"schema": _BINARY},
                "text/html": {"schema": {"type": "string"}},
                "text/plain": {"schema": {"type": "string"}},
            },
        },
        **problems(400, 401, 404, 406, 409, 410, 413, 415, 422, 429, 503),
    },
    "openapi_extra": {
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {"schema": {"anyOf": [_CASE, {"$ref": "#/components/schemas/LetterOfPack"}]}}
            },
        }
    },
}


def _note(schema: str, *, screenshot: bool = False) -> dict[str, Any]:
    reference = {"$ref": f"#/components/schemas/{schema}"}
    content: dict[str, Any] = {"application/json": {"schema": reference}}
    if screenshot:
        properties = {"submission": reference, "screenshot": _BINARY}
        content["multipart/form-data"] = {"schema": {"type": "object", "properties": properties}}
    return {
        "responses": {
            200: {"description": "As recorded", "content": {"application/json": {"schema": reference}}},
            **problems(400, 401, 404, 410, 413, 415, 422),
        },
        "openapi_extra": {"requestBody": {"required": True, "content": content}},
    }


_DRAFT_BODY = {
    "requestBody": {
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "case": {"type": "object", "description": "Fields of a case, as far as they are known"}
                    },
                    "additionalProperties": False,
                }
            }
        }
    }
}
_IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "schema": {"type": "string"},
    "description": "The ETag of the version that was read, or `*`",
}
_DRAFT_FILES = {"type": "object", "required": ["files"], "properties": {"files": {"type": "array", "items": _BINARY}}}
DRAFT_NEW: dict[str, Any] = {
    "status_code": 201,
    "responses": {201: {"description": "The draft", "model": DraftAnswer}, **problems(400, 401, 409, 413, 415, 422)},
    "openapi_extra": _DRAFT_BODY,
}
DRAFT: dict[str, Any] = {"responses": {200: {"description": "The draft", "model": DraftAnswer}, **problems(401, 404)}}
DRAFT_LIST: dict[str, Any] = {"responses": {200: {"description": "A page", "model": DraftList}, **problems(401, 422)}}
DRAFT_SAVE: dict[str, Any] = {
    "responses": {
        200: {"description": "As saved", "model": DraftAnswer},
        **problems(400, 401, 404, 412, 413, 415, 422, 428),
    },
    "openapi_extra": {**_DRAFT_BODY, "parameters": [_IF_MATCH]},
}
DRAFT_FILES: dict[str, Any] = {
    "status_code": 201,
    "responses": {
        201: {"description": "The files as kept", "model": DraftFiles},
        **problems(400, 401, 404, 408, 413, 415, 503),
    },
    "openapi_extra": {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": _DRAFT_FILES}}}},
}
DRAFT_FILE: dict[str, Any] = {
    "responses": {
        200: {"description": "Replaced", "model": DraftFileAnswer},
        201: {"description": "Added", "model": DraftFileAnswer},
        **problems(400, 401, 404, 408, 413, 503),
    },
    "openapi_extra": {"requestBody": {"required": True, "content": {"application/octet-stream": {"schema": _BINARY}}}},
}
DRAFT_DELETE: dict[str, Any] = {
    "status_code": 204,
    "responses": {204: {"description": "Removed"}, **problems(401, 404)},
}
MAKE_DRAFT: dict[str, Any] = {
    "status_code": 201,
    "responses": {**MAKE["responses"], **problems(404)},
    "openapi_extra": {"parameters": [_IDEMPOTENCY, _PREFER]},
}
_BATCH_PART = {
    "type": "object",
    "required": ["sheet"],
    "properties": {
        "sheet": {**_BINARY, "description": "xlsx, xls, ods, csv or tsv"},
        "archive": {**_BINARY, "description": "The evidence as one zip"},
        "files": {"type": "array", "items": _BINARY, "description": "The evidence file by file, instead of a zip"},
        "platform": {"type": "string", "description": "For rows that do not say; so are the next five"},
        "site": {"type": "string"},
        "procedure": {"type": "string"},
        "reason": {"type": "string"},
        "language": {"type": "string"},
        "reading_copy": {"type": "string"},
        "dry_run": {"type": "string", "enum": ["true", "false"]},
        "only_failed": {"type": "string", "enum": ["true", "false"]},
    },
}
_BATCH_ACCEPTED = {**_ACCEPTED, "model": BatchAnswer}
BATCH_NEW: dict[str, Any] = {
    "status_code": 202,
    "responses": {202: _BATCH_ACCEPTED, **problems(400, 401, 408, 409, 413, 415, 422, 429, 503)},
    "openapi_extra": {
        "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": _BATCH_PART}}},
        "parameters": [_IDEMPOTENCY],
    },
}
BATCH: dict[str, Any] = {
    "responses": {200: {"description": "The batch", "model": BatchAnswer}, **problems(401, 404, 422)}
}
BATCH_LIST: dict[str, Any] = {"responses": {200: {"description": "A page", "model": BatchList}, **problems(401, 422)}}
BATCH_STATE: dict[str, Any] = {
    "responses": {200: {"description": "The batch", "model": BatchAnswer}, **problems(401, 404)}
}
BATCH_RETRY: dict[str, Any] = {
    "status_code": 202,
    "responses": {202: _BATCH_ACCEPTED, **problems(401, 404, 409)},
}
BATCH_FILE: dict[str, Any] = {"responses": {**PACK_FILE["responses"], **problems(422)}}
TEMPLATE: dict[str, Any] = {
    "responses": {
        200: {
            "description": "An xlsx workbook",
            "content": {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": {"schema": _BINARY}},
        },
        **problems(401, 404),
    }
}
VERIFY: dict[str, Any] = {
    "responses": {
        200: {"description": "Every file with its state", "model": VerifyAnswer},
        **problems(400, 401, 408, 413, 422, 503),
    },
    "openapi_extra": {
        "requestBody": {
            "required": True,
            "content": {
                "application/zip": {"schema": _BINARY},
                "multipart/form-data": {
                    "schema": {
                        "type": "object",
                        "required": ["files"],
                        "properties": {
                            "files": {
                                "type": "array",
                                "items": _BINARY,
                                "description": "A pack's archive, or manifest.json with files of its pack",
                            }
                        },
                    }
                },
            },
        }
    },
}
_HOOK = {"type": "object", "additionalProperties": True}
_HOOK_BODY = {
    "type": "object",
    "required": ["url"],
    "additionalProperties": False,
    "properties": {
        "url": {"type": "string", "maxLength": 2000, "examples": ["https://hooks.example.com/evidence"]},
        "shape": {"type": "string", "enum": ["standard", "feishu", "dingtalk", "wecom"]},
        "events": {"type": "array", "items": {"type": "string", "enum": list(EVENTS)}},
        "language": {"type": "string", "examples": ["zh-Hans"]},
        "secret": {"type": "string", "description": "The secret of a chat robot"},
    },
}


def _json(description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _json_body(schema: dict[str, Any]) -> dict[str, Any]:
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


HOOK_NEW: dict[str, Any] = {
    "status_code": 201,
    "responses": {201: _json("The webhook and its secret", _HOOK), **problems(400, 401, 409, 413, 415, 422)},
    "openapi_extra": _json_body(_HOOK_BODY),
}
HOOK: dict[str, Any] = {"responses": {200: _json("The webhook", _HOOK), **problems(401, 404)}}
HOOK_LIST: dict[str, Any] = {"responses": {200: _json("The webhooks", _HOOK), **problems(401)}}
HOOK_DELETE: dict[str, Any] = DRAFT_DELETE
HOOK_PING: dict[str, Any] = {
    "status_code": 202,
    "responses": {202: {"description": "It will be sent"}, **problems(401, 404)},
}
DELIVERIES: dict[str, Any] = {"responses": {200: _json("The deliveries", _HOOK), **problems(401, 404)}}
REPLAY: dict[str, Any] = HOOK_PING
REMINDERS: dict[str, Any] = {"responses": {200: _json("The reminders", _HOOK), **problems(401, 404, 410)}}
REMINDERS_PUT: dict[str, Any] = {
    "responses": {200: _json("As set", _HOOK), **problems(400, 401, 404, 410, 413, 415, 422)},
    "openapi_extra": _json_body(
        {
            "type": "object",
            "required": ["muted"],
            "properties": {"muted": {"type": "boolean"}},
            "additionalProperties": False,
        }
    ),
}
INSIGHTS: dict[str, Any] = {
    "responses": {200: {"description": "Counts", "model": InsightsAnswer}, **problems(401, 422)}
}
NOTE_SUBMISSION = _note("SubmissionNote", screenshot=True)
NOTE_OUTCOME = _note("OutcomeNote")
PLATFORMS: dict[str, Any] = {"responses": {200: {"description": "Platforms in short"}, **problems(401)}}
PLATFORM: dict[str, Any] = {"responses": {200: {"description": "The rules"}, **problems(401, 404)}}
HEALTH: dict[str, Any] = {}
METRICS: dict[str, Any] = {"responses": {200: {"content": {"text/plain": {"schema": {"type": "string"}}}}}}

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
    for model in (Case, ProblemAnswer, SubmissionNote, OutcomeNote, LetterOfPack):
        schema = model.model_json_schema(ref_template="#/components/schemas/{model}", mode="validation")
        schemas.update(schema.pop("$defs", {}))
        schemas.setdefault(model.__name__, schema)
    schemas["Case"]["examples"] = [_example(app.state.service.house)]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    for path in document["paths"].values():
        for operation in path.values():
            _problems_only(operation["responses"])
            summary, _, more = operation.get("description", "").partition("\n")
            operation |= {"summary": summary.rstrip("."), "description": more.strip()}
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
    """The framework announces its own shape of 422; ours is a problem document everywhere."""
    if "HTTPValidationError" in str(responses.get("422", "")):
        responses["422"] = {"description": "The query cannot be used", "content": _PROBLEM}
