"""What the checks say of letters: unproofread languages, unanswered refusals, empty sections."""

import pytest

from casefile.case import Case
from casefile.discovery import load_house
from casefile.upload import Upload
from examples.specimen import AS_OF, case_for
from jobs.case_work.kinds.case_check import check_case
from jobs.case_work.pack import PackRequest
from jobs.engine.tasks import previous_uploads
from jobs.records.pack_id import new_pack_id
from jobs.records.pack_store import Accepted, PackShelf, ReceivedFile
from jobs.records.store import Store


def findings(workshop, case, uploads=()):
    request = PackRequest(case=case, uploads=uploads, as_of=AS_OF)
    report = check_case(request, workshop)
    return {(f.code, f.severity): f for f in report.findings}


def changed(**changes):
    case = case_for("fact_evidence_conclusion", "en").model_dump(by_alias=True)
    return Case.model_validate({**case, "files": [], **changes})


@pytest.mark.parametrize(("language", "told"), [("en", False), ("zh-Hans", False), ("de", True), ("ja", True)])
def test_a_language_without_a_reviewer_is_told(workshop, language, told):
    found = findings(workshop, changed(language=language))
    assert (("language-not-proofread", "warning") in found) == told


def test_a_language_that_the_letter_does_not_speak_is_told(workshop):
    found = findings(workshop, changed(language="nl"))
    assert ("letter-language-unspoken", "warning") in found


def test_an_uploaded_refusal_without_answers_blocks(workshop):
    text = b"Your appeal was refused.\n1. No proof of delivery was provided.\n2. The order was shipped late.\n"
    case = changed(files=[{"name": "refusal.txt", "kind": "rejection_notice"}])
    found = findings(workshop, case, (Upload(name="refusal.txt", data=text),))
    assert found["rejection-unanswered", "blocker"].file == "refusal.txt"


def test_an_answer_without_an_exhibit_is_told(workshop):
    reasons = [{"text": "No proof of delivery", "answer": {"en": "The carrier delivered the parcel."}}]
    found = findings(workshop, changed(rejections=[{"reasons": reasons}]))
    assert ("answer-without-exhibit", "warning") in found


def test_every_finding_of_letters_has_its_words():
    house = load_house()
    for language in ("en", "zh-Hans"):
        catalog = house.catalogs.of(language)
        for code in ("letter-section-empty", "bank-code-unknown", "bank-slot-missing", "remedy-unproved"):
            assert all(catalog.own(f"finding.{code}.{part}") for part in ("title", "detail", "hint"))


def test_the_previous_pack_is_remembered_by_the_hashes_of_its_uploads(tmp_path):
    store = Store(f"file://{tmp_path}")
    first = new_pack_id(AS_OF)
    asked = Accepted(
        id=first, tenant="t", created_at="", as_of=AS_OF.isoformat(), language="en", strict=False, platform="amazon",
        procedure="a_to_z_response", subject="x", order_ids=[], case={}, uploads=[{"name": "a", "bytes": 1, "sha256": "f" * 64}],
    )  # fmt: skip
    (tmp_path / "a").write_bytes(b"a")
    PackShelf(store, "t", first).accept(asked, (ReceivedFile(name="a", path=tmp_path / "a", bytes=1, sha256="f" * 64),))
    assert previous_uploads(store, "t", first) == {"f" * 64}
    assert previous_uploads(store, "another", first) is None
    assert previous_uploads(store, "t", "../secret") is None
