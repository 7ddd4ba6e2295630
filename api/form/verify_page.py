"""Is this pack still what it was when it was sealed? Drop the zip and see."""

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.form.case_pages import checked
from api.form.shell import page, words_of
from api.form.typed import is_field
from api.http.verify import verified
from api.request.problems import Problem, describe
from api.request.threads import computed
from api.request.uploads import named_files, received
from api.service import service_of, tenant_of
from casefile.errors import EvidencePackerError
from jobs.records.verification import Verification

router = APIRouter(include_in_schema=False)


def _shown(request: Request, result: Verification | None = None, problem: Problem | None = None) -> Response:
    status = problem.status if problem else 200
    return page(request, "verify.html", status, words=words_of(request), result=result, problem=problem, path="/verify")


@router.get("/verify")
def ask(request: Request) -> Response:
    """Ask for the pack."""
    return _shown(request)


@router.post("/verify")
async def look(request: Request) -> Response:
    """Say of every file whether it holds; nothing is kept."""
    service, words = service_of(request), words_of(request)
    try:
        await run_in_threadpool(service.room, tenant_of(request))
        async with received(request, service.settings, is_field) as form:
            await computed(checked, request, form)
            result = await run_in_threadpool(verified, named_files(form.files), words.catalog)
    except EvidencePackerError as error:
        return await run_in_threadpool(_shown, request, None, describe(error, words.catalog))
    return await run_in_threadpool(_shown, request, result)
