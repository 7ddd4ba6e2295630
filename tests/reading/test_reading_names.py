"""Names inside a PDF are called otherwise in one order, whatever order a run of Python keeps its sets in."""

import pikepdf
from pikepdf import Dictionary, Name

from reading.pdf.bare import strip
from reading.pdf.keys import rename

WORDS = ("Zebras", "apples", "Mangos", "figtree", "Quince", "banana", "cherry", "damson", "elders", "grapes")


def _lettered() -> pikepdf.Pdf:
    pdf = pikepdf.new()
    shapes = {f"/{word}": pdf.make_stream(f"{place} 0 d0".encode()) for place, word in enumerate(WORDS)}
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 9, 9], FontMatrix=[1, 0, 0, 1, 0, 0], FirstChar=65, LastChar=74,
        Widths=[9] * 10, CharProcs=Dictionary(shapes), Encoding=Dictionary(Differences=[65, *(Name(f"/{w}") for w in WORDS)]),
    )  # fmt: skip
    page = pdf.add_blank_page()
    page.obj.Resources = Dictionary(Font=Dictionary(F1=pdf.make_indirect(font)))
    page.obj.Contents = pdf.make_stream(b"BT /F1 9 Tf (ABCDEFGHIJ) Tj ET")
    return pdf


def test_letters_are_numbered_by_their_names():
    pdf = _lettered()
    strip(pdf)
    font = pdf.pages[0].obj.Resources.Font.F1
    shown = [int(font.CharProcs[str(name)].read_bytes().split()[0]) for name in font.Encoding.Differences if name != 65]
    assert shown == list(range(len(WORDS)))  # each letter still has its own shape
    numbered = {f"/Qq{number}": WORDS.index(word) for number, word in enumerate(sorted(WORDS), start=1)}
    assert {key: int(font.CharProcs[key].read_bytes().split()[0]) for key in font.CharProcs.keys()} == numbered  # noqa: SIM118


def test_a_name_that_looks_like_ours_loses_nothing():
    group = Dictionary(Qq1=1, Apple=2, F1=3)
    given = {"Apple": "Qq1", "Qq1": "Qq2"}
    rename(group, lambda name: given.get(name, name))
    assert {key: int(group[key]) for key in group.keys()} == {"/Qq1": 2, "/Qq2": 1, "/F1": 3}  # noqa: SIM118
