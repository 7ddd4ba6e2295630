"""Drills of spreadsheets: texts that would be computed by whoever opens the workbook that comes back."""

import io
import re
import time
import zipfile
from xml.sax.saxutils import escape

from api.commands.attack.broken import Broken
from api.commands.attack.drill import Drill
from api.commands.attack.target import AttackTarget

_TEXTS = ('=HYPERLINK("https://evil.example")', "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "=1+1", "=cmd|'/C calc'!A0")
_FORMULA = re.compile(rb"<f[ >/]")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">'
    '<sheets><sheet name="cases" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


def _workbook(rows: list[list[str]]) -> bytes:
    """A workbook in which every cell is a text, whatever it looks like."""
    lines = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for cell in row) + "</row>"
        for row in rows
    )
    sheet = f'<worksheet xmlns="{_MAIN}"><sheetData>{lines}</sheetData></worksheet>'
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for name, text in {**_PARTS, "xl/worksheets/sheet1.xml": sheet}.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)
    return sink.getvalue()


def _send(target: AttackTarget) -> None:
    case = target.case().json
    rows = [["platform", "procedure", "order_id", "buyer.name", "=1+1"]]
    rows += [[case["platform"], case["procedure"], f"{text} {place}", text, text] for place, text in enumerate(_TEXTS)]
    target.submit_sheet("cases.xlsx", _workbook(rows))


def _returned(target: AttackTarget) -> bytes:
    batch = target.sheet
    while time.monotonic() < target.end:
        if batch.get("status") not in {"queued", "running"}:
            if "sheet" not in batch.get("links", ()):
                raise Broken("lost", file="cases.xlsx")
            return target.ask("GET", batch["links"]["sheet"]).among(200).body
        time.sleep(0.2)
        batch = target.ask("GET", f"/v1/batches/{batch.get('id')}").json
    raise Broken("silent", asked="GET /v1/batches/…/sheet")


def _formulas(target: AttackTarget) -> None:
    with zipfile.ZipFile(io.BytesIO(_returned(target))) as opened:
        sheets = {name: opened.read(name) for name in opened.namelist() if name.startswith("xl/worksheets/")}
    for name, sheet in sheets.items():
        if _FORMULA.search(sheet):
            raise Broken("let-through", what=name)
    if not sheets:
        raise Broken("lost", file="xl/worksheets/")


DRILLS = (Drill(name="formulas", attempt=_formulas, prepare=_send),)
