"""Bundles of odd mixes: every page accounted for, five numbers agree, links land, streams untouched, same bytes twice."""

import io
import re
from dataclasses import replace

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from casefile.citation import WHOLE, Citation
from casefile.errors import ProofFault
from evidence_packer.bind.bundle.assemble import assemble
from evidence_packer.bind.bundle.fit import fit
from evidence_packer.bind.bundle.proof import prove
from evidence_packer.bind.bundle.quality_ladder import SMALLEST_TYPE, rungs
from evidence_packer.bind.bundle.sheets import picture_of, place
from evidence_packer.bind.plan import paged
from evidence_packer.bind.slicing import parts
from evidence_packer.judge.highlights import Marks
from press.pdf.asking import page_picture, page_texts, portrait
from press.pdf.extract import extract

from .bundle_parts import bound, document, exhibits, look_of, picture, plan_of, tall_picture, word

LONG = "极长的中文证据标题" * 12
THINGS = st.one_of(
    st.builds(
        picture, st.integers(40, 900), st.integers(40, 900), st.sampled_from(["png", "jpeg"]),
        st.integers(1, 1) | st.integers(1, 8),
    ).filter(lambda made: made.format == "jpeg" or made.orientation == 1),
    st.builds(
        document,
        st.lists(st.tuples(st.integers(60, 1500), st.integers(60, 1500)), min_size=1, max_size=4).map(tuple),
        st.sampled_from([0, 90, 180, 270]),
        st.sampled_from([(), (1,)]),
    ),
)  # fmt: skip


@pytest.fixture
def look(house, typesetter):
    return look_of(house, typesetter)


def proved(made, look):
    data = bound(made, look)
    prove(data, plan_of(made), (), look.catalog.text("bundle.footer"))
    return data


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.lists(THINGS, min_size=1, max_size=8), st.sampled_from(["en", "zh-Hans"]), st.sampled_from(["a4", "letter"]))
def test_any_mix_keeps_its_promise(house, typesetter, things, language, paper):
    _keeps_its_promise(look_of(house, typesetter, language, paper), things)


@pytest.mark.long
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(THINGS, min_size=1, max_size=200), st.sampled_from(["en", "zh-Hans"]), st.sampled_from(["a4", "letter"])
)
def test_any_mix_of_up_to_two_hundred_keeps_its_promise(house, typesetter, things, language, paper):
    _keeps_its_promise(look_of(house, typesetter, language, paper), things)


def _keeps_its_promise(look, things):
    made = exhibits(*things, caption=LONG)
    data = proved(made, look)
    assert data == bound(made, look)
    assert portrait(data).pages == plan_of(made).pages


@pytest.mark.parametrize("count", [1, 27, 28, 200])
def test_printed_label_index_bookmark_agree(look, count):
    made = exhibits(*([picture()] * count), caption=LONG)
    seen = portrait(proved(made, look))
    assert seen.labels == tuple(map(str, range(1, count + 2)))
    assert seen.outline[-1][0].startswith(look.catalog.text("bundle.bookmark", number=count, caption="", page=0)[:8])
    assert f"p. {count + 1}" in seen.outline[-1][0] or f"第{count + 1}页" in seen.outline[-1][0]


def test_a_citation_of_a_page_that_is_not_there_stops_the_bundle(look):
    made = exhibits(picture())
    with pytest.raises(ProofFault):
        prove(bound(made, look), plan_of(made), [Citation(number=1, page=1)], look.catalog.text("bundle.footer"))


def test_a_link_to_a_page_that_is_not_there_stops_the_bundle(look):
    front = look.typesetter.pdf("<html lang=en><body><a href='page:9'>9</a></body></html>", styles=())
    with pytest.raises(ProofFault, match="proof-link"):
        assemble(front, exhibits(picture()), look)


@pytest.mark.parametrize("form", ["jpeg", "png"])
def test_a_picture_is_placed_byte_for_byte(look, form):
    given = picture(640, 400, form)
    with pikepdf.open(io.BytesIO(bound(exhibits(given), look))) as pdf:
        placed = pdf.pages[-1].obj.Resources.XObject.Evidence.read_raw_bytes()
    assert placed in given.data


def test_a_rasterised_page_can_be_searched(look):
    made = exhibits(document(rasters=(1,)), lines={1: (word(),)})
    data = proved(made, look)
    assert "Z9 hidden 证据" in page_texts(data)[-1]


def test_the_smallest_step_keeps_type_legible():
    shot = picture_of(picture(1440, 3200))
    for height in (14.0, 24.0, 60.0):
        floor = rungs(shot, height)[-1]
        assert height * floor.side / 3200 >= SMALLEST_TYPE - 0.1


def test_a_limit_is_met_by_the_largest_pictures_and_said(look):
    noise = noisy(2400, 1600)
    made = exhibits(noise, picture())
    whole = fit(made, None, lambda e: bound(e, look))
    limit = len(whole.bundle) // 2
    fitted = fit(made, limit, lambda e: bound(e, look))
    assert len(fitted.bundle) <= limit
    assert fitted.changed == ("f1",)


def test_a_copy_that_cannot_be_read_is_not_used(look):
    made = exhibits(noisy(1200, 800))
    fitted = fit(made, 1000, lambda e: bound(e, look), lambda _exhibit, _copy: False)
    assert fitted.changed == ()


def noisy(width, height):
    import numpy as np
    from PIL import Image

    from casefile.reading import PreparedImage

    small = np.random.default_rng(3).integers(0, 255, (height // 8, width // 8, 3), dtype=np.uint8)
    image = Image.fromarray(small).resize((width, height), Image.Resampling.BICUBIC)
    sink = io.BytesIO()
    image.save(sink, "JPEG", quality=93)
    return PreparedImage(data=sink.getvalue(), format="jpeg", width=width, height=height)


def test_a_long_screenshot_is_shown_in_parts_that_lose_no_row(look):
    shot, rows = tall_picture()
    cut = parts((shot.width, shot.height), 34.0, rows)
    assert all(any(top <= row[0] and row[1] <= bottom for top, bottom in cut) for row in rows)
    planned = replace(exhibits(shot)[0].planned, source_pages=(1,) * len(cut), parts=cut)
    made = (replace(exhibits(shot)[0], planned=planned),)
    data = proved(made, look)
    assert "part 2 of" in page_texts(data)[2]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        placed = {page.obj.Resources.XObject.Evidence.objgen for page in list(pdf.pages)[1:]}
    assert len(placed) == 1


def test_a_place_is_cited_on_the_part_that_shows_it():
    planned = replace(
        exhibits(picture())[0].planned, source_pages=(1, 1, 1), parts=((0, 0.35), (0.32, 0.68), (0.65, 1))
    )
    assert [planned.cite(1, height).page for height in (0.1, 0.5, 0.9, 0.34)] == [2, 3, 4, 3]
    assert planned.cite(1).page == 2


@pytest.mark.parametrize("size", [(1080, 2340), (1080, 2400), (1179, 2556), (1920, 1080), (2480, 3508)])
def test_screens_and_sheets_stay_whole(size):
    assert parts(size, 30.0, ()) == (WHOLE,)


def test_a_translation_follows_its_exhibit_and_loses_no_word(look):
    text = "\n".join(["译文" * 900, "", "last words " * 300])
    planned = replace(exhibits(picture())[0].planned, translation=paged(text))
    made = (replace(exhibits(picture())[0], planned=planned),)
    texts = page_texts(proved(made, look))[2:]
    plain = re.sub(r"\s", "", "".join(texts))
    assert plain.count("译文") >= 900
    assert (plain.count("last"), plain.count("words")) == (300, 300)
    assert all("Translationsuppliedbytheseller" in re.sub(r"\s", "", page) for page in texts)


def test_marks_stand_beside_the_evidence_and_never_on_it(look):
    shot = picture(1200, 800, "jpeg")
    marked = replace(
        exhibits(shot)[0], marks=(Marks(places=((0.1, 0.2, 0.4, 0.24),), redacted=((0.5, 0.5, 0.6, 0.6),)),)
    )
    plain, shown = (page_picture(bound((e,), look), 1, 72) for e in (exhibits(shot)[0], marked))
    before, after = (Image.open(io.BytesIO(data)).convert("RGB") for data in (plain, shown))
    _, where = place((1200, 800), "a4", 0.75)
    left, top, right = where.x, before.height - where.y - where.height, where.x + where.width
    inside = (left + 1, top + 1, right - 1, top + where.height - 1)
    assert before.crop(inside).tobytes() == after.crop(inside).tobytes()
    for beside in ((0, top, left - 1, top + where.height), (right + 2, top, before.width, top + where.height)):
        assert before.crop(beside).tobytes() != after.crop(beside).tobytes()
    band = (before.width - 190, 0, before.width, top - 8)
    assert before.crop(band).tobytes() != after.crop(band).tobytes()


def archival(look, *prepared):
    front = look.typesetter.pdf(
        "<html lang=en><title>F</title><body><h1>F</h1></body></html>", styles=(), variant="pdf/a-3a"
    )
    return assemble(front, exhibits(*prepared, caption="Parcel & label"), look)


def test_the_bundle_claims_to_be_an_archive_copy_and_says_what_each_page_shows(look):
    with pikepdf.open(io.BytesIO(archival(look, picture(), document(((595, 842),) * 2)))) as pdf:
        assert b"<pdfaid:part>3" in pdf.Root.Metadata.read_bytes()
        tree = pdf.Root.StructTreeRoot.ParentTree.Nums
        figures = dict(zip(map(int, list(tree)[::2]), list(tree)[1::2], strict=True))
        for page in list(pdf.pages)[1:]:
            [figure] = figures[int(page.obj.StructParents)]
            assert str(figure.Alt).startswith("Exhibit ")
            assert "Parcel & label" in str(figure.Alt)
            assert b"/Figure <</MCID 0>> BDC" in page.obj.Contents.read_bytes()


def test_no_claim_is_made_for_a_page_that_archives_refuse(look):
    given = document()
    with pikepdf.open(io.BytesIO(given.data)) as pdf:
        pdf.pages[0].obj.Resources = pikepdf.Dictionary(
            ExtGState=pikepdf.Dictionary(G=pikepdf.Dictionary(TR=pikepdf.Name.X))
        )
        sink = io.BytesIO()
        pdf.save(sink, deterministic_id=True)
    with pikepdf.open(io.BytesIO(archival(look, replace(given, data=sink.getvalue())))) as pdf:
        assert "/Metadata" not in pdf.Root


def indexed(look, *prepared):
    front = f"<html lang=en><title>F</title><body><h1>{look.catalog.text('front.index')}</h1></body></html>"
    return assemble(
        look.typesetter.pdf(front, styles=()), exhibits(*prepared), replace(look, subject="Amazon · A-to-z")
    )


def test_a_bundle_opens_at_its_first_page_in_full_width_and_says_what_it_is(look):
    with pikepdf.open(io.BytesIO(indexed(look, picture()))) as pdf:
        page, fit_width, top = pdf.Root.OpenAction
        assert (page.objgen, str(fit_width), top) == (pdf.pages[0].obj.objgen, "/FitH", pdf.pages[0].mediabox[3])
        assert pdf.is_linearized
        assert (str(pdf.docinfo.Title), str(pdf.docinfo.Subject), str(pdf.Root.Lang)) == (
            "A case",
            "Amazon · A-to-z",
            "en",
        )


def test_every_exhibit_page_leads_back_to_the_index(look):
    seen = portrait(indexed(look, picture(), document(((842, 595),) * 2)))
    back = look.catalog.text("bundle.back")
    assert [(link.page, link.target) for link in seen.links] == [(1, 0), (2, 0), (3, 0)]
    assert all(link.text.strip() == back for link in seen.links)


def test_pages_that_go_without_their_index_do_not_speak_of_it(look):
    seen = portrait(extract(indexed(look, picture(), document(((842, 595),))), [1, 2]))
    assert (seen.labels, seen.links) == (("2", "3"), ())
    assert not any(look.catalog.text("bundle.back") in text for text in seen.texts)
