"""A short form without files (``application/x-www-form-urlencoded``), read under a limit."""

from urllib.parse import parse_qsl

from starlette.requests import Request

from api.service import service_of
from api.uploads import body
from casefile.errors import RequestFault

_MOST_BYTES = 1_000_000
_MOST_FIELDS = 50


async def small_form(request: Request) -> dict[str, str]:
    """The fields of a posted form, the last of each name.

    Raises:
        RequestFault: ``body-too-large``, ``too-many-fields``, or as ``api.uploads.body``.
    """
    data = bytearray()
    async for chunk in body(request, service_of(request).settings):
        data += chunk
        if len(data) > _MOST_BYTES:
            raise RequestFault("body-too-large", status=413, limit=_MOST_BYTES // 1_000_000)
    try:
        pairs = parse_qsl(data.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise RequestFault("too-many-fields", status=413, limit=_MOST_FIELDS) from None
    return dict(pairs)
