"""The rules as data: which platforms there are, and everything one of them says, with sources."""

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from api.http.described.service import PLATFORM, PLATFORMS
from api.http.platforms_in_brief import brief
from api.http.service_answers import PlatformBriefs
from api.request.replies import json_reply
from api.service import catalog_of, service_of
from casefile.errors import RequestFault

router = APIRouter(tags=["platforms"])


@router.get("/v1/platforms", operation_id="listPlatforms", **PLATFORMS)
def listed(request: Request) -> Response:
    """List the platforms with their procedures."""
    service, language = service_of(request), catalog_of(request).language
    return json_reply(PlatformBriefs(items=tuple(brief(one, language) for one in service.house.platforms.values())))


@router.get("/v1/platforms/{platform_id}", operation_id="getPlatform", **PLATFORM)
def one(request: Request, platform_id: Annotated[str, Path(description="The id of the platform")]) -> Response:
    """Show the rules of one platform: procedures, subject, deadlines, limits, evidence needed, sources."""
    platform = service_of(request).house.platforms.get(platform_id)
    if platform is None:
        raise RequestFault("platform-not-found", status=404)
    return json_reply(platform.model_dump(mode="json"))
