"""Reads the data folders at start, sorted, and refuses duplicates and malformed files, naming the file.

Adding a platform, a carrier or a language is adding a file; nothing lists them. Called from the wiring only.
"""

import functools
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Protocol, TypeVar

from babel.messages.pofile import PoFileError, read_po
from pydantic import BaseModel, ValidationError

from casefile import compiled_house
from casefile.carrier import Carrier
from casefile.completion_rules import Completion
from casefile.delivery_ways import contradictions
from casefile.errors import DataFault
from casefile.evidence_sets import EvidenceSet, expanded
from casefile.ground import Ground
from casefile.house import House
from casefile.lexicon import MailWords, ReadingWords, Wording
from casefile.network import Network
from casefile.parcel_words import ParcelWords
from casefile.platform import Platform
from casefile.practice import AdviceList, CellWords, Checklist, Practice, PracticeWords, Remedies, Targets
from casefile.proofs import Proofs
from casefile.wording import Catalog, Catalogs, Spellings, respelt

Model = TypeVar("Model", bound=BaseModel)
Named = TypeVar("Named", Platform, Carrier, Network, EvidenceSet, Ground)


def default_root() -> Path:
    """The folder that holds ``platforms/``, ``locales/`` and the rest: beside this package."""
    return Path(__file__).resolve().parent.parent


class _Prepare(Protocol):
    """What is done to a file before it is judged."""

    def __call__(self, raw: Mapping[str, Any], /) -> Mapping[str, Any]:
        """The file as it is judged."""


def _toml(path: Path, model: type[Model], prepare: _Prepare | None = None) -> Model:
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        return model.model_validate(prepare(raw) if prepare else raw)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError, KeyError) as error:
        raise DataFault("data-malformed", file=str(path), why=str(error)) from error


def _named(folder: Path, model: type[Named], prepare: _Prepare | None = None) -> Mapping[str, Named]:
    found: dict[str, Named] = {}
    for path in sorted(folder.glob("*.toml")):
        thing = _toml(path, model, prepare)
        if thing.id != path.stem:
            raise DataFault("data-misnamed", file=str(path), why=f"its id is {thing.id!r}")
        found[thing.id] = thing
    return found


def _places(folders: Iterable[Path], catalogs: Mapping[str, Catalog]) -> Mapping[tuple[str, str], Catalog]:
    """Language and country → texts as they are spelt there, from ``locales/<language>/spelling.toml``."""
    files = ((folder.name, folder / "spelling.toml") for folder in folders)
    known = {name: _toml(path, Spellings).root for name, path in files if path.exists()}
    return {
        (name, country): respelt(catalogs[name], words)
        for name, countries in known.items()
        for country, words in countries.items()
    }


def _catalog(folder: Path, fallback: Catalog | None) -> Catalog:
    texts: dict[str, str] = {}
    for path in sorted(folder.glob("*.po")):
        try:
            with path.open("rb") as file:
                messages = read_po(file, abort_invalid=True)
        except (PoFileError, ValueError) as error:
            raise DataFault("data-malformed", file=str(path), why=str(error)) from error
        for message in messages:
            if not message.id or not message.string:
                continue
            if message.id in texts:
                raise DataFault("data-duplicate", file=str(path), why=f"{message.id} is defined twice")
            texts[str(message.id)] = str(message.string)
    return Catalog(language=folder.name, texts=texts, fallback=fallback)


def _practice(folder: Path) -> Practice:
    return Practice(
        targets=_toml(folder / "targets.toml", Targets),
        remedies=_toml(folder / "remedies.toml", Remedies),
        checklist=_toml(folder / "checklist.toml", Checklist),
        advice=_toml(folder / "advice.toml", AdviceList),
        words=_toml(folder / "words.toml", PracticeWords),
        completion=_toml(folder / "completion.toml", Completion),
        cells=_toml(folder / "cells.toml", CellWords),
    )


def _deliverable(root: Path, networks: Mapping[str, Network], proofs: Proofs) -> Mapping[str, Platform]:
    """The platforms, each procedure of which can be delivered in a type of file that it takes."""
    evidence_sets = _named(root / "practice" / "evidence", EvidenceSet)
    found = _named(root / "platforms", Platform, lambda raw: expanded(raw, evidence_sets, proofs))
    for platform in found.values():
        if wrong := contradictions(platform, networks.values()):
            raise DataFault(
                "data-malformed", file=str(root / "platforms" / f"{platform.id}.toml"), why="; ".join(wrong)
            )
    return found


def load_house(root: Path | None = None) -> House:
    """Everything under the data folders of ``root``; what is installed is read once in a process.

    Raises:
        DataFault: a file is malformed, misnamed or defines a thing twice; it names the file.
    """
    return _installed() if root is None else _read(root)


@functools.cache
def _installed() -> House:
    """What is installed, as it was read once before where nothing changed since."""
    root = default_root()
    made_of = compiled_house.key(root)
    house = compiled_house.known(root, made_of)
    if house is None:
        house = _read(root)
        compiled_house.keep(house, made_of)
    return house


def compile_installed() -> None:
    """Read what is installed and keep it for every start to come."""
    root = default_root()
    compiled_house.keep(_read(root), compiled_house.key(root), always=True)


def _read(root: Path) -> House:
    folders = sorted(path for path in (root / "locales").iterdir() if path.is_dir())
    english = _catalog(root / "locales" / "en", None)
    spoken = [folder for folder in folders if any(folder.glob("*.po"))]
    catalogs = {folder.name: english if folder.name == "en" else _catalog(folder, english) for folder in spoken}
    networks = _named(root / "networks", Network)
    proofs = _toml(root / "practice" / "proofs.toml", Proofs)
    return House(
        root=root,
        platforms=_deliverable(root, networks, proofs),
        networks=networks,
        practice=_practice(root / "practice"),
        grounds={
            name: ground.with_proofs(proofs) for name, ground in _named(root / "practice" / "grounds", Ground).items()
        },
        carriers=_named(root / "carriers", Carrier),
        catalogs=Catalogs(by_language=catalogs, by_place=_places(folders, catalogs)),
        wording={f.name: _toml(f / "wording.toml", Wording) for f in folders if (f / "wording.toml").exists()},
        reading_words={
            f.name: _toml(f / "reading.toml", ReadingWords) for f in folders if (f / "reading.toml").exists()
        },
        mail_words={f.name: _toml(f / "mail.toml", MailWords) for f in folders if (f / "mail.toml").exists()},
        parcel_words={f.name: _toml(f / "parcels.toml", ParcelWords) for f in folders if (f / "parcels.toml").exists()},
    )
