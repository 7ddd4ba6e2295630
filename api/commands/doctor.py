"""Does everything work on this machine: rules, fonts, letters, text recognition, the guard, the data folder."""

import shutil
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from api.ocr_choice import chosen_ocr
from api.settings import Settings, prepare_fonts
from casefile.discovery import load_house
from casefile.errors import RequestFault
from casefile.upload import NotIncluded, Upload
from casefile.wording import Catalog
from jobs.faults import StorageFault
from jobs.records.opening import usable_file, usable_folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One thing looked at: its name (``cli.doctor.<name>``), whether it works, and what was found."""

    name: str
    works: bool
    found: str


class Weakness(Exception):
    """Something works, but not as well as it must; says so in the reader's language."""


def examine(settings: Settings, catalog: Catalog) -> Iterator[Answer]:
    """Try each part for real, one after another."""
    try:
        prepare_fonts(settings.cache)
    except StorageFault as fault:
        yield Answer(name="data", works=False, found=catalog.text(f"error.{fault.code}.detail", fault.params))
        return
    looks: tuple[tuple[str, Callable[[Settings, Catalog], str]], ...] = (
        ("version", _version),
        ("rules", _rules),
        ("fonts", _fonts),
        ("letter", _letter),
        ("ocr", _ocr),
        ("guard", _guard),
        ("data", _data),
        ("jobs", _jobs),
    )
    for name, look in looks:
        try:
            yield Answer(name=name, works=True, found=look(settings, catalog))
        except Weakness as weakness:
            yield Answer(name=name, works=False, found=str(weakness))
        except StorageFault as fault:
            yield Answer(name=name, works=False, found=catalog.text(f"error.{fault.code}.detail", fault.params))
        except Exception as error:  # noqa: BLE001  # whatever is broken is what the doctor is asked for
            why = f"{type(error).__name__}: {error}"
            yield Answer(name=name, works=False, found=catalog.text("cli.doctor.fails", why=why))


def _version(settings: Settings, catalog: Catalog) -> str:
    _ = settings, catalog
    return version("evidence-packer")


def _rules(settings: Settings, catalog: Catalog) -> str:
    _ = settings
    house = load_house()
    counts = {"platforms": len(house.platforms), "carriers": len(house.carriers)}
    return catalog.text("cli.doctor.rules_found", counts, languages=", ".join(sorted(house.catalogs.by_language)))


def _fonts(settings: Settings, catalog: Catalog) -> str:
    from press.fonts import damaged, faces  # noqa: PLC0415  # only the doctor needs it here

    _ = settings, catalog
    folder = load_house().fonts
    if broken := damaged(folder):
        raise ValueError(", ".join(broken))
    return ", ".join(sorted({face.family for face in faces(folder)}))


def _letter(settings: Settings, catalog: Catalog) -> str:
    from press.html import Typesetter  # noqa: PLC0415  # imports the layout engine

    _ = settings
    pdf = Typesetter(load_house().templates).pdf("<!doctype html><title>x</title><p>Letter 信</p>", styles=())
    if not pdf.startswith(b"%PDF-"):
        raise ValueError("no PDF")
    return catalog.text("cli.doctor.works")


def white_picture() -> bytes:
    """A small white PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    side = 64
    header = side.to_bytes(4, "big") * 2 + bytes([8, 0, 0, 0, 0])
    rows = (b"\0" + b"\xff" * side) * side
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def _ocr(settings: Settings, catalog: Catalog) -> str:
    from reading.guarded.guard import Guard  # noqa: PLC0415  # as above
    from reading.limits import ReadingLimits  # noqa: PLC0415  # as above
    from reading.ocr.contract import engines_with  # noqa: PLC0415  # only the doctor needs it here
    from reading.read import ReadingRoom  # noqa: PLC0415  # imports the reading libraries

    guard = Guard(ReadingLimits(), least=settings.guard_level)
    first = chosen_ocr(settings)
    with ReadingRoom(guard=guard, engine=first) as room:
        read = room.read(Upload(name="white.png", data=white_picture()))
    if isinstance(read, NotIncluded):
        raise RequestFault(read.code)
    lacking = {kind.name: package for kind in engines_with(first) if (package := kind.wants())}
    if lacking:
        names, packages = ", ".join(lacking), " ".join(lacking.values())
        raise Weakness(catalog.text("cli.doctor.ocr_lacking", engines=names, packages=packages))
    return catalog.text("cli.doctor.ocr_reads", engines=", ".join(kind.name for kind in engines_with(first)))


def _guard(settings: Settings, catalog: Catalog) -> str:
    from reading.guarded.guard import LEAST_LEVEL, Guard  # noqa: PLC0415  # only the doctor needs it here
    from reading.limits import ReadingLimits  # noqa: PLC0415  # as above

    with Guard(ReadingLimits(), least=1) as guard:
        level = guard.level()
    if level.number >= max(LEAST_LEVEL, settings.guard_level):
        return catalog.text("cli.doctor.guard_level", number=level.number, refused=", ".join(level.refused))
    weak = catalog.text("cli.doctor.guard_weak", number=level.number, open=", ".join(level.open))
    accepted = catalog.text("cli.doctor.guard_accepted", least=settings.guard_level)
    raise Weakness(f"{weak} {accepted}" if level.number >= settings.guard_level else weak)


def _data(settings: Settings, catalog: Catalog) -> str:
    folder = settings.data.resolve()
    there = next(path for path in (folder, *folder.parents) if path.exists())
    for name in ("app.db", "engine.db"):
        if (folder / name).exists():
            usable_file(folder / name)
    usable_folder(there)
    probe = Path(there) / ".evidence-packer-probe"
    probe.write_bytes(b"")
    probe.unlink()
    free = shutil.disk_usage(there).free // 1_000_000_000
    return catalog.text("cli.doctor.data_free", folder=str(folder), free=free)


def _jobs(settings: Settings, catalog: Catalog) -> str:
    folder = settings.data.resolve()
    files = [folder / "app.db", folder / "engine.db"]
    if settings.engine != "durable" or not (settings.database or all(map(Path.exists, files))):
        return catalog.text("cli.doctor.jobs_none")
    from jobs.dispatch import LATEST  # noqa: PLC0415  # imports the engine
    from jobs.engine.engine import latest_jobs  # noqa: PLC0415  # as above
    from jobs.records.database import Database  # noqa: PLC0415  # only where there is one
    from jobs.records.newest import newer_than_rows  # noqa: PLC0415  # as above

    names, database = latest_jobs(settings.engine_url, LATEST), Database(settings.database_url)
    try:
        strays = newer_than_rows(names, database)
    finally:
        database.close()
    if strays:
        raise Weakness(catalog.text("cli.doctor.jobs_newer", count=strays))
    return catalog.text("cli.doctor.jobs_fit")
