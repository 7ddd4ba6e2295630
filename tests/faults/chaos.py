"""`make chaos`: kill -9 at random moments under load; prints kills, accepted, finished, doubled, lost."""

import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parent)]

from fleet import Fleet, chaos  # noqa: E402  # the path comes first


def show(name, found):
    words = " ".join(f"{key} {found[key]}" for key in ("kills", "accepted", "finished", "doubled", "lost"))
    print(f"{name:34} {words}", flush=True)
    return found["lost"] + found["doubled"]


def main(kills):
    bad = 0
    with tempfile.TemporaryDirectory(prefix="chaos-") as folder, Fleet(Path(folder) / "one") as fleet:
        fleet.start("all")
        fleet.ready()
        bad += show("one process, SQLite", chaos(fleet, ["all"], kills=kills, packs=2 * kills))
    with tempfile.TemporaryDirectory(prefix="chaos-") as folder, Fleet(Path(folder) / "many") as fleet:
        fleet.start("api")
        fleet.ready()
        for name in ("worker1", "worker2"):
            fleet.start("worker", name)
        bad += show(
            "API and two workers, SQLite", chaos(fleet, ["worker1", "api", "worker2"], kills=kills, packs=2 * kills)
        )
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10))
