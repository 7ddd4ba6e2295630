"""What worked, over HTTP: counts of outcomes by platform, reason and evidence, and why files were refused."""

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from api.http.described.service import INSIGHTS
from api.request.replies import json_reply
from api.service import service_of, tenant_of

router = APIRouter(tags=["packs"])


@router.get("/v1/insights", operation_id="getInsights", **INSIGHTS)
def insights(
    request: Request,
    *,
    platform: Annotated[str | None, Query(max_length=40, description="Only packs for this platform")] = None,
    since: Annotated[dt.date | None, Query(description="Only packs made on or after this day (UTC)")] = None,
) -> Response:
    """Count outcomes, the evidence that was present, refused files and findings over your packs."""
    found = service_of(request).insights.counts(
        tenant_of(request), platform=platform, since=since.isoformat() if since else None
    )
    return json_reply(found)
