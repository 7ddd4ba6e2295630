"""Query parameters that a call does not know are refused by name: a misspelt filter must not silently show everything."""

from typing import Any

from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.requests import Request

from casefile.errors import FieldFault, RequestFault
from casefile.pointer import written

_EVERYWHERE = frozenset({"lang"})
_MOST_NAMED, _LONGEST = 20, 80


async def refuse_unknown(request: Request) -> None:
    """Let a request pass whose query names only what its route takes.

    Raises:
        RequestFault: ``query-unknown`` (400) with every unknown name and the list of known ones.
    """
    route: Any = request.scope.get("route")
    if not isinstance(route, APIRoute):
        return
    allowed = known(route)
    strange = [name for name in dict.fromkeys(request.query_params.keys()) if name not in allowed]
    if strange:
        listed = ", ".join(sorted(allowed))
        faults = tuple(
            FieldFault(pointer=written(["query", name[:_LONGEST]]), code="query-unknown", params={"allowed": listed})
            for name in strange[:_MOST_NAMED]
        )
        raise RequestFault("query-unknown", status=400, faults=faults, allowed=listed)


def known(route: APIRoute) -> frozenset[str]:
    """The names of the query parameters that a route takes."""
    found = set(_EVERYWHERE)
    for field in route.dependant.query_params:
        kind = field.field_info.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            found |= {inner.alias or name for name, inner in kind.model_fields.items()}
        else:
            found.add(field.alias)
    return frozenset(found)
