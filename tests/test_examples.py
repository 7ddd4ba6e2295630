"""The example cases, end to end: what the report says, and what the PDF says when it is opened and asked."""

import io
import json
import re
import zipfile
from pathlib import Path

import pytest

from api.form.retake import retake_list
from api.form.words import PageWords
from casefile.parse import parse_case
from casefile.upload import Upload
from evidence_packer.report.to_do import retakes
from jobs.case_work.kinds.case_check import check_case
from jobs.case_work.kinds.case_pack import make_pack
from jobs.case_work.pack import PackRequest
from jobs.records.archive import write_archive
from press.pdf.asking import page_picture, page_texts, portrait

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
NAMES = sorted(path.parent.name for path in EXAMPLES.glob("*/case.json"))


def request_of(name, language="en", **changes):
    folder = EXAMPLES / name
    case = parse_case({**json.loads((folder / "case.json").read_text(encoding="utf-8")), **changes})
    files = sorted(path for path in folder.iterdir() if path.name not in {"case.json", "README.md"})
    uploads = tuple(Upload(name=path.name, data=path.read_bytes()) for path in files)
    return PackRequest(case=case, uploads=uploads, as_of=case.as_of, language=language)


@pytest.fixture(scope="module")
def packs(workshop):
    made = {}

    def pack(name):
        if name not in made:
            made[name] = make_pack(request_of(name), workshop)
        return made[name]

    return pack


def findings(pack):
    return [finding for check in pack.report.checks for finding in check.findings]


@pytest.mark.parametrize("name", NAMES)
def test_the_form_and_the_report_name_the_same_files_to_take_again(packs, workshop, name):
    report, words = packs(name).report, workshop.house.catalogs.of("en")
    typed = retake_list(PageWords(words, workshop.house), "1", report)
    printed = [again.file for again in retakes(report, words)]
    again = [line for line in typed.splitlines() if re.match(r"\d+\.", line)]
    names = [exhibit.file for exhibit in report.exhibits]
    assert printed == [file for file in names if any(file in line for line in again)]
    assert bool(printed) is (name == "five-faults")


def bundle_of(pack):
    return next(file for file in pack.files if file.role == "bundle")


@pytest.mark.parametrize("name", [name for name in NAMES if name != "five-faults"])
def test_a_good_case_is_ready(packs, name):
    serious = [(f.code, f.file, f.detail) for f in findings(packs(name)) if f.severity != "advice"]
    assert (packs(name).verdict, serious) == ("ready", [])


def test_the_five_faults_and_no_others(packs):
    pack = packs("five-faults")
    found = {(f.code, f.file) for f in findings(pack) if f.severity != "advice" and f.code != "wording"}
    assert pack.verdict == "blocked"
    assert found == {
        ("page-illegible", "proof_of_delivery.jpg"),
        ("foreign-order-ids", "messages.png"),
        ("tracking-number-near-miss", "erp_record.pdf"),
        ("timestamp-missing", "order_page.png"),
    }
    assert {f.pointer for f in findings(pack) if f.code == "wording"} == {"/request"}


@pytest.mark.parametrize("name", NAMES)
def test_printed_label_index_bookmark_and_citation_agree(packs, name):
    pack = packs(name)
    seen = portrait(bundle_of(pack).data)
    pages = pack.report.exhibits[-1].pages[1]
    front = pack.report.exhibits[0].pages[0] - 1
    assert seen.labels == tuple(str(number) for number in range(1, pages + 1))
    bookmarks = {int(re.search(r"\d+", title)[0]): index for title, index in seen.outline if index >= front}
    for exhibit in pack.report.exhibits:
        first = exhibit.pages[0]
        assert bookmarks[exhibit.number] == first - 1
        footer = re.sub(r"\s", "", seen.texts[first - 1])
        assert f"Exhibit{exhibit.number}·page{first}of{pages}" in footer or (
            f"证据{exhibit.number}·第{first}页，共{pages}页" in footer
        )
    ranges = {exhibit.number: exhibit.pages for exhibit in pack.report.exhibits}
    for sentence in pack.report.letter.sentences:
        for cited in sentence.exhibits:
            assert ranges[cited.number][0] <= cited.page <= ranges[cited.number][1]


@pytest.mark.parametrize("name", NAMES)
def test_the_outside_view_holds_nothing_of_the_inside(packs, name):
    pack = packs(name)
    codes = {check.code for check in pack.report.checks} | {f.code for f in findings(pack)}
    uploads = {Path(exhibit.file).name for exhibit in pack.report.exhibits}
    outside = [f for f in pack.files if f.role in {"bundle", "letter", "submission"} and f.path.endswith(".pdf")]
    front = portrait(bundle_of(pack).data)
    text = "\n".join(front.texts[: pack.report.exhibits[0].pages[0] - 1])
    text += "\n".join("\n".join(portrait(file.data).texts) for file in outside if file.role == "letter")
    for word in codes | uploads:
        if "-" in word or "." in word:
            assert word not in text, word
    assert all(exhibit.sha256 not in text for exhibit in pack.report.exhibits)


@pytest.mark.parametrize("name", NAMES)
def test_no_upload_is_lost(packs, name):
    pack = packs(name)
    kept = {file.path.removeprefix("originals/"): file.data for file in pack.files if file.role == "original"}
    fates = {e.file for e in pack.report.exhibits} | {line.file for line in pack.report.not_included}
    for upload in request_of(name).uploads:
        assert kept[upload.name] == upload.data
        assert upload.name in fates


@pytest.mark.parametrize("name", NAMES)
def test_sums_and_manifest_hold(packs, name):
    import hashlib

    pack = packs(name)
    sums = dict(reversed(line.split("  ", 1)) for line in pack.file("SHA256SUMS").data.decode().splitlines())
    assert sums == {f.path: hashlib.sha256(f.data).hexdigest() for f in pack.files if f.path != "SHA256SUMS"}
    outputs = {row["path"]: row["sha256"] for row in json.loads(pack.file("manifest.json").data)["outputs"]}
    assert outputs.items() <= sums.items()


@pytest.mark.parametrize("name", NAMES)
def test_what_is_submitted_keeps_the_platforms_limits(packs, house, name):
    pack = packs(name)
    procedure = house.platforms[pack.report.platform].procedures[pack.report.procedure]
    sent = [f for f in pack.files if f.role == "submission" and f.for_ != "operator"]
    assert [f.path.split("/")[1][:2] for f in sent] == [f"{n:02d}" for n in range(1, len(sent) + 1)]
    uploaded = [f for f in sent if f.for_ not in {"text", "form"}]
    assert {f.path.rsplit(".", 1)[1] for f in uploaded} <= set(procedure.limits.formats)
    assert all(len(f.data) <= (procedure.limits.max_file_bytes or len(f.data)) for f in sent)


def test_same_case_same_bytes(packs, workshop):
    again = make_pack(request_of("item-not-received"), workshop)
    assert [(f.path, f.sha256) for f in again.files] == [(f.path, f.sha256) for f in packs("item-not-received").files]


def test_the_zip_opens(packs):
    sink = io.BytesIO()
    pack = packs("shopee-return")
    write_archive(sink, [(f"{pack.folder}/{file.path}", file.data) for file in pack.files])
    assert zipfile.ZipFile(sink).testzip() is None


def test_the_chinese_case_is_chinese(packs):
    pack = packs("shopee-return")
    assert pack.report.letter.language == "zh-Hans"
    assert "证据目录" in "".join(portrait(bundle_of(pack).data).texts)


def test_reading_copy_has_the_same_sentences(packs):
    pack = packs("not-as-described")
    copy = next(file for file in pack.files if file.role == "reading_copy")
    text = "".join(portrait(copy.data).texts)
    assert str(len(pack.report.letter.sentences)) in text


def test_redacted_place_is_gone(packs):
    text = "".join(portrait(bundle_of(packs("performance-appeal")).data).texts)
    assert "J. Whitfield" not in text
    assert "Coupons sent to buyers of late orders" in text  # the words of the picture around it


def test_scope_of_checks(workshop):
    request = request_of("five-faults")
    files = check_case(request, workshop, "file", pictures=True)
    case = check_case(request, workshop, "case")
    assert {c.code for c in files.checks}.isdisjoint({c.code for c in case.checks})
    boxed = [f for c in files.checks for f in c.findings if f.box]
    assert boxed
    assert all(finding.picture.startswith("data:image/jpeg;base64,") for finding in boxed)


def test_every_file_bad_is_still_a_pack(workshop):
    request = request_of("item-not-received", files=[], contacts=[], facts=[])
    bad = PackRequest(
        case=request.case, uploads=(Upload(name="x.pdf", data=b"no pdf"), Upload(name="y.png", data=b"")),
        as_of=request.as_of,
    )  # fmt: skip
    pack = make_pack(bad, workshop)
    assert pack.verdict == "blocked"
    assert {line.file for line in pack.report.not_included} == {"x.pdf", "y.png"}
    assert {file.path for file in pack.files if file.role == "original"} == {"originals/x.pdf", "originals/y.png"}


def test_report_in_both_languages(workshop):
    report = check_case(request_of("five-faults", "zh-Hans"), workshop)
    titles = [f.title for c in report.checks for f in c.findings]
    assert any("看不清" in title for title in titles)


def _plain(text):
    return re.sub(r"[^0-9a-z一-鿿]", "", text.lower())


@pytest.mark.parametrize(("name", "links_read"), [("item-not-received", 3), ("shopee-return", 3)])
def test_the_first_page_can_be_read_at_sixty_dots_to_the_inch(packs, workshop, name, links_read):
    pack = packs(name)
    bundle = bundle_of(pack).data
    seen = portrait(bundle)
    links = [link for link in seen.links if link.page == 0]
    case = request_of(name).case
    language = (case.language or "en", "zh-Hans", "en")
    page = Upload(name="page.png", data=page_picture(bundle, 0, 60))
    read = _plain(
        workshop.reading_rooms[0].read(page, wanted=(case.order.id,), languages=language).reading.pages[0].text
    )
    amount = case.claim.amount or case.order.total
    assert _plain(case.order.id) in read
    assert _plain(f"{amount.currency}{amount.amount:,.2f}") in read
    assert len({link.target for link in links}) >= 2
    cited = {_plain(link.text) for link in links if link.text.strip()}
    assert len([text for text in cited if text in read]) >= links_read  # hanzi are eight pixels high there


@pytest.mark.parametrize("name", NAMES)
def test_what_is_for_the_operator_stays_out_of_the_outside_view(packs, name):
    pack = packs(name)
    codes = {check.code for check in pack.report.checks} | {f.code for f in findings(pack)}
    uploads = [f.path.removeprefix("originals/") for f in pack.files if f.role == "original"]
    hashes = [f.sha256 for f in pack.files]
    secrets = [code for code in codes if "-" in code] + uploads + hashes
    for file in pack.files:
        if file.role in {"bundle", "letter"} or (file.role == "submission" and file.path.endswith(".pdf")):
            text = "\n".join(page_texts(file.data)).lower()
            assert [secret for secret in secrets if secret.lower() in text] == []
            assert [secret for secret in uploads if secret.encode() in file.data] == []


def test_what_the_receiver_has_no_room_for_is_left_out_of_files_and_letter_and_told(workshop, house):
    tight = request_of("item-not-received", platform="ebay", procedure="payment_dispute", site="US")
    pack = make_pack(tight, workshop)
    sent = [f for f in pack.files if f.role == "submission" and f.for_ not in {"operator", "text", "form"}]
    limits = house.platforms["ebay"].procedures["payment_dispute"].limits
    assert len(sent) <= limits.max_files
    assert sum(len(f.data) for f in sent) <= limits.max_total_bytes
    text = next(f.data.decode() for f in pack.files if f.for_ == "text")
    cited = {int(page) for page in re.findall(r"Exhibit \d+, p\. (\d+)", text)}
    shown = {int(f.for_.removeprefix("page ")) for f in sent}
    assert cited <= shown
    assert "pages-not-sent" in {f.code for f in findings(pack)}
    told = pack.file("submission/UPLOAD.txt").data.decode("utf-8-sig")
    gone = {e.number: e.pages[0] for e in pack.report.exhibits if e.pages[0] not in shown}  # each is one page
    assert gone
    assert all(f"Exhibit {number}, p. {page}" in told for number, page in gone.items())
