"""JSON pointers (RFC 6901) into a case: how data files and findings name a field."""

from typing import Any

from pydantic import BaseModel

from casefile.case import Case


def _child(value: object, part: str) -> object:
    if isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            if (field.alias or name) == part:
                return getattr(value, name)
        raise KeyError(part)
    if isinstance(value, (tuple, list)):
        return value[int(part)] if int(part) < len(value) else None
    if isinstance(value, dict):
        return value.get(part)
    return None


def resolve(case: Case, pointer: str) -> Any:  # noqa: ANN401  # the type depends on the pointer
    """The value at ``pointer`` (such as ``/claim/opened_at``), or ``None`` where the case leaves it out.

    Raises:
        KeyError: the pointer names a field that cases do not have.
    """
    value: object = case
    for part in pointer.strip("/").split("/"):
        if value is None:
            return None
        value = _child(value, part.replace("~1", "/").replace("~0", "~"))
    return value
