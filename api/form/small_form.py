"""A short form without files (``application/x-www-form-urlencoded``), read under a limit."""

from starlette.requests import Request

from api.request.readers import small_form as fields_of
from api.request.uploads import body
from api.service import service_of, tenant_of
from casefile.errors import RequestFault

_MOST_BYTES = 1_000_000


async def small_form(request: Request) -> dict[str, str]:
    """The fields of a posted form, the last of each name.

    Raises:
        RequestFault: ``body-too-large``, ``too-many-fields``, or as ``api.request.uploads.body``.
    """
    data = bytearray()
    async for chunk in body(request, service_of(request).settings):
        data += chunk
        if len(data) > _MOST_BYTES:
            raise RequestFault("body-too-large", status=413, limit=_MOST_BYTES // 1_000_000)
    return await service_of(request).bodies.read(tenant_of(request), fields_of, bytes(data))
