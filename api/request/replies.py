"""Responses: JSON as UTF-8, problems in the reader's language, what the client would like to receive."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from fastapi.exceptions import RequestValidationError
from starlette.datastructures import URL
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Scope

from api.request.problems import MEDIA_TYPE, Problem, ProblemAnswer, describe
from api.service import catalog_of
from casefile.care import log_failure
from casefile.errors import FieldFault, RequestFault
from casefile.json_model import JsonModel
from casefile.pointer import written
from jobs.faults import understood
from jobs.records.storage_errors import is_unstorable

_BOUNDS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<"}
_BY_STATUS = {404: "route-unknown", 405: "method-not-allowed"}


def json_reply(value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:  # noqa: ANN401  # any JSON value
    """``value`` as JSON: a ``JsonModel`` as it writes itself, or plain JSON."""
    if isinstance(value, JsonModel):
        return Response(value.to_json(), status_code=status, headers=headers, media_type="application/json")
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Response(text.encode(), status_code=status, headers=headers, media_type="application/json")


def problem_of(request: Request, error: BaseException) -> Problem:
    """``error`` in the language of the request; framework errors become ours first."""
    return describe(_ours(error), catalog_of(request))


def problem_answer(request: Request, error: BaseException) -> ProblemAnswer:
    """The problem document for ``error``."""
    problem = problem_of(request, error)
    return problem.answer(instance=request.url.path, request_id=request.state.request_id)


def problem_reply(request: Request, error: BaseException) -> Response:
    """The whole answer for ``error``."""
    problem = problem_of(request, error)
    headers: dict[str, str] = {}
    if problem.retry_after is not None or problem.status in {409, 503}:
        headers["retry-after"] = str(problem.retry_after or 5)
    if problem.status == 401:
        # Never "Basic": a browser would lay its own dialog over what somebody types, and the page would wait for it.
        headers["www-authenticate"] = "Bearer"
    if isinstance(error, HTTPException) and error.headers:
        headers.update(error.headers)
    text = problem.answer(instance=request.url.path, request_id=request.state.request_id).to_json()
    headers["content-language"] = catalog_of(request).language
    return Response(text, status_code=problem.status, headers=headers, media_type=MEDIA_TYPE)


def answer_error(scope: Scope, error: BaseException) -> Response:
    """As ``problem_reply``, for errors met before there is a request; a page that needs a key leads to where one signs in.

    A form that is sent when the session has ended leads there too, and from there back to its page.
    """
    request = Request(scope)
    if getattr(error, "code", "") == "key-missing" and request.method in {"GET", "POST"} and _is_page(request):
        address = request.url if request.method == "GET" else URL(request.headers.get("referer", "/"))
        following = address.path + (f"?{address.query}" if address.query else "")
        return RedirectResponse(f"/sign-in?{urlencode({'next': following})}", 303)
    return problem_reply(request, error)


def _is_page(request: Request) -> bool:
    return not request.url.path.startswith("/v1/") and "text/html" in request.headers.get("accept", "")


def _ours(error: BaseException) -> BaseException:
    if isinstance(error, RequestValidationError):
        faults = tuple(_query_fault(detail) for detail in error.errors())
        return RequestFault("query-invalid", status=422, faults=faults)
    if told := understood(error):
        return told
    if is_unstorable(error):
        log_failure("value-not-storable", error)
        return RequestFault("value-not-storable", status=422)
    if isinstance(error, HTTPException) and error.status_code < 500:
        return RequestFault(_BY_STATUS.get(error.status_code, "request-refused"), status=error.status_code)
    return error


def _query_fault(detail: Any) -> FieldFault:  # noqa: ANN401  # what the framework reports
    context = detail.get("ctx", {})
    allowed = str(context.get("expected", "")).replace("'", "")
    code = "value-not-allowed" if allowed else "query-value-wrong"
    bounds = [f"{sign} {context[name]}" for name, sign in _BOUNDS.items() if name in context]
    if bounds and not allowed:
        code, allowed = "query-value-outside", ", ".join(bounds)
    return FieldFault(pointer=written([str(part) for part in detail["loc"]]), code=code, params={"allowed": allowed})


def wants(request: Request, *offered: str) -> str | None:
    """The media type of ``offered`` that ``Accept`` likes best (RFC 9110, 12.5.1); the first one when it does not care."""
    header = request.headers.get("accept") or "*/*"
    weights = {media_type: _weight(header, media_type) for media_type in offered}
    best = max(weights.values())
    return None if best[0] <= 0 else next(name for name in offered if weights[name] == best)


def _weight(header: str, media_type: str) -> tuple[float, int]:
    """How much ``header`` likes ``media_type``, 0 to 1, and how exactly it names it; the most exact range decides."""
    family = media_type.split("/", maxsplit=1)[0]
    exactness = {media_type: 3, f"{family}/*": 2, "*/*": 1}
    found = (0.0, 0)
    for part in header.split(",")[:40]:
        name, _, options = part.partition(";")
        exact = exactness.get(name.strip().lower(), 0)
        if exact > found[1]:
            found = (_quality(options), exact)
    return found


def _quality(options: str) -> float:
    for option in options.split(";"):
        name, _, value = option.partition("=")
        if name.strip().lower() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0
