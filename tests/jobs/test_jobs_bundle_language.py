"""A pack speaks one language to the platform: letter, bands, captions, translations and files; the rest is told."""

import datetime as dt
import io

import pytest
from PIL import Image, ImageDraw

from casefile.case import Case
from casefile.discovery import load_house
from casefile.upload import Upload
from jobs.case_work.kinds.case_pack import make_pack
from jobs.case_work.pack import PackRequest
from press.pdf.asking import page_texts

NOW = dt.datetime(2026, 11, 19, 9, tzinfo=dt.UTC)
SAID = {
    "en": "ENGLISH TEXT",
    "de": "DEUTSCHER TEXT",
    "zh-Hans": "简体译文",
    "zh-Hant": "繁體譯文",
    "es-MX": "TEXTO MEXICANO",
}


def picture():
    image = Image.new("RGB", (700, 300), "white")
    ImageDraw.Draw(image).text((40, 100), "Ordered 28 Oct 2026, 8123456789012345", fill="black", font_size=28)
    sink = io.BytesIO()
    image.save(sink, "PNG")
    return sink.getvalue()


def packed(workshop, **changes):
    entry = {"name": "chat.png", "kind": "messages", "language": "ja", "translation": SAID}
    body = {
        "platform": "aliexpress", "site": "DE", "procedure": "buyer_contact", "reason": "item_not_received",
        "order": {"id": "8123456789012345"}, "files": [entry | changes.pop("file", {})],
    }  # fmt: skip
    case = Case.model_validate(body | changes)
    return make_pack(
        PackRequest(case=case, uploads=(Upload(name="chat.png", data=picture()),), as_of=NOW), workshop
    )  # fmt: skip


def codes(pack):
    return {f.code: f for f in pack.report.findings}


def bundle_text(pack):
    return "\n".join(page_texts(next(file.data for file in pack.files if file.role == "bundle")))


@pytest.mark.parametrize(
    ("changes", "printed"),
    [
        ({}, "de"),
        ({"language": "zh-Hans"}, "zh-Hans"),
        ({"language": "zh-TW"}, "zh-Hant"),
        ({"language": "es-MX"}, "es-MX"),
        ({"site": "US"}, "en"),
    ],
)
def test_the_translation_in_the_bundles_language_is_printed_and_the_others_are_told(workshop, changes, printed):
    pack = packed(workshop, **changes)
    text = bundle_text(pack)
    assert [tag for tag, said in SAID.items() if said in text] == [printed]
    finding = codes(pack)["translation-other-language"]
    assert finding.severity == "advice"
    assert pack.report.letter.language in {printed, printed.partition("-")[0]}


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ({"translation": {"en": "E", "zh-Hans": "译"}}, "translation-not-printed"),
        ({"translation": {"de": "D"}, "language": None}, None),
        ({"translation": {"de": "D"}, "language": "de"}, "translation-not-needed"),
        ({"translation": None, "language": "ja"}, "translation-missing"),
        ({"translation": None, "language": "de"}, None),
        ({"caption": {"en": "The chat"}}, "caption-not-shown"),
        ({"caption": "聊天记录"}, "caption-other-script"),
        ({"caption": {"de": "Nachrichten"}}, None),
    ],
)
def test_nothing_typed_for_a_file_disappears_unsaid(dossier_codes, file, code):
    told = dossier_codes(file)
    assert told == ({code} if code else set())


@pytest.fixture
def dossier_codes():
    from casefile.casework import Evidence
    from evidence_packer.bind.plan import plan
    from evidence_packer.judge.check import Dossier
    from evidence_packer.judge.checks.languages import check_file_texts_language
    from tests.casework_parts import matter_of
    from tests.evidence_packer.conftest import file as facts_of

    house = load_house()

    def told(file):
        entry = {"name": "chat.png", "kind": "messages", "language": "ja", "translation": {"de": "D"}} | file
        body = {"platform": "aliexpress", "site": "DE", "procedure": "buyer_contact", "files": [entry]}
        matter = matter_of(Case.model_validate(body), house, NOW)
        facts = (facts_of("chat.png", "messages"),)
        evidence = Evidence(files=facts, plan=plan(matter.case, facts, "de"), coverage=(), timeline=())
        made = Dossier(matter=matter, evidence=evidence, uploaded=("chat.png",))
        return {finding.code for finding in check_file_texts_language(made)}

    return told


def test_a_receiver_of_pictures_gets_pictures_of_its_size(workshop):
    pack = packed(workshop)
    limits = load_house().platforms["aliexpress"].procedures["buyer_contact"].limits
    sent = [file for file in pack.files if file.role == "submission" and not file.path.endswith(".txt")]
    assert sent
    assert {file.path.rpartition(".")[2] for file in sent} <= set(limits.formats)
    assert all(file.data.startswith(b"\xff\xd8\xff") and len(file.data) <= limits.max_file_bytes for file in sent)
    assert not {code for code in codes(pack) if code.endswith(("-refused", "-over-limit"))}


def test_signs_that_no_font_has_are_told(workshop):
    pack = packed(workshop, file={"translation": {"de": "Schön ገጽ"}})
    assert "ገ" in codes(pack)["signs-not-printed"].detail
    assert "Schön" in bundle_text(pack)
