"""The search for the same thing sent twice: CPU for two hundred files, each compared with every other."""

import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402  # the checkout comes first on the path
from PIL import Image  # noqa: E402

from casefile.facts import FileFacts, PlacedText  # noqa: E402
from evidence_packer.judge.checks.files import near_duplicates  # noqa: E402
from reading.looks.colour_thumbnail import thumbprint  # noqa: E402

FILES = 200
WORDS = (
    "Delivered",
    "Out for delivery",
    "Arrived at facility",
    "Label created",
    "Signed by",
    "Departed",
    "In transit",
    "Picked up",
)


def pages(seed: int, count: int = FILES) -> list[FileFacts]:
    """Tracking pages of one layout, sixty lines each, every one of another parcel."""
    draw = np.random.default_rng(seed)
    found = []
    for number in range(count):
        rows = [
            f"1Z12345E{draw.integers(10**9):010}",
            *(
                f"{WORDS[row % 8]} Nov {draw.integers(1, 29)}, 2026, {draw.integers(1, 13)}:{draw.integers(60):02} PM"
                for row in range(59)
            ),
        ]
        texts = tuple(PlacedText(text=text, box=(0.1, 0.015 * n, 0.5, 0.015 * n + 0.01)) for n, text in enumerate(rows))
        found.append(facts(f"page-{number}.png", texts=texts))
    return found


def photographs(seed: int, count: int = FILES) -> list[FileFacts]:
    """Soft shapes of colour, as photographs are from afar; sides of five cameras."""
    draw = np.random.default_rng(seed)
    shapes = ((4000, 3000), (3000, 4000), (1920, 1080), (1080, 1920), (2000, 2000))
    found = []
    for number in range(count):
        small = Image.fromarray(draw.integers(0, 256, (6, 6, 3), dtype=np.uint8)).resize(
            (320, 320), Image.Resampling.BICUBIC
        )
        cells = thumbprint(small)
        found.append(facts(f"photo-{number}.jpg", thumbprint=cells, pages=(shapes[number % 5],)))
    return found


def facts(name: str, **more: object) -> FileFacts:
    return FileFacts(file=name, sha256=name, kind="other", **({"pages": ((1000, 1600),)} | more))


def cpu(files: list[FileFacts]) -> tuple[float, int]:
    before = time.process_time()
    found = len(list(near_duplicates(files)))
    return time.process_time() - before, found


def main() -> None:
    print(f"near duplicates among {FILES} files: CPU seconds (wanted <= 0.5)")
    cpu(photographs(1, 3))
    copies = [facts(f"copy-{number}.png", texts=pages(5, 1)[0].texts) for number in range(FILES)]
    sets = {
        "tracking pages of one layout": pages(2),
        "photographs": photographs(3),
        "half pages, half photographs": pages(4, FILES // 2) + photographs(4, FILES // 2),
        "copies of one page": copies,
    }
    for name, files in sets.items():
        seconds, found = cpu(files)
        print(f"  {name:32} {seconds:6.3f} s   {found} found")


if __name__ == "__main__":
    main()
