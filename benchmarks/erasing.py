"""How fast retention erases: packs a second by one keeper and by two that share them, over rows and objects of a data folder.

`python benchmarks/erasing.py 2000` lays that many packs down first; docs/scaling.md tells the figures.
"""

import datetime as dt
import multiprocessing
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "jobs")]

from due_packs import lay  # noqa: E402  # the path comes first
from test_jobs_retention import Keeper  # noqa: E402  # as above


def tidy(folder):
    """Remove what is due, as a keeper of one process does."""
    Keeper(folder).retention.tidy(3_600)


def measure(count, keepers):
    """Packs a second by so many processes, and seconds of CPU a pack."""
    with tempfile.TemporaryDirectory(prefix="erasing-") as folder:
        one = Keeper(folder)
        one.database.migrate()
        lay(one.database, one.store, count, at=dt.datetime.now(dt.UTC) - dt.timedelta(days=200), size=20_000)
        one.database.close()
        processes = [multiprocessing.get_context("spawn").Process(target=tidy, args=(folder,)) for _ in range(keepers)]
        start = time.perf_counter()
        for process in processes:
            process.start()
        for process in processes:
            process.join()
        seconds = time.perf_counter() - start
        assert Keeper(folder).retention.backlog(dt.datetime.now(dt.UTC)) == (0, 0.0)
    print(f"{count} packs, {keepers} keeper(s): {count / seconds:.0f} packs/s, {count / seconds * 3600:,.0f} an hour")


if __name__ == "__main__":
    for keepers in (1, 2):
        measure(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000, keepers)
