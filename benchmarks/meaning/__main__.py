"""`make bench-meaning`: whether pages are read rightly, on a made set of carriers', shops' and people's pages.

Words narrow the set (parts of names: a language, a layout); ``PICTURES=60`` also draws and photographs that many; ``FAULTS=20``
faults of each sort are told; ``SEED`` makes another set.
"""

import os
import sys
from collections import Counter

from benchmarks.meaning.make import SEED, pages
from benchmarks.meaning.measure import Score, measure
from casefile.discovery import load_house

_ORDER = (
    "false delivered",
    "false date",
    "false agreement",
    "false refund",
    "parcel",
    "date unread",
    "author",
    "no message",
    "intent",
    "refund",
)
_SHARES = (
    "parcel",
    "to whom",
    "day",
    "minute",
    "message",
    "author",
    "intent",
    "refund",
    "policy gives nothing",
    "kind",
)


def told(score: Score, faults: int) -> None:
    """Print the counts, the table of states, and the first faults of each sort."""
    print(
        f"  pages {score.pages}, CPU {1000 * score.cpu / max(1, score.pages):.0f} ms a page, {score.cpu:.0f} s in all"
    )
    print("  false:", ", ".join(f"{sort} {score.count(sort)}" for sort in _ORDER[:4]))
    for sort in _SHARES:
        hits = score.hits.get(sort, [])
        print(f"  {sort:22} {sum(hits):5}/{len(hits):<5} {100 * sum(hits) / max(1, len(hits)):5.1f} %")
    print("  parcel states (what it is -> what was read):")
    for truth in sorted({one for one, _ in score.states}):
        row = Counter({read: count for (what, read), count in score.states.items() if what == truth})
        print(
            f"    {truth:22}",
            ", ".join(f"{'=' if read == truth else read} {count}" for read, count in row.most_common()),
        )
    for sort in _ORDER:
        found = [one for one in score.faults if one.sort == sort]
        if not found or not faults:
            continue
        by = Counter(one.page.language for one in found)
        print(f"  -- {sort}: {len(found)} ({', '.join(f'{name} {count}' for name, count in by.most_common(6))})")
        for one in found[:faults]:
            print(f"     {one.page.language:8} {one.page.layout:18} {one.page.name}: {one.what}")


def main() -> int:
    """Run the parts that are asked for."""
    seed, faults = int(os.environ.get("SEED") or SEED), int(os.environ.get("FAULTS") or 12)
    house = load_house()
    chosen = [page for page in pages(seed) if all(part in f"{page.name} {page.layout}" for part in sys.argv[1:])]
    print(
        f"meaning: {len(chosen)} pages, {len({page.language for page in chosen})} languages, {len({page.layout for page in chosen})} layouts"
    )
    told(measure(chosen, house), faults)
    count = int(os.environ.get("PICTURES") or 0)
    if count:
        from benchmarks.meaning.pictures import measured

        print(f"as pictures, through OCR: {min(count, len(chosen))} pages")
        told(measured(chosen, count, house), faults)
    return 0


if __name__ == "__main__":
    sys.exit(main())
