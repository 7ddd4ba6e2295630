"""Data that nobody should see, and text that nobody sees: numbers of people, leaks, covers, pages that were not read."""

from collections.abc import Iterator

from casefile.facts import FileFacts
from casefile.finding import Finding, Severity
from casefile.finding_kind import FindingKind
from casefile.personal_facts import PrivateSeen
from evidence_packer.judge.check import CheckOf, Dossier

PRIVATE_DATA_VISIBLE = FindingKind(code="private-data-visible", severity="advice", about="file", coverable=True)
REDACTION_LEAKS = FindingKind(code="redaction-leaks", severity="blocker", about="file")
_SECRET = frozenset({"card", "identity", "iban"})


def _place(seen: PrivateSeen) -> str:
    """The place as ``files[].redact`` takes it, with a little margin."""
    x0, y0, x1, y1 = seen.box
    box = (max(0.0, x0 - 0.004), max(0.0, y0 - 0.003), min(1.0, x1 + 0.004), min(1.0, y1 + 0.003))
    return '{"page": %d, "box": [%s]}' % (seen.page, ", ".join(f"{edge:.4f}" for edge in box))  # noqa: UP031  # braces


def _findings(file: FileFacts, what: str, severity: Severity) -> Iterator[Finding]:
    seen = [one for one in file.private_data if one.what == what]
    if seen:
        yield PRIVATE_DATA_VISIBLE.found(
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


def check_private_data_visible(dossier: Dossier) -> Iterator[Finding]:
    """Does a page show data of people that the case does not need?

    A warning per kind of secret number, advice for e-mails and phones of others; a blocker where burning did not hold.
    """
    for file in dossier.facts:
        for what in ("card", "identity", "iban", "email", "phone"):
            yield from _findings(file, what, "warning" if what in _SECRET else "advice")
        if file.leaks:
            leak = file.leaks[0]
            yield REDACTION_LEAKS.found(file=file.file, page=leak.page, box=leak.box)


PAGE_UNREAD = FindingKind(code="page-unread", severity="advice", about="file")
_WHOLE = (0.0, 0.0, 1.0, 1.0)
TEXT_UNDER_COVER = FindingKind(code="text-under-cover", severity="advice", about="file")


def check_pages_read(dossier: Dossier) -> Iterator[Finding]:
    """Was every page read, and can what is read be seen on it?

    Advice per page that was not read: it is shown, but proves nothing. Advice per page from which hidden text was taken away.
    """
    for file in dossier.facts:
        for page, why in file.unread:
            yield PAGE_UNREAD.found(file=file.file, page=page, box=_WHOLE, params={"why": f"@unread.{why}"})
        for page in dict.fromkeys(page for page, _ in file.covered):
            boxes = [box for on, box in file.covered if on == page]
            yield TEXT_UNDER_COVER.found(
                file=file.file,
                page=page,
                box=(
                    min(box[0] for box in boxes),
                    min(box[1] for box in boxes),
                    max(box[2] for box in boxes),
                    max(box[3] for box in boxes),
                ),
                params={"lines": len(boxes), "words": dict(file.covered_words).get(page, "…")},
            )


CHECKS = (
    CheckOf(
        code="private-data-visible",
        judges="facts",
        findings=(PRIVATE_DATA_VISIBLE, REDACTION_LEAKS),
        run=check_private_data_visible,
    ),
    CheckOf(code="pages-read", judges="facts", findings=(PAGE_UNREAD, TEXT_UNDER_COVER), run=check_pages_read),
)
