"""What several routes say alike: problem answers, binary parts, the form of a case, conditional and repeated requests.

``format: binary`` is written out because generators make texts of file parts without it.
"""

from typing import Any, TypedDict

OpenApi = dict[str, Any]
"""What a call says of itself, and the whole description: as the framework takes and gives it."""

SchemaText = TypedDict(
    "SchemaText",
    {
        "$ref": str,
        "type": str | list[str],
        "format": str,
        "title": str,
        "description": str,
        "const": Any,
        "enum": list[Any],
        "examples": list[Any],
        "default": Any,
        "minimum": float,
        "minItems": int,
        "maxLength": int,
        "anyOf": list["SchemaText"],
        "oneOf": list["SchemaText"],
        "items": "SchemaText",
        "prefixItems": list["SchemaText"],
        "properties": dict[str, "SchemaText"],
        "required": list[str],
        "additionalProperties": bool,
    },
    total=False,
)
"""A schema of JSON, as far as it is looked at here (JSON Schema 2020-12)."""


class MediaText(TypedDict):
    """The schema of a body of one type."""

    schema: SchemaText


class BodyText(TypedDict):
    """A body that must be sent."""

    required: bool
    content: dict[str, MediaText]


class SentText(TypedDict):
    """What a call with a body says of it."""

    requestBody: BodyText


class ProblemText(TypedDict):
    """What a refusal says of itself."""

    description: str
    content: dict[str, MediaText]


class RouteText(TypedDict):
    """What a call says of its answers and of what is sent."""

    responses: dict[int | str, Any]
    openapi_extra: OpenApi


BINARY: SchemaText = {"type": "string", "format": "binary"}
CASE: SchemaText = {"$ref": "#/components/schemas/Case"}
PROBLEM: dict[str, MediaText] = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemAnswer"}}}
_DESCRIPTIONS = {
    400: "The body is no complete form, or its parts are wrong",
    401: "The key is missing or wrong",
    403: "The key may not do this, or the request comes from another site",
    404: "There is none of this id",
    406: "Nothing of what `Accept` names can be given",
    408: "The body arrived too slowly",
    409: "Not finished yet, or the same key is still being worked on",
    410: "It was erased",
    412: "It was changed meanwhile; nothing was saved",
    413: "Too large, or too many files",
    415: "The body has another type",
    416: "The range lies behind the end; `Content-Range` tells the length",
    422: "The case cannot be used; `errors` lists every wrong field",
    428: "Say with `If-Match` which version you read",
    429: "Too much of yours waits already, or too many wrong keys came from your address; see `Retry-After`",
    502: "The other service was not reached, or refused",
    503: "No room now; see `Retry-After`",
}


def problems(*statuses: int) -> dict[int | str, ProblemText]:
    """The descriptions of problem answers; a call that needs a key may be refused in the other ways of the gate too."""
    gate = {403, 429} if 401 in statuses else set()
    return {one: ProblemText(description=_DESCRIPTIONS[one], content=PROBLEM) for one in sorted({*statuses, *gate})}


CASE_FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["case"],
                    "properties": {
                        "case": {"description": "The case as JSON: a field or a file part", **CASE},
                        "files": {"type": "array", "items": BINARY, "description": "The evidence, one part per file"},
                    },
                },
                "encoding": {"case": {"contentType": "application/json"}},
            },
            "application/json": {"schema": {"$ref": "#/components/schemas/CaseInBody"}},
        },
    }
}
ZIP = {"application/zip": {"schema": BINARY}}
IDEMPOTENCY = {
    "name": "Idempotency-Key",
    "in": "header",
    "schema": {"type": "string", "maxLength": 255},
    "description": "The same key with the same request gives the same pack for 72 hours. Answers of 4xx and 5xx are not kept.",
}
PREFER = {
    "name": "Prefer",
    "in": "header",
    "schema": {"type": "string"},
    "description": "`respond-async` answers 202 at once; `wait=5` waits at most five seconds, then answers 202",
}
IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "schema": {"type": "string"},
    "description": "The ETag of the version that was read, or `*`",
}


def json_body(schema: SchemaText) -> SentText:
    """A JSON body."""
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}
