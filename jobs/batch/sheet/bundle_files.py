"""Which files belong to which row: named in its ``files`` column, in a folder or under a name with its order or its parcel.

What belongs to no row is reported, never dropped silently; what belongs to two is told.
"""

import fnmatch
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from casefile import text_folding
from casefile.fields.files import Kind
from casefile.wording import Catalogs
from jobs.batch.sheet.row_case import CellTrouble, RowCase

KINDS: tuple[str, ...] = get_args(Kind)
_JUNK = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|~\$|\._)", re.IGNORECASE)
_LEAST = 5
"""Shorter order ids are not searched in names: they would be found everywhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFile:
    """A file of a row: its place in the archive, the name it gets in the case, the kind its folder or prefix says."""

    member: str
    name: str
    kind: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """Files by row (place in the list of cases), and what belongs to none."""

    by_row: Mapping[int, tuple[RowFile, ...]]
    unmatched: tuple[str, ...]


def is_junk(member: str) -> bool:
    """Whether an archive entry is left over from an operating system."""
    return bool(_JUNK.search(member))


def kind_words(catalogs: Catalogs) -> dict[str, str]:
    """Folder names and prefixes that say a kind, in every language, such as ``tracking`` or ``物流轨迹``."""
    found = {text_folding.squeezed(kind): kind for kind in KINDS}
    for catalog in catalogs.by_language.values():
        for kind in KINDS:
            if catalog.own(f"kind.{kind}"):
                found.setdefault(text_folding.squeezed(catalog.text(f"kind.{kind}")), kind)
    return found


def match_files(cases: Sequence[RowCase], members: Sequence[str], words: Mapping[str, str]) -> Matching:
    """Give every file of ``members`` (paths in the archive) to the rows it belongs to; rows learn what is missing."""
    index = _Index(tuple(sorted((m for m in members if not is_junk(m)), key=natural)))
    taken: defaultdict[str, list[int]] = defaultdict(list)
    found: dict[int, tuple[RowFile, ...]] = {}
    for place, case in enumerate(cases):
        chosen = _named(case, index) if case.files else _by_order(case, index)
        found[place] = renamed(chosen, words)
        for member, _ in chosen:
            taken[member].append(place)
    for member, places in taken.items():
        for place in places if len(places) > 1 else ():
            cases[place].warnings.append(CellTrouble(code="file-in-two-rows", column="files", params={"file": member}))
    return Matching(by_row=found, unmatched=tuple(member for member in index.members if member not in taken))


def natural(text: str) -> list[tuple[int, str]]:
    """A sorting key in which ``2.png`` comes before ``10.png``."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d{1,9})", text.casefold())]


class _Index:
    """The members of an archive by path, by name, and by the words in their paths."""

    def __init__(self, members: tuple[str, ...]) -> None:
        self.members = members
        self.by_path = {text_folding.file_name(member): member for member in members}
        self.by_name: defaultdict[str, list[str]] = defaultdict(list)
        self.by_folder: defaultdict[str, list[str]] = defaultdict(list)
        self.by_word: defaultdict[str, list[str]] = defaultdict(list)
        for member in members:
            *folders, name = text_folding.file_name(member).split("/")
            self.by_name[name].append(member)
            parts = (part for folder in folders for part in (folder, *re.split(r"[^\w\-]+|_", folder)))
            for folder in {text_folding.squeezed(part) for part in parts}:
                self.by_folder[folder].append(member)
            for word in {text_folding.squeezed(word) for word in re.split(r"[^\w\-]+|_", name.rpartition(".")[0])}:
                self.by_word[word].append(member)

    def holding(self, order: str) -> list[str]:
        """Members whose name holds ``order`` (already plain) as a word, else anywhere in the name."""
        if found := self.by_word.get(order):
            return found
        return (
            [member for member in self.members if order in text_folding.squeezed(member.rsplit("/", maxsplit=1)[-1])]
            if len(self.members) < 2_000
            else []
        )


def _named(case: RowCase, index: _Index) -> list[tuple[str, str | None]]:
    chosen: dict[str, str | None] = {}
    for part in _parts(case, index):
        kind, wanted = _wanted(part)
        there = _lookup(case, wanted, index)
        if not there:
            case.errors.append(CellTrouble(code="file-not-in-archive", column="files", params={"file": part}))
        if len(there) > 1 and not any(sign in wanted for sign in "*?["):
            case.errors.append(CellTrouble(code="file-name-ambiguous", column="files", params={"file": part}))
            continue
        chosen |= {member: kind for member in there if member not in chosen}
    return list(chosen.items())


def _wanted(part: str) -> tuple[str | None, str]:
    """The kind that stands before a file's name, and the name."""
    prefix, colon, rest = part.partition(":")
    kind = prefix.strip() if colon and prefix.strip() in KINDS else None
    return kind, text_folding.file_name(rest.strip() if kind else part).replace("\\", "/")


def _parts(case: RowCase, index: _Index) -> Iterator[str]:
    """The names in the cell; a comma parts them where no file has one there."""
    for part in filter(None, map(str.strip, re.split(r"[;；\n|]", case.files))):
        if not re.search(r"[,，、]", part) or _lookup(case, _wanted(part)[1], index):
            yield part
        else:
            yield from filter(None, map(str.strip, re.split(r"[,，、]", part)))


def _lookup(case: RowCase, wanted: str, index: _Index) -> list[str]:
    if any(sign in wanted for sign in "*?["):
        return [
            index.by_path[p]
            for p in index.by_path
            if fnmatch.fnmatchcase(p, wanted) or fnmatch.fnmatchcase(p.rsplit("/")[-1], wanted)
        ]
    if wanted in index.by_path:
        return [index.by_path[wanted]]
    named = index.by_name.get(wanted.rsplit("/", maxsplit=1)[-1], [])
    own = [
        member
        for member in named
        if text_folding.squeezed(case.subject) and text_folding.squeezed(case.subject) in text_folding.squeezed(member)
    ]
    ending = [member for member in named if text_folding.file_name(member).endswith("/" + wanted)]
    return own if len(own) == 1 else ending or named


def _by_order(case: RowCase, index: _Index) -> list[tuple[str, str | None]]:
    """By the order's number as a folder, a word of a folder, or a name beside it; else by the numbers of its parcels."""
    parcels = [str(parcel.get("tracking_number") or "") for parcel in case.case.get("parcels", [])]
    chosen: dict[str, None] = {}
    for number in map(text_folding.squeezed, (case.subject, *parcels)):
        if len(number) >= _LEAST:
            inside = index.by_folder.get(number, [])
            beside = (one for one in index.holding(number) if not inside or _stands_beside(one, inside))
            chosen |= dict.fromkeys((*inside, *beside))
    return [(member, None) for member in chosen]


def _stands_beside(member: str, inside: Sequence[str]) -> bool:
    """Whether a file stands beside or above the folder of an order, not in the folder of another."""
    parent = member.rpartition("/")[0]
    return any(not parent or other.startswith(f"{parent}/") for other in inside)


def renamed(chosen: Sequence[tuple[str, str | None]], words: Mapping[str, str]) -> tuple[RowFile, ...]:
    """Two files of one name become ``x.png`` and ``x_02.png``; a folder or the name's first word may say the kind."""
    taken: set[str] = set()
    found = []
    for member, said in chosen:
        *folders, last = member.split("/")
        stem, dot, ending = last.rpartition(".") if "." in last else (last, "", "")
        name, number = last, 2
        while name.casefold() in taken:
            name, number = f"{stem}_{number:02d}{dot}{ending}", number + 1
        taken.add(name.casefold())
        found.append(RowFile(member=member, name=name, kind=said or _kind(folders, stem, words)))
    return tuple(found)


def _kind(folders: Sequence[str], stem: str, words: Mapping[str, str]) -> str | None:
    for folder in reversed(folders):
        if kind := words.get(text_folding.squeezed(folder)):
            return kind
    return words.get(text_folding.squeezed(re.sub(r"^\d+[\s_.\-]*|[\s_.\-(（]*\d+[)）]?$", "", stem)))
