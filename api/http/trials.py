"""Answers to keys of the kind `test`: made up, at once, and nothing is kept. For those who build on the service.

The case is judged as a request: what would be refused is refused. The evidence is not looked at: the verdict is what
``extra.test_verdict`` of the case asks for, ``ready`` where it asks for nothing. The same id always gives the same pack.
"""

import functools
import hashlib
import io
from collections.abc import Iterator
from typing import get_args

from api.http.downloads import Piece
from casefile.case import Case
from casefile.errors import RequestFault
from casefile.finding import Verdict
from casefile.wording import Catalog
from evidence_packer.report.shape import Report, ReportCheck, ReportFile, ReportFinding
from jobs.engine.pack_view import Asked, PackView
from jobs.records.archive import write_archive
from jobs.records.pack_store import KeptFile, Result

RUN = "test"
"""The run of a made-up pack."""
_IDS: dict[str, Verdict] = {
    f"{'0' * 20}test0{number}": verdict for number, verdict in enumerate(get_args(Verdict), start=1)
}
_AT = "2026-11-19T09:00:00+00:00"
_ORDER, _PROCEDURE = "112-4829307-7716253", "test"
_FOLDER = f"{_ORDER}_{_PROCEDURE}"
_PAGE = b"BT /F1 24 Tf 72 720 Td (Made-up evidence of a test key) Tj ET"
_SEVERITY = {"blocked": "blocker", "review": "warning"}


def id_of(case: Case) -> str:
    """The id of the made-up pack that a case asks for.

    Raises:
        RequestFault: ``test-verdict-unknown``.
    """
    asked = (case.extra or {}).get("test_verdict", "ready")
    found = next((pack_id for pack_id, verdict in _IDS.items() if verdict == asked), None)
    if found is None:
        raise RequestFault("test-verdict-unknown", status=422, allowed=", ".join(get_args(Verdict)))
    return found


def view_of_trial(pack_id: str, catalog: Catalog, platform: str) -> PackView | None:
    """The made-up pack of this id."""
    verdict = _IDS.get(pack_id)
    if verdict is None:
        return None
    files = tuple(
        KeptFile(name=name, role=role, bytes=len(data), sha256=hashlib.sha256(data).hexdigest(), start=0)
        for name, (role, data) in _files().items()
    )
    archive = _archive()
    result = Result(
        state="succeeded", finished_at=_AT, folder=_FOLDER, verdict=verdict, archive=RUN, archive_bytes=len(archive),
        archive_sha256=hashlib.sha256(archive).hexdigest(), files=files, report=report(verdict, catalog, platform),
    )  # fmt: skip
    asked = Asked(
        id=pack_id, tenant="", created_at=_AT, platform=platform, procedure=_PROCEDURE, reason=None, subject=_ORDER
    )
    return PackView(id=pack_id, state="succeeded", asked=asked, result=result, run=RUN)


def report(verdict: Verdict, catalog: Catalog, platform: str) -> Report:
    """A small report with this verdict, one finding behind it."""
    severity = _SEVERITY.get(verdict)
    texts = {part: catalog.text(f"test_finding.{part}") for part in ("title", "detail", "hint")}
    found = [ReportFinding(code="test", severity=severity, **texts)] if severity else []  # type: ignore[arg-type]  # one of them
    files = tuple(
        ReportFile(name=name, role=role, bytes=len(data), sha256=hashlib.sha256(data).hexdigest())
        for name, (role, data) in _files().items()
    )
    check = ReportCheck(code="test", status="finding" if found else "pass", findings=tuple(found))
    return Report(
        platform=platform, procedure=_PROCEDURE, as_of=_AT, language=catalog.language, verdict=verdict, checks=(check,),
        files=files,
    )  # fmt: skip


def piece_of_trial(name: str | None = None) -> Piece:
    """The archive of a made-up pack, or one of its files.

    Raises:
        RequestFault: ``file-not-found``.
    """
    role_and_data = (RUN, _archive()) if name is None else _files().get(name)
    if role_and_data is None:
        raise RequestFault("file-not-found", status=404)
    data = role_and_data[1]

    def made(first: int, last: int) -> Iterator[bytes]:
        yield data[first:last]

    digest = hashlib.sha256(data).hexdigest()
    return Piece(key="", start=0, length=len(data), sha256=digest, name=name or f"{_FOLDER}.zip", made=made)


@functools.cache
def _files() -> dict[str, tuple[str, bytes]]:
    """Role and bytes of the made-up files by name."""
    return {
        f"OrderID_{_ORDER}_Evidence.pdf": ("bundle", _pdf()),
        f"OrderID_{_ORDER}_Letter.txt": (
            "letter_text",
            "A made-up letter of a test key.\n测试密钥生成的示例信件。\n".encode(),
        ),
    }


@functools.cache
def _archive() -> bytes:
    sink = io.BytesIO()
    write_archive(sink, ((f"{_FOLDER}/{name}", data) for name, (_, data) in _files().items()))
    return sink.getvalue()


def _pdf() -> bytes:
    """One page that says what it is."""
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(_PAGE), _PAGE),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    data, places = bytearray(b"%PDF-1.7\n"), []
    for number, part in enumerate(parts, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(data)
    return bytes(data) + b"xref\n0 6\n0000000000 65535 f \n" + table + end
