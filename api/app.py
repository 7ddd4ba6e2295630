"""The HTTP application: routes, the ring around them, and the service behind them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from api.form import pages
from api.form.static_files import StaticShelf
from api.http import (
    batches,
    checks,
    connectors,
    documentation,
    drafts,
    events,
    happened,
    health,
    insights,
    letters,
    notes,
    packs,
    people,
    platforms,
    proposals,
    sentences,
    verify,
    webhooks,
)
from api.http.openapi import ApiDescription
from api.request.methods import Methods
from api.request.packing import Packing
from api.request.parameters import refuse_unknown
from api.request.replies import answer_error, problem_reply
from api.request.trace import Trace
from api.service import Service
from api.settings import Settings
from casefile.errors import EvidencePackerError
from jobs.engine.job_functions import JobFunctions

_ROOMS = (
    events,
    happened,
    packs,
    people,
    notes,
    drafts,
    batches,
    insights,
    webhooks,
    checks,
    connectors,
    proposals,
    letters,
    platforms,
    sentences,
    verify,
    health,
    documentation,
    pages,
)


_PAGES = (health, documentation, pages)
"""What is asked by machines that add what they like, and by people."""


def create_app(settings: Settings | None = None, trade: JobFunctions | None = None) -> FastAPI:
    """The application; its workers start and end with its lifespan.

    Args:
        settings: from the environment when not given.
        trade: who does the work in the worker processes; the project's own when not given.

    Raises:
        SettingsFault: it would be open to others without a key.
        StorageFault: its data folder cannot be used.
        DataFault: a data file is malformed; it is named.
    """
    service = Service(settings or Settings(), trade or JobFunctions())

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(service.start)
        try:
            yield
        finally:
            await run_in_threadpool(service.close)

    app = FastAPI(
        title="Evidence Packer", version=version("evidence-packer"), lifespan=lifespan, docs_url=None, redoc_url=None
    )
    app.state.service = service
    app.openapi = ApiDescription(app)  # type: ignore[method-assign]
    for room in _ROOMS:
        app.include_router(room.router, dependencies=[] if room in _PAGES else [Depends(refuse_unknown)])
    app.mount("/static", StaticShelf(service.house.templates / "web" / "static"))
    for kind in (HTTPException, RequestValidationError, EvidencePackerError):
        app.add_exception_handler(kind, _answer)
    _ring(app, service)
    return app


def _ring(app: FastAPI, service: Service) -> None:
    """What every request passes."""
    app.add_middleware(Packing)
    app.add_middleware(Methods, routes=app.router.routes)
    app.add_middleware(
        Trace, gate=service.gate, answer=answer_error, record=service.metrics.record,
        allowance=service.places.allowance, traces=service.traces,
    )  # fmt: skip


def _answer(request: Request, error: Exception) -> Response:
    return problem_reply(request, error)
