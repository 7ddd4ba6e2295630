"""What the calls about the service itself and its rules say of themselves."""

from typing import Any

from api.http.answers import SentencesAnswer
from api.http.described.parts import problems
from api.http.service_answers import HealthAnswer, PlatformBriefs, ReadinessAnswer, VersionAnswer
from jobs.records.insights import InsightCounts

INSIGHTS: dict[str, Any] = {"responses": {200: {"description": "Counts", "model": InsightCounts}, **problems(401, 422)}}
PLATFORMS: dict[str, Any] = {
    "responses": {200: {"description": "Platforms in short", "model": PlatformBriefs}, **problems(401)}
}
PLATFORM: dict[str, Any] = {"responses": {200: {"description": "The rules"}, **problems(401, 404)}}
SENTENCES: dict[str, Any] = {
    "responses": {
        200: {
            "description": "Ready sentences: what each needs, and how it reads in English and Chinese",
            "model": SentencesAnswer,
        },
        **problems(401, 422),
    }
}
HEALTH: dict[str, Any] = {"responses": {200: {"description": "It answers", "model": HealthAnswer}}}
READY: dict[str, Any] = {
    "responses": {
        200: {"description": "Packs can be made", "model": ReadinessAnswer},
        503: {"description": "They cannot; `checks` and `reasons` say why", "model": ReadinessAnswer},
    }
}
VERSION: dict[str, Any] = {"responses": {200: {"description": "The release", "model": VersionAnswer}}}
METRICS: dict[str, Any] = {"responses": {200: {"content": {"text/plain": {"schema": {"type": "string"}}}}}}
