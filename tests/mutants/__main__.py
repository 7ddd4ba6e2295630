"""``python -m tests.mutants``: changes the decisions in small ways and counts how many of the changes a test notices."""

import argparse
import collections
import random
import sys
import time
import tomllib
from pathlib import Path

import pytest

from tests.mutants.mutations import Mutant, mutants, unchanged
from tests.mutants.running import KILLED, NOT_MADE, ROOT, SURVIVED, MutantRun

DATA = Path(__file__).with_name("decisions.toml")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="groups or modules whose name holds this")
    parser.add_argument("--sample", type=int, default=0, help="how many mutants, drawn at random; 0: all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--at-once", type=int, default=2, help="forks at a time")
    parser.add_argument("--survivors", action="store_true", help="name every mutant that nobody noticed")
    return parser.parse_args()


def _wanted(only: str) -> tuple[dict[str, list[str]], list[str], set[str], int]:
    """Modules with the tests that own them, all those tests, equivalent mutants, and the floor in percent."""
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    groups = {name: group for name, group in data.items() if isinstance(group, dict) and name != "equivalent"}
    chosen = [(m, g) for name, g in groups.items() for m in g["modules"] if only in name or only in m]
    tests = [str(ROOT / test) for test in dict.fromkeys(test for _, group in chosen for test in group["tests"])]
    return {module: group["tests"] for module, group in chosen}, tests, set(data.get("equivalent", {})), data["floor"]


def _table(found: list[Mutant], verdicts: list[str]) -> float:
    """Print killed and made per module; the share of all that was killed, in percent."""
    counts: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for mutant, verdict in zip(found, verdicts, strict=True):
        counts[mutant.path][verdict] += 1
        counts["total"][verdict] += 1
    for name in [*(name for name in counts if name != "total"), "total"]:
        killed, made = counts[name][KILLED], counts[name][KILLED] + counts[name][SURVIVED]
        print(f"{name:52} {killed:5} / {made:5}  {100 * killed / max(made, 1):5.1f} %")
    total = counts["total"]
    return 100 * total[KILLED] / max(total[KILLED] + total[SURVIVED], 1)


def main() -> int:
    """0 where enough mutants were noticed, else 1; 2 where the tests fail as they are."""
    options = _arguments()
    owners, tests, equivalent, floor = _wanted(options.only)
    made = [m for path in owners for m in mutants(path, (ROOT / path).read_text(encoding="utf-8"))]
    made = [mutant for mutant in made if not {mutant.id, mutant.function} & equivalent]
    if options.sample and options.sample < len(made):
        drawn = random.Random(options.seed).sample(range(len(made)), options.sample)
        made = [made[place] for place in sorted(drawn)]
    controls = [unchanged(path) for path in dict.fromkeys(mutant.path for mutant in made)]
    run, began = MutantRun(controls + made, owners, options.at_once), time.monotonic()
    if pytest.main([*tests, "-q", "-s", "-m", "not long and not browser", "-p", "no:cacheprovider"], [run]):
        print("the tests fail without any change", file=sys.stderr)
        return 2
    print()
    noticed = [one.path for one, verdict in zip(controls, run.verdicts, strict=False) if verdict != SURVIVED]
    if noticed:
        print(f"no change at all is noticed: {', '.join(noticed)}", file=sys.stderr)
        return 2
    verdicts = run.verdicts[len(controls) :]
    if options.survivors:
        for mutant, verdict in zip(made, verdicts, strict=True):
            if verdict in {SURVIVED, NOT_MADE}:
                print(f"{verdict:9} {mutant.path}:{mutant.line} {mutant.name}: {mutant.what}")
    share = _table(made, verdicts)
    print(f"{share:.1f} % noticed, {floor} % wanted; {time.monotonic() - began:.0f} s")
    return 0 if share >= floor else 1


if __name__ == "__main__":
    sys.exit(main())
