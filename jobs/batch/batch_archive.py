"""The uploaded archive of a batch, read where it lies: nothing is unpacked but the file that is wanted, and that under a limit."""

import contextlib
import hashlib
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from casefile.limits import FILE_BYTES
from jobs.records.archive import ArchiveFault, ArchiveLimits, members, read_member
from jobs.records.pack_store import ReceivedFile
from jobs.records.store import Store

LIMITS = ArchiveLimits(entries=100_000, total_bytes=20_000_000_000, ratio=100)
"""What the archive of a batch may hold (published limits); one file of it at most ``FILE_BYTES``."""


class Members:
    """The files of an archive; use it inside ``opened``."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._infos = {info.filename.replace("\\", "/"): info for info in members(archive, LIMITS)}

    @property
    def names(self) -> list[str]:
        """Paths of the files, with forward slashes."""
        return list(self._infos)

    def fetch(self, member: str, name: str, target: Path) -> ReceivedFile:
        """Write one file to ``target``.

        Raises:
            ArchiveFault: it is damaged, or larger than it may be.
        """
        if member not in self._infos:  # left out by ``keep``
            raise ArchiveFault("archive-unreadable")
        digest, size = hashlib.sha256(), 0
        with target.open("xb") as sink:
            for chunk in read_member(self._archive, self._infos[member], FILE_BYTES, LIMITS.ratio):
                digest.update(chunk)
                size += len(chunk)
                sink.write(chunk)
        return ReceivedFile(name=name, path=target, bytes=size, sha256=digest.hexdigest())

    def keep(self, wanted: set[str], sink: Path) -> None:
        """Write an archive of the ``wanted`` files alone; a damaged one, which is of no use, is left out."""
        with zipfile.ZipFile(sink, "x", zipfile.ZIP_STORED, strict_timestamps=False) as archive:
            for name in sorted(wanted & set(self._infos)):
                with contextlib.suppress(ArchiveFault):
                    chunks = read_member(self._archive, self._infos[name], FILE_BYTES, LIMITS.ratio)
                    archive.writestr(name, b"".join(chunks))


@contextlib.contextmanager
def opened(store: Store, key: str) -> Iterator[Members]:
    """The archive under ``key``; one that lies in a bucket is fetched to a temporary file first.

    Raises:
        ArchiveFault: it is no zip, or must not be unpacked.
    """
    path = store.path(key)
    with contextlib.ExitStack() as stack:
        if path is None:
            copy = stack.enter_context(tempfile.NamedTemporaryFile(prefix="batch-", suffix=".zip"))
            copy.writelines(store.chunks(key, 0, store.size(key) or 0))
            copy.flush()
            path = Path(copy.name)
        yield stack.enter_context(opened_path(path))


@contextlib.contextmanager
def opened_path(path: Path) -> Iterator[Members]:
    """The archive at ``path``.

    Raises:
        ArchiveFault: it is no zip, or must not be unpacked.
    """
    try:
        archive = zipfile.ZipFile(path, metadata_encoding="gb18030")
    except (zipfile.BadZipFile, UnicodeDecodeError, ValueError, OSError) as error:
        raise ArchiveFault("archive-unreadable") from error
    with archive:
        yield Members(archive)


def write_folder(folder: Path, sink: Path) -> None:
    """The files below ``folder`` as an archive, for the command line; links are passed over."""
    with zipfile.ZipFile(sink, "x", zipfile.ZIP_STORED, strict_timestamps=False) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                archive.write(path, path.relative_to(folder).as_posix())


def write_files(files: tuple[ReceivedFile, ...], sink: Path) -> None:
    """Uploaded files as an archive."""
    with zipfile.ZipFile(sink, "x", zipfile.ZIP_STORED, strict_timestamps=False) as archive:
        for file in files:
            archive.write(file.path, file.name)
