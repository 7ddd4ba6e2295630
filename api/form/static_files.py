"""Style sheets and scripts: compressed once, vendored ones kept by browsers for good because their address names the version."""

import gzip
from pathlib import Path
from typing import Any

from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Scope

from api.request.threads import computed

_TEXT = (".js", ".css", ".svg", ".txt")
_FOR_GOOD, _ASK = "public, max-age=31536000, immutable", "public, no-cache"


class StaticShelf(StaticFiles):
    """The folder ``templates/web/static``."""

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder)
        self._small: dict[tuple[str, float], bytes] = {}

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, compressed where the browser takes it."""
        reply: Any = await super().get_response(path, scope)
        if not isinstance(reply, (FileResponse, NotModifiedResponse)):
            return reply  # type: ignore[no-any-return]  # a Response
        reply.headers["cache-control"] = _FOR_GOOD if "/vendor/" in f"/{path}" else _ASK
        takes = "gzip" in Headers(scope=scope).get("accept-encoding", "")
        if not isinstance(reply, FileResponse) or reply.status_code != 200 or not path.endswith(_TEXT) or not takes:
            return reply
        kept = {name: reply.headers[name] for name in ("etag", "last-modified", "cache-control")}
        assert reply.stat_result is not None
        changed = reply.stat_result.st_mtime
        data = b"" if scope["method"] == "HEAD" else await computed(self._compressed, str(reply.path), changed)
        headers = {**kept, "content-encoding": "gzip", "vary": "Accept-Encoding"}
        return Response(data, headers=headers, media_type=reply.media_type)

    def _compressed(self, path: str, changed: float) -> bytes:
        if (path, changed) not in self._small:
            self._small[path, changed] = gzip.compress(Path(path).read_bytes(), 9, mtime=0)
        return self._small[path, changed]
