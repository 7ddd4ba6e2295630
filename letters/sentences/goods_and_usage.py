"""The goods behind the order: stock that the platform held, where they come from, use of what is digital."""

from casefile.anchors import Anchor
from casefile.fields.compliance import ComplianceDocument, Supplier
from casefile.letter import Proof
from letters import printed, told
from letters.blocks import block
from letters.letter_context import LetterContext
from letters.raw import Paragraphs, Raw, paragraph


@block
def stock(scene: LetterContext) -> Paragraphs:
    """Stock that the platform held: what was sent in, received, and is claimed.

    One paragraph on shipment and difference, one on the adjustment and the value.
    """
    stock = scene.case.inventory
    if stock is None:
        return []
    goods = scene.text("letter.comma").join(x for x in (stock.sku, stock.fnsku, stock.asin) if x)
    details = scene.text("letter.details", details=goods) if goods else ""
    cites = scene.of_kinds("back_office_log", "erp_record", "invoice")
    sent = None
    if stock.shipped is not None and stock.received is not None and "shipped" not in scene.told:
        key = "letter.stock" + ("_shipment" if stock.shipment_id else "")
        sent = scene.fact(
            key, cites, "attached", id=stock.shipment_id or "", shipped=stock.shipped, received=stock.received,
            details=details,
        )  # fmt: skip
    adjusted = None
    if stock.adjustment_id:
        code = scene.text("letter.details", details=stock.adjustment_code) if stock.adjustment_code else ""
        adjusted = scene.fact("letter.stock_adjusted", (), "record", id=stock.adjustment_id, details=code)
    claimed = None
    if stock.claimed and not any("stock_claimed" in section.blocks for section in scene.kind.sections):
        cost = scene.text("letter.stock_cost", amount=scene.say.money(stock.unit_cost)) if stock.unit_cost else ""
        claimed = scene.plain("letter.stock_claimed", "argument", count=stock.claimed, details=cost)
    return [*paragraph(sent), *paragraph(adjusted, claimed)]


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


@block
def sources(scene: LetterContext) -> Paragraphs:
    """Where the goods come from: suppliers with invoice, and the documents that a product needs.

    One paragraph on suppliers, one on documents.
    """
    suppliers = [_supplier(scene, supplier) for supplier in scene.case.suppliers]
    documents = [_document(scene, document) for document in scene.case.compliance]
    return [*paragraph(*suppliers), *paragraph(*documents)]


_LISTED = 5
"""Accesses named one by one; the exhibits hold the rest."""


@block
def usage(scene: LetterContext) -> Paragraphs:
    """When a digital product or account was used, by the access log.

    One list of dated accesses, the first ones.
    """
    covered = scene.covered("service_used")
    if scene.against("service_used"):
        return []
    known = covered is not None and covered.status in {"shown", "attached"}
    cites = covered.exhibits if covered and known else ()
    sentences: list[Raw] = []
    for access in [entry for entry in scene.case.access_log if entry.at][:_LISTED]:
        parts = [x for x in (access.event, f"IP {access.ip}" if access.ip else None) if x]
        details = scene.text("letter.semicolon").join(parts)
        anchors = [Anchor.words(x) for x in (access.event, access.ip) if x]
        bracket = told.details(scene.text("letter.details", details=details) if details else "", *anchors)
        date = told.moment(scene.say, access.at) if access.at else ""
        logged = printed.minute(scene, access.at, "usage_log") if access.at else ()
        proof: Proof = "shown" if logged else "attached"
        sentences.append(scene.fact("letter.used", logged or cites, proof, date=date, details=bracket))
    if sentences:
        scene.said.add("service_used")
    return paragraph(*sentences, listed=True)
