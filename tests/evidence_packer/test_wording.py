"""Wording: every class of every language is found, whole phrases are shown, and what may stand stands."""

import tomllib
from pathlib import Path

import pytest

from casefile.discovery import load_house
from casefile.fields.base import in_language
from evidence_packer.judge.checks.wording import check_wording_calm
from evidence_packer.report.texts import value
from tests.evidence_packer.conftest import file, make_case

HOUSE = load_house()
ENTRIES = [
    pytest.param(language, entry, id=f"{language}-{entry.id}")
    for language, wording in HOUSE.wording.items()
    for entry in wording.entries
    if entry.terms
]
SPOKEN = {"en", "zh-Hans", "zh-Hant", "ja", "ko", "es", "pt-BR", "de", "fr", "it", "th", "nl", "sv", "pl", "id", "vi"}


WRITTEN = tomllib.loads(Path(__file__).with_name("wording.toml").read_text(encoding="utf-8"))


@pytest.fixture
def hits(dossier):
    """(class, words shown, severity) of every wording found in a request in this language."""

    def find(text, language="en", *facts, **changes):
        case = make_case(request={language: text}, language=language, **changes)
        found = check_wording_calm(dossier(*facts, case=case))
        return [(f.params["kind"].removeprefix("@wording."), f.params["found"], f.severity) for f in found]

    return find


def test_every_language_has_its_lexicon():
    assert set(HOUSE.wording) >= SPOKEN


@pytest.mark.parametrize(("language", "entry"), ENTRIES)
def test_each_class_is_found(hits, language, entry):
    procedure = "buyer_contact" if entry.letters == ("buyer_message",) else "a_to_z_response"
    site = entry.sites[0] if entry.sites else "US"
    for term in entry.terms:
        found = hits(f"abc {term} abc", language, procedure=procedure, site=site)
        assert entry.wording_class in {kind for kind, _, _ in found}, term
    assert in_language(entry.rewrite, "en")
    assert in_language(entry.rewrite, "zh-Hans")


@pytest.mark.parametrize("language", sorted(SPOKEN))
def test_calm_facts_pass(hits, language):
    assert hits("2026-11-02, 14:22: UPS 1Z999AA10123456784.", language) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("再不处理我们就发律师函，请注意。", "再不处理我们就发律师函"),
        ("我们律师见！", "我们律师见"),
        (
            "如果平台仍然坚持错误的判定我们将不得不通过法律途径维护自己的合法权益并要求赔偿",
            "…们将不得不通过法律途径维护自己的合法…",
        ),
        ("这个骗子", "这个骗子"),
    ],
)
def test_chinese_hits_show_the_phrase_they_stand_in(hits, text, shown):
    assert shown in {found for _, found, _ in hits(text, "zh-Hans")}


def test_english_hits_show_whole_words(hits):
    assert ("accusation", "scammer", "warning") in hits("The buyer is a scammer")
    assert hits("We traced the scampering parcel") == []


def test_quotations_are_skipped(hits):
    assert hits('The buyer wrote "you are a scammer" on 2 November 2026') == []


def test_a_claim_of_contact_needs_its_page(hits):
    assert hits("We contacted the buyer on 3 November 2026")[0][0] == "bare_denial"
    assert hits("We contacted the buyer on 3 November 2026", "en", file(kind="messages")) == []


def test_a_denial_with_its_file_may_stand(dossier):
    case = make_case(facts=[{"text": "We did not violate the policy of 1 May 2026", "files": ["log.png"]}])
    assert not list(check_wording_calm(dossier(case=case)))


def test_contact_data_blocks_messages_to_buyers_and_belongs_into_a_counter_notice(hits):
    text = "Write to ann@example.com"
    assert hits(text, procedure="buyer_contact")[0][2] == "blocker"
    assert hits(text)[0][2] == "warning"
    notice = {"procedure": "ip_counter_notice", "reason": "intellectual_property", "notice": {"id": "N1"}}
    assert hits(text, **notice) == []


def test_some_words_are_barred_on_some_sites_only(hits):
    text = "Please send us your phone number"
    assert hits(text, procedure="buyer_contact", site="DE")[0][0] == "personal_data"
    assert hits(text, procedure="buyer_contact", site="US") == []


def test_an_unmarked_text_is_read_in_the_letters_language_too(dossier):
    case = make_case(request="Das ist dringend", language="de")
    finding = next(check_wording_calm(dossier(case=case)))
    assert value(finding.params["kind"], HOUSE.catalogs.of("zh-Hans"))
    assert finding.params["found"] == "dringend"


@pytest.mark.parametrize("language", WRITTEN["angry"])
def test_what_tired_operators_write_is_found(hits, language):
    assert [text for text in WRITTEN["angry"][language] if not hits(text, language)] == []


@pytest.mark.parametrize("language", WRITTEN["neutral"])
def test_quotations_titles_and_plain_reports_pass(hits, language):
    order = {"id": "112-4829307-7716253", "items": [{"name": {"en": "Urgent Care First Aid Kit"}}]}
    assert [text for text in WRITTEN["neutral"][language] if hits(text, language, order=order)] == []
