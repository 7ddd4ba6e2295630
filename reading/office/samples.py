"""Tiny office files, made here: decoded once when the guarded child starts, so that it has loaded all it needs."""

import io
import zipfile

from reading.office.documents import INSTALLED

if INSTALLED:
    import odfdo
    import pptx

_TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>{}</Types>'  # noqa: E501
_RELATIONS = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _packed(parts: dict[str, str]) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return sink.getvalue()


def _related(target: str, kind: str) -> str:
    return f'<Relationship Id="rId1" Type="{_OFFICE}/{kind}" Target="{target}"/>'


def workbook(rows: tuple[tuple[str, ...], ...] = (("Order", "已签收"), ("112-4829307-7716253", "2026-11-02"))) -> bytes:
    """An XLSX with one sheet of words."""
    cell = '<c t="inlineStr"><is><t>{}</t></is></c>'.format
    cells = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": _TYPES.format(
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/>'
        ),
        "_rels/.rels": _RELATIONS.format(_related("xl/workbook.xml", "officeDocument")),
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{_OFFICE}"><sheets><sheet name="Orders" sheetId="1" r:id="rId1"/></sheets></workbook>',  # noqa: E501
        "xl/_rels/workbook.xml.rels": _RELATIONS.format(_related("worksheets/sheet1.xml", "worksheet")),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>',
    }
    return _packed(parts)


def word(body: str = "<w:p><w:r><w:t>Order 已签收</w:t></w:r></w:p>") -> bytes:
    """A DOCX with this body."""
    main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    parts = {
        "[Content_Types].xml": _TYPES.format(
            f'<Override PartName="/word/document.xml" ContentType="{kind}.document.main+xml"/>'
        ),
        "_rels/.rels": _RELATIONS.format(_related("word/document.xml", "officeDocument")),
        "word/document.xml": f'<w:document xmlns:w="{main}"><w:body>{body}</w:body></w:document>',
    }
    return _packed(parts)


def slides() -> bytes:
    """A PPTX with a title and a table."""
    show = pptx.Presentation()
    slide = show.slides.add_slide(show.slide_layouts[5])
    slide.shapes.title.text = "Order 已签收"
    slide.shapes.add_table(1, 2, 0, 0, 1_000_000, 500_000).table.cell(0, 0).text = "1"
    sink = io.BytesIO()
    show.save(sink)
    return sink.getvalue()


def open_text() -> bytes:
    """An ODT with a heading, a paragraph, a list and a table."""
    document = odfdo.Document("text")
    document.body.append(odfdo.Header(1, "Order"))
    document.body.append(odfdo.Paragraph("已签收"))
    document.body.append(odfdo.List(["1"]))
    document.body.append(odfdo.Table("T", width=2, height=2))
    sink = io.BytesIO()
    document.save(sink)
    return sink.getvalue()
