"""The data folders as they were once read and proved, kept beside the compiled code.

Reading and proving them takes a third of a second, taking them up again a tenth of that. What is kept counts for the very bytes it
was made of, data and code; a changed sign is read anew. It lies where Python keeps compiled code and is written under the same
rule, so whoever could change it could change the code.
"""

import hashlib
import pickle
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from casefile.house import House

_DATA = ("platforms", "networks", "practice", "carriers", "locales")
_CODE = Path(__file__).resolve().parent


def key(root: Path) -> bytes:
    """What tells these data, and the code that reads them, from all others."""
    told = hashlib.blake2b(f"{sys.version} {version('pydantic')} {version('babel')}".encode(), digest_size=32)
    for base, path in _files(root):
        content = path.read_bytes()
        told.update(f"\n{path.relative_to(base).as_posix()} {len(content)}\n".encode())
        told.update(content)
    return told.digest()


def known(root: Path, wanted: bytes) -> House | None:
    """The data under ``wanted``, where they were read before; nothing where they were not, or it cannot be taken up."""
    try:
        kept = _place(root).read_bytes()
        found = pickle.loads(kept[len(wanted) :]) if kept.startswith(wanted) else None  # noqa: S301  # ours, as the code is
    except Exception:  # noqa: BLE001  # whatever is wrong with it, the data are read as if it were not there
        return None
    return replace(found, root=root) if isinstance(found, House) else None


def keep(house: House, made_of: bytes, *, always: bool = False) -> None:
    """Keep what was read under its key, where compiled code may be written; ``always`` also where a run writes none."""
    if sys.dont_write_bytecode and not always:
        return
    place = _place(house.root)
    growing = place.with_suffix(f".{hashlib.blake2b(made_of, digest_size=8).hexdigest()}")
    with suppress(OSError):
        place.parent.mkdir(exist_ok=True)
        growing.write_bytes(made_of + pickle.dumps(house, pickle.HIGHEST_PROTOCOL))
        growing.replace(place)


def _place(root: Path) -> Path:
    return root / "__pycache__" / f"house.{sys.implementation.cache_tag}.pickle"


def _files(root: Path) -> Iterator[tuple[Path, Path]]:
    """Every file that decides, in one order, each with the folder that its name is told from."""
    for folder in _DATA:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in {".toml", ".po"}:
                yield root, path
    for path in sorted(_CODE.rglob("*.py")):
        yield _CODE, path
