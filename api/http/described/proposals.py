"""What the call that proposes a case says of itself."""

from api.http.described.parts import BINARY, OpenApi, problems
from evidence_packer.report.proposal import Proposal

_PARTIAL = {
    "type": "object",
    "description": "What is already known of the case, as in `Case` but with nothing required",
    "additionalProperties": True,
}
_TEXT = {"type": "string", "description": "A mail or notice of the platform, pasted as it came"}
PROPOSE: OpenApi = {
    "responses": {
        200: {"description": "The cases that files and mail are about", "model": Proposal},
        **problems(400, 401, 408, 413, 415, 422, 429, 503),
    },
    "openapi_extra": {
        "requestBody": {
            "required": True,
            "content": {
                "multipart/form-data": {
                    "schema": {
                        "type": "object",
                        "properties": {
                            "case": _PARTIAL,
                            "text": _TEXT,
                            "files": {
                                "type": "array",
                                "items": BINARY,
                                "description": "The evidence, one part per file",
                            },
                        },
                    },
                    "encoding": {"case": {"contentType": "application/json"}},
                },
                "application/json": {
                    "schema": {
                        "type": "object",
                        "required": ["text"],
                        "properties": {"text": _TEXT, "case": _PARTIAL},
                    }
                },
            },
        }
    },
}
