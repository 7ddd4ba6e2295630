"""What came in through the form: typed fields, the files in their order, and files just chosen."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from api.request.multipart import Form, FormLimits
from api.request.uploads import named_files
from jobs.records.pack_store import ReceivedFile

FILES = "files"
_ROW = "file."


def is_field(part: str) -> bool:
    """Whether a part of the form is typed text and no file."""
    return not (part == FILES or part.startswith(FILES + "."))


def most_fields(files: int) -> int:
    """How many inputs a page with so many files may post: four for each row of the list, and those of the case."""
    return FormLimits().fields + 4 * files


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One file of the case as the form lists it; ``kind`` is ``None`` where the service is to propose it."""

    name: str
    kind: str | None = None
    caption: str = ""
    covers: str = ""
    """Places of its pages that are to be covered (``api.form.covers``)."""

    @property
    def key(self) -> str:
        """A short name for addresses and ids."""
        return hashlib.sha256(self.name.encode()).hexdigest()[:12]

    def plain(self) -> dict[str, str | None]:
        """The row as JSON."""
        return {"name": self.name, "kind": self.kind, "caption": self.caption, "covers": self.covers}


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """Fields as typed, rows in their order, and new files with the kind they were put under (``None``: not said)."""

    fields: dict[str, str]
    rows: tuple[Row, ...] = ()
    files: tuple[tuple[ReceivedFile, str | None], ...] = ()


def _free(name: str, taken: set[str]) -> str:
    """``name``, or the first of ``name_02`` … that is free: two screenshots called ``image.png`` are two files."""
    stem, dot, ending = name.rpartition(".") if "." in name else (name, "", "")
    found, number = name, 2
    while found in taken:
        found, number = f"{stem}_{number:02d}{dot}{ending}", number + 1
    return found


def renamed(
    files: Iterable[tuple[ReceivedFile, str | None]], taken: Iterable[str]
) -> tuple[tuple[ReceivedFile, str | None], ...]:
    """The files under names that are free."""
    known, found = set(taken), []
    for file, kind in files:
        name = _free(file.name, known)
        known.add(name)
        found.append((replace(file, name=name), kind))
    return tuple(found)


def _rows(fields: Mapping[str, str]) -> tuple[Row, ...]:
    keys = [name.split(".")[1] for name in fields if name.startswith(_ROW) and name.endswith(".name")]
    return tuple(
        Row(
            name=fields[f"{_ROW}{key}.name"],
            kind=fields.get(f"{_ROW}{key}.kind") or None,
            caption=fields.get(f"{_ROW}{key}.caption", "").strip(),
            covers=fields.get(f"{_ROW}{key}.covers", "").replace("\r\n", "\n").strip(),
        )
        for key in keys
    )


def typed(form: Form) -> Typed:
    """The parts of a posted form; empty file inputs are nothing."""
    fields = {field.part: field.value.decode("utf-8", errors="replace") for field in form.fields}
    files = [
        (file, part.part.removeprefix(FILES).removeprefix(".") or None)
        for part in form.files
        for file in named_files((part,))
    ]
    plain = {name: value.replace("\r\n", "\n") for name, value in fields.items() if not name.startswith(_ROW)}
    return Typed(fields=plain, rows=_rows(fields), files=renamed(files, ()))
