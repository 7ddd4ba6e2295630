"""What the calls of other services say of themselves."""

from api.http.connector_answers import HandedOver, TakenIn
from api.http.described.parts import OpenApi, problems

_SENT = {
    "requestBody": {
        "required": True,
        "description": "What the service sends, as it sends it",
        "content": {
            "application/json": {
                "schema": {"type": "object", "description": "The service's own message"},
                "example": {"ticket_id": "4711"},
            }
        },
    }
}
TAKE_IN: OpenApi = {
    "status_code": 202,
    "responses": {
        202: {"description": "What became of it", "model": TakenIn},
        **problems(400, 401, 404, 413, 415, 422, 502, 503),
    },
    "openapi_extra": {**_SENT, "security": []},
}
HAND_OVER: OpenApi = {
    "responses": {
        200: {"description": "What went", "model": HandedOver},
        **problems(401, 404, 409, 410, 422, 502, 503),
    },
}
