"""`make bench-reading`: how right the reading is, on a generated set, beside Tesseract. ``--misses`` names what was missed.

``--engines`` tells only how the engines of which one may read first compare, over a share of the set.
"""

import resource
import sys
from collections import Counter
from pathlib import Path

from benchmarks.reading_set import engine_alone, peer
from benchmarks.reading_set.make import make
from benchmarks.reading_set.measure import (
    Result,
    again,
    auc,
    falsely_accepted,
    read_all,
    times_found,
    wanted_found,
    width_of,
)
from benchmarks.reading_set.sample import Sample
from casefile.discovery import load_house
from casefile.house import House
from reading.ocr.contract import engines, first_engines

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "out" / "reading-set"
QUERIES = 42_000
MOST = 42
"""Pictures over which the engines are compared."""
OURS = ("screen", "photo", "label", "letter")


def share(hits: list[bool]) -> str:
    return f"{sum(hits)}/{len(hits)} = {100 * sum(hits) / max(1, len(hits)):.1f} %"


def numbers(results: list[Result], tell: bool) -> None:
    for grade in ("yes", "marginal", "no"):
        chosen = [r for r in results if r.sample.legible == grade and not r.sample.hidden]
        print(f"  wanted numbers read, legible={grade:8}: {share([hit for r in chosen for hit in wanted_found(r)])}")
    covered = [r for r in results if r.sample.hidden]
    print(f"  covered numbers read (should be 0)  : {sum(any(wanted_found(r)) for r in covered)}/{len(covered)}")
    if tell:
        for r in results:
            if r.sample.legible == "yes" and not all(wanted_found(r)):
                print("    miss", r.sample.name, r.sample.order, r.sample.number)


def times(results: list[Result], tell: bool) -> None:
    chosen = [r for r in results if r.sample.legible == "yes" and r.sample.blur != "blurred"]
    print(f"  timestamps read and parsed          : {share([hit for r in chosen for _, hit in times_found(r)])}")
    by = {
        lang: [hit for r in chosen if r.sample.language == lang for _, hit in times_found(r)]
        for lang in sorted({r.sample.language for r in chosen})
    }
    print("    " + "  ".join(f"{lang} {sum(hits)}/{len(hits)}" for lang, hits in by.items()))
    if tell:
        for r in chosen:
            missed = [iso for iso, hit in times_found(r) if not hit]
            if missed:
                print("    miss", r.sample.name, missed, [s.text + "=" + str(s.at) for s in r.facts.timestamps])


def kinds(results: list[Result], tell: bool) -> None:
    chosen = [r for r in results if r.sample.legible == "yes" and not r.sample.hidden]
    print(f"  kind proposed right                 : {share([r.facts.kind == r.sample.kind for r in chosen])}")
    print(
        "    wrong:",
        dict(
            Counter(
                f"{r.sample.language}: {r.sample.kind} -> {r.facts.kind}"
                for r in chosen
                if r.facts.kind != r.sample.kind
            )
        )
        if tell
        else "see --misses",
    )


def sharpness(results: list[Result], tell: bool) -> None:
    for group in (("screen",), ("photo", "label", "letter")):
        chosen = [r for r in results if r.sample.group in group]
        sharp = [r for r in chosen if r.sample.blur == "sharp"]
        blurred = [r for r in chosen if r.sample.blur == "blurred"]
        alarms = [r for r in sharp if r.facts.sharpness[0].verdict == "blurred"]
        missed = [r for r in blurred if r.facts.sharpness[0].verdict != "blurred"]
        print(f"  sharpness {'+'.join(group):24}: AUC {auc([width_of(r) for r in sharp], [width_of(r) for r in blurred]):.3f}, "
              f"false alarms {len(alarms)}/{len(sharp)}, blurred missed {len(missed)}/{len(blurred)}")  # fmt: skip
        if tell:
            for name, some in (("alarm", alarms), ("missed", missed)):
                for r in some:
                    print("    ", name, r.sample.name, r.facts.sharpness[0])


def beside(results: list[Result]) -> None:
    models = peer.available()
    if not models:
        print("  Tesseract is not installed: no peer")
        return
    hits, cpu = [], []
    for r in results:
        lines, seconds = peer.read(r.sample, FOLDER, models)
        cpu.append(seconds)
        if r.sample.legible == "yes":
            hits += [peer.found(lines, number) for number in (r.sample.order, r.sample.number) if number]
    ours = [r.cpu for r in results]
    print(f"  beside Tesseract: it reads {share(hits)} of the legible numbers; "
          f"CPU per picture {sum(cpu) / len(cpu):.2f} s, ours {sum(ours) / len(ours):.2f} s (ratio {sum(ours) / sum(cpu):.2f})")  # fmt: skip


def stand_ins(samples: list[Sample], house: House) -> None:
    """The engines of which one may read first, over the same pictures: a share of the set."""
    some = samples[:: -(-len(samples) // MOST)]
    for name in first_engines():
        if not engines()[name].installed:
            print(f"  first engine {name:14}: not installed (requirements/{name}.txt)")
            continue
        results = read_all(some, FOLDER, house, name)
        legible = [r for r in results if r.sample.legible == "yes" and not r.sample.hidden]
        sharp = [r for r in legible if r.sample.blur != "blurred"]
        asked, accepted = falsely_accepted(results, QUERIES // 10)
        cpu = sum(r.cpu for r in results) / len(results)
        print(
            f"  first engine {name:14}: {len(results)} pictures, legible numbers {share([hit for r in legible for hit in wanted_found(r)])}, "
            f"times {share([hit for r in sharp for _, hit in times_found(r)])}, "
            f"kinds {share([r.facts.kind == r.sample.kind for r in legible])}, "
            f"changed numbers accepted {len(accepted)} of {asked}, CPU {cpu:.2f} s a picture"
        )


def main() -> int:
    tell = "--misses" in sys.argv
    samples, house = make(FOLDER), load_house()
    chosen = [s for s in samples if all(part in s.name for part in sys.argv[1:] if not part.startswith("--"))]
    if "--engines" in sys.argv:
        stand_ins(chosen, house)
        return 0
    results = read_all(chosen, FOLDER, house)
    cpu = sorted(r.cpu for r in results)
    print(f"reading: {len(results)} pictures, {len({s.language for s in chosen})} languages")
    numbers(results, tell)
    asked, accepted = falsely_accepted(results, QUERIES)
    print(f"  one-digit-changed numbers accepted  : {len(accepted)} of {asked}", accepted[:5] if tell else "")
    times(results, tell)
    kinds(results, tell)
    sharpness(results, tell)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"  CPU s per picture: mean {sum(cpu) / len(cpu):.2f}, median {cpu[len(cpu) // 2]:.2f}, p95 {cpu[int(len(cpu) * 0.95)]:.2f}; peak {memory} MB"
    )
    print(f"  the same bytes a second time        : {again(chosen[:8], FOLDER):.1f} ms CPU")
    print(f"  read and interpreted                : {engine_alone.told(results, FOLDER)}")
    stand_ins(chosen, house)
    if "--no-peer" not in sys.argv:
        beside(results)
    return 0


if __name__ == "__main__":
    sys.exit(main())
