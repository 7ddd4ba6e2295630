"""The rules as data: which platforms there are, and everything one of them says, with sources."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.openapi import PLATFORM, PLATFORMS
from api.replies import json_reply
from api.service import catalog_of, service_of
from casefile.errors import RequestFault
from casefile.platform import Platform

router = APIRouter(tags=["platforms"])


def brief(platform: Platform, language: str) -> dict[str, object]:
    """A platform as a list shows it; names in ``language`` where the file has them, else in English."""

    def name(names: dict[str, str]) -> str:
        return names.get(language, names["en"])

    return {
        "id": platform.id,
        "name": name(platform.name),
        "kind": platform.kind,
        "default_site": platform.default_site,
        "sites": sorted(platform.sites),
        "procedures": [
            {
                "id": key,
                "name": name(procedure.name),
                "subject": procedure.subject,
                "reasons": list(procedure.reasons),
                "letter": procedure.letter,
            }
            for key, procedure in platform.procedures.items()
        ],
        "links": {"self": f"/v1/platforms/{platform.id}"},
    }


@router.get("/v1/platforms", operation_id="listPlatforms", **PLATFORMS)
def listed(request: Request) -> Response:
    """List the platforms with their procedures."""
    service, language = service_of(request), catalog_of(request).language
    return json_reply({"items": [brief(platform, language) for platform in service.house.platforms.values()]})


@router.get("/v1/platforms/{platform_id}", operation_id="getPlatform", **PLATFORM)
def one(request: Request, platform_id: str) -> Response:
    """Show the rules of one platform: procedures, subject, deadlines, limits, evidence needed, sources."""
    platform = service_of(request).house.platforms.get(platform_id)
    if platform is None:
        raise RequestFault("platform-not-found", status=404)
    return json_reply(platform.model_dump(mode="json"))
