"""What the calls about batches say of themselves."""

from typing import Any

from api.http.batch_answers import BatchAnswer, BatchList, BatchSummary
from api.http.described.packs import ACCEPTED, PACK_FILE
from api.http.described.parts import BINARY, IDEMPOTENCY, problems

_BATCH_PART = {
    "type": "object",
    "required": ["sheet"],
    "properties": {
        "sheet": {**BINARY, "description": "xlsx, xls, ods, csv or tsv"},
        "archive": {**BINARY, "description": "The evidence as one zip"},
        "files": {"type": "array", "items": BINARY, "description": "The evidence file by file, instead of a zip"},
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
_BATCH_ACCEPTED = {**ACCEPTED, "model": BatchSummary}
BATCH_NEW: dict[str, Any] = {
    "status_code": 202,
    "responses": {202: _BATCH_ACCEPTED, **problems(400, 401, 408, 409, 413, 415, 422, 429, 503)},
    "openapi_extra": {
        "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": _BATCH_PART}}},
        "parameters": [IDEMPOTENCY],
    },
}
BATCH: dict[str, Any] = {
    "responses": {200: {"description": "The batch", "model": BatchAnswer}, **problems(401, 404, 410, 422)}
}
BATCH_LIST: dict[str, Any] = {"responses": {200: {"description": "A page", "model": BatchList}, **problems(401, 422)}}
BATCH_ERASE: dict[str, Any] = {
    "responses": {
        200: {"description": "Cancelled", "model": BatchSummary},
        204: {"description": "Erased"},
        **problems(401, 404, 410),
    }
}
BATCH_RETRY: dict[str, Any] = {
    "status_code": 202,
    "responses": {202: _BATCH_ACCEPTED, **problems(401, 404, 409, 410)},
}
BATCH_FILE: dict[str, Any] = {"responses": {**PACK_FILE["responses"], **problems(422)}}
TEMPLATE: dict[str, Any] = {
    "responses": {
        200: {
            "description": "An xlsx workbook",
            "content": {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": {"schema": BINARY}},
        },
        **problems(401, 404),
    }
}
