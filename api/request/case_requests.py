"""From a parsed upload to what the work book keeps: admitted, dated, with the ids it is found by."""

import datetime as dt

from api.request.uploads import CaseUpload
from casefile.admission import admit
from casefile.case import Case
from casefile.house import House
from casefile.subject import subject_id
from casefile.turn import due_at
from jobs.records.pack_store import Accepted, KeptUpload, ReceivedFile


def accepted(  # noqa: PLR0913  # each says one thing about the request
    upload: CaseUpload,
    house: House,
    *,
    pack_id: str,
    tenant: str,
    language: str,
    strict: bool,
    now: dt.datetime,
    trace: str = "",
) -> Accepted:
    """The record of a request.

    Raises:
        RequestFault: the case names no platform, procedure, site or subject that exists.
    """
    case = upload.case
    platform, procedure = admit(case, house)
    return Accepted(
        id=pack_id,
        tenant=tenant,
        created_at=now.isoformat(),
        as_of=clock(case, now).isoformat(),
        language=language,
        strict=strict,
        platform=case.platform,
        procedure=case.procedure,
        subject=subject_id(case, procedure.subject) or "",
        order_ids=order_ids(case),
        case=dict(upload.plain),
        uploads=tuple(KeptUpload(name=file.name, bytes=file.bytes, sha256=file.sha256) for file in upload.files),
        due_at=due_at(case, platform, procedure),
        trace=trace,
    )


def clock(case: Case, now: dt.datetime) -> dt.datetime:
    """The moment against which deadlines are judged: the case's own, else now."""
    return case.as_of or now


def order_ids(case: Case) -> tuple[str, ...]:
    """The order ids under which a pack is found."""
    found = [case.order.id if case.order else None, *(line.id for line in case.orders)]
    return tuple(dict.fromkeys(order_id for order_id in found if order_id))


def files_on_disk(files: tuple[ReceivedFile, ...]) -> tuple[tuple[str, str], ...]:
    """Names of files, and where they lie."""
    return tuple((file.name, str(file.path)) for file in files)
