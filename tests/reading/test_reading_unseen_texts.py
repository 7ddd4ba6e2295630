"""Texts, slides and notes show what their program shows: nothing hidden, white, struck out or commented; nothing seen is lost."""

import io

import pptx
import pytest
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.util import Pt

from reading.office import documents, open_text, slides
from reading.office.blocks import CHARTS, DELETED, HIDDEN_SLIDES, NOTES, UNSEEN, Image, NotShown, Passage, Table
from tests.reading.made_files import text_picture
from tests.reading.made_office import open_document, word


def shown(blocks):
    """The words, then what is told."""
    found: list[str] = []
    told = set()
    for block in blocks:
        if isinstance(block, Passage):
            found.append(block.text)
        elif isinstance(block, Table):
            found += [cell for row in block.rows for cell in row if cell]
        elif isinstance(block, Image):
            found.append("<picture>")
        elif isinstance(block, NotShown):
            told.add(block)
    return found, told


def picture():
    sink = io.BytesIO()
    text_picture("Delivered").save(sink, "PNG")
    return sink.getvalue()


STYLES = """
<style:style style:name="hid" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="white" style:family="text"><style:text-properties fo:color="#FFFFFF"/></style:style>
<style:style style:name="tiny" style:family="text"><style:text-properties fo:font-size="1pt"/></style:style>
<style:style style:name="dark" style:family="paragraph"><style:paragraph-properties fo:background-color="#000000"/></style:style>
<style:style style:name="child" style:family="text" style:parent-style-name="hid"/>
<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
<text:list-level-style-number text:level="2" style:num-format="a" text:display-levels="2" style:num-suffix=")"/></text:list-style>
"""
FRAME = '<text:p>a<draw:frame><draw:image xlink:href="{}" xmlns:xlink="http://www.w3.org/1999/xlink"/></draw:frame></text:p>'
ITEM = "<text:list-item><text:p>{}</text:p></text:list-item>"


@pytest.mark.parametrize(
    ("body", "words", "told"),
    [
        ("<text:p>a<text:span text:style-name='hid'>x</text:span></text:p>", ["a"], {UNSEEN}),
        ("<text:p>a<text:span text:style-name='child'>x</text:span></text:p>", ["a"], {UNSEEN}),
        ("<text:p>a<text:span text:style-name='white'>x</text:span></text:p>", ["a"], {UNSEEN}),
        ("<text:p>a<text:span text:style-name='tiny'>x</text:span></text:p>", ["a"], {UNSEEN}),
        ("<text:p text:style-name='dark'><text:span text:style-name='white'>a</text:span></text:p>", ["a"], set()),
        ("<text:p text:style-name='dark'>x</text:p>", [], {UNSEEN}),
        ("<text:p>a</text:p><text:section text:display='none'><text:p>x</text:p></text:section>", ["a"], {UNSEEN}),
        ("<text:p>a</text:p><text:p><text:hidden-paragraph text:is-hidden='true'/>x</text:p>", ["a"], {UNSEEN}),
        ("<text:p>a<text:hidden-text text:is-hidden='true'>x</text:hidden-text></text:p>", ["a"], {UNSEEN}),
        ("<text:p>a<office:annotation><text:p>x</text:p></office:annotation></text:p>", ["a"], {NOTES}),
        (
            ("<text:tracked-changes><text:changed-region><text:deletion><text:p>x</text:p></text:deletion>"
            "</text:changed-region></text:tracked-changes><text:p>a<text:change text:change-id='1'/></text:p>"),
            ["a"], {DELETED},
        ),
        ("<text:p>a<text:s text:c='2'/>b<text:tab/>c<text:line-break/>d</text:p>", ["a  b    c\nd"], set()),
        (
            ("<text:p>a<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>n</text:p>"
            "</text:note-body></text:note></text:p>"),
            ["a[1]", "[1] n"], set(),
        ),
        ("<text:p>a<draw:frame><draw:text-box><text:p>b</text:p></draw:text-box></draw:frame></text:p>", ["a", "b"], set()),
        ("<text:p>a<draw:custom-shape><text:p>b</text:p></draw:custom-shape></text:p>", ["a", "b"], set()),
        ("<text:p>a<draw:frame><draw:object/></draw:frame></text:p>", ["a"], {CHARTS}),
        (FRAME.format("Pictures/1.png"), ["a", "<picture>"], set()),
        (
            (f"<text:list text:style-name='L'>{ITEM.format('a')}<text:list-item><text:p>b</text:p><text:list>{ITEM.format('c')}"
            f"{ITEM.format('d')}</text:list></text:list-item></text:list><text:p>e</text:p>"
            f"<text:list text:style-name='L' text:continue-numbering='true'>{ITEM.format('f')}</text:list>"),
            ["1. a", "2. b", "2.a) c", "2.b) d", "e", "3. f"], set(),
        ),
        (f"<text:list>{ITEM.format('a')}</text:list>", ["• a"], set()),
        (
            ("<table:table><table:table-row><table:table-cell><text:p>a</text:p><text:p>b</text:p></table:table-cell>"
            "<table:table-cell><text:p text:style-name='dark'>x</text:p></table:table-cell></table:table-row></table:table>"),
            ["a\nb"], {UNSEEN},
        ),
    ],
)  # fmt: skip
def test_an_open_text_shows_what_its_program_shows(body, words, told):
    data = open_document("text", body, STYLES, **{"Pictures/1.png": picture()})
    assert shown(open_text.blocks(data)) == (words, told)


def test_heads_and_feet_of_an_open_text_stand_around_it():
    margins = (
        "<office:master-styles><style:master-page><style:header><text:p>Letterhead</text:p></style:header>"
        "<style:footer><text:p>Foot</text:p></style:footer></style:master-page></office:master-styles>"
    )
    data = open_document("text", "<text:p>a</text:p>", margins=margins)
    assert shown(open_text.blocks(data))[0] == ["Letterhead", "a", "Foot"]


MAIN = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
WORD_STYLES = f"""<w:styles {MAIN}>
<w:style w:type="character" w:styleId="Gone"><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="character" w:styleId="GoneToo"><w:basedOn w:val="Gone"/></w:style>
<w:style w:type="paragraph" w:styleId="White"><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>
<w:style w:type="table" w:styleId="Dark"><w:tblStylePr><w:tcPr><w:shd w:fill="1F4E78"/></w:tcPr></w:tblStylePr></w:style>
<w:style w:type="paragraph" w:styleId="Step"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
</w:styles>"""
NUMBERING = f"""<w:numbering {MAIN}><w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Art. %1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1(%2)"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>
<w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num><w:num w:numId="4"><w:abstractNumId w:val="0"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num></w:numbering>"""


def run(text, told=""):
    return f"<w:r><w:rPr>{told}</w:rPr><w:t>{text}</w:t></w:r>"


def paragraph(*runs, told=""):
    return f"<w:p><w:pPr>{told}</w:pPr>{''.join(runs)}</w:p>"


def listed(text, number, level=0):
    return paragraph(run(text), told=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def of_word(body, **parts):
    return shown(documents.word(word(body, styles__xml=WORD_STYLES, numbering__xml=NUMBERING, **parts)))


DARK = '<w:shd w:val="clear" w:fill="336699"/>'
INK = '<w:color w:val="FFFFFF"/>'


@pytest.mark.parametrize(
    "hidden",
    [
        run("x", "<w:vanish/>"),
        run("x", '<w:vanish w:val="1"/>'),
        run("x", '<w:rStyle w:val="Gone"/>'),
        run("x", '<w:rStyle w:val="GoneToo"/>'),
        run("x", INK),
        run("x", '<w:color w:val="FEFEFE"/>'),
        run("x", '<w:color w:val="auto" w:themeColor="background1"/>'),
        run("x", '<w:sz w:val="2"/>'),
        run("x", '<w:color w:val="FF0000"/><w:shd w:val="clear" w:fill="FF0000"/>'),
        run("x", '<w:color w:val="000000"/><w:highlight w:val="black"/>'),
    ],
)
def test_a_word_document_leaves_out_what_nobody_sees(hidden):
    assert of_word(paragraph(run("a"), hidden)) == (["a"], {UNSEEN})


@pytest.mark.parametrize(
    "body",
    [
        paragraph(run("a", '<w:vanish w:val="0"/>')),
        paragraph(run("a", '<w:rStyle w:val="Gone"/><w:vanish w:val="false"/>')),
        paragraph(run("a", INK + '<w:shd w:val="clear" w:fill="1F4E78"/>')),
        paragraph(run("a", INK + '<w:highlight w:val="blue"/>')),
        paragraph(run("a", INK), told='<w:shd w:val="clear" w:fill="000000"/>'),
        paragraph(run("a", '<w:color w:val="FFFFFF" w:themeColor="background1" w:themeShade="80"/>')),
        f"<w:tbl><w:tr><w:tc><w:tcPr>{DARK}</w:tcPr>{paragraph(run('a', INK))}</w:tc></w:tr></w:tbl>",
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Dark"/></w:tblPr><w:tr><w:tc>{paragraph(run("a", INK))}</w:tc></w:tr></w:tbl>',
        paragraph(run("a", '<w:color w:val="auto"/>')),
        paragraph(run("a", '<w:sz w:val="16"/>')),
        paragraph(f'<w:ins w:id="1">{run("a")}</w:ins>'),
    ],
)
def test_what_a_word_document_shows_stays(body):
    assert of_word(body) == (["a"], set())


SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
BOX = f"<w:txbxContent>{paragraph(run('b'))}</w:txbxContent>"
WSP = f'<wps:wsp xmlns:wps="{SHAPE}"><wps:txbx>{BOX}</wps:txbx></wps:wsp>'
CHOICE = f'<mc:Choice Requires="wps"><w:drawing>{WSP}</w:drawing></mc:Choice>'
VML = f'<v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>{BOX}</v:textbox></v:shape>'
OLDER = f"<mc:Fallback><w:pict>{VML}</w:pict></mc:Fallback>"
BOTH = '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">{}</mc:AlternateContent></w:r>'
CHART = '<w:r><w:drawing><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"/></w:drawing></w:r>'
MATHS = (
    '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>2+2</m:t></m:r></m:oMath>'
)
DRAWN = (
    '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textpath string="VOID"/></v:shape></w:pict></w:r>'
)


@pytest.mark.parametrize(
    ("body", "words", "told"),
    [
        (paragraph(run("a"), "<w:del w:id='1'><w:r><w:delText>x</w:delText></w:r></w:del>"), ["a"], {DELETED}),
        (paragraph(run("a"), f"<w:moveFrom w:id='1'>{run('x')}</w:moveFrom>"), ["a"], {DELETED}),
        (paragraph(run("x"), told='<w:pStyle w:val="White"/>') + paragraph(run("a")), ["a"], {UNSEEN}),
        (paragraph(run("a"), BOTH.format(CHOICE + OLDER)), ["a", "b"], set()),
        (paragraph(run("a"), BOTH.format(CHOICE)), ["a", "b"], set()),
        (paragraph(run("a"), BOTH.format(OLDER)), ["a", "b"], set()),
        (paragraph(run("a"), CHART), ["a"], {CHARTS}),
        (paragraph(run("a"), DRAWN), ["a", "VOID"], set()),
        (listed("a", 1) + listed("b", 1, 1) + listed("c", 1, 1), ["Art. 1. a", "1(a) b", "1(b) c"], set()),
        (listed("a", 1) + listed("b", 1, 1) + listed("c", 1), ["Art. 1. a", "1(a) b", "Art. 2. c"], set()),
        (listed("a", 2) + listed("b", 3) + listed("c", 3), ["• a", "一、 b", "二、 c"], set()),
        (listed("a", 1) + listed("b", 4) + listed("c", 4), ["Art. 1. a", "Art. 7. b", "Art. 8. c"], set()),
        (paragraph(run("a"), told='<w:pStyle w:val="Step"/>'), ["Art. 1. a"], set()),
        (listed("a", 0), ["a"], set()),
        (
            paragraph(run("a"), MATHS),
            ["a2+2"], set(),
        ),
    ],
)  # fmt: skip
def test_a_word_document_shows_what_word_shows(body, words, told):
    assert of_word(body) == (words, told)


def test_comments_of_a_word_document_are_told():
    comments = f'<w:comments {MAIN}><w:comment w:id="1"><w:p/></w:comment></w:comments>'
    assert of_word(paragraph(run("a")), comments__xml=comments) == (["a"], {NOTES})


def boxed(text="x", **told):
    """A presentation with a box that is kept and one more, changed as told."""
    show = pptx.Presentation()
    slide = show.slides.add_slide(show.slide_layouts[6])
    slide.shapes.add_textbox(0, 0, 900_000, 300_000).text_frame.text = "a"
    box = slide.shapes.add_textbox(*told.get("at", (0, 900_000)), 900_000, 300_000)
    box.text_frame.text = text
    look = box.text_frame.paragraphs[0].runs[0].font
    if "size" in told:
        look.size = Pt(told["size"])
    if "ink" in told:
        look.color.rgb = RGBColor.from_string(told["ink"])
    if "theme" in told:
        look.color.theme_color = told["theme"]
    if "fill" in told:
        box.fill.solid()
        box.fill.fore_color.rgb = RGBColor.from_string(told["fill"])
    if "ground" in told:
        slide.background.fill.solid()
        slide.background.fill.fore_color.rgb = RGBColor.from_string(told["ground"])
    if told.get("hidden"):
        box.element.nvSpPr.cNvPr.set("hidden", "1")
    if "notes" in told:
        slide.notes_slide.notes_text_frame.text = told["notes"]
    if told.get("slide_hidden"):
        hidden = show.slides.add_slide(show.slide_layouts[6])
        hidden.element.set("show", "0")
    return show


def of_slides(show):
    sink = io.BytesIO()
    show.save(sink)
    return shown(slides.blocks(sink.getvalue()))


@pytest.mark.parametrize(
    "told",
    [
        {"size": 1}, {"ink": "FFFFFF"}, {"ink": "FEFEFE"}, {"theme": MSO_THEME_COLOR.BACKGROUND_1}, {"hidden": True},
        {"at": (20_000_000, 0)}, {"at": (-900_001, 0)}, {"ink": "112233", "fill": "112233"}, {"ink": "000000", "ground": "000000"},
    ],
)  # fmt: skip
def test_slides_leave_out_what_nobody_sees(told):
    assert of_slides(boxed(**told)) == (["a"], {UNSEEN})


@pytest.mark.parametrize(
    "told",
    [
        {"size": 8}, {"ink": "FFFFFF", "fill": "112233"}, {"ink": "FFFFFF", "ground": "112233"}, {"ink": "777777"},
        {"at": (-100_000, 900_000)},
    ],
)  # fmt: skip
def test_what_slides_show_stays(told):
    assert of_slides(boxed("b", **told)) == (["a", "b"], set())


def test_hidden_slides_and_speaker_notes_are_told():
    assert of_slides(boxed("b", notes="say this", slide_hidden=True)) == (["a", "b"], {NOTES, HIDDEN_SLIDES})


def test_charts_on_slides_are_told_and_pictures_shown():
    show = boxed("b")
    data = CategoryChartData()
    data.categories = ["x"]
    data.add_series("y", (1,))
    show.slides[0].shapes.add_chart(XL_CHART_TYPE.PIE, 0, 2_000_000, 900_000, 900_000, data)
    show.slides[0].shapes.add_picture(io.BytesIO(picture()), 0, 3_000_000)
    assert of_slides(show) == (["a", "b", "<picture>"], {CHARTS})


def test_white_words_over_a_picture_are_seen():
    show = boxed("b", ink="FFFFFF")
    tree = show.slides[0].shapes
    photo = tree.add_picture(io.BytesIO(picture()), 0, 850_000, 1_000_000, 500_000)
    tree._spTree.insert(2, photo.element)
    assert of_slides(show) == (["a", "<picture>", "b"], set())


def test_lines_of_a_slide_are_numbered():
    show = boxed("b")
    frame = show.slides[0].shapes[1].text_frame
    frame.add_paragraph().text = "c"
    for line in frame.paragraphs:
        line._p.get_or_add_pPr().append(
            line._p.makeelement("{http://schemas.openxmlformats.org/drawingml/2006/main}buAutoNum", {})
        )
    assert of_slides(show)[0] == ["a", "1. b\n2. c"]
