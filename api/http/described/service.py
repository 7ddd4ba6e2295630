"""What the calls about the service itself and its rules say of themselves."""

from api.http.answers import SentencesAnswer
from api.http.described.parts import OpenApi, problems
from api.http.service_answers import HealthAnswer, PlatformBriefs, ReadinessAnswer, VersionAnswer
from jobs.records.insights import InsightCounts

ABOUT = """Case facts and files in; checked evidence, a named PDF bundle and a letter out.

* `POST /v1/packs` makes everything for one case; `POST /v1/checks` only judges; `POST /v1/letters` only writes.
* Errors are `application/problem+json` with a stable `code`. Texts are English or Chinese: `?lang=zh-Hans` or `Accept-Language`.
* A bad *request* is refused and nothing is kept; a bad *file* is named under `not_included` and its original stays in the pack.
* A request that takes long is answered **202** with `Location`, also where a zip was asked for: look at the status before the body
  is used. `Prefer: wait=60` asks to wait longer (at most as long as the service allows), `Prefer: respond-async` not at all.
* Send an `Idempotency-Key` with everything that makes something: the same request under the same key is done once.
* Answers to what makes work tell how much more may wait for you: `RateLimit-Policy: "queue";q=100`, `RateLimit: "queue";r=97`; a
  full queue is 429 (yours) or 503 (everybody's) with `Retry-After`.
* Query parameters that a call does not know are refused (400), so that a misspelt filter never shows everything.

**Versions.** `/v1` stays as it is: names, types and meanings do not change, codes keep their meaning. New members, codes, kinds and
calls may come at any time, so readers pass over what they do not know. What is to go is announced a year before in the changelog
and by the headers `Deprecation` and `Sunset`; a change that would break readers makes a `/v2` beside it.
"""
TAGS: list[OpenApi] = [
    {
        "name": "packs",
        "description": "One case: its evidence checked, bundled, with a letter; its files; what became of it",
    },
    {"name": "checks", "description": "Evidence judged without making or keeping anything"},
    {"name": "letters", "description": "The letter alone: of a case without files, or of a pack"},
    {"name": "proposals", "description": "The case that a heap of files and a mail are about"},
    {"name": "drafts", "description": "A case being typed, and its files, kept until it becomes a pack"},
    {"name": "batches", "description": "Many cases from a spreadsheet"},
    {"name": "platforms", "description": "The rules as data, with sources, and the sentence bank"},
    {"name": "events", "description": "What happened, in its order"},
    {"name": "webhooks", "description": "Be told when something ends or a deadline comes near"},
    {"name": "connectors", "description": "Tickets and disputes in from other services, packs back to them"},
    {"name": "people", "description": "A person erased from everything that is kept"},
    {"name": "verify", "description": "Whether the files of a pack are what they were"},
    {"name": "service", "description": "Whether it works, which release it is, what it measures"},
]
INSIGHTS: OpenApi = {"responses": {200: {"description": "Counts", "model": InsightCounts}, **problems(401, 422)}}
PLATFORMS: OpenApi = {
    "responses": {200: {"description": "Platforms in short", "model": PlatformBriefs}, **problems(401)}
}
_RULES: OpenApi = {"$ref": "#/components/schemas/Platform"}
PLATFORM: OpenApi = {
    "responses": {
        200: {
            "description": "The rules, as the platform's file holds them",
            "content": {"application/json": {"schema": _RULES}},
        },
        **problems(401, 404),
    }
}
SENTENCES: OpenApi = {
    "responses": {
        200: {
            "description": "Ready sentences: what each needs, and how it reads in English and Chinese",
            "model": SentencesAnswer,
        },
        **problems(401, 422),
    }
}
HEALTH: OpenApi = {"responses": {200: {"description": "It answers", "model": HealthAnswer}}}
READY: OpenApi = {
    "responses": {
        200: {"description": "Packs can be made", "model": ReadinessAnswer},
        503: {"description": "They cannot; `checks` and `reasons` say why", "model": ReadinessAnswer},
    }
}
VERSION: OpenApi = {"responses": {200: {"description": "The release", "model": VersionAnswer}}}
_MEASURED: OpenApi = {"text/plain": {"schema": {"type": "string"}}}
METRICS: OpenApi = {
    "responses": {200: {"description": "Measurements in the Prometheus text format", "content": _MEASURED}}
}
