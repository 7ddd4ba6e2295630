"""A file as it came in, and what becomes of the ones that cannot be used."""

import hashlib
from dataclasses import dataclass, field

from casefile.text_value import TextValues


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """One uploaded file: its display name and its bytes, never changed."""

    name: str
    data: bytes

    @property
    def sha256(self) -> str:
        """Lower-case hexadecimal SHA-256 of the bytes."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class NotIncluded:
    """A file that is no page of the bundle, with the reason (text: ``not_included.<code>``). Its original is kept."""

    file: str
    code: str
    params: TextValues = field(default_factory=dict)
