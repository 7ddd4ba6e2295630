"""The letter kinds on the shelf: every TOML file of ``templates/letters/``, proved at start."""

import functools
import tomllib
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from casefile.errors import DataFault
from letters.kind import LetterKind


@functools.cache
def shelf(templates: Path) -> Mapping[str, LetterKind]:
    """Letter kinds by id.

    Raises:
        DataFault: a file is malformed or misnamed; it names the file.
    """
    found = {}
    for path in sorted((templates / "letters").glob("*.toml")):
        try:
            kind = LetterKind.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
        except (tomllib.TOMLDecodeError, ValidationError) as error:
            raise DataFault("data-malformed", file=str(path), why=str(error)) from error
        if kind.id != path.stem:
            raise DataFault("data-misnamed", file=str(path), why=f"its id is {kind.id!r}")
        found[kind.id] = kind
    return found
