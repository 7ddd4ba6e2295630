"""Packs that come back: an archive, a folder, or a manifest with files, hashed file by file and verified. Nothing is kept."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO

from pydantic import Field

from casefile.errors import RequestFault
from casefile.json_model import JsonModel
from casefile.wording import Catalog
from evidence_packer.bind.bundle.verify import MANIFEST, SUMS, Verified, verify
from jobs.records.archive import ArchiveLimits, read_archive

_LIMITS = ArchiveLimits(entries=50_000, total_bytes=2_000_000_000)
_TABLE_BYTES = 20_000_000
"""Longest manifest or list of sums that is read."""


class VerifiedFile(JsonModel):
    """How one file of a pack stands."""

    path: str = Field(description="Path in the folder of the pack")
    state: str = Field(description="intact, altered, missing, unlisted, contradictory, unreadable or not_given")
    expected: str | None = Field(default=None, description="SHA-256 that the manifest names")
    found: str | None = Field(default=None, description="SHA-256 of the file that was sent")
    text: str = Field(description="The state in words")


class VerifiedPack(JsonModel):
    """How one pack stands."""

    folder: str = Field(description="Name of its folder; empty where the files were sent without one")
    intact: bool = Field(description="Whether every file is what it was")
    case_digest: str | None = Field(default=None, description="One hash over every original")
    files: tuple[VerifiedFile, ...] = Field(description="Every file with its state")


class Verification(JsonModel):
    """How every file of a pack stands."""

    intact: bool = Field(description="Whether every file of every pack is what it was")
    text: str = Field(description="The verdict in words")
    note: str = Field(description="What this does and does not prove")
    packs: tuple[VerifiedPack, ...] = Field(description="Every pack that was found")


class _Pack:
    """What is known of one folder."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self.tables: dict[str, bytes] = {}

    def add(self, path: str, data: bytes) -> None:
        self.found[path] = hashlib.sha256(data).hexdigest()
        if path in {MANIFEST, SUMS} and len(data) <= _TABLE_BYTES:
            self.tables[path] = data


def _verified(packs: Mapping[str, _Pack]) -> tuple[Verified, ...]:
    sealed = {name: pack for name, pack in packs.items() if pack.tables}
    if not sealed:
        raise RequestFault("nothing-to-verify", status=422)
    return tuple(
        verify(name, pack.found, pack.tables.get(MANIFEST), pack.tables.get(SUMS))
        for name, pack in sorted(sealed.items())
    )


def _by_folder(files: Iterable[tuple[str, bytes]]) -> tuple[Verified, ...]:
    packs: dict[str, _Pack] = {}
    for name, data in files:
        folder, _, path = name.partition("/")
        packs.setdefault(folder if path else "", _Pack()).add(path or folder, data)
    return _verified(packs)


def verify_archive(source: IO[bytes]) -> tuple[Verified, ...]:
    """Every pack of an archive.

    Raises:
        ArchiveFault: it must not be unpacked. RequestFault: ``nothing-to-verify``: it holds neither manifest nor sums.
    """
    return _by_folder(read_archive(source, _LIMITS))


def verify_folder(folder: Path) -> tuple[Verified, ...]:
    """The pack in ``folder``, or every pack in the folders in it; links are not followed.

    Raises:
        RequestFault: ``nothing-to-verify``.
    """
    if (folder / MANIFEST).exists() or (folder / SUMS).exists():
        return _by_folder((f"{folder.resolve().name}/{path}", data) for path, data in _files(folder))
    return _by_folder(_files(folder))


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def verify_files(files: Iterable[tuple[str, bytes]]) -> tuple[Verified, ...]:
    """A manifest (and sums) with files of its pack, by name.

    Raises:
        RequestFault: ``nothing-to-verify``.
    """
    pack = _Pack()
    for name, data in files:
        pack.add(name, data)
    return _verified({"": pack})


def told(results: Iterable[Verified], catalog: Catalog) -> Verification:
    """The result with its verdict in words."""
    packs = tuple(
        VerifiedPack(
            folder=result.folder,
            intact=result.intact,
            case_digest=result.case_digest,
            files=tuple(
                VerifiedFile(
                    path=f.path,
                    state=f.state,
                    expected=f.expected,
                    found=f.found,
                    text=catalog.text(f"verify.{f.state}", file=f.path),
                )
                for f in result.files
            ),
        )
        for result in results
    )
    intact = all(pack.intact for pack in packs)
    text = catalog.text("verify.good" if intact else "verify.bad")
    return Verification(intact=intact, text=text, note=catalog.text("verify.note"), packs=packs)
