"""The case and the files of a request, however they came: as a form, or as one JSON body."""

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from api.request.json_uploads import MOST_BYTES, NamedBytes, case_with_files, laid_down
from api.request.uploads import CaseUpload, case_upload, json_body, received, spooled
from api.service import Service, service_of, tenant_of
from casefile.errors import FieldFault, RequestFault
from jobs.records.pack_store import ReceivedFile


@asynccontextmanager
async def case_sent(request: Request) -> AsyncIterator[CaseUpload]:
    """The case with its files, on disk inside the ``async with`` and gone after it.

    Raises:
        RequestFault: see ``received``, ``case_upload`` and ``case_with_files``; ``file-not-found``, ``draft-not-found`` (404).
    """
    service, tenant = service_of(request), tenant_of(request)
    if request.headers.get("content-type", "").split(";", maxsplit=1)[0].strip().lower() != "application/json":
        async with received(request, service.settings) as form:
            yield await case_upload(service.bodies, tenant, form)
        return
    data = await json_body(request, service.settings, MOST_BYTES)
    body = await service.bodies.read(tenant, case_with_files, data)
    async with spooled(service.settings) as folder:
        files = [await run_in_threadpool(_laid_down, service, tenant, folder, file) for file in body.files]
        yield CaseUpload(sent=body.text, plain=body.sent.sent, case=body.sent.case, files=tuple(files))


def _laid_down(service: Service, tenant: str, folder: Path, file: NamedBytes) -> ReceivedFile:
    if not file.draft_id:
        return laid_down(file, folder)
    kept = service.drafts.get(tenant, file.draft_id).file(file.draft_name)
    if kept is None:
        fault = FieldFault(pointer="/files", code="file-not-found")
        raise RequestFault("file-not-found", status=404, faults=(fault,))
    found = service.drafts.fetch_file(kept, folder / uuid.uuid4().hex)
    return ReceivedFile(name=file.name, path=found.path, bytes=found.bytes, sha256=found.sha256)
