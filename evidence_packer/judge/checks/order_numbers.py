"""Order numbers: the case's own where a page prints it, a near miss, another order's, one partly hidden, one of another form."""

from collections.abc import Iterator

from casefile.finding import Finding, Severity
from casefile.finding_kind import FindingKind
from casefile.pointer import resolve
from evidence_packer.judge.check import EXPECTS_ORDER_ID, SURE, CheckOf, Dossier, Skip
from evidence_packer.understand.interpret import own_order_ids

ORDER_ID_MISSING = FindingKind(code="order-id-missing", severity="warning", about="file", sign="order", retake=True)


def check_order_id_found(dossier: Dossier) -> Iterator[Finding]:
    """Does the order's own number stand where such a page prints it?

    One warning per file of a kind that prints order numbers and shows none of the case's; near misses have their own.
    """
    own = own_order_ids(dossier.case)
    if not own:
        raise Skip("no-order-id")
    for file in dossier.of_kinds(EXPECTS_ORDER_ID):
        masked = any(seen.number in own for seen in file.masked_numbers)  # has a finding of its own
        if file.has_text and not file.order_ids and dossier.legible(file) and not masked:
            yield ORDER_ID_MISSING.found(file=file.file, params={"expected": own[0]}, rules=("S001-06",))


ORDER_ID_NEAR_MISS = FindingKind(code="order-id-near-miss", severity="blocker", about="file", sign="order", retake=True)

ORDER_ID_LOOKS_ALIKE = FindingKind(
    code="order-id-looks-alike", severity="warning", about="file", sign="order", retake=True
)


def check_order_id_near_miss(dossier: Dossier) -> Iterator[Finding]:
    """Does a file show a number that misses the order's by one sign?

    A blocker per near miss that was surely read, with both numbers side by side; a question where it was not, where only signs
    that look alike differ, or where the own number stands on the same page.
    """
    if not own_order_ids(dossier.case):
        raise Skip("no-order-id")
    for file in dossier.facts:
        right = {seen.page for seen in file.order_ids if seen.matches}
        for seen in file.order_ids:
            if seen.near:
                kind = ORDER_ID_LOOKS_ALIKE if seen.alike else ORDER_ID_NEAR_MISS
                yield kind.found(
                    severity="warning" if seen.page in right or seen.score < SURE else kind.severity,
                    file=file.file,
                    page=seen.page,
                    box=seen.box,
                    params={"found": seen.value, "expected": seen.near},
                    rules=("S001-06", "S003-13"),
                )


FOREIGN_ORDER_IDS = FindingKind(
    code="foreign-order-ids", severity="warning", about="file", sign="only_order", retake=True
)
_LISTS = frozenset({"erp_record", "back_office_log", "account_record", "refund_proof"})
"""Records that list many orders when the matter is about many."""
_DECIDING = frozenset({"tracking", "proof_of_delivery", "dispatch"})


def check_foreign_order_ids(dossier: Dossier) -> Iterator[Finding]:
    """Does a file show other orders' numbers?

    One finding per file and page: a blocker on delivery papers where it was surely read, else a warning; records of many orders
    only advise.
    """
    own = own_order_ids(dossier.case)
    if not own:
        raise Skip("no-order-id")
    about_many = dossier.procedure.subject in {"orders", "account"}
    for file in dossier.facts:
        if about_many and file.kind in _LISTS:
            continue
        pages: dict[int, list[str]] = {}
        for seen in file.order_ids:
            if not seen.matches and not seen.near:
                pages.setdefault(seen.page, []).append(seen.value)
        for page, values in pages.items():
            seen_here = [seen for seen in file.order_ids if seen.page == page and seen.value in values]
            first = max(seen_here, key=lambda seen: seen.score >= SURE)
            blocks = file.kind in _DECIDING and first.score >= SURE
            severity: Severity = "blocker" if blocks else "advice" if about_many else "warning"
            yield FOREIGN_ORDER_IDS.found(
                severity=severity,
                file=file.file,
                page=page,
                box=first.box,
                params={"found": ", ".join(values[:5]), "count": len(values), "expected": own[0]},
                rules=("S001-18", "S001-29"),
            )


NUMBER_MASKED = FindingKind(code="number-masked", severity="warning", about="file", sign="order", retake=True)


def check_number_masked(dossier: Dossier) -> Iterator[Finding]:
    """Does a page hide part of the number that ties it to the case?

    A warning per file that shows an own number only with part of it hidden.
    """
    for file in dossier.facts:
        whole = any(seen.matches for seen in file.order_ids) or any(seen.matches for seen in file.tracking_numbers)
        if file.masked_numbers and not whole:
            seen = file.masked_numbers[0]
            yield NUMBER_MASKED.found(
                file=file.file,
                page=seen.page,
                box=seen.box,
                params={"found": seen.text, "expected": seen.number},
                rules=("S001-06",),
            )


SUBJECT_ID_FORMAT = FindingKind(code="subject-id-format", severity="warning")


def check_subject_id_format(dossier: Dossier) -> Iterator[Finding]:
    """Are the ids written as the platform writes them?

    One finding per id that has another form, at the severity the platform's file gives, capped by its confidence.
    """
    if not dossier.platform.identifiers:
        raise Skip("no-id-format")
    for identifier in dossier.platform.identifiers:
        value = resolve(dossier.case, identifier.field)
        if value and not identifier.matches(str(value)):
            yield SUBJECT_ID_FORMAT.found(
                severity=identifier.severity,
                pointer=identifier.field,
                params={"found": str(value), "example": identifier.valid[0], "name": dict(identifier.name)},
                rules=("S004-62",),
            ).capped(dossier.platform.confidence(identifier.source))


CHECKS = (
    CheckOf(code="order-id-found", judges="facts", findings=(ORDER_ID_MISSING,), run=check_order_id_found),
    CheckOf(
        code="order-id-near-miss",
        judges="facts",
        findings=(ORDER_ID_NEAR_MISS, ORDER_ID_LOOKS_ALIKE),
        run=check_order_id_near_miss,
    ),
    CheckOf(code="foreign-order-ids", judges="facts", findings=(FOREIGN_ORDER_IDS,), run=check_foreign_order_ids),
    CheckOf(code="number-masked", judges="facts", findings=(NUMBER_MASKED,), run=check_number_masked),
    CheckOf(code="subject-id-format", judges="case", findings=(SUBJECT_ID_FORMAT,), run=check_subject_id_format),
)
