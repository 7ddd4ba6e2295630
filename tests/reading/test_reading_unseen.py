"""What stands in a page, a mail or an office file and is seen by nobody proves nothing, and is told; what is seen is kept."""

from email.message import EmailMessage

import pytest

from reading.office import blocks, markup
from reading.office.blocks import ELSEWHERE, UNSEEN, NotShown, Passage
from reading.office.blocks import Table as Rows
from reading.office.mail_text import says_the_same, text_of


def words(page):
    found = [block for block in markup.blocks(page) if not isinstance(block, NotShown)]
    return " ".join(
        cell for one in found for cell in ([one.text] if isinstance(one, Passage) else sum(one.rows, ()))
    ).split()


def told(page):
    return [block for block in markup.blocks(page) if isinstance(block, NotShown)]


UNSEEN_WAYS = [
    '<p style="color:#fff">x</p>',
    '<p style="color: white">x</p>',
    '<font color="#FFFFFF">x</font>',
    "<font color=fefefe>x</font>",
    '<td bgcolor="#336699"><span style="color:#369">x</span></td>',
    '<div style="background:#000"><p>x</p></div>',
    '<div style="background:rgb(20,20,20) none"><p style="color:#181818">x</p></div>',
    '<p style="color:transparent">x</p>',
    '<p style="color:rgba(0,0,0,.01)">x</p>',
    '<p style="color:hsl(0,0%,100%)">x</p>',
    '<p style="font-size:1px">x</p>',
    '<p style="font-size:1pt;line-height:1px">x</p>',
    '<p style="font:1px/1 Arial">x</p>',
    '<div style="font-size:0">x</div>',
    '<div style="font-size:10%"><span style="font-size:.9em">x</span></div>',
    "<style>.note{display:none}</style><p class=note>x</p>",
    "<style>p span.a, #b {visibility:hidden}</style><p><span class=a>x</span></p><i id=b>x</i>",
    "<style>@media screen{.preheader{max-height:0;overflow:hidden}}</style><div class='preheader'>x</div>",
    "<style>.w{color:#fff}</style><table><tr><td class=w>x</td></tr></table>",
    "<style>.n{display:none!important}</style><p class=n style='display:block'>x</p>",
    '<p style="clip:rect(0,0,0,0);position:absolute">x</p>',
    '<p style="clip-path: inset(50%)">x</p>',
    '<p style="transform:scale(0)">x</p>',
    '<p style="text-indent:-9999px">x</p>',
    '<p style="position:fixed;top:-200em">x</p>',
    '<p style="position:absolute;left:-100vw">x</p>',
    '<p style="margin-left:-5000px">x</p>',
    '<div style="height:0;overflow:hidden">x</div>',
    '<div style="opacity:.02"><p>x</p></div>',
    "<details><summary></summary><p>x</p></details>",
    "<dialog>x</dialog>",
    "<div hidden><p>x<p>x</div>",
    '<div style="visibility:hidden"><p>x</p></div>',
    '<p style="mso-hide:all">x',
]  # fmt: skip

SEEN_WAYS = [
    '<td bgcolor="#000"><font color="#fff">x</font></td>',
    '<td background="head.png" style="color:#fff">x</td>',
    '<div style="background:url(a.png) #fff"><p style="color:#fff">x</p></div>',
    '<div style="background-image:linear-gradient(red,blue)"><b style="color:white">x</b></div>',
    "<style>th{background:#24292e;color:#fff}</style><table><tr><th>x</th></tr></table>",
    '<div style="visibility:hidden"><p style="visibility:visible">x</p></div>',
    '<div style="font-size:0"><p style="font-size:16px">x</p></div>',
    '<div style="font-size:0"><p style="font:bold 12px/1.5 Arial">x</p></div>',
    '<p style="font-size:xx-small">x</p>',
    '<p style="color:#999">x</p>',
    '<p style="color:#000;background:#fff">x</p>',
    "<style>@media (max-width:600px){.wide{display:none}}</style><p class=wide>x</p>",
    "<style>@media print{p{display:none}}</style><p>x</p>",
    "<style>p:hover{display:none} p::before{display:none}</style><p>x</p>",
    "<style>.a{display:none} p.a{display:block}</style><p class=a>x</p>",
    '<p style="left:-9999px">x</p>',
    '<p style="position:absolute;left:-12px">x</p>',
    '<div style="overflow:hidden;width:100%;height:100%">x</div>',
    '<div style="width:1px;min-width:100%;overflow:hidden">x</div>',
    "<details open><summary></summary><p>x</p></details>",
    "<dialog open>x</dialog>",
    '<input value="x">',
    "<textarea>x</textarea>",
    "<select><option>y<option selected>x</select>",
    "<select><option>x<option>y</select>",
    "<p style='color:nonsense;font-size:nonsense'>x</p>",
    "<div>" * 600 + "x",
]  # fmt: skip


@pytest.mark.parametrize("page", UNSEEN_WAYS)
def test_words_that_nobody_sees_are_left_out_and_that_is_told(page):
    assert words(f"<p>kept</p>{page}") == ["kept"]
    assert told(page) == [UNSEEN]


@pytest.mark.parametrize("page", SEEN_WAYS)
def test_words_that_are_seen_stay(page):
    assert words(page) == ["x"]
    assert not told(page)


def test_boxes_are_shown_ticked_or_not():
    page = "<input type=checkbox checked>A<input type=radio>B<input type=hidden value=no><input type=password value=no>"
    assert words(page) == ["[x]", "A", "[", "]", "B"]


def test_lists_are_counted_as_their_page_counts_them():
    page = "<ol start=3><li>a<li>b<ol type=a><li>c</ol><li value=9>d</ol><ol type=I><li>e</ol><ul><li>f</ul>"
    shown = [block.text for block in markup.blocks(page)]
    assert shown == ["3. a", "4. b", "a. c", "9. d", "I. e", "• f"]


def test_the_paragraph_in_which_an_item_begins_stands_behind_its_number():
    page = "<ol><li><p>a</p><p>b</p></li><li></li><li><p>c</p></ol>"
    assert [block.text for block in markup.blocks(page)] == ["1. a", "b", "3. c"]


def test_a_cell_that_reaches_down_leaves_the_places_beside_it_where_they_are():
    page = "<table><tr><td rowspan=2>a<td>b<td rowspan=3>c<tr><td>d<tr><td>e<td>f</table>"
    assert list(markup.blocks(page)) == [Rows((("a", "b", "c"), ("", "d", ""), ("e", "f", "")))]


def test_lines_that_a_page_keeps_are_kept():
    assert words("<pre>one\ntwo</pre>") == ["one", "two"]
    assert [block.text for block in markup.blocks("<pre>one\ntwo</pre>")] == ["one\ntwo"]


def test_pictures_on_somebodys_server_are_told_but_not_those_that_count_visits():
    assert told('<img src="https://example.com/proof.png" width=300>') == [ELSEWHERE]
    assert not told('<img src="https://example.com/o.gif" width=1 height=1><img src="cid:a"><img>')


def mail(plain, page):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@b.example", "c@d.example", "Order"
    if plain:
        message.set_content(plain)
        message.add_alternative(page, subtype="html")
    else:
        message.set_content(page, subtype="html")
    return bytes(message)


LONG = "Your order 112-4829307-7716253 was delivered on 2 November and left at the front door."


@pytest.mark.parametrize(
    ("plain", "page", "seen", "unseen", "code"),
    [
        ("", "<p>Sent 5 May</p><p style='color:#fff'>Delivered</p>", "Sent 5 May", "Delivered", "unseen-words-left-out"),
        ("", "<style>.p{display:none}</style><i class=p>Delivered</i>Sent", "Sent", "Delivered", "unseen-words-left-out"),
        ("Please use a program that shows HTML.", f"<p>{LONG}</p>", "front door", "Please use", None),
        (LONG + " Refund 37.48 agreed.", f"<p>{LONG}</p>", "front door", "37.48", None),
        (LONG + "\nhttps://x.example/1234", f"<p>{LONG}</p>", "https://x.example/1234", "Refund", None),
    ],
)  # fmt: skip
def test_of_a_mail_what_its_program_shows_is_shown(read, plain, page, seen, unseen, code):
    file = read(mail(plain, page), "mail.eml")
    text = " ".join(line.text for line in file.reading.pages[0].lines)
    assert seen in text
    assert unseen not in text
    assert ("unseen-words-left-out" in file.reading.changes) == (code is not None)


@pytest.mark.parametrize(
    ("plain", "page", "same"),
    [
        ("包裹已签收 2026", "包裹已签收 2026", True),
        ("包裹已签收 2026", "包裹已签收", False),
        ("包裹未签收", "包裹已签收 感谢您的购买", False),
        ("Hello there", "Hello there", True),
        ("Hello there 12 <https://a.example/99>", "Hello there 12", True),
        ("[image: Logo] Hello", "Hello", True),
    ],
)
def test_two_forms_of_a_mail(plain, page, same):
    assert says_the_same(plain, page) is same


def test_words_of_a_page_stand_on_lines_of_their_own():
    assert text_of("<p>a</p><table><tr><td>b<td>c</table>") == ("a\n\nb  c", ())


def test_whatever_is_left_out_has_its_words(house):
    codes = [value.code for value in vars(blocks).values() if isinstance(value, NotShown)]
    assert len(codes) > 5
    for language in ("en", "zh-Hans"):
        assert all(house.catalogs.of(language).own(f"change.{code}") for code in codes)
