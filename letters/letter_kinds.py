"""The letter kinds on the shelf: every TOML file of ``templates/letters/``, proved when a worker opens."""

import functools
import tomllib
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from casefile.errors import DataFault
from letters.blocks import blocks
from letters.kind import LetterKind


@functools.cache
def shelf(templates: Path) -> Mapping[str, LetterKind]:
    """Letter kinds by id.

    Raises:
        DataFault: a file is malformed, misnamed or names a sentence block that does not exist; it names the file.
    """
    return {path.stem: _kind(path) for path in sorted((templates / "letters").glob("*.toml"))}


def _kind(path: Path) -> LetterKind:
    try:
        kind = LetterKind.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError) as error:
        raise DataFault("data-malformed", file=str(path), why=str(error)) from error
    if kind.id != path.stem:
        raise DataFault("data-misnamed", file=str(path), why=f"its id is {kind.id!r}")
    for section in kind.sections:
        for block in section.blocks:
            if block not in blocks():
                raise DataFault("data-malformed", file=str(path), why=f"{section.id}: there is no block {block!r}")
    return kind
