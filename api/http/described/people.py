"""What the calls about erased people say of themselves."""

from api.http.answers import ErasureDone, ErasureList
from api.http.described.parts import OpenApi, problems

ERASE_PERSON: OpenApi = {
    "responses": {
        200: {"description": "The receipt", "model": ErasureDone},
        **problems(400, 401, 408, 413, 415, 422, 503),
    },
    "openapi_extra": {
        "requestBody": {
            "required": False,
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/PersonAsked"}}},
        }
    },
}
ERASURES: OpenApi = {"responses": {200: {"description": "A page", "model": ErasureList}, **problems(401, 422)}}
