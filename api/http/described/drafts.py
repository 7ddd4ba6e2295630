"""What the calls about drafts say of themselves."""

from api.http.described.packs import MAKE
from api.http.described.parts import BINARY, IDEMPOTENCY, IF_MATCH, PREFER, OpenApi, problems
from api.http.draft_answers import DraftAnswer, DraftFileAnswer, DraftFiles, DraftList

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
_DRAFT_FILES = {
    "type": "object",
    "required": ["files"],
    "properties": {"files": {"type": "array", "items": BINARY, "description": "The files, one part per file"}},
}
DRAFT_NEW: OpenApi = {
    "status_code": 201,
    "responses": {201: {"description": "The draft", "model": DraftAnswer}, **problems(400, 401, 409, 413, 415, 422)},
    "openapi_extra": _DRAFT_BODY,
}
DRAFT: OpenApi = {"responses": {200: {"description": "The draft", "model": DraftAnswer}, **problems(401, 404)}}
DRAFT_LIST: OpenApi = {"responses": {200: {"description": "A page", "model": DraftList}, **problems(401, 422)}}
DRAFT_SAVE: OpenApi = {
    "responses": {
        200: {"description": "As saved", "model": DraftAnswer},
        **problems(400, 401, 404, 412, 413, 415, 422, 428),
    },
    "openapi_extra": {**_DRAFT_BODY, "parameters": [IF_MATCH]},
}
DRAFT_FILES: OpenApi = {
    "status_code": 201,
    "responses": {
        201: {"description": "The files as kept", "model": DraftFiles},
        **problems(400, 401, 404, 408, 413, 415, 503),
    },
    "openapi_extra": {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": _DRAFT_FILES}}}},
}
DRAFT_FILE: OpenApi = {
    "responses": {
        200: {"description": "Replaced", "model": DraftFileAnswer},
        201: {"description": "Added", "model": DraftFileAnswer},
        **problems(400, 401, 404, 408, 413, 503),
    },
    "openapi_extra": {"requestBody": {"required": True, "content": {"application/octet-stream": {"schema": BINARY}}}},
}
DRAFT_DELETE: OpenApi = {
    "status_code": 204,
    "responses": {204: {"description": "Removed"}, **problems(401, 404)},
}
MAKE_DRAFT: OpenApi = {
    "status_code": 201,
    "responses": {**MAKE["responses"], **problems(404)},
    "openapi_extra": {"parameters": [IDEMPOTENCY, PREFER]},
}
