"""What the calls about packs, checks, letters and notes say of themselves."""

from typing import Any

from api.http.answers import VerifyAnswer
from api.http.described.parts import BINARY, CASE, CASE_FORM, IDEMPOTENCY, PREFER, ZIP, problems
from api.http.pack_answers import CheckAnswer, PackAnswer, PackList

ACCEPTED = {
    "description": "Accepted and kept; look at `Location` after `Retry-After` seconds",
    "model": PackAnswer,
    "headers": {"Location": {"schema": {"type": "string"}}, "Retry-After": {"schema": {"type": "integer"}}},
}

MAKE: dict[str, Any] = {
    "status_code": 201,
    "responses": {
        200: {"description": "The zip, when `Accept` asks for it", "content": ZIP},
        201: {"description": "The pack", "model": PackAnswer},
        202: ACCEPTED,
        **problems(400, 401, 408, 409, 413, 415, 422, 429, 503),
    },
    "openapi_extra": {**CASE_FORM, "parameters": [IDEMPOTENCY, PREFER]},
}
LIST: dict[str, Any] = {"responses": {200: {"description": "A page", "model": PackList}, **problems(401, 422)}}
PACK_STATE: dict[str, Any] = {
    "responses": {200: {"description": "The pack", "model": PackAnswer}, **problems(401, 404, 410)}
}
PACK_FILE: dict[str, Any] = {
    "responses": {
        200: {"description": "The bytes", "content": {"application/octet-stream": {"schema": BINARY}}},
        206: {"description": "The range asked for", "content": {"application/octet-stream": {"schema": BINARY}}},
        304: {"description": "Unchanged since the ETag given"},
        **problems(401, 404, 409, 410, 416),
    }
}
ERASE: dict[str, Any] = {
    "responses": {
        200: {"description": "Cancelled", "model": PackAnswer},
        204: {"description": "Erased"},
        **problems(401, 404, 410),
    }
}
_CHECKED = {"description": "The report without files", "model": CheckAnswer}
CHECK: dict[str, Any] = {
    "responses": {
        200: _CHECKED,
        **problems(400, 401, 408, 413, 415, 422, 429, 503),
    },
    "openapi_extra": CASE_FORM,
}
LETTER: dict[str, Any] = {
    "responses": {
        200: {
            "description": "The letter",
            "content": {
                "application/pdf": {"schema": BINARY},
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
                "application/json": {"schema": {"anyOf": [CASE, {"$ref": "#/components/schemas/LetterOfPack"}]}}
            },
        }
    },
}


def _note(schema: str, *, screenshot: bool = False) -> dict[str, Any]:
    reference = {"$ref": f"#/components/schemas/{schema}"}
    content: dict[str, Any] = {"application/json": {"schema": reference}}
    if screenshot:
        properties = {"submission": reference, "screenshot": BINARY}
        content["multipart/form-data"] = {"schema": {"type": "object", "properties": properties}}
    return {
        "responses": {
            200: {"description": "As recorded", "content": {"application/json": {"schema": reference}}},
            **problems(400, 401, 404, 410, 413, 415, 422),
        },
        "openapi_extra": {"requestBody": {"required": True, "content": content}},
    }


NOTE_SUBMISSION = _note("SubmissionNote", screenshot=True)
NOTE_OUTCOME = _note("OutcomeNote")
VERIFY: dict[str, Any] = {
    "responses": {
        200: {"description": "Every file with its state", "model": VerifyAnswer},
        **problems(400, 401, 408, 413, 422, 503),
    },
    "openapi_extra": {
        "requestBody": {
            "required": True,
            "content": {
                "application/zip": {"schema": BINARY},
                "multipart/form-data": {
                    "schema": {
                        "type": "object",
                        "required": ["files"],
                        "properties": {
                            "files": {
                                "type": "array",
                                "items": BINARY,
                                "description": "A pack's archive, or manifest.json with files of its pack",
                            }
                        },
                    }
                },
            },
        }
    },
}
