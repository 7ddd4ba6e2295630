"""Is a pack still what it was when it was sealed? Every file against the manifest and the sums, and these against each other. Pure.

It proves that a pack agrees with itself and names what does not. Who rewrites a file, its sum and the manifest together is not
found out: only a signature proves origin.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from evidence_packer.bind.bundle.manifest import case_digest

MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
State = Literal["intact", "altered", "missing", "unlisted", "contradictory", "unreadable", "not_given"]
_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")
_GOOD = {"intact", "not_given"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One file: its path in the pack, how it stands, the SHA-256 it should have and the one it has."""

    path: str
    state: State
    expected: str | None = None
    found: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """One pack: its folder, its files, and the digest of its originals as computed now (``None`` without a manifest)."""

    folder: str
    files: tuple[Checked, ...]
    case_digest: str | None = None

    @property
    def intact(self) -> bool:
        """Whether every file is there and agrees."""
        return bool(self.files) and all(file.state in _GOOD for file in self.files)


def _sums(data: bytes) -> dict[str, str] | None:
    try:
        lines = [_LINE.fullmatch(line) for line in data.decode("utf-8").splitlines()]
    except UnicodeDecodeError:
        return None
    return {match[2]: match[1] for match in lines if match} if lines and all(lines) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """What a manifest names: path to SHA-256 of the originals and of all files, and its own digest."""

    originals: dict[str, str]
    files: dict[str, str]
    digest: str


def _manifest(data: bytes) -> _Named | None:
    try:
        body = json.loads(data)
        originals = {str(row["path"]): str(row["sha256"]) for row in body["originals"]}
        outputs = {str(row["path"]): str(row["sha256"]) for row in body["outputs"]}
        return _Named(originals=originals, files=originals | outputs, digest=str(body["case_digest"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _compared(path: str, expected: str, found: Mapping[str, str], *, whole: bool) -> Checked:
    actual = found.get(path)
    if actual is None:
        return Checked(path=path, state="missing" if whole else "not_given", expected=expected)
    return Checked(path=path, state="intact" if actual == expected else "altered", expected=expected, found=actual)


def _listed(sums: Mapping[str, str], body: _Named | None, found: Mapping[str, str]) -> Iterator[Checked]:
    """Every path that sums or manifest name; where the two disagree on a file, neither is believed."""
    named: Mapping[str, str] = body.files if body else {}
    for path in sorted(sums.keys() | named.keys()):
        both = {table[path] for table in (sums, named) if path in table}
        if len(both) > 1:
            yield Checked(path=path, state="contradictory", expected=named[path], found=found.get(path))
        else:
            yield _compared(path, both.pop(), found, whole=bool(sums))


def _own(body: _Named | None, found: Mapping[str, str]) -> Iterator[Checked]:
    """What the manifest says of itself."""
    if body is None:
        yield Checked(path=MANIFEST, state="unreadable" if MANIFEST in found else "missing", found=found.get(MANIFEST))
    elif body.digest != case_digest(body.originals):
        yield Checked(path=MANIFEST, state="contradictory", expected=body.digest, found=case_digest(body.originals))


def verify(folder: str, found: Mapping[str, str], manifest: bytes | None, sums: bytes | None) -> Verified:
    """How every file of a pack stands.

    Args:
        folder: the pack's name.
        found: path under the folder → SHA-256 of what is there, manifest and sums included.
        manifest: the bytes of ``manifest.json``, if it is there.
        sums: the bytes of ``SHA256SUMS``, if it is there; without it only what the manifest names is looked at.
    """
    body = _manifest(manifest) if manifest is not None else None
    table = _sums(sums) if sums is not None else {}
    files = list(_own(body, found))
    if table is None:
        files.append(Checked(path=SUMS, state="unreadable", found=found.get(SUMS)))
        table = {}
    if not table and body:
        found = _by_name(found, body.files)
    files += [file for file in _listed(table, body, found) if file.path not in {known.path for known in files}]
    known = {file.path for file in files} | {SUMS, MANIFEST}
    files += [Checked(path=path, state="unlisted", found=found[path]) for path in sorted(found) if path not in known]
    return Verified(
        folder=folder,
        files=tuple(sorted(files, key=lambda file: file.path)),
        case_digest=case_digest(body.originals) if body else None,
    )


def _by_name(found: Mapping[str, str], expected: Mapping[str, str]) -> dict[str, str]:
    """Files sent beside a manifest carry no folder: each stands for the paths of its name, the one that agrees first."""
    placed: dict[str, str] = {}
    for name, digest in found.items():
        same = [path for path in expected if name == path or PurePosixPath(path).name == PurePosixPath(name).name]
        best = next((path for path in same if expected[path] == digest), same[0] if same else name)
        placed[best] = digest
    return placed
