"""The sentence bank over HTTP: ready sentences by code, with what they need and how they read, for forms and order systems."""

from typing import Literal

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from api.http.answers import SentenceAnswer, SentencesAnswer
from api.http.described.service import SENTENCES
from api.request.replies import json_reply
from api.service import service_of
from casefile.wording import as_shown
from jobs.case_work.kinds.sentence_bank import FIELD_OF, bank_choices

router = APIRouter(tags=["platforms"])

_LANGUAGES = ("en", "zh-Hans")
"""Languages in which the whole bank is written; facts exist in every language of letters."""


@router.get("/v1/sentences", operation_id="listSentences", **SENTENCES)
def listed(
    request: Request,
    use: Literal["cause", "action", "prevention", "fact"] | None = Query(
        None, description="Only sentences for this use."
    ),
    scenario: str | None = Query(None, description="Only sentences of this scenario, such as `carrier`."),
) -> Response:
    """List the ready sentences: a `code` with its `slots` in `root_causes`, `actions_taken`, `preventions` or `facts` is enough."""
    house = service_of(request).house
    catalogs = {language: house.catalogs.of(language) for language in _LANGUAGES}
    items = tuple(
        SentenceAnswer(
            code=choice.code,
            use=choice.use,
            field=FIELD_OF[choice.use],
            scenario=choice.scenario_id,
            scenario_name=dict(choice.scenario),
            slots=dict(choice.slots),
            confesses=choice.confesses,
            text={language: as_shown(catalog.text(f"bank.{choice.code}")) for language, catalog in catalogs.items()},
        )
        for choice in bank_choices(house.templates, use)
        if scenario is None or choice.scenario_id == scenario
    )
    return json_reply(SentencesAnswer(items=items))
