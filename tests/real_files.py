"""Real files of public repositories: what has to come of each, in ``real_files.toml``. ``make real-files FOLDER=…``.

FOLDER holds the files as ``owner/name/path``, as clones do; what is not there, or has other bytes, is counted and skipped. None of
them is kept here. ``--rows`` prints rows for what is there and not yet listed, to be looked at and put into the list.
"""

import argparse
import collections
import hashlib
import json
import sys
import tempfile
import time
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from api.settings import prepare_fonts  # noqa: E402  # fonts before the layout engine

LIST = Path(__file__).with_name("real_files.toml")
_WORDS, _MOST_PAGES, _CLOSELY = 3, 60, 8


def rows():
    """The list: repository, path, sha256, what becomes of the file, its pages, and words that have to be read on them."""
    return tomllib.loads(LIST.read_text(encoding="utf-8"))["file"]


def place(row):
    """Where a clone has the file."""
    return f"{row['repository']}/{row['path']}"


class Bench:
    """Reads files one by one and puts each into a bundle of its own, which is sealed."""

    def __enter__(self):
        from casefile.discovery import load_house
        from press.html import Typesetter
        from reading.read import ReadingRoom

        house = load_house(ROOT)
        self._house, self._typesetter = house, Typesetter(house.templates)
        self._room = ReadingRoom().__enter__()
        return self

    def __exit__(self, *told):
        self._room.close()

    def became(self, name, data):
        """Outcome (``shown`` or the code of the refusal), pages, and the words that were read."""
        from casefile.upload import NotIncluded, Upload

        read = self._room.read(Upload(name=name, data=data))
        if isinstance(read, NotIncluded):
            return read.code, 0, ""
        wrong = self._wrong(read)
        text = " ".join(page.text for page in read.reading.pages)
        return "blank or hidden" if wrong else "shown", len(read.reading.pages), text

    def _wrong(self, read):
        from dataclasses import replace

        from evidence_packer.bind.bundle.words import words_of
        from jobs.case_work.steps.seal import area_of
        from reading.sealed import Sealed, broken
        from tests.evidence_packer.bundle_parts import bound, exhibits, look_of

        [exhibit] = exhibits(read.prepared)
        exhibit = replace(exhibit, lines=words_of(read.reading, read.prepared))
        self.bundle = bound((exhibit,), look_of(self._house, self._typesetter))
        pages = [
            Sealed(
                index=place,
                preview=preview,
                words=" ".join(line.text for line in exhibit.lines.get(place, ())),
                glance=place > _CLOSELY,
            )
            for place, preview in enumerate(read.previews[:_MOST_PAGES], start=1)
        ]
        return broken(self.bundle, pages, area_of)


def compared(row, became):
    """What differs from the list, as a sentence; empty where nothing does."""
    outcome, pages, text = became
    if outcome != row["outcome"]:
        return f"{outcome}, not {row['outcome']}"
    if pages != row.get("pages", 0):
        return f"{pages} pages, not {row['pages']}"
    squeezed = "".join(text.split())
    lacking = [word for word in row.get("words", ()) if "".join(word.split()) not in squeezed]
    return f"without {lacking}" if lacking else ""


def run(folder, only):
    """Compare every file that is there; how many are as listed, differ, or are absent."""
    counts, seconds = collections.Counter(), time.process_time()
    with Bench() as bench:
        for row in rows():
            path = folder / place(row)
            if only not in place(row):
                continue
            if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != row["sha256"]:
                counts["absent"] += 1
                continue
            wrong = compared(row, bench.became(path.name, path.read_bytes()))
            counts["differ" if wrong else "as listed"] += 1
            if wrong:
                print(f"{place(row)}: {wrong}", flush=True)
    told = ", ".join(f"{counts[name]} {name}" for name in ("as listed", "differ", "absent"))
    print(f"{told}; {time.process_time() - seconds:.0f} s")
    return counts


def write_rows(folder, keep):
    """Rows for what is there and not listed; ``keep``: a folder for the bundles, to be looked at."""
    known = {place(row) for row in rows()} if LIST.exists() else set()
    with Bench() as bench:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            name = path.relative_to(folder).as_posix()
            if name in known:
                continue
            bench.bundle = b""
            outcome, pages, text = bench.became(path.name, path.read_bytes())
            owner, repository, rest = name.split("/", 2)
            words = sorted({word for word in text.split() if len(word) > 5 and word.isalnum()}, key=len)[-_WORDS:]
            print(f"[[file]]\nrepository = {json.dumps(f'{owner}/{repository}')}\npath = {json.dumps(rest)}")
            print(
                f"sha256 = {json.dumps(hashlib.sha256(path.read_bytes()).hexdigest())}\noutcome = {json.dumps(outcome)}"
            )
            if pages:
                print(f"pages = {pages}\nwords = {json.dumps(words, ensure_ascii=False)}")
            print(flush=True)
            if keep and bench.bundle:
                (keep / f"{hashlib.sha256(name.encode()).hexdigest()[:6]}-{path.name}.pdf").write_bytes(bench.bundle)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="only files with this in their place")
    parser.add_argument("--rows", action="store_true", help="print rows for files that are not listed")
    parser.add_argument("--keep", type=Path, help="with --rows: a folder for the bundles")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as fonts:
        prepare_fonts(Path(fonts))
        if told.rows:
            write_rows(told.folder, told.keep)
        elif run(told.folder, told.only)["differ"]:
            sys.exit(1)


if __name__ == "__main__":
    main()
