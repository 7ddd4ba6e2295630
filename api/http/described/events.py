"""The webhooks of the description (OpenAPI 3.1): what is sent when something ends or a deadline comes near.

The models are the bodies as a receiver of the shape `standard` gets them; a test compares them with what is really sent.
"""

from typing import TypedDict

from api.http.described.parts import BodyText, OpenApi, SchemaText, problems
from api.http.happened_answers import EventList
from jobs.notify.hooks import EVENTS
from jobs.records.events import EVENT_MODELS

_HEADERS = [
    ("webhook-id", "The same for every try of one message: take each id once"),
    ("webhook-timestamp", "Seconds since 1970 of this try; refuse what is older than five minutes"),
    (
        "webhook-signature",
        "`v1,` and the HMAC-SHA256 of `id.timestamp.body` in base64; two while a secret is being changed",
    ),
]


_Header = TypedDict(
    "_Header", {"name": str, "in": str, "required": bool, "schema": SchemaText, "description": str}
)  # fmt: skip


class _Sending(TypedDict):
    operationId: str
    summary: str
    description: str
    tags: list[str]
    parameters: list[_Header]
    requestBody: BodyText
    responses: dict[str, dict[str, str]]


class _Webhook(TypedDict):
    post: _Sending


def webhooks() -> dict[str, _Webhook]:
    """The ``webhooks`` of the document, by the type of event."""
    return {event: _Webhook(post=_operation(event)) for event in EVENTS}


def _operation(event: str) -> _Sending:
    model = next(one for one in EVENT_MODELS if event in one.model_fields["type"].annotation.__args__)  # type: ignore[union-attr]
    parameters: list[_Header] = [
        {"name": name, "in": "header", "required": True, "schema": {"type": "string"}, "description": text}
        for name, text in _HEADERS
    ]
    schema: SchemaText = {"$ref": f"#/components/schemas/{model.__name__}"}
    return {
        "operationId": "on" + "".join(word.title() for word in event.replace(".", "_").split("_")),
        "summary": (model.__doc__ or "").strip().rstrip("."),
        "description": "Signed after Standard Webhooks; ten tries over 75 hours; 410 ends it for good.",
        "tags": ["webhooks"],
        "parameters": parameters,
        "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
        "responses": {"2XX": {"description": "Taken"}, "410": {"description": "Send nothing more"}},
    }


EVENTS_LIST: OpenApi = {"responses": {200: {"description": "A page", "model": EventList}, **problems(401, 422)}}
EVENTS_STREAM: OpenApi = {
    "responses": {
        200: {
            "description": "Events `progress` and at last `end`; `data` is the state as JSON, `id` goes into `Last-Event-ID`",
            "content": {"text/event-stream": {"schema": {"type": "string"}}},
        },
        204: {"description": "The end was told before: do not connect again"},
        **problems(401, 404, 410, 503),
    },
    "openapi_extra": {
        "parameters": [
            {
                "name": "Last-Event-ID",
                "in": "header",
                "schema": {"type": "string", "maxLength": 100},
                "description": "The `id` of the last event that was read; only what differs is told again",
            }
        ]
    },
}
