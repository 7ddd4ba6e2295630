"""Hostile files, twelve a pack: the pack comes, each file ends as a page or a named line, and nothing hidden comes out."""

import datetime as dt
import io
import re
import time
from collections import Counter

import pikepdf
import pytest

from casefile.case import Case
from casefile.upload import Upload
from jobs.case_work.kinds.case_pack import make_pack
from jobs.case_work.pack import PackRequest
from press.pdf.asking import page_texts
from tests.reading.made_files import CANARY
from tests.security.hostile import HIDDEN, PAGE
from tests.security.hostile_files import FILES
from tests.security.hostile_table import PROOFS

NOW = dt.datetime(2026, 11, 19, 14, tzinfo=dt.UTC)
CASE = {
    "platform": "amazon", "site": "US", "procedure": "a_to_z_response", "reason": "item_not_received",
    "order": {"id": "112-4829307-7716253"}, "parcels": [{"tracking_number": "1Z999AA10123456784"}],
}  # fmt: skip
TOGETHER = 12
LONGEST_CPU = 60.0
"""Seconds of one pack; far more than any takes. Heavy files may take three times as long together."""
SECRETS = (HIDDEN, CANARY, "root:x:0:0", "Canary-attachment")


def packed(files):
    """The files in twelves, those of one class together."""
    return [tuple(files[at : at + TOGETHER]) for at in range(0, len(files), TOGETHER)]


LIGHT, HEAVY = packed([f for f in FILES if not f.heavy]), packed([f for f in FILES if f.heavy])

SHORT = {place for place in range(len(LIGHT)) if place % 5 in {0, 2}}
"""The packs that run each time; a test says that they hold at least 150 files."""


def uploads_of(files):
    return tuple(Upload(name=file.name, data=file.make()) for file in files)


def fate(report, name):
    codes = [line.code for line in report.not_included if line.file == name]
    return codes or ([PAGE] if any(exhibit.file == name for exhibit in report.exhibits) else [])


def unpacked(pdf):
    """Every stream and string of a PDF, as far as they unpack to something reasonable, and the file as it is."""
    yield pdf
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for item in document.objects:
            if not isinstance(item, pikepdf.Stream):
                yield item.unparse()
                continue
            yield pikepdf.Dictionary(dict(item.items())).unparse()
            if len(item.read_raw_bytes()) < 400_000:
                try:
                    yield item.read_bytes()[:5_000_000]
                except (pikepdf.PdfError, pikepdf.DependencyError, NotImplementedError):
                    continue


def leaks(pack):
    for file in pack.files:
        if (
            file.role == "original" or file.for_ == "signed" or file.path == "SHA256SUMS"
        ):  # signed: untouched, as promised
            continue
        parts = list(unpacked(file.data)) if file.data.startswith(b"%PDF") else [file.data]
        if file.data.startswith(b"%PDF"):
            parts.append("\n".join(page_texts(file.data)).encode("utf-8", "replace"))
        for secret in SECRETS:
            if any(secret.encode() in part or secret.encode("utf-16-be") in part for part in parts):
                yield file.path, secret


def proved(files, workshop, longest=LONGEST_CPU):
    began = time.process_time()
    pack = make_pack(PackRequest(case=Case.model_validate(CASE), uploads=uploads_of(files), as_of=NOW), workshop)
    assert time.process_time() - began < longest
    wrong = {}
    for file in files:
        found = fate(pack.report, file.name)
        if not found or not set(found) <= file.fates | ({"duplicate-of"} if PAGE in file.fates else set()):
            wrong[file.name] = found
    assert wrong == {}
    assert list(leaks(pack)) == []
    originals = [file for file in pack.files if file.role == "original"]
    assert len(originals) >= len(files)
    pack.report.to_json()
    return pack


@pytest.mark.parametrize(
    "place", [pytest.param(n, marks=pytest.mark.long if n not in SHORT else ()) for n in range(len(LIGHT))]
)
def test_a_pack_of_hostile_files(place, workshop):
    proved(LIGHT[place], workshop)


def test_the_table_counts_every_file():
    said = dict(
        re.findall(r"^\| ([^|*]+?) \| (\d+) \|[ \d]*\|[ \d]*\| 0 \|$", PROOFS.read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert {group: int(tried) for group, tried in said.items()} == Counter(file.group for file in FILES)
    assert len({file.name for file in FILES}) == len(FILES) > 300
    short = [file for place, files in enumerate(LIGHT) if place in SHORT for file in files]
    assert len(short) >= 150


@pytest.mark.long
@pytest.mark.parametrize("place", range(len(HEAVY)))
def test_a_pack_of_heavy_files(place, workshop):
    proved(HEAVY[place], workshop, 3 * LONGEST_CPU)
