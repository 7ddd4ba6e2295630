"""What the calls about webhooks and reminders say of themselves."""

from api.http.described.drafts import DRAFT_DELETE
from api.http.described.parts import OpenApi, SchemaText, json_body, problems
from api.http.webhook_answers import DeliveryList, RemindersAnswer, WebhookAnswer, WebhookList
from jobs.notify.hooks import EVENTS

_HOOK_BODY: SchemaText = {
    "type": "object",
    "required": ["url"],
    "additionalProperties": False,
    "properties": {
        "url": {
            "type": "string",
            "maxLength": 2000,
            "description": "The address that is told; HTTPS, not inside a private network",
            "examples": ["https://hooks.example.com/evidence"],
        },
        "shape": {
            "type": "string",
            "enum": ["standard", "feishu", "dingtalk", "wecom"],
            "description": "For programs, or for a chat tool",
        },
        "events": {
            "type": "array",
            "items": {"type": "string", "enum": list(EVENTS)},
            "description": "What is told; none: all but ping",
        },
        "language": {
            "type": "string",
            "examples": ["zh-Hans"],
            "description": "Language of texts in chat tools",
        },
        "secret": {"type": "string", "description": "The secret of a chat robot"},
    },
}
_MADE = {"description": "The webhook and its secret", "model": WebhookAnswer}
_REMINDERS = {"description": "The reminders", "model": RemindersAnswer}
HOOK_NEW: OpenApi = {
    "status_code": 201,
    "responses": {
        201: _MADE,
        **problems(400, 401, 409, 413, 415, 422),
    },
    "openapi_extra": json_body(_HOOK_BODY),
}
HOOK: OpenApi = {"responses": {200: {"description": "The webhook", "model": WebhookAnswer}, **problems(401, 404)}}
HOOK_LIST: OpenApi = {"responses": {200: {"description": "The webhooks", "model": WebhookList}, **problems(401)}}
HOOK_DELETE: OpenApi = DRAFT_DELETE
HOOK_PING: OpenApi = {
    "status_code": 202,
    "responses": {202: {"description": "It will be sent"}, **problems(401, 404)},
}
DELIVERIES: OpenApi = {
    "responses": {200: {"description": "The deliveries", "model": DeliveryList}, **problems(401, 404)}
}
REPLAY: OpenApi = HOOK_PING
REMINDERS: OpenApi = {"responses": {200: _REMINDERS, **problems(401, 404, 410)}}
REMINDERS_PUT: OpenApi = {
    "responses": {
        200: {"description": "As set", "model": RemindersAnswer},
        **problems(400, 401, 404, 410, 413, 415, 422),
    },
    "openapi_extra": json_body(
        {
            "type": "object",
            "required": ["muted"],
            "properties": {"muted": {"type": "boolean", "description": "Whether the pack is silent"}},
            "additionalProperties": False,
        }
    ),
}
