"""Was every page read, and can what is read be seen on it?"""

from collections.abc import Iterator

from casefile.finding import Finding
from evidence_packer.judge.check import Dossier

CODE = "pages-read"
INPUT = "facts"


def check(dossier: Dossier) -> Iterator[Finding]:
    """Advice per page that was not read: it is shown, but proves nothing. A warning per page with text under a cover."""
    for file in dossier.facts:
        for page, why in file.unread:
            yield Finding(
                code="page-unread", severity="advice", file=file.file, page=page, params={"why": f"@unread.{why}"}
            )
        for page in dict.fromkeys(page for page, _ in file.covered):
            boxes = [box for on, box in file.covered if on == page]
            yield Finding(
                code="text-under-cover",
                severity="warning",
                file=file.file,
                page=page,
                box=(
                    min(box[0] for box in boxes), min(box[1] for box in boxes),
                    max(box[2] for box in boxes), max(box[3] for box in boxes),
                ),
                params={"lines": len(boxes)},
            )  # fmt: skip
