"""Signing in with a key, once, instead of a dialog of the browser; and out again."""

from urllib.parse import urlsplit

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.form.session import COOKIE, LASTS_SECONDS
from api.form.shell import page, words_of
from api.form.small_form import small_form
from api.problems import describe
from api.service import service_of
from casefile.errors import EvidencePackerError, RequestFault

router = APIRouter(include_in_schema=False)

PATH = "/sign-in"


def _inside(address: str) -> str:
    """The address to go on to, if it is one of ours."""
    parts = urlsplit(address)
    ours = (
        not parts.scheme and not parts.netloc and parts.path.startswith("/") and not address.startswith(("//", "/\\"))
    )
    return address if ours else "/"


@router.get(PATH)
def ask(request: Request) -> Response:
    """Ask for the key."""
    return page(request, "sign_in.html", following=_inside(request.query_params.get("next", "/")), problem=None)


@router.post(PATH)
async def enter(request: Request) -> Response:
    """Open a session for the owner of the key; failed attempts are slowed down."""
    return await run_in_threadpool(_entered, request, await small_form(request))


def _entered(request: Request, form: dict[str, str]) -> Response:
    service = service_of(request)
    following = _inside(form.get("next") or "/")
    address = request.client.host if request.client else ""
    try:
        service.sessions.attempt(address)
        tenant = service.gate.owner(form.get("key", "").strip())
        if tenant is None:
            service.sessions.failed(address)
            raise RequestFault("key-wrong", status=401)
    except EvidencePackerError as error:
        problem = describe(error, words_of(request).catalog)
        reply = page(request, "sign_in.html", problem.status, following=following, problem=problem)
        if problem.retry_after:
            reply.headers["retry-after"] = str(problem.retry_after)
        return reply
    reply = RedirectResponse(following, 303)
    secure = "https" in {request.url.scheme, request.headers.get("x-forwarded-proto", "")}
    reply.set_cookie(
        COOKIE, service.sessions.open(tenant), max_age=LASTS_SECONDS, httponly=True, samesite="lax", secure=secure
    )
    return reply


@router.post("/sign-out")
async def leave(request: Request) -> Response:
    """End the session of this browser."""
    await run_in_threadpool(service_of(request).sessions.check, request.headers, await small_form(request))
    reply = RedirectResponse(PATH, 303)
    reply.delete_cookie(COOKIE)
    return reply
