"""A case as it arrives becomes a Case, or a list of every wrong field.

Pydantic says what is wrong in its own words; callers get JSON pointers and stable codes instead (``error.<code>.*`` in the
catalogs), and never the value they sent.
"""

import re
from collections.abc import Mapping

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from casefile.case import Case
from casefile.errors import FieldFault, RequestFault
from casefile.half_known import as_it_was
from casefile.limits import MAX_FAULTS
from casefile.pointer import fields_at, written
from casefile.strict_json import clean_pointer, plain_object, read_json
from casefile.text_value import TextValue

_CODES: Mapping[str, str] = {
    "extra_forbidden": "field-unknown",
    "missing": "field-missing",
    "literal_error": "value-not-allowed",
    "string_type": "text-expected",
    "string_unicode": "text-unprintable",
    "string_too_long": "text-too-long",
    "string_pattern_mismatch": "format-wrong",
    "date_parsing": "date-malformed",
    "date_from_datetime_parsing": "date-malformed",
    "date_from_datetime_inexact": "date-malformed",
    "model_type": "object-expected",
    "model_attributes_type": "object-expected",
    "dict_type": "object-expected",
    "dict_attributes_type": "object-expected",
    "list_type": "list-expected",
    "tuple_type": "list-expected",
    "too_long": "list-too-long",
    "decimal_max_digits": "number-too-long",
    "decimal_max_places": "number-too-long",
    "decimal_whole_digits": "number-too-long",
    "greater_than_equal": "number-out-of-range",
}  # fmt: skip
_FAMILIES: Mapping[str, str] = {
    "datetime": "time-malformed",
    "int": "number-expected",
    "float": "number-expected",
    "decimal": "number-expected",
    "finite": "number-expected",
    "bool": "yes-no-expected",
    "is": "object-expected",
}
_OURS = re.compile(r"[a-z]+(-[a-z]+)+")
_LIMITS = {"max_length": "limit", "ge": "limit", "max_digits": "limit", "decimal_places": "limit"}


def parse_case(data: bytes | str | Mapping[str, object]) -> Case:
    """The case in ``data``: JSON bytes or text, or an object already read.

    Raises:
        RequestFault: ``case-invalid``; ``faults`` holds every wrong field at once (at most 100), in the order of the case.
    """
    sent = as_it_was(read_json(data) if isinstance(data, (bytes, str)) else plain_object(dict(data)))
    try:
        return Case.model_validate(sent)
    except ValidationError as error:
        raise RequestFault("case-invalid", faults=field_faults(error, sent)) from None


def field_faults(error: ValidationError, sent: object, whole: type[BaseModel] = Case) -> tuple[FieldFault, ...]:
    """Pydantic's findings about ``sent``, which was to be a ``whole``: a fault per pointer and code, at most ``MAX_FAULTS``."""
    faults: dict[tuple[str, str], FieldFault] = {}
    for detail in error.errors(include_url=False, include_input=False):
        names, value, in_union = _place(detail, sent)
        if in_union and _other_branch(detail["type"], value):
            continue
        pointer = clean_pointer(names)
        code = _code(detail["type"], names)
        if (pointer, code) not in faults:
            params = _params(detail, code, names, whole)
            faults[pointer, code] = FieldFault(pointer=pointer, code=code, params=params)
        if len(faults) == MAX_FAULTS:
            break
    return tuple(faults.values())


def _place(detail: ErrorDetails, sent: object) -> tuple[tuple[str | int, ...], object, bool]:
    """Where the fault is in what was sent; Pydantic also writes the branch of a union into the path, which is dropped."""
    names: list[str | int] = []
    value, in_union = sent, False
    for last, part in zip([False] * (len(detail["loc"]) - 1) + [True], detail["loc"], strict=True):
        inner = _step(value, part)
        if inner is _ABSENT and not (last and detail["type"] == "missing"):
            in_union = in_union or part != "[key]"
            continue
        names.append(part)
        value = None if inner is _ABSENT else inner
    return tuple(names), value, in_union


_ABSENT = object()


def _step(value: object, part: str | int) -> object:
    if isinstance(value, dict):
        return value.get(part, _ABSENT)
    if isinstance(value, (list, tuple)) and isinstance(part, int) and part < len(value):
        return value[part]
    return _ABSENT


def _other_branch(kind: str, value: object) -> bool:
    """Whether this finding belongs to the form of a text (plain, or by language) that the caller did not choose."""
    if isinstance(value, dict):
        return kind == "string_type"
    return kind == "dict_type"


def _code(kind: str, names: tuple[str | int, ...]) -> str:
    if kind == "missing" and names and isinstance(names[-1], int):
        return "list-too-short"
    if kind in _CODES:
        return _CODES[kind]
    if _OURS.fullmatch(kind):
        return kind
    return _FAMILIES.get(kind.split("_", maxsplit=1)[0], "value-wrong")


def _params(
    detail: ErrorDetails, code: str, names: tuple[str | int, ...], whole: type[BaseModel]
) -> dict[str, TextValue]:
    context = detail.get("ctx", {})
    params = {_LIMITS[name]: value for name, value in context.items() if name in _LIMITS}
    if code == "value-not-allowed":
        params["allowed"] = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
    if code in {"field-unknown", "field-missing"}:
        params["field"] = clean_pointer(names[-1:])[1:]
    if code == "field-unknown":
        params["allowed"] = ", ".join(fields_at(written(names[:-1]), whole))
    return params
