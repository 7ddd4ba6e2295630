"""Whole packs of random mixes: nothing lost, numbers agree, links land, same bytes twice, no secret of the uploads outside."""

import functools
import io
import json
import re

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casefile.case import Case
from casefile.upload import Upload
from jobs.case_work.kinds.case_pack import make_pack
from jobs.case_work.pack import PackRequest
from press.pdf.asking import page_texts, portrait
from tests.reading.made_files import (
    CANARY,
    camera_data,
    encoded,
    every_byte,
    loaded_pdf,
    png_with_everything,
    scan_pdf,
    text_pdf,
    text_picture,
)
from tests.test_every_procedure import HOUSE, NOW, case_of

NAME = "极长的证据文件名称テスト증거"
NAME_CANARY = "Zanary"
"""Part of every upload's name."""
WAYS = (("amazon", "a_to_z_response"), ("ebay", "payment_dispute"), ("stripe", "dispute"), ("paypal", "dispute"))
LANGUAGES = sorted(
    tag for tag, texts in HOUSE.catalogs.by_language.items() if texts.own("letter.title.fact_evidence_conclusion")
)


def lines(number):
    return f"Order 112-4829307-7716253 row {number}", f"Delivered Nov {number % 28 + 1}, 2026 2:22 PM"


def screen(number):
    return text_picture(*lines(number), size=(900 + number % 7 * 10, 400))


MAKERS = {
    "jpg": lambda n: encoded(screen(n), "JPEG", quality=88, exif=camera_data(n % 8 + 1), comment=CANARY.encode()),
    "png": lambda n: png_with_everything(screen(n)),
    "long.png": lambda n: encoded(text_picture(*(f"Message {k} of {n}" for k in range(40)), size=(500, 2700)), "PNG"),
    "webp": lambda n: encoded(screen(n), "WEBP", exif=camera_data(), xmp=CANARY.encode()),
    "gif": lambda n: encoded(screen(n), "GIF", comment=CANARY.encode()),
    "tiff": lambda n: encoded(screen(n), "TIFF", description=CANARY, software=CANARY),
    "heic": lambda n: encoded(screen(n), "HEIF", exif=camera_data().tobytes()),
    "text.pdf": lambda n: text_pdf(
        *(f"Page {k} of report {n}" for k in range(n % 4 + 1)), size=(300 + n % 5 * 200, 700)
    ),
    "scan.pdf": lambda n: scan_pdf(screen(n), n % 4 * 90),
    "loaded.pdf": lambda n: loaded_pdf().replace(b"7716253", b"%07d" % (7716253 - n)),
    "txt": lambda n: "\n".join(lines(n)).encode(),
    "broken.png": lambda n: encoded(screen(n), "PNG")[:200],
}
MIX = st.lists(st.tuples(st.sampled_from(sorted(MAKERS)), st.integers(0, 10_000)), min_size=1, max_size=9)


@pytest.fixture(scope="module", autouse=True)
def _heif():
    import pillow_heif

    pillow_heif.register_heif_opener()


@functools.cache
def made(kind, number):
    """A file; made once, because libraries write the time into some."""
    return MAKERS[kind](number)


def uploads_of(mix):
    return tuple(
        Upload(name=f"{place}_{NAME}_{NAME_CANARY}.{kind}", data=made(kind, number))
        for place, (kind, number) in enumerate(mix)
    )


def pack_of(mix, way, language, workshop):
    chosen = HOUSE.platforms[way[0]].procedures[way[1]]
    body = case_of(*way, chosen.reasons[0]).model_dump(mode="json", by_alias=True, exclude_none=True)
    case = Case.model_validate(json.loads(json.dumps(body)) | {"language": language, "files": []})
    return make_pack(PackRequest(case=case, uploads=uploads_of(mix), as_of=NOW), workshop)


def outside(pack):
    """What a reviewer gets, as bytes and words: PDFs unpacked and read, the rest as it is."""
    for file in pack.files:
        if file.role in {"bundle", "letter", "letter_text"} or (file.role == "submission" and file.for_ != "operator"):
            yield file, every_byte(file.data) if file.data.startswith(b"%PDF") else file.data


def strings(pdf):
    """Every text string of a PDF, whatever its coding."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for item in document.objects:
            waiting = [item]
            while waiting:
                value = waiting.pop()
                if isinstance(value, pikepdf.String):
                    yield str(value)
                elif isinstance(value, pikepdf.Array):
                    waiting += [part for part in value if not getattr(part, "is_indirect", False)]
                elif isinstance(value, (pikepdf.Dictionary, pikepdf.Stream)):
                    waiting += [
                        part for part in dict(value.items()).values() if not getattr(part, "is_indirect", False)
                    ]


def keeps_its_promise(pack, mix):
    names = [upload.name for upload in uploads_of(mix)]
    exhibits, refused = pack.report.exhibits, {line.file for line in pack.report.not_included}
    assert set(names) == {exhibit.file for exhibit in exhibits} | refused
    ranges = {exhibit.number: exhibit.pages for exhibit in exhibits}
    front = exhibits[0].pages[0] - 1
    ends = [front, *(last for _, last in ranges.values())]
    assert [first for first, _ in ranges.values()] == [end + 1 for end in ends[:-1]]
    for sentence in pack.report.letter.sentences:
        for cited in sentence.exhibits:
            assert ranges[cited.number][0] <= cited.page <= ranges[cited.number][1]
    seen = portrait(next(file.data for file in pack.files if file.role == "bundle"))
    assert seen.labels == tuple(str(number) for number in range(1, ends[-1] + 1))
    assert all(0 <= link.target < seen.pages for link in seen.links)
    assert [index for _, index in seen.outline if index >= front] == [first - 1 for first, _ in ranges.values()]


def tells_no_secret(pack):
    codes = {check.code for check in pack.report.checks}
    codes |= {found.code for check in pack.report.checks for found in check.findings}
    secrets = {CANARY, NAME_CANARY, "Canary-script", "Canary-attachment", *(code for code in codes if "-" in code)}
    secrets |= {file.sha256 for file in pack.files}
    for file, data in outside(pack):
        assert [secret for secret in secrets if secret.encode() in data or secret.encode("utf-16-be") in data] == []
        if file.data.startswith(b"%PDF"):
            words = "\n".join((*page_texts(file.data), *strings(file.data), file.path))
            assert [secret for secret in secrets if secret in words] == []


def proved(mix, way, language, workshop):
    pack = pack_of(mix, way, language, workshop)
    keeps_its_promise(pack, mix)
    tells_no_secret(pack)
    return pack


def test_one_of_every_kind_of_file(workshop):
    mix = [(kind, place) for place, kind in enumerate(sorted(MAKERS))]
    pack = proved(mix, WAYS[0], "zh-Hans", workshop)
    assert len(pack.report.exhibits) == len(mix) - 1


@pytest.mark.long
@pytest.mark.parametrize("way", WAYS, ids="-".join)
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(mix=MIX, language=st.sampled_from(LANGUAGES))
def test_any_mix(workshop, way, mix, language):
    pack = proved(mix, way, language, workshop)
    again = pack_of(mix, way, language, workshop)
    assert [(file.path, file.sha256) for file in again.files] == [(file.path, file.sha256) for file in pack.files]


@pytest.mark.long
@pytest.mark.parametrize("count", [27, 28, 200])
def test_many_files(workshop, count):
    kinds = ["text.pdf", "txt", "jpg", "text.pdf"]
    mix = [(kinds[number % len(kinds)], number) for number in range(count)]
    pack = proved(mix, WAYS[0], "en", workshop)
    assert len(pack.report.exhibits) == count
    cited = re.findall(r"Exhibit (\d+)", next(f.data.decode() for f in pack.files if f.role == "letter_text"))
    assert {int(number) for number in cited} <= set(range(1, count + 1))


def test_a_signed_document_goes_untouched_beside_its_copy(workshop):
    with pikepdf.open(io.BytesIO(text_pdf("Delivered to 43215", "and signed"))) as document:
        document.Root.AcroForm = pikepdf.Dictionary(SigFlags=3, Fields=[])
        sink = io.BytesIO()
        document.save(sink)
    chosen = HOUSE.platforms["amazon"].procedures["a_to_z_response"]
    case = case_of("amazon", "a_to_z_response", chosen.reasons[0]).model_copy(update={"files": ()})
    uploads = (Upload(name="signed.pdf", data=sink.getvalue()), Upload(name="a.txt", data=b"Order 1"))
    pack = make_pack(PackRequest(case=case, uploads=uploads, as_of=NOW), workshop)
    [sent] = [file for file in pack.files if file.for_ == "signed"]
    assert sent.data == uploads[0].data
    bundle = next(file.data for file in pack.files if file.role == "bundle")
    told = HOUSE.catalogs.of(pack.report.letter.language).text("front.signed")
    assert re.sub(r"\s", "", told) in re.sub(r"\s", "", "".join(page_texts(bundle)))
    note = pack.file("submission/UPLOAD.txt").data.decode("utf-8-sig")
    assert sent.path.removeprefix("submission/") in note
    assert HOUSE.catalogs.of("zh-Hans").text("upload.signed") in note
