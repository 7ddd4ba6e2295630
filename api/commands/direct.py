"""The work without a service: files from the disk, one workshop, results into a folder. Used by the command line."""

import datetime as dt
import hashlib
import shutil
import sys
import uuid
import zipfile
from dataclasses import dataclass
from pathlib import Path

from api.request.file_names import clean_name, clean_names_in
from api.request.readers import partly
from casefile.case import Case
from casefile.errors import FieldFault, RequestFault
from casefile.parse import parse_case
from casefile.plain_case import PlainCase
from casefile.strict_json import read_json
from casefile.upload import Upload
from casefile.wording import Catalog
from jobs.case_work.pack import Pack, PackRequest, ProposalRequest
from jobs.records.archive import write_archive
from jobs.records.folders import contents, versioned
from jobs.records.verification import Verification, told, verify_archive, verify_folder

_CASE = "case.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenFiles:
    """Where a pack was written: its folder and its zip."""

    folder: Path
    archive: Path


def read_file(path: Path) -> bytes:
    """The bytes of a file; ``-`` is standard input.

    Raises:
        RequestFault: ``file-not-here``, naming the file as it was given.
    """
    if str(path) == "-":
        return sys.stdin.buffer.read()
    try:
        return path.read_bytes()
    except OSError:
        raise RequestFault("file-not-here", status=400, file=str(path)) from None


def read_case(path: Path) -> Case:
    """The case in a file."""
    return parse_case(clean_names_in(read_json(read_file(path))))


def verified(path: Path, catalog: Catalog) -> Verification:
    """How every file of a pack stands: its archive, its folder, or its manifest beside its files.

    Raises:
        RequestFault: ``file-not-here``; ``nothing-to-verify``; the archive must not be unpacked.
    """
    if path.name == "manifest.json":
        path = path.parent
    if path.is_dir():
        return told(verify_folder(path), catalog)
    try:
        with path.open("rb") as source:
            return told(verify_archive(source), catalog)
    except OSError:
        raise RequestFault("file-not-here", status=400, file=str(path)) from None


def _laid_out(case: Path, files: list[Path]) -> tuple[Path, list[Path]]:
    """The case file and the evidence files; a folder stands for its files, the case's for its ``case.json`` and the rest."""
    if case.is_dir():
        case, files = case / _CASE, [*files, case]
    found: list[Path] = []
    for path in files:
        found += sorted(one for one in path.iterdir() if _is_evidence(one)) if path.is_dir() else [path]
    return case, found


def _is_evidence(path: Path) -> bool:
    return path.is_file() and path.name != _CASE and not path.name.startswith(".")


def request_of(case: Path, files: list[Path], *, now: str | None, language: str) -> PackRequest:
    """The request that a case file and evidence files, or a folder of both, make.

    Raises:
        RequestFault: a file cannot be read, two have one name, the time or the case cannot be used.
    """
    case, files = _laid_out(case, files)
    uploads, read = _uploads(files), read_case(case)
    return PackRequest(case=read, uploads=uploads, as_of=clock(read, now), language=language)


def proposal_request(
    files: list[Path], text: Path | None, known: Path | None, *, now: str | None, language: str
) -> ProposalRequest:
    """The heap that files, a mail and what is already known make.

    Raises:
        RequestFault: a file cannot be read, two have one name, there is nothing to propose from, or the time is wrong.
    """
    partial = partly(PlainCase(clean_names_in(read_json(read_file(known))) if known else {}))
    mail = read_file(text).decode("utf-8", "replace") if text else ""
    found: list[Path] = []
    for path in files:
        found += sorted(one for one in path.iterdir() if _is_evidence(one)) if path.is_dir() else [path]
    if not found and not mail.strip():
        raise RequestFault("proposal-empty", status=400)
    as_of = moment(now) if now is not None else dt.datetime.now(dt.UTC).replace(microsecond=0)
    return ProposalRequest(partial=partial, text=mail, uploads=_uploads(found), as_of=as_of, language=language)


def _uploads(files: list[Path]) -> tuple[Upload, ...]:
    uploads: dict[str, Upload] = {}
    for place, path in enumerate(files):
        name = clean_name(path.name)
        if name in uploads:
            fault = FieldFault(pointer=f"/files/{place}", code="file-name-twice")
            raise RequestFault("file-name-twice", status=400, faults=(fault,))
        uploads[name] = Upload(name=name, data=read_file(path))
    return tuple(uploads.values())


def clock(case: Case, now: str | None) -> dt.datetime:
    """``now`` when it is given, else the case's own moment, else this one.

    Raises:
        RequestFault: ``time-wrong``: ``now`` is no ISO 8601 time with an offset.
    """
    return moment(now) if now is not None else case.as_of or dt.datetime.now(dt.UTC).replace(microsecond=0)


def moment(text: str) -> dt.datetime:
    """The moment that ``text`` names.

    Raises:
        RequestFault: ``time-wrong``: it is no ISO 8601 time with an offset.
    """
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        raise RequestFault("time-wrong", status=400) from None
    if found.utcoffset() is None:
        raise RequestFault("time-wrong", status=400)
    return found


def write_pack(pack: Pack, target: Path) -> WrittenFiles:
    """Write ``pack`` as a folder and as a zip inside ``target``.

    A different pack of the same name is never overwritten: the new one becomes ``_v2``. The same pack again changes nothing.

    Raises:
        RequestFault: ``folder-not-writable``.
    """

    def claim(name: str, digest: str) -> str:
        if not (target / name).exists() and not (target / f"{name}.zip").exists():
            return digest
        return _contents_of(target / f"{name}.zip")

    try:
        target.mkdir(parents=True, exist_ok=True)
        folder = versioned(pack.folder, contents((file.sha256, file.path) for file in pack.files), claim)
        written = WrittenFiles(folder=target / folder, archive=target / f"{folder}.zip")
        if not written.folder.exists():
            _write_folder(pack, written.folder)
        if not written.archive.exists():
            _write_archive(pack, written.archive, folder)
    except OSError:
        raise RequestFault("folder-not-writable", status=400, folder=str(target)) from None
    return written


def _write_folder(pack: Pack, folder: Path) -> None:
    """Under another name first, so that a folder of this name is always whole."""
    growing = folder.with_name(f".{folder.name}-{uuid.uuid4().hex[:8]}")
    try:
        for file in pack.files:
            path = growing / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.data)
        growing.rename(folder)
    finally:
        shutil.rmtree(growing, ignore_errors=True)


def _write_archive(pack: Pack, archive: Path, folder: str) -> None:
    growing = archive.with_name(f".{archive.name}-{uuid.uuid4().hex[:8]}")
    try:
        with growing.open("xb") as sink:
            write_archive(sink, ((f"{folder}/{file.path}", file.data) for file in pack.files))
        growing.replace(archive)
    finally:
        growing.unlink(missing_ok=True)


def _contents_of(archive: Path) -> str:
    """As ``contents``, of a zip written before; nothing equals what cannot be read."""
    try:
        with zipfile.ZipFile(archive) as opened:
            lines = sorted(
                f"{hashlib.sha256(opened.read(info)).hexdigest()}  {info.filename.partition('/')[2]}"
                for info in opened.infolist()
            )
    except (OSError, zipfile.BadZipFile):
        return ""
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
