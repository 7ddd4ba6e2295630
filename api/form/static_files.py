"""Style sheets and scripts: compressed once, vendored ones kept by browsers for good because their address names the version."""

import gzip
import os
from pathlib import Path
from typing import Any

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

_TEXT = (".js", ".css", ".svg", ".txt")
_FOR_GOOD, _ASK = "public, max-age=31536000, immutable", "public, no-cache"


class StaticShelf(StaticFiles):
    """The folder ``templates/web/static``."""

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder)
        self._small: dict[tuple[str, float], bytes] = {}

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """The file, compressed where the browser takes it."""
        reply: Any = super().file_response(full_path, stat_result, scope, status_code)
        reply.headers["cache-control"] = _FOR_GOOD if "/vendor/" in str(full_path) else _ASK
        takes = "gzip" in Headers(scope=scope).get("accept-encoding", "")
        if reply.status_code != 200 or not str(full_path).endswith(_TEXT) or not takes:
            return reply  # type: ignore[no-any-return]  # a Response
        kept = {name: reply.headers[name] for name in ("etag", "last-modified", "cache-control")}
        data = b"" if scope["method"] == "HEAD" else self._compressed(str(full_path), stat_result.st_mtime)
        headers = {**kept, "content-encoding": "gzip", "vary": "Accept-Encoding"}
        return Response(data, headers=headers, media_type=reply.media_type)

    def _compressed(self, path: str, changed: float) -> bytes:
        if (path, changed) not in self._small:
            self._small[path, changed] = gzip.compress(Path(path).read_bytes(), 9, mtime=0)
        return self._small[path, changed]
