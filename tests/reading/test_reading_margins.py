"""The head and foot of a Word document's pages are words of it, where pages show them."""

import io
import zipfile

from reading.office.margins import in_margins

_RELATIONS = '<Relationship Id="r1" Target="header1.xml"/><Relationship Target="footer1.xml" Id="r2"/>'

_MERGED = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p><w:r><w:t>taken up</w:t></w:r></w:p></w:tc>"


def _document(kind="default", more=""):
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr(
            "word/document.xml",
            f'<w:headerReference w:type="{kind}" r:id="r1"/><w:footerReference w:type="default" r:id="r2"/>{more}',
        )
        archive.writestr("word/_rels/document.xml.rels", _RELATIONS)
        hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>"
        archive.writestr("word/header1.xml", f"<w:p><w:r><w:t>Shenzhen &amp; Co</w:t></w:r>{hidden}</w:p>{_MERGED}")
        archive.writestr("word/footer1.xml", '<w:p w:x="1"><w:r><w:t>Invoice</w:t><w:tab/><w:t>42</w:t></w:r></w:p>')
    return sink.getvalue()


def test_heads_and_feet_are_read():
    assert list(in_margins(_document(), "header")) == ["Shenzhen & Co"]
    assert list(in_margins(_document(), "footer")) == ["Invoice 42"]


def test_a_first_page_of_its_own_counts_only_where_there_is_one():
    assert list(in_margins(_document("first"), "header")) == []
    assert list(in_margins(_document("first", "<w:titlePg/>"), "header")) == ["Shenzhen & Co"]


def test_what_is_no_document_has_none():
    assert list(in_margins(b"PK", "header")) == []
