"""What a generated picture shows: the truth that reading is measured against."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One picture. ``legible`` is ``yes``, ``marginal`` or ``no``, by how strong the blur is beside the size of the type.

    ``times`` are ISO 8601 without zone; ``blur`` says ``sharp``, ``marginal`` or ``blurred``; ``hidden``: the numbers
    were covered.
    """

    name: str
    group: str
    language: str
    platform: str
    site: str
    kind: str
    carrier: str | None
    order: str | None
    number: str | None
    times: tuple[str, ...]
    legible: str
    blur: str
    finish: str
    hidden: bool = False

    def plain(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_plain(cls, values: dict[str, Any]) -> "Sample":
        return cls(**{**values, "times": tuple(values["times"])})
