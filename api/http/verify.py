"""Verification over HTTP: a pack's archive, or its manifest with files; what was altered is named, nothing is kept."""

import zipfile

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.http.answers import VerifyAnswer
from api.http.described.packs import VERIFY
from api.request.replies import json_reply
from api.request.uploads import body, named_files, receive_file, received, refuse_strange_parts, spooled
from api.service import catalog_of, service_of, tenant_of
from casefile.errors import RequestFault
from casefile.wording import Catalog
from jobs.records.pack_store import ReceivedFile
from jobs.records.verification import Verification, told, verify_archive, verify_files

router = APIRouter(tags=["verify"])
_ZIP = {"application/zip", "application/octet-stream", "application/x-zip-compressed"}


@router.post("/v1/verify", operation_id="verifyPack", **VERIFY)
async def verify(request: Request) -> Response:
    """Say of every file of a pack whether it is what it was when the pack was sealed."""
    service = service_of(request)
    await run_in_threadpool(service.room, tenant_of(request))
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() in _ZIP:
        async with spooled(service.settings) as folder:
            files = (await receive_file(body(request, service.settings), folder, "pack.zip"),)
            result = await run_in_threadpool(verified, files, catalog_of(request))
    else:
        async with received(request, service.settings) as form:
            refuse_strange_parts(form, ())
            result = await run_in_threadpool(verified, named_files(form.files), catalog_of(request))
    return json_reply(VerifyAnswer(**dict(result), request_id=request.state.request_id))


def verified(files: tuple[ReceivedFile, ...], catalog: Catalog) -> Verification:
    """What became of every file of the pack that was sent.

    Raises:
        RequestFault: ``nothing-to-verify``.
    """
    if not files:
        raise RequestFault("nothing-to-verify", status=422)
    if len(files) == 1 and zipfile.is_zipfile(files[0].path):
        with files[0].path.open("rb") as source:
            return told(verify_archive(source), catalog)
    return told(verify_files((file.name, file.path.read_bytes()) for file in files), catalog)
