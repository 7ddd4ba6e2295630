"""Bundles and letters can be read aloud: links say where they lead, once each; the claim is made only where it holds."""

import io

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from evidence_packer.bind.bundle.assemble import assemble
from press.pdf.archival import ArchiveCheck
from press.pdf.asking import portrait
from tests.evidence_packer.bundle_parts import exhibits, look_of, picture

PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)
FRONT = f"<a href='page:2'><img src='{PIXEL}' alt='Piece'><span style='display: block'>Exhibit 1</span></a> <a href='page:3'>2</a>"


@pytest.fixture(scope="module")
def bundle(house, typesetter):
    html = f"<html lang='en'><title>Front</title><body><h1>Front</h1>{FRONT}</body></html>"
    front = typesetter.pdf(html, styles=(), variant="pdf/a-3a")
    return assemble(front, exhibits(picture(), picture(400, 300)), look_of(house, typesetter))


def test_a_link_is_one_link_and_says_where_it_leads(bundle):
    with pikepdf.open(io.BytesIO(bundle)) as pdf:
        links = list(pdf.pages[0].obj.Annots)
        numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
        held = {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}
        assert {str(link.Contents) for link in links} == {"p. 2", "p. 3"}
        assert {str(held[int(link.StructParent)].S) for link in links} == {"/Link"}
    assert {link.target for link in portrait(bundle).links if link.page == 0} == {1, 2}


def test_the_claim_stands_in_the_metadata(bundle):
    with pikepdf.open(io.BytesIO(bundle)) as pdf:
        assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf.Root.Metadata.read_bytes()
        assert pdf.Root.ViewerPreferences.DisplayDocTitle


def test_a_letter_makes_it_as_well(typesetter):
    html = "<html lang='en'><title>T</title><body><p>Words</p></body></html>"
    for variant, claimed in (("pdf/a-2a", True), ("pdf/a-3a", False), (None, False)):
        made = typesetter.pdf(html, styles=(), variant=variant)
        with pikepdf.open(io.BytesIO(made)) as pdf:
            metadata = pdf.Root.get("/Metadata")
            assert (metadata is not None and b"pdfuaid:part" in metadata.read_bytes()) is claimed


@pytest.mark.parametrize(("keys", "speaks"), [({"ToUnicode": Name.Any}, True), ({}, False)])
def test_signs_without_characters_cannot_be_read_aloud(keys, speaks):
    check = ArchiveCheck()
    check.passes(Dictionary(Font=Dictionary(F1=Dictionary(Type=Name.Font, Subtype=Name.TrueType, **keys))))
    assert check.speaks is speaks


def test_a_bookmark_names_its_page(bundle):
    titles = [title for title, index in portrait(bundle).outline if index >= 1]
    assert titles == ["Exhibit 1: Caption (p. 2)", "Exhibit 2: Caption (p. 3)"]
