"""A trade whose workers do what the case's ``extra`` says: crash, hang, refuse, or make a small pack."""

import errno
import hashlib
import os
import time
from pathlib import Path
from types import SimpleNamespace

from casefile.errors import RequestFault
from evidence_packer.report.exhibit_shape import ReportExhibit
from evidence_packer.report.proposal import Proposal, ProposedCase
from evidence_packer.report.shape import Report, ReportCheck, ReportFile, ReportFinding, ReportLetter
from jobs.case_work.pack import Pack, PackFile
from jobs.engine.job_functions import JobFunctions

TRADE = JobFunctions(
    open_workshop="fake_trade:open_workshop",
    make_pack="fake_trade:make_pack",
    check_case="fake_trade:check_case",
    write_letter="fake_trade:write_letter",
    letter_page="fake_trade:letter_page",
    propose="fake_trade:propose",
)


class Bench:
    def __init__(self):
        self.done = 0

    def close(self):
        pass


def open_workshop(**_):
    return Bench()


def _report(request, verdict):
    found = ReportFinding(code="planted", severity="blocker", title="t", detail="d", hint="h")
    return Report(
        verdict=verdict,
        checks=[ReportCheck(code="planted", status="finding", findings=[found] if verdict == "blocked" else [])],
        language=request.language,
        letter=ReportLetter(kind="claim", language="en"),
        exhibits=[ReportExhibit(number=1, file="a.png", kind="tracking")],
        files=[
            ReportFile(name=upload.name, role="original", bytes=len(upload.data), sha256=upload.sha256)
            for upload in request.uploads
        ],
    )


def make_pack(request, workshop, progress=None):
    extra = request.case.extra or {}
    do = extra.get("do")
    if progress:
        progress("read", 0.5)
    if do == "crash":
        os._exit(9)
    if do == "hang":
        time.sleep(60)
    if do == "sleep":
        time.sleep(float(extra["seconds"]))
    if do == "once" and not Path(extra["mark"]).exists():
        Path(extra["mark"]).touch()
        time.sleep(60)
    if do == "crash-once" and not Path(extra["mark"]).exists():
        Path(extra["mark"]).touch()
        os._exit(9)
    if do == "full-once" and not Path(extra["mark"]).exists():
        Path(extra["mark"]).touch()
        raise OSError(errno.ENOSPC, "No space left on device")
    if do == "raise":
        raise RuntimeError("secret of the customer")
    if do == "refuse":
        raise RequestFault("procedure-unknown", status=422, platform="p", allowed="a")
    workshop.done += 1
    report = _report(request, extra.get("verdict", "ready"))
    files = [PackFile(path=f"originals/{upload.name}", role="original", data=upload.data) for upload in request.uploads]
    files += [
        PackFile(path="Evidence.pdf", role="bundle", data=b"%PDF-1.7 bundle", pages=3),
        PackFile(path="Letter.pdf", role="letter", data=b"%PDF-1.7 letter", pages=1),
        PackFile(path="Letter.txt", role="letter_text", data="信 letter".encode()),
        PackFile(path="report.json", role="report", data=hashlib.sha256(repr(report).encode()).digest()),
    ]
    return Pack(folder=f"{request.case.order.id}_{request.case.procedure}", files=tuple(files), report=report)


def check_case(request, workshop, scope, *, pictures, progress):
    """The report; what was asked for is told among its texts, where a door shows it."""
    report = make_pack(request, workshop).report
    asked = (f"scope {scope}", f"pictures {pictures}", *(one.subject for one in request.earlier))
    return report.model_copy(update={"assumptions": asked})


def write_letter(case, as_of, workshop):
    return SimpleNamespace(pdf=b"%PDF-1.7 draft", html="<p>draft</p>", text=SimpleNamespace(text="draft"), letter=None)


def propose(request, workshop, progress):
    """One case that tells what it was asked with."""
    known = request.partial.model_dump(mode="json", by_alias=True, exclude_unset=True)
    names = tuple(upload.name for upload in request.uploads)
    return Proposal.of((ProposedCase(case={**known, "request": request.text}, files=names),))


def letter_page(request, workshop):
    return f"<p>{[upload.name for upload in request.uploads]}</p>"
