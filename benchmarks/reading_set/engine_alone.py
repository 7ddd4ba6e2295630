"""The OCR engine alone on the same pictures, in the tier that their language needs: what a page costs beyond it."""

import time
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.reading_set.measure import Result
from reading.ocr.contract import engines
from reading.ocr.first import FIRST_ENGINE
from reading.ocr.ocr_passes import Aim

MOST = 24
"""Pictures; more say the same."""


def told(results: Iterable[Result], folder: Path) -> str:
    """CPU of both on legible pictures that no second engine reads, and their ratio: of all together, and the median."""
    chosen = [r for r in results if r.sample.legible == "yes" and _first_alone(r)]
    chosen = chosen[:: max(1, len(chosen) // MOST)]
    if not chosen:
        return "no picture is read by the first engine alone"
    kind = engines()[FIRST_ENGINE]
    engine = kind.load()
    tiers = [Aim(languages=(r.sample.language,)).tier(kind.reads) for r in chosen]
    pictures = [np.asarray(Image.open(folder / r.sample.name).convert("RGB")) for r in chosen]
    for tier in sorted(set(tiers)):
        engine.lines(pictures[0], tier)
    alone = []
    for picture, tier in zip(pictures, tiers, strict=True):
        before = time.process_time()
        engine.lines(picture, tier)
        alone.append(time.process_time() - before)
    ours = [r.cpu for r in chosen]
    ratios = sorted(mine / other for mine, other in zip(ours, alone, strict=True))
    return (
        f"{sum(ours) / len(ours):.2f} s a picture, the engine alone {sum(alone) / len(alone):.2f} s: "
        f"ratio {sum(ours) / sum(alone):.2f}, median {ratios[len(ratios) // 2]:.2f} over {len(ratios)} pictures"
    )


def _first_alone(result: Result) -> bool:
    return all(page.receipt.engine == FIRST_ENGINE for page in result.file.reading.pages)
