"""Is the process there, can it work, what is it, and how busy: for load balancers and people on call."""

import os
import shutil
import uuid
from importlib.metadata import version

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.guard_state import GuardReport
from api.http.described.service import HEALTH, METRICS, READY, VERSION
from api.http.service_answers import HealthAnswer, ReadinessAnswer, ReadinessChecks, VersionAnswer
from api.metrics import CONTENT_TYPE
from api.request.replies import json_reply
from api.service import Service, catalog_of, service_of
from casefile.errors import EvidencePackerError
from reading.guarded.guard import LEAST_LEVEL

router = APIRouter(tags=["service"])


@router.get("/healthz", operation_id="health", **HEALTH)
async def health() -> Response:
    """Say that the process answers: on the loop itself, whatever the threads do."""
    return json_reply(HealthAnswer())


@router.get("/readyz", operation_id="readiness", **READY)
def readiness(request: Request) -> Response:
    """Say whether packs can be made now, and what is missing."""
    service = service_of(request)
    trouble = service.database.trouble()
    checks = ReadinessChecks(
        workers=service.pool.ready > 0,
        database=trouble is None,
        engine=service.engine_works(),
        fonts=any(service.house.fonts.glob("*.*tf")),
        disk=_writable(service),
        room=shutil.disk_usage(service.settings.data).free > service.settings.free_bytes,
        queue=service.pool.waiting < service.settings.queue,
        rules=bool(service.house.platforms),
        guard=service.guard.works(),
    )
    guard, said = service.guard.report(), service.guard.described()
    reasons = {} if guard.level >= LEAST_LEVEL else {"guard": _weak(guard, request)}
    if isinstance(trouble, EvidencePackerError):
        reasons["database"] = catalog_of(request).text(f"error.{trouble.code}.detail", trouble.params)
    if service.dispatch is not None and (strays := service.dispatch.strays[0]):
        reasons["jobs"] = catalog_of(request).text("cli.doctor.jobs_newer", count=strays)
    ready = all(checks.plain().values())
    found = ReadinessAnswer(
        status="ready" if ready else "not_ready",
        checks=checks,
        engine=service.settings.engine,
        role=service.settings.role,
        workers_ready=service.pool.ready,
        workers=service.settings.slots,
        waiting=service.pool.waiting,
        running=service.pool.running,
        ocr=said.ocr if said else (),
        refused=said.refused if said else (),
        allowed=said.allowed if said else (),
        guard_level=guard.level,
        guard_least=guard.least,
        guard_open=guard.open,
        reasons=reasons,
    )
    return json_reply(found, 200 if ready else 503)


def _weak(guard: GuardReport, request: Request) -> str:
    """Why the guard is too weak, also where the settings put up with it."""
    return catalog_of(request).text("cli.doctor.guard_weak", number=guard.level, open=", ".join(guard.open))


def _writable(service: Service) -> bool:
    probe = service.settings.data / f".probe-{uuid.uuid4().hex}"
    try:
        probe.write_bytes(os.urandom(1))
        probe.unlink()
    except OSError:
        return False
    return True


@router.get("/version", operation_id="version", **VERSION)
def versions() -> Response:
    """Name the release and the version of the data formats."""
    return json_reply(VersionAnswer(version=version("evidence-packer")))


@router.get("/metrics", operation_id="metrics", **METRICS)
def metrics(request: Request) -> Response:
    """Count answers by route, packs by verdict, and what waits and runs, in the Prometheus text format."""
    return Response(service_of(request).metrics.text(), media_type=CONTENT_TYPE)
