"""Every hostile file, made the same each time; nothing of it lies in the repository. ``python -m tests.security.hostile_files DIR`` writes them."""

import sys
from pathlib import Path

from tests.security import hostile_others, hostile_pdfs, hostile_pictures
from tests.security.hostile import Hostile

FILES: tuple[Hostile, ...] = tuple(
    file
    for module in (hostile_pictures, hostile_pdfs, hostile_others)
    for group in module.GROUPS
    for file in group.files
)

if __name__ == "__main__":
    for place, file in enumerate(FILES):
        target = (
            Path(sys.argv[1])
            / f"{place:03d}-{''.join(c if c.isalnum() or c in '.-' else '_' for c in file.name)[-80:]}"
        )
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.make())
