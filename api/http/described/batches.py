"""What the calls about batches say of themselves."""

from api.http.batch_answers import BatchAnswer, BatchList, BatchSummary
from api.http.described.packs import ACCEPTED, PACK_FILE
from api.http.described.parts import BINARY, IDEMPOTENCY, OpenApi, problems

_BATCH_PART = {
    "type": "object",
    "required": ["sheet"],
    "properties": {
        "sheet": {**BINARY, "description": "xlsx, xls, ods, csv or tsv"},
        "archive": {**BINARY, "description": "The evidence as one zip"},
        "files": {"type": "array", "items": BINARY, "description": "The evidence file by file, instead of a zip"},
        "platform": {"type": "string", "description": "Platform for rows that do not say"},
        "site": {"type": "string", "description": "Country site for rows that do not say"},
        "procedure": {"type": "string", "description": "Procedure for rows that do not say"},
        "reason": {"type": "string", "description": "Reason for rows that do not say"},
        "language": {"type": "string", "description": "Language of the letters, for rows that do not say"},
        "reading_copy": {"type": "string", "description": "Language of a copy to read, for rows that do not say"},
        "map": {"type": "string", "description": "What columns mean, beside what is known: 店铺=site; Ref=order_id"},
        "dry_run": {"type": "string", "enum": ["true", "false"], "description": "Read and match, make nothing"},
        "only_failed": {
            "type": "string",
            "enum": ["true", "false"],
            "description": "Of a result sheet only the failed rows",
        },
    },
}
_BATCH_ACCEPTED = {**ACCEPTED, "model": BatchSummary}
BATCH_NEW: OpenApi = {
    "status_code": 202,
    "responses": {202: _BATCH_ACCEPTED, **problems(400, 401, 408, 409, 413, 415, 422, 429, 503)},
    "openapi_extra": {
        "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": _BATCH_PART}}},
        "parameters": [IDEMPOTENCY],
    },
}
BATCH: OpenApi = {
    "responses": {200: {"description": "The batch", "model": BatchAnswer}, **problems(401, 404, 410, 422)}
}
BATCH_LIST: OpenApi = {"responses": {200: {"description": "A page", "model": BatchList}, **problems(401, 422)}}
BATCH_ERASE: OpenApi = {
    "responses": {
        200: {"description": "Cancelled", "model": BatchSummary},
        204: {"description": "Erased"},
        **problems(401, 404, 410),
    }
}
COLUMNS_ERASE: OpenApi = {"status_code": 204, "responses": {204: {"description": "Erased"}, **problems(401)}}
BATCH_RETRY: OpenApi = {
    "status_code": 202,
    "responses": {202: _BATCH_ACCEPTED, **problems(401, 404, 409, 410)},
}
BATCH_FILE: OpenApi = {"responses": {**PACK_FILE["responses"], **problems(422)}}
TEMPLATE: OpenApi = {
    "responses": {
        200: {
            "description": "An xlsx workbook",
            "content": {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": {"schema": BINARY}},
        },
        **problems(401, 404),
    }
}
