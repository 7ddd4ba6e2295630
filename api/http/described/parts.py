"""What several routes say alike: problem answers, binary parts, the form of a case, conditional and repeated requests.

``format: binary`` is written out because generators make texts of file parts without it.
"""

from typing import Any

OpenApi = dict[str, Any]
"""A part of the description: JSON as the OpenAPI standard defines it, and as the framework takes it."""

BINARY: OpenApi = {"type": "string", "format": "binary"}
CASE = {"$ref": "#/components/schemas/Case"}
PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemAnswer"}}}
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


def problems(*statuses: int) -> dict[int | str, OpenApi]:
    """The descriptions of problem answers; a call that needs a key may be refused in the other ways of the gate too."""
    gate = {403, 429} if 401 in statuses else set()
    return {status: {"description": _DESCRIPTIONS[status], "content": PROBLEM} for status in sorted({*statuses, *gate})}


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


def json_body(schema: OpenApi) -> OpenApi:
    """A JSON body."""
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}
