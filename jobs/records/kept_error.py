"""What ended a job, as it is kept in a record; ``jobs/faults.py`` makes it of an error and an error of it."""

from typing import Any

from typing_extensions import TypedDict  # the standard one is not taken by Pydantic before Python 3.12


class KeptFault(TypedDict):
    """A wrong field."""

    pointer: str
    code: str
    params: dict[str, Any]


class KeptError(TypedDict):
    """Code, status, wrong fields and the values of its text."""

    code: str
    status: int
    faults: list[KeptFault]
    params: dict[str, Any]
