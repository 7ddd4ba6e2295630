"""JSON of another service, read by path: what is missing or of another kind is nothing, never an error."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import JsonValue

from casefile.errors import RequestFault


@dataclass(frozen=True, slots=True)
class ServiceJson:
    """A value somewhere in what a service said."""

    value: JsonValue

    @classmethod
    def read(cls, body: bytes) -> "ServiceJson":
        """A body.

        Raises:
            RequestFault: ``connector-not-understood`` (422).
        """
        try:
            return cls(json.loads(body))
        except (ValueError, RecursionError):
            raise RequestFault("connector-not-understood") from None

    def at(self, *path: str | int) -> "ServiceJson":
        """What stands there."""
        found = self.value
        for step in path:
            if isinstance(step, str) and isinstance(found, dict):
                found = found.get(step)
            elif isinstance(step, int) and isinstance(found, list) and step < len(found):
                found = found[step]
            else:
                return ServiceJson(None)
        return ServiceJson(found)

    def text(self, *path: str | int) -> str:
        """The text or number there, as text; nothing where there is none."""
        found = self.at(*path).value
        if isinstance(found, bool) or not isinstance(found, (str, int)):
            return ""
        return str(found).strip()

    def number(self, *path: str | int) -> int | None:
        """The whole number there."""
        found = self.at(*path).value
        return found if isinstance(found, int) and not isinstance(found, bool) else None

    def texts(self, *path: str | int) -> dict[str, str]:
        """The texts in the object there, by name."""
        found = self.at(*path).value
        return {name: one for name, one in found.items() if isinstance(one, str)} if isinstance(found, dict) else {}

    def each(self, *path: str | int) -> Iterator["ServiceJson"]:
        """What stands in the list there."""
        found = self.at(*path).value
        yield from (ServiceJson(one) for one in found) if isinstance(found, list) else ()
