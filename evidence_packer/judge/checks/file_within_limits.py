"""Does what will be submitted keep the platform's limits?"""

from collections.abc import Iterator

from casefile.finding import Finding
from evidence_packer.judge.check import Dossier

CODE = "file-within-limits"
INPUT = "files"


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB"


def check(dossier: Dossier) -> Iterator[Finding]:
    """One finding per broken limit with the number found and the number allowed, capped by the source's confidence."""
    limits, outputs = dossier.procedure.limits, dossier.outputs or ()
    confidence = dossier.platform.confidence(limits.source)
    found: list[Finding] = []
    for output in outputs:
        if limits.max_file_bytes and output.bytes > limits.max_file_bytes:
            sizes = {"found": _size(output.bytes), "allowed": _size(limits.max_file_bytes)}
            found.append(Finding(code="file-over-limit", severity="blocker", file=output.name, params=sizes))
        if limits.max_pages and output.pages and output.pages > limits.max_pages:
            pages = {"found": output.pages, "allowed": limits.max_pages}
            found.append(Finding(code="pages-over-limit", severity="blocker", file=output.name, params=pages))
        if limits.formats and output.format not in limits.formats:
            formats = {"found": output.format, "allowed": ", ".join(limits.formats)}
            found.append(Finding(code="file-format-refused", severity="blocker", file=output.name, params=formats))
    total = sum(output.bytes for output in outputs)
    if limits.max_total_bytes and total > limits.max_total_bytes:
        sizes = {"found": _size(total), "allowed": _size(limits.max_total_bytes)}
        found.append(Finding(code="total-over-limit", severity="blocker", params=sizes))
    if limits.max_files and len(outputs) > limits.max_files:
        counts = {"found": len(outputs), "allowed": limits.max_files}
        found.append(Finding(code="files-over-limit", severity="blocker", params=counts))
    yield from (finding.capped(confidence) for finding in found)
