"""Does the ending of a file's name say what the file is?"""

from collections.abc import Iterator

from casefile.finding import Finding
from evidence_packer.judge.check import Dossier

CODE = "file-name-true"
INPUT = "facts"
_USUAL = {"RFC822": "EML", "PLAIN": "TXT"}


def check(dossier: Dossier) -> Iterator[Finding]:
    """Advice per file that is of another type than its name says; it was read by its content."""
    for file in dossier.facts:
        if "extension-corrected" in file.changes:
            kind = file.media_type.rsplit("/", maxsplit=1)[-1].upper()
            yield Finding(
                code="file-name-misleads", severity="advice", file=file.file,
                params={"type": _USUAL.get(kind, kind), "ending": file.file.rpartition(".")[2]},
            )  # fmt: skip
