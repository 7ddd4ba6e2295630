"""What every page stands in: words in the reader's language, the frame of the template, headers that let nothing foreign in."""

import functools
import gzip
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api.form.words import LANGUAGES, PageWords
from api.request.language import choose
from api.request.problems import Problem, describe
from api.request.session import Session
from api.service import service_of
from casefile.errors import EvidencePackerError

COOKIE = "language"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
NAV = (("/", "desk"), ("/new", "new"), ("/batches", "batches"), ("/insights", "insights"), ("/verify", "verify"))
"""Address and name (``form.nav.<name>``) of the pages reached from everywhere."""
_SMALL = 1000


def words_of(request: Request) -> PageWords:
    """Words in the language of ``?lang``, else of the cookie, else of the browser."""
    house = service_of(request).house
    wanted = request.query_params.get("lang") or request.cookies.get(COOKIE)
    return PageWords(choose(house.catalogs, wanted, request.headers.get("accept-language")), house)


@functools.cache
def _environment(folder: Path) -> Environment:
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def session_of(request: Request) -> Session | None:
    """The session a request came with; ``None`` where nobody signed in, or a key came with the request itself."""
    found: Session | None = getattr(request.state, "session", None)
    return found


def token_of(request: Request) -> str:
    """The token that forms of a signed-in browser carry; empty where nobody signs in."""
    return service_of(request).sessions.token(session_of(request))


def check_token(request: Request, fields: Mapping[str, str] | None = None) -> None:
    """Refuse a changing request of a session without its token.

    Raises:
        RequestFault: ``token-wrong``.
    """
    service_of(request).sessions.check(session_of(request), request.headers, fields)


def render(request: Request, template: str, words: PageWords, **values: Any) -> str:  # noqa: ANN401  # whatever it shows
    """A template of ``templates/web`` as HTML."""
    folder = service_of(request).house.templates / "web"
    return _environment(folder).get_template(template).render(
        words=words, t=words.catalog.text, lang=words.catalog.language, **{"csrf": token_of(request), **values}
    )  # fmt: skip


def page(
    request: Request, template: str, status: int = 200, *, words: PageWords | None = None, at: int = 0, **values: Any  # noqa: ANN401  # whatever it shows
) -> Response:  # fmt: skip
    """A whole page; ``at`` is the step a person is in (0: none)."""
    known = words or words_of(request)
    path = values.pop("path", request.url.path)

    def language_link(tag: str) -> str:
        kept = [(k, v) for k, v in request.query_params.multi_items() if k != "lang"]
        return f"{path}?{urlencode([*kept, ('lang', tag)])}"

    values.setdefault("steps", {})
    values.setdefault("csrf", token_of(request))
    html = render(
        request, template, known, languages=LANGUAGES, language_link=language_link, nav=NAV, here=request.url.path, at=at,
        **values,
    )  # fmt: skip
    response = html_reply(request, html, status)
    if request.query_params.get("lang"):
        remember_language(response, known.catalog.language)
    return response


def html_reply(request: Request, html: str, status: int = 200) -> Response:
    """HTML with the policy of the pages, compressed where the browser takes it."""
    body, headers = html.encode(), {"content-security-policy": POLICY, "cache-control": "no-store"}
    if len(body) > _SMALL and "gzip" in request.headers.get("accept-encoding", ""):
        body = gzip.compress(body, 5, mtime=0)
        headers["content-encoding"] = "gzip"
    return HTMLResponse(body, status, headers=headers)


def remember_language(response: Response, tag: str) -> None:
    """Keep the chosen language for a year."""
    response.set_cookie(COOKIE, tag, max_age=31_536_000, samesite="lax", httponly=True)


def problem_page(request: Request, error: EvidencePackerError | Problem, words: PageWords | None = None) -> Response:
    """A page that says what went wrong and what to do."""
    known = words or words_of(request)
    problem = error if isinstance(error, Problem) else describe(error, known.catalog)
    return page(request, "problem.html", problem.status, words=known, problem=problem)
