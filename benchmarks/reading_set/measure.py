"""Reads the set as the service does and counts: numbers found, other numbers accepted, times, kinds, sharpness, CPU."""

import random
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.reading_set.sample import Sample
from casefile.case import Case
from casefile.facts import FileFacts
from casefile.house import House
from casefile.reading import ReadFile
from casefile.text_folding import DECIDES
from casefile.upload import Upload
from evidence_packer.understand.interpret import interpret, wanted_numbers
from evidence_packer.understand.matching import find
from reading.ocr.first import FIRST_ENGINE
from reading.read import ReadingRoom


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    sample: Sample
    file: ReadFile
    facts: FileFacts
    cpu: float


def case_of(sample: Sample) -> Case:
    body = {
        "platform": sample.platform, "site": sample.site, "procedure": "return_refund" if sample.platform == "shopee" else
        "a_to_z_response" if sample.platform == "amazon" else "item_not_received", "reason": "item_not_received",
        "order": {"id": sample.order or "112-0000000-0000000"},
        "files": [{"name": sample.name} | ({"language": sample.language} if sample.language in {"ko", "ja", "th"} else {})],
    }  # fmt: skip
    if sample.number:
        body["parcels"] = [{"carrier": sample.carrier, "tracking_number": sample.number}]
    return Case.model_validate(body)


def read_all(samples: Iterable[Sample], folder: Path, house: House, engine: str = FIRST_ENGINE) -> list[Result]:
    results = []
    with ReadingRoom(engine=engine) as room:
        for sample in samples:
            case = case_of(sample)
            languages = house.platforms[sample.platform].site(sample.site).reading_languages
            entry = case.entry(sample.name)
            upload = Upload(name=sample.name, data=(folder / sample.name).read_bytes())
            before = time.process_time()
            file = room.read(
                upload, wanted=wanted_numbers(case), languages=((entry.language,) if entry.language else ()) + languages
            )
            facts = interpret(sample.name, file.reading, len(upload.data), case, house)
            results.append(Result(sample=sample, file=file, facts=facts, cpu=time.process_time() - before))
    return results


def again(samples: Iterable[Sample], folder: Path) -> float:
    """Milliseconds of CPU for a second reading of the same bytes, on average."""
    with ReadingRoom() as room:
        uploads = [Upload(name=sample.name, data=(folder / sample.name).read_bytes()) for sample in samples]
        for upload in uploads:
            room.read(upload)
        before = time.process_time()
        for upload in uploads:
            room.read(upload)
        return 1000 * (time.process_time() - before) / len(uploads)


def wanted_found(result: Result) -> list[bool]:
    seen = []
    if result.sample.order:
        seen.append(any(s.matches for s in result.facts.order_ids))
    if result.sample.number:
        seen.append(any(s.matches for s in result.facts.tracking_numbers))
    return seen


def changed(number: str, dice: random.Random) -> str:
    place = dice.choice([at for at, sign in enumerate(number) if sign.isdigit()])
    return number[:place] + dice.choice([d for d in "0123456789" if d != number[place]]) + number[place + 1 :]


def falsely_accepted(results: list[Result], queries: int) -> tuple[int, list[tuple[str, str]]]:
    dice = random.Random(7)
    pairs = [(result, number) for result in results for number in (result.sample.order, result.sample.number) if number]
    accepted = []
    each = -(-queries // len(pairs))
    for result, number in pairs:
        lines = [line for page in result.file.reading.pages for line in page.lines]
        for _ in range(each):
            other = changed(number, dice)
            if any(hit.score >= DECIDES for hit in find(lines, other)):
                accepted.append((result.sample.name, other))
    return each * len(pairs), accepted


def times_found(result: Result) -> list[tuple[str, bool]]:
    read = {(seen.at or "")[:19] for seen in result.facts.timestamps}
    return [(iso, iso in read) for iso in result.sample.times]


def auc(sharp: list[float], blurred: list[float]) -> float:
    """The chance that a blurred picture has the larger edge width."""
    wins = sum((b > s) + 0.5 * (b == s) for s in sharp for b in blurred)
    return wins / max(1, len(sharp) * len(blurred))


def width_of(result: Result) -> float:
    return result.facts.sharpness[0].edge_width or 0.0
