"""What the calls about packs, checks, letters and notes say of themselves."""

from api.http.answers import VerifyAnswer
from api.http.described.parts import (
    BINARY,
    CASE,
    CASE_FORM,
    IDEMPOTENCY,
    PREFER,
    ZIP,
    MediaText,
    OpenApi,
    RouteText,
    SchemaText,
    problems,
)
from api.http.pack_answers import CheckAnswer, PackAnswer, PackList
from casefile.json_model import JsonModel
from jobs.records.notes import OutcomeRecord, SubmissionRecord

ACCEPTED = {
    "description": "Accepted and kept; look at `Location` after `Retry-After` seconds",
    "model": PackAnswer,
    "headers": {
        "Location": {
            "schema": {"type": "string"},
            "description": "Where to look",
            "example": "/v1/packs/01KAB2C3D4E5F6G7H8J9K0M1N2",
        },
        "Retry-After": {
            "schema": {"type": "integer"},
            "description": "Seconds until it is worth looking",
            "example": 2,
        },
    },
}

MAKE: OpenApi = {
    "status_code": 201,
    "responses": {
        200: {"description": "The zip, when `Accept` asks for it", "content": ZIP},
        201: {"description": "The pack", "model": PackAnswer},
        202: ACCEPTED,
        **problems(400, 401, 408, 409, 413, 415, 422, 429, 503),
    },
    "openapi_extra": {**CASE_FORM, "parameters": [IDEMPOTENCY, PREFER]},
}
LIST: OpenApi = {"responses": {200: {"description": "A page", "model": PackList}, **problems(401, 422)}}
PACK_STATE: OpenApi = {"responses": {200: {"description": "The pack", "model": PackAnswer}, **problems(401, 404, 410)}}
PACK_FILE: OpenApi = {
    "responses": {
        200: {"description": "The bytes", "content": {"application/octet-stream": {"schema": BINARY}}},
        206: {"description": "The range asked for", "content": {"application/octet-stream": {"schema": BINARY}}},
        304: {"description": "Unchanged since the ETag given"},
        **problems(401, 404, 409, 410, 416),
    }
}
ERASE: OpenApi = {
    "responses": {
        200: {"description": "Cancelled", "model": PackAnswer},
        204: {"description": "Erased"},
        **problems(401, 404, 410),
    }
}
_CHECKED = {"description": "The report without files", "model": CheckAnswer}
CHECK: OpenApi = {
    "responses": {
        200: _CHECKED,
        **problems(400, 401, 408, 413, 415, 422, 429, 503),
    },
    "openapi_extra": CASE_FORM,
}
LETTER: OpenApi = {
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


def _note(schema: str, kept: type[JsonModel], *, screenshot: bool = False) -> RouteText:
    reference: SchemaText = {"$ref": f"#/components/schemas/{schema}"}
    content: dict[str, MediaText] = {"application/json": {"schema": reference}}
    if screenshot:
        properties: dict[str, SchemaText] = {
            "submission": {**reference, "description": "What is recorded, as JSON"},
            "screenshot": {**BINARY, "description": "A picture of the platform's confirmation"},
        }
        content["multipart/form-data"] = {"schema": {"type": "object", "properties": properties}}
    return {
        "responses": {
            200: {"description": "As recorded", "model": kept},
            **problems(400, 401, 404, 410, 413, 415, 422),
        },
        "openapi_extra": {"requestBody": {"required": True, "content": content}},
    }


NOTE_SUBMISSION = _note("SubmissionNote", SubmissionRecord, screenshot=True)
NOTE_OUTCOME = _note("OutcomeNote", OutcomeRecord)
VERIFY: OpenApi = {
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
