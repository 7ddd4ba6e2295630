"""What is read out of a body, as plain functions of its bytes, so that they can run in a thread or in a process of their own.

They need no service: what a process loads for them is the words of the case and little else.
"""

import resource
import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from pydantic import BaseModel, ValidationError

from api.request.file_names import clean_names_in
from casefile.case import Case
from casefile.errors import FieldFault, RequestFault
from casefile.parse import field_faults, parse_case
from casefile.plain_case import PlainCase
from casefile.strict_json import read_json
from jobs.engine.job_functions import Progress

READ = "api.request.readers:read"
OPEN = "api.request.readers:ReadingDesk"
CPU_SECONDS = 5
_MEMORY_BYTES = 2 << 30
_MOST_FIELDS = 50

Found = TypeVar("Found")
Note = TypeVar("Note", bound=BaseModel)


class ReadingDesk:
    """Where bodies are read in a process of their own; it may use so much memory and no more."""

    def __init__(self) -> None:
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, hard))

    def close(self) -> None:
        """Nothing is held."""


def read(_desk: ReadingDesk, _progress: Progress, *, reader: Callable[..., Found], arguments: tuple[Any, ...]) -> Found:
    """What ``reader`` makes of its arguments; the kernel ends the process when it takes too much of the processor."""
    signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)
    try:
        return reader(*arguments)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class SentCase:
    """A case as it was sent, its file names cleaned, and as it was read."""

    sent: Mapping[str, Any]
    case: Case


def case(data: bytes) -> SentCase:
    """The case in ``data``.

    Raises:
        RequestFault: ``case-invalid`` with every wrong field.
    """
    sent = clean_names_in(read_json(data))
    return SentCase(sent=sent, case=parse_case(sent))


def case_as_kept(data: bytes) -> SentCase:
    """As ``case``, of one that was kept: its file names stay as they are."""
    sent = read_json(data)
    return SentCase(sent=sent, case=parse_case(sent))


def case_or(data: bytes, model: type[Note]) -> SentCase | Note:
    """As ``case``; an object that names a pack is no case but a ``model``.

    Raises:
        RequestFault: ``case-invalid``; ``note-invalid``: it names a pack in a wrong way.
    """
    sent = clean_names_in(read_json(data))
    return noted(sent, model) if "pack_id" in sent else SentCase(sent=sent, case=parse_case(sent))


def draft_body(data: bytes) -> PlainCase:
    """What is to be saved of a draft: ``{"case": {…}}``.

    Raises:
        RequestFault: ``case-invalid``, ``draft-invalid``.
    """
    sent = clean_names_in(read_json(data))
    known = sent.get("case", {})
    if set(sent) - {"case"} or not isinstance(known, dict):
        raise RequestFault("draft-invalid", faults=(FieldFault(pointer="", code="draft-invalid"),))
    return PlainCase(known)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeapBody:
    """What a proposal is asked with besides files: what is known of the case, and a text."""

    case: Case | None = None
    text: str = ""


def partial_case(data: bytes) -> HeapBody:
    """What is known of a case and the text that tells more: ``{"case": {…}, "text": "…"}``, both as they are.

    Raises:
        RequestFault: ``case-invalid``: it is no such object, or holds what no case may.
    """
    sent = clean_names_in(read_json(data))
    known, text = sent.get("case") or {}, sent.get("text") or ""
    if set(sent) - {"case", "text"} or not isinstance(known, dict) or not isinstance(text, str):
        raise RequestFault(
            "proposal-malformed", status=422, faults=(FieldFault(pointer="", code="proposal-malformed"),)
        )
    return HeapBody(case=partly(PlainCase(known)), text=text)


def partly(known: PlainCase) -> Case:
    """What is known of a case; platform and procedure may be missing.

    Raises:
        RequestFault: ``case-invalid``.
    """
    return parse_case({"platform": "", "procedure": "", **known.json})


def note(data: bytes, model: type[Note]) -> Note:
    """The note in ``data``.

    Raises:
        RequestFault: ``note-invalid`` with every wrong field.
    """
    return noted(read_json(data), model)


def noted(sent: Mapping[str, object], model: type[Note], code: str = "note-invalid") -> Note:
    """``sent`` as a ``model``.

    Raises:
        RequestFault: ``code`` with every wrong field.
    """
    try:
        return model.model_validate(sent)
    except ValidationError as error:
        raise RequestFault(code, faults=field_faults(error, sent, model)) from None


def small_form(data: bytes) -> dict[str, str]:
    """The fields of a form without files, the last of each name.

    Raises:
        RequestFault: ``too-many-fields``.
    """
    try:
        pairs = parse_qsl(data.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise RequestFault("too-many-fields", status=413, limit=_MOST_FIELDS) from None
    return dict(pairs)
