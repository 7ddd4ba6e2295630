"""What came in through the form, as a case with files: typed fields, files per kind of evidence."""

import json
from dataclasses import dataclass, replace

from api.form.entries import case_from
from api.multipart import Form
from api.uploads import CaseUpload, named_files
from casefile.case import Case
from casefile.parse import parse_case
from casefile.platform import Platform
from jobs.shelf import ReceivedFile

FILES = "files"


def is_field(part: str) -> bool:
    """Whether a part of the form is typed text and no file."""
    return not (part == FILES or part.startswith(FILES + "."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """The fields as typed, and the files in order with the kind they were put under (``None``: not said)."""

    fields: dict[str, str]
    files: tuple[tuple[ReceivedFile, str | None], ...]


def _renamed(files: list[tuple[ReceivedFile, str | None]]) -> tuple[tuple[ReceivedFile, str | None], ...]:
    """Two screenshots called ``image.png`` are two files: the second becomes ``image_02.png``."""
    taken: set[str] = set()
    found = []
    for file, kind in files:
        stem, dot, ending = file.name.rpartition(".") if "." in file.name else (file.name, "", "")
        name, number = file.name, 2
        while name in taken:
            name, number = f"{stem}_{number:02d}{dot}{ending}", number + 1
        taken.add(name)
        found.append((replace(file, name=name), kind))
    return tuple(found)


def typed(form: Form) -> Typed:
    """The parts of a posted form; empty file inputs are nothing."""
    fields = {field.part: field.value.decode("utf-8", errors="replace") for field in form.fields}
    files = [
        (file, part.part.removeprefix(FILES).removeprefix(".") or None)
        for part in form.files
        for file in named_files((part,))
    ]
    return Typed(fields=fields, files=_renamed(files))


def upload_from(sent: Typed, platform: Platform, procedure_id: str) -> CaseUpload:
    """The case and files of a form.

    Raises:
        RequestFault: ``case-invalid`` with every wrong field.
    """
    plain = case_from(sent.fields, platform, procedure_id)
    plain["files"] = [{"name": file.name, **({"kind": kind} if kind else {})} for file, kind in sent.files]
    data = json.dumps(plain, ensure_ascii=False).encode("utf-8")
    case: Case = parse_case(plain)
    return CaseUpload(sent=data, plain=plain, case=case, files=tuple(file for file, _ in sent.files))
