"""A form with files as bytes (RFC 7578), for services that take files no other way."""

import hashlib
import mimetypes
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSent:
    """A form as it is sent."""

    headers: Mapping[str, str]
    body: bytes


def form(fields: Mapping[str, str], files: Sequence[tuple[str, str, bytes]]) -> FormSent:
    """A form: fields by name, files as (field, file name, bytes). The same form gives the same bytes."""
    digest = hashlib.sha256(repr(sorted(fields)).encode())
    for _, name, data in files:
        digest.update(name.encode() + data)
    boundary = digest.hexdigest()[:40]
    parts = [_part(boundary, f'name="{_quoted(name)}"', "", value.encode()) for name, value in fields.items()]
    for field, name, data in files:
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        about = f'name="{_quoted(field)}"; filename="{_quoted(name)}"'
        parts.append(_part(boundary, about, f"content-type: {kind}\r\n", data))
    body = b"".join([*parts, f"--{boundary}--\r\n".encode()])
    return FormSent(headers={"content-type": f"multipart/form-data; boundary={boundary}"}, body=body)


def _part(boundary: str, about: str, more: str, data: bytes) -> bytes:
    return f"--{boundary}\r\ncontent-disposition: form-data; {about}\r\n{more}\r\n".encode() + data + b"\r\n"


def _quoted(name: str) -> str:
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
