"""Drills of answers: what all the refusals of the other drills told about the inside of the service."""

import re

from api.commands.attack.broken import Broken
from api.commands.attack.drill import Drill
from api.commands.attack.target import AttackTarget
from api.commands.attack.wire import JSON
from casefile.discovery import default_root

_LIBRARIES = (
    "pikepdf", "pillow", "starlette", "fastapi", "pydantic", "sqlalchemy", "sqlite3", "uvicorn", "weasyprint", "qpdf",
    "pypdfium", "openpyxl", "calamine", "obstore", "python_multipart", "h11", "dbos",
)  # fmt: skip
_TRACES = re.compile(
    rb'Traceback|File "[^"]+", line|site-packages|\.py\b|Errno|[A-Za-z]+Error\b|object at 0x', re.ASCII
)


def _plain(target: AttackTarget) -> None:
    """No refusal holds a trace, a path or a library's name; each is a problem with a code, none is the service's fault."""
    target.ask("GET", "/no-such-address")
    target.ask("PATCH", "/v1/packs")
    target.ask("POST", "/v1/drafts", headers=[JSON], body=b"{")
    target.ask("POST", "/v1/packs", headers=[("content-type", "text/plain")], body=b"x")
    places = [str(target.folder).encode(), str(default_root()).encode()]
    for reply in target.refusals:
        told = reply.body.lower()
        found = _TRACES.search(reply.body)
        leaks = [found[0]] if found else [one for one in places if one in reply.body]
        leaks += [one.encode() for one in _LIBRARIES if re.search(rb"\b" + one.encode() + rb"\b", told)]
        if leaks:
            raise Broken("leaked", asked=reply.asked, found=leaks[0].decode("utf-8", "replace"))
        if reply.status >= 500:
            raise Broken("answered", asked=reply.asked, expected="4xx", got=f"{reply.status} {reply.code}")
        if "problem+json" in reply.headers.get("content-type", "") and not reply.code:
            raise Broken("answered", asked=reply.asked, expected="code", got=str(reply.status))


DRILLS = (Drill(name="plain-refusals", attempt=_plain, stage="last"),)
