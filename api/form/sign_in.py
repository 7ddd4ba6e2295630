"""Signing in with a key, once, instead of a dialog of the browser; and out again."""

from urllib.parse import urlsplit

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.form.shell import check_token, page, session_of, words_of
from api.form.small_form import small_form
from api.request.gate import SIGN_OUT, Knock
from api.request.problems import describe
from api.request.session import COOKIE, LASTS_SECONDS, Session
from api.service import service_of
from casefile.errors import EvidencePackerError

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
    """Open a session for the owner of the key; failed attempts are slowed down. A session from before ends."""
    service, form = service_of(request), await small_form(request)
    following = _inside(form.get("next") or "/")
    try:
        holder = await service.gate.sign_in(form.get("key", "").strip(), Knock.of(request.scope).peer)
    except EvidencePackerError as error:
        return await run_in_threadpool(_refused, request, error, following)
    reply = RedirectResponse(following, 303)
    if holder is None:
        return reply
    await _end(request, await run_in_threadpool(service.sessions.known, request.headers))
    secure = "https" in {request.url.scheme, request.headers.get("x-forwarded-proto", "")}
    reply.set_cookie(
        COOKIE,
        await run_in_threadpool(service.sessions.begin, holder.key_id),
        max_age=LASTS_SECONDS,
        httponly=True,
        samesite="lax",
        secure=secure,
    )
    return reply


def _refused(request: Request, error: EvidencePackerError, following: str) -> Response:
    problem = describe(error, words_of(request).catalog)
    reply = page(request, "sign_in.html", problem.status, following=following, problem=problem)
    if problem.retry_after:
        reply.headers["retry-after"] = str(problem.retry_after)
    return reply


@router.post(SIGN_OUT)
async def leave(request: Request) -> Response:
    """End the session of this browser, for whoever else has its cookie too."""
    await run_in_threadpool(check_token, request, await small_form(request))
    await _end(request, session_of(request))
    reply = RedirectResponse(PATH, 303)
    reply.delete_cookie(COOKIE)
    return reply


async def _end(request: Request, session: Session | None) -> None:
    if session is not None:
        await run_in_threadpool(service_of(request).ended.end, session.id, session.expires)
