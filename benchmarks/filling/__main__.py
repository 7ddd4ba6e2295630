"""`make bench-filling`: what of a case stays when nobody types it; examples, and made cases in sixteen languages.

``CASES`` so many made cases (40), ``SEED`` another set, ``PICTURES=4`` draws so many of them and reads them by OCR. Words narrow it.
"""

import json
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.filling.heaps import Heap, heaps
from benchmarks.filling.measure import Tally, made, stripped
from casefile.case import Case
from casefile.discovery import load_house
from casefile.house import House
from casefile.parse import parse_case
from casefile.reading import Reading, ReadPage, Sharpness
from casefile.upload import Upload
from jobs.case_work.pack import PackRequest
from jobs.case_work.steps.casework import read
from jobs.case_work.workshop import Workshop

EXAMPLES = Path(__file__).resolve().parent.parent.parent / "examples"
Files = Mapping[str, tuple[Reading, int]]
ENOUGH = 0.95


def _sheets(heap: Heap) -> Files:
    """The pages of a heap by their own lines."""
    found = {}
    for place, (name, sheet) in enumerate(heap.pages):
        height = sheet.height or int(sheet.y + 24)
        page = ReadPage(
            number=1, width=sheet.width * 2, height=height * 2, lines=sheet.lines(glue=place % 3 == 0),
            sharpness=Sharpness(edge_width=1.1, verdict="sharp"), text_source="text_layer", text_height_px=24.0,
        )  # fmt: skip
        found[name] = (Reading(sha256=f"{place:064}", media_type="image/png", pages=(page,)), 1000)
    return found


def _examples(workshop: Workshop) -> Iterator[tuple[str, Case, Files]]:
    for path in sorted(EXAMPLES.glob("*/case.json")):
        case = parse_case(json.loads(path.read_text(encoding="utf-8")))
        names = sorted(one for one in path.parent.iterdir() if one.name not in {"case.json", "README.md"})
        uploads = tuple(Upload(name=one.name, data=one.read_bytes()) for one in names)
        yield path.parent.name, case, _files(case, uploads, workshop)


def _files(case: Case, uploads: tuple[Upload, ...], workshop: Workshop) -> Files:
    found = read(PackRequest(case=case, uploads=uploads, as_of=case.as_of), workshop)
    return {name: (file.reading, found.sizes[name]) for name, file in found.read.items()}


def _pictures(count: int, seed: int, house: House, workshop: Workshop) -> Iterator[tuple[str, Case, Files]]:
    """Drawn by Chromium, which only they need."""
    if not count:
        return
    from benchmarks.filling.pictures import drawn

    for heap, uploads in drawn(list(heaps(house, seed, count))):
        yield f"{heap.name} (pictures)", heap.typed, _files(heap.typed, uploads, workshop)


def _cases(house: House, only: list[str]) -> Iterator[tuple[str, Case, Files]]:
    seed, count, pictures = (
        int(os.environ.get(n) or d) for n, d in (("SEED", "7"), ("CASES", "40"), ("PICTURES", "0"))
    )
    for heap in heaps(house, seed, count):
        if all(word in heap.name for word in only):
            yield heap.name, heap.typed, _sheets(heap)
    if not only or pictures:
        with Workshop.open(readers=1) as workshop:
            if not only:
                yield from _examples(workshop)
            yield from _pictures(pictures, seed, house, workshop)


def main() -> int:
    """Measure, print, and fail below the marks."""
    house, tally, times = load_house(), Tally(), list[tuple[float, str]]()
    told = os.environ.get("TOLD")
    for name, case, files in _cases(house, sys.argv[1:]):
        if not times:
            made(stripped(case, house), files, house)  # what a process makes once is no case's
        full, bare = made(case, files, house), made(stripped(case, house), files, house)
        tally.count(name, full, bare)
        times.append((1000 * (bare.cpu - made(case.model_copy(update={"complete": "off"}), files, house).cpu), name))
        if told:
            print(f"  {name}: {full.verdict} -> {bare.verdict}, {len(full.shown & bare.shown)}/{len(full.shown)} kept")
    for title, lines in (("lost", tally.lost), ("differ", tally.differ), ("hollow", tally.hollow)):
        for line in lines:
            print(f"  {title}: {line}")
    share = tally.kept / max(1, tally.shown)
    times.sort()
    print(
        f"  cases {tally.cases}, shown {tally.shown}, kept {tally.kept} = {100 * share:.1f} % (at least {100 * ENOUGH:.0f} %)"
    )
    print(f"  values that differ {len(tally.differ)} (0), hollow ready {len(tally.hollow)} (0)")
    (usual, _), (worst, where) = times[len(times) // 2], times[-1]
    print(f"  completion, CPU a case: median {usual:.0f} ms, worst {worst:.0f} ms ({where})")
    return 0 if share >= ENOUGH and not tally.differ and not tally.hollow else 1


if __name__ == "__main__":
    sys.exit(main())
