"""Where the goods come from: suppliers with invoice, and the documents that a product needs."""

from casefile.fields.compliance import ComplianceDocument, Supplier
from letters.letter_context import LetterContext
from letters.raw import Paragraphs, Raw, paragraph


def _supplier(scene: LetterContext, supplier: Supplier) -> Raw | None:
    if not supplier.name:
        return None
    parts = [
        scene.text("letter.invoice", number=supplier.invoice_number) if supplier.invoice_number else None,
        scene.say.day(supplier.invoice_date) if supplier.invoice_date else None,
        scene.text("letter.units", count=supplier.quantity) if supplier.quantity else None,
    ]
    details = scene.text("letter.semicolon").join(part for part in parts if part)
    bracket = scene.text("letter.details", details=details) if details else ""
    cites = scene.of_files(supplier.files) or scene.of_kinds("invoice")
    return scene.fact("letter.supplier", cites, "attached", name=supplier.name, details=bracket)


def _document(scene: LetterContext, document: ComplianceDocument) -> Raw | None:
    name = " ".join(part for part in (document.type, document.number) if part)
    if not name:
        return None
    parts = [
        document.issuer,
        scene.text("letter.valid_until", date=scene.say.day(document.valid_until)) if document.valid_until else None,
        scene.text("letter.comma").join(document.asins) or None,
    ]
    details = scene.text("letter.semicolon").join(part for part in parts if part)
    bracket = scene.text("letter.details", details=details) if details else ""
    cites = scene.of_files(document.files)
    return scene.fact("letter.document", cites, "attached", name=name, details=bracket)


def write(scene: LetterContext) -> Paragraphs:
    """One paragraph on suppliers, one on documents."""
    suppliers = [_supplier(scene, supplier) for supplier in scene.case.suppliers]
    documents = [_document(scene, document) for document in scene.case.compliance]
    return [*paragraph(*suppliers), *paragraph(*documents)]
