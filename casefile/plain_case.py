"""A case before it is a ``Case``: as JSON, while it is typed, sent or filled in; parts of it may be missing or wrong."""

from dataclasses import dataclass
from typing import Any, Self

from casefile.case import Case
from casefile.pointer import put


@dataclass(frozen=True, slots=True)
class PlainCase:
    """The fields of a case as JSON; ``casefile.parse`` says whether they are one."""

    json: dict[str, Any]

    @classmethod
    def of(cls, case: Case) -> Self:
        """What was said of a case; what was left out is not there."""
        return cls(case.model_dump(mode="json", by_alias=True, exclude_unset=True))

    def get(self, name: str) -> Any:  # noqa: ANN401  # any JSON value
        """A field of the case itself, or ``None``."""
        return self.json.get(name)

    def put(self, pointer: str, value: object, *, over: bool = True) -> bool:
        """Set what a pointer leads to, as ``casefile.pointer.put``."""
        return put(self.json, pointer, value, over=over)
