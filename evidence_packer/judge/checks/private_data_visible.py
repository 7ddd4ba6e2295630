"""Does a page show data of people that the case does not need?"""

from collections.abc import Iterator

from casefile.facts import FileFacts, PrivateSeen
from casefile.finding import Finding, Severity
from evidence_packer.judge.check import Dossier

CODE = "private-data-visible"
INPUT = "facts"
_SECRET = frozenset({"card", "identity", "iban"})


def _place(seen: PrivateSeen) -> str:
    """The place as ``files[].redact`` takes it, with a little margin."""
    x0, y0, x1, y1 = seen.box
    box = (max(0.0, x0 - 0.004), max(0.0, y0 - 0.003), min(1.0, x1 + 0.004), min(1.0, y1 + 0.003))
    return '{"page": %d, "box": [%s]}' % (seen.page, ", ".join(f"{edge:.4f}" for edge in box))  # noqa: UP031  # braces


def _findings(file: FileFacts, what: str, severity: Severity) -> Iterator[Finding]:
    seen = [one for one in file.private_data if one.what == what]
    if seen:
        yield Finding(
            code="private-data-visible",
            severity=severity,
            file=file.file,
            page=seen[0].page,
            box=seen[0].box,
            params={
                "what": f"@private.{what}",
                "found": seen[0].text,
                "count": len(seen),
                "redact": ", ".join(_place(one) for one in seen[:5]),
            },
            rules=("S001-29",),
        )


def check(dossier: Dossier) -> Iterator[Finding]:
    """A warning per kind of secret number, advice for e-mails and phones of others; a blocker where burning did not hold."""
    for file in dossier.facts:
        for what in ("card", "identity", "iban", "email", "phone"):
            yield from _findings(file, what, "warning" if what in _SECRET else "advice")
        if file.leaks:
            leak = file.leaks[0]
            yield Finding(code="redaction-leaks", severity="blocker", file=file.file, page=leak.page, box=leak.box)
