"""The address of a request, before anything looks at it: short enough, and nothing but UTF-8 without NUL.

Rows and files take neither NUL nor half characters, each in its own way; refused here, no route has to know.
"""

from urllib.parse import unquote_to_bytes

from starlette.types import Scope

from casefile.errors import RequestFault

MAX_PATH = 2_000
MAX_QUERY = 8_000
"""Longest path and query as sent, in bytes (published limits)."""


def check_address(scope: Scope) -> None:
    """Let an address pass that can be read.

    Raises:
        RequestFault: ``address-too-long`` (414) or ``address-unreadable`` (400).
    """
    path: bytes = scope.get("raw_path") or scope["path"].encode("utf-8", "surrogatepass")
    query: bytes = scope["query_string"]
    if len(path) > MAX_PATH or len(query) > MAX_QUERY:
        raise RequestFault("address-too-long", status=414, path=MAX_PATH, query=MAX_QUERY)
    for part in (path, query.replace(b"+", b" ")):
        plain = unquote_to_bytes(part)
        if b"\x00" in plain or not _is_text(plain):
            raise RequestFault("address-unreadable", status=400)


def _is_text(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
