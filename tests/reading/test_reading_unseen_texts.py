"""Texts, slides and notes show what their program shows: nothing hidden, white, struck out or commented; nothing seen is lost."""

import io

import pytest

from reading.office import open_text
from reading.office.blocks import CHARTS, DELETED, NOTES, UNSEEN, Image, NotShown, Passage, Table
from tests.reading.made_files import text_picture
from tests.reading.made_office import open_document


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
