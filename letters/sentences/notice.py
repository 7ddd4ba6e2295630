"""The platform's side of an appeal: the problem that its notice names, what it asks for, what it refused."""

from casefile.fields.claim import Rejection, RejectionReason
from casefile.fields.order import OrderLine
from casefile.letter import Proof
from casefile.promptness import not_after
from letters import told
from letters.blocks import block
from letters.letter_context import LetterContext
from letters.raw import Paragraphs, Raw, RawParagraph, filled_columns, paragraph

_ORDERS = 3
"""Orders named one by one in sentences; a table holds more."""
_ROWS = 20
_COLUMNS = ("order", "ship_by", "handed", "first_scan", "delivered", "exhibit")


def _notice(scene: LetterContext) -> list[Raw | None]:
    notice = scene.case.notice
    if notice is None:
        return []
    words = scene.words(notice.text, "/notice/text")
    shown = scene.point("notice", notice.at) if notice.at else ()
    says = None
    if notice.at:
        key = "letter.notice" + ("_id" if notice.id else "") + ("_says" if words else "")
        quote = told.words(words, scene.say.quoted(words)) if words else ""
        cites, date = shown or scene.of_kinds("notice"), told.moment(scene.say, notice.at)
        says = scene.known(key, cites, shown=bool(shown), id=told.number(notice.id or ""), date=date, quote=quote)
    code = scene.plain("letter.notice_code", "fact", code=notice.error_code) if notice.error_code else None
    return [says, code]


def _metric(scene: LetterContext) -> Raw | None:
    metric = scene.case.metric
    if metric is None or metric.value is None:
        return None
    dated = bool(metric.from_ and metric.to)
    key = "letter.metric" + ("_target" if metric.target is not None else "") + ("_dated" if dated else "")
    return scene.known(
        key,
        (),
        shown=False,
        name=scene.text(f"letter.metric.{metric.name}"),
        value=f"{metric.value.normalize():f}",
        target=f"{metric.target.normalize():f}" if metric.target is not None else "",
        first=scene.say.day(metric.from_) if metric.from_ else "",
        last=scene.say.day(metric.to) if metric.to else "",
    )


def _affected(scene: LetterContext) -> Raw | None:
    metric = scene.case.metric
    if not (metric and metric.orders_affected):
        return None
    scene.said.add("orders_dispatched")
    standing = scene.standing("orders_dispatched")
    return (
        scene.fact("letter.orders_affected", *standing, count=told.figure(metric.orders_affected)) if standing else None
    )


def _orders(scene: LetterContext) -> list[Raw]:
    found = []
    for order in scene.case.orders[:_ORDERS]:
        if order.id and order.ship_by_at and order.dispatched_at:
            late = not not_after(order.dispatched_at, order.ship_by_at)
            due, date = scene.say.moment(order.ship_by_at), scene.say.moment(order.dispatched_at)
            key = "letter.order_late" if late else "letter.order_in_time"
            found.append(scene.fact(key, scene.of_files(order.files), "attached", id=order.id, ship_by=due, date=date))
    return found


def _order_row(scene: LetterContext, order: OrderLine) -> RawParagraph | None:
    """One order of a table: ship-by, the carrier's first scan (else our hand-over), delivery, exhibit, each where it is known."""
    cites = scene.of_files(order.files)
    handed = None if order.first_scan_at else order.dispatched_at
    moments = (order.ship_by_at, handed, order.first_scan_at, order.delivered_at)
    words = (order.id, *(scene.say.moment(at) if at else None for at in moments), scene.citing.all(cites) or None)
    proof: Proof = "attached" if cites else "record"
    kept = [
        (column, Raw(text=text, sentence_class="fact", proof=proof, exhibits=cites))
        for column, text in enumerate(words)
        if text
    ]
    return RawParagraph(
        sentences=tuple(raw for _, raw in kept),
        cells=tuple(column for column, _ in kept),
        table=tuple(scene.text(f"letter.column.{name}") for name in _COLUMNS),
        together=True,
    ) if order.id and any(moments) else None  # fmt: skip


@block
def problem(scene: LetterContext) -> Paragraphs:
    """The problem of an appeal: notice and metric with their figures, and the orders behind them.

    One paragraph on notice and metric, one on the orders; several orders are a table.
    """
    rows = [row for order in scene.case.orders[:_ROWS] if (row := _order_row(scene, order))]
    told = filled_columns(rows) if len(rows) > 1 else []
    named = [] if told else _orders(scene)
    return [*paragraph(*_notice(scene), _metric(scene)), *paragraph(_affected(scene), *named), *told]


def _asks_for_supplier(scene: LetterContext, text: str) -> bool:
    """Whether an item asks how to reach the supplier."""
    words, asked = scene.request.house.practice.words, text.casefold()
    return any(word in asked for word in words.supplier) and any(word in asked for word in words.contact_details)


def _supplier_contact(scene: LetterContext) -> Raw | None:
    """Name, address and telephone of the supplier as the case has them, with the invoice."""
    for supplier in scene.case.suppliers:
        parts = [part for part in (supplier.name, supplier.address, supplier.phone) if part]
        if supplier.name and len(parts) > 1:
            listed = scene.text("letter.comma").join(parts)
            return scene.worded(listed, "argument", scene.of_files(supplier.files))
    return None


@block
def answers(scene: LetterContext) -> Paragraphs:
    """Answers to what the notice asks for: every item, our answer, its exhibits.

    One row of a table per answered item; an item that a section of the letter answers needs no row.
    """
    rows: Paragraphs = []
    for place, item in enumerate(scene.case.notice.required_items if scene.case.notice else ()):
        answer = scene.own(item.answer, "argument", f"/notice/required_items/{place}/answer", item.files)
        asked = scene.words(item.text, f"/notice/required_items/{place}/text")
        if answer is None and not item.answer and asked and _asks_for_supplier(scene, asked):
            answer = _supplier_contact(scene)
        if answer and asked:
            rows.append(
                RawParagraph(
                    sentences=(scene.plain("letter.asked", "fact", text=asked), answer),
                    cells=(0, 1),
                    table=(scene.text("letter.column.asked"), scene.text("letter.column.answer")),
                    together=True,
                )
            )
    return rows


def _refusal(scene: LetterContext, rejection: Rejection) -> Raw | None:
    if rejection.at is None:
        return None
    cites = scene.of_files([rejection.file] if rejection.file else [])
    key = "letter.refused" + ("_id" if rejection.submission_id else "")
    date = scene.say.moment(rejection.at)
    return scene.known(key, cites, shown=False, date=date, id=rejection.submission_id or "")


def _row(scene: LetterContext, reason: RejectionReason, pointer: str) -> RawParagraph | None:
    answer = scene.own(reason.answer, "argument", f"{pointer}/answer", reason.files)
    if answer is None:
        if not reason.answer:
            scene.left(f"{pointer}/answer", "not-answered")
        return None
    given = scene.words(reason.text, f"{pointer}/text")
    cells = (
        (0, scene.plain("letter.reason_given", "fact", quote=scene.say.quoted(given)) if given else None),
        (1, answer),
    )
    kept = [(column, cell) for column, cell in cells if cell]
    return RawParagraph(
        sentences=tuple(cell for _, cell in kept),
        cells=tuple(column for column, _ in kept),
        table=(scene.text("letter.column.reason"), scene.text("letter.column.answer")),
        together=True,
    )


@block
def refused(scene: LetterContext) -> Paragraphs:
    """What was refused, and our answer to each reason with its exhibits.

    Per refusal its date and a table of reason and answer; a reason without an answer stays out and is listed as left out.
    """
    found: Paragraphs = []
    for place, rejection in enumerate(scene.case.rejections):
        rows = [_row(scene, reason, f"/rejections/{place}/reasons/{n}") for n, reason in enumerate(rejection.reasons)]
        found += [*paragraph(_refusal(scene, rejection)), *(row for row in rows if row)]
    return found
