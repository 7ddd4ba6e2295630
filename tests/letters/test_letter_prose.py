"""How sentences read beside each other: nothing said twice, numbers and days as the language writes them, no stray last page."""

import dataclasses
import datetime as dt
import io
from types import SimpleNamespace

import pikepdf
import pytest

from casefile.case import Case
from casefile.discovery import load_house
from casefile.wording import fill, placeholders
from examples.specimen import case_for, letter_of
from letters.language_formatter import LanguageFormatter
from letters.raw import Raw, paragraph, without_echo
from letters.render import letter_pdf, plain_text
from letters.sentences.request import _metric
from press.html import Typesetter

HOUSE = load_house()


def letter_with(language="en", kind="fact_evidence_conclusion", **changes):
    case = case_for(kind, language).model_dump(by_alias=True)
    return letter_of(HOUSE, kind, language, case=Case.model_validate(case | changes))


def said(language="en", kind="fact_evidence_conclusion", **changes):
    return plain_text(letter_with(language, kind, **changes), None).text


def test_the_record_is_named_once_in_a_paragraph():
    policy = {"refund": {"text": "Within 30 days.", "shown_at": "2026-11-10T09:00:00-08:00"}}
    text = said(policies=policy)
    assert "The refund policy reads “Within 30 days.” (same records)." in text
    assert "reads “Within 30 days.” (according to our records)" not in text


def test_a_sentence_is_shortened_only_behind_one_that_stays_as_long():
    loose, essential = (
        Raw(text="Long.", again="Short.", sentence_class="fact", proof="record", essential=essential)
        for essential in (False, True)
    )
    for sentences, texts in (
        ((loose, loose), ["Long.", "Short."]),
        ((loose, essential), ["Long.", "Long."]),
        ((essential, loose), ["Long.", "Short."]),
        ((loose, dataclasses.replace(loose, proof="attached")), ["Long.", "Long."]),
    ):
        assert [s.text for p in without_echo(paragraph(*sentences)) for s in p.sentences] == texts


def test_one_unit_is_singular():
    text = said(inventory={"shipped": 1, "received": 0, "claimed": 1})
    assert "1 unit was sent in and 0 units were booked in" in text
    assert "We claim 1 unit." in text
    assert fill("{n} {n|day|days}", {"n": 1}) == "1 day"
    assert fill("{n} {n|day|days}", {"n": 12}) == "12 days"
    assert placeholders("{n} {n|day|days} {m}") == {"n", "m"}


@pytest.mark.parametrize(
    ("language", "day", "number"),
    [
        ("fr", "1er juin 2026", "3,1"),
        ("it", "1º giugno 2026", "3,1"),
        ("de", "1. Juni 2026", "3,1"),
        ("en", "1 June 2026", "3.1"),
    ],
)
def test_first_days_and_numbers(language, day, number):
    say = LanguageFormatter(catalog=HOUSE.catalogs.of(language), language=language)
    assert say.day(dt.date(2026, 6, 1)) == day
    assert say.number("3.1") == number
    assert say.number("HRB 12") == "HRB 12"


@pytest.mark.parametrize(
    ("remedy", "promise", "conclusion"),
    [
        (None, None, "We accept the point."),
        (
            {"type": "coupon", "status": "offered", "at": "2026-11-30T09:00:00Z"},
            "We offer the buyer a coupon, to be carried out by November 30, 2026, 9:00 a.m. (UTC).",
            "We accept the point and offer the remedy set out above.",
        ),
        (
            {"type": "full_refund", "status": "done", "at": "2026-11-17T09:00:00Z", "files": ["proof.pdf"]},
            "We provided the buyer with a full refund on November 17, 2026",
            "We accept the point and have acted on it as set out above.",
        ),
        (
            {
                "type": "replacement",
                "status": "done",
                "at": "2026-11-10T09:00:00Z",
                "received_at": "2026-11-17T09:00:00Z",
                "files": ["proof.pdf"],
            },
            "The buyer received a replacement on November 17, 2026",
            "We accept the point and have acted on it as set out above.",
        ),
    ],
)
def test_an_acceptance_says_what_was_done_and_no_more(remedy, promise, conclusion):
    text = said(stance="accept", remedy=remedy)
    assert conclusion in text
    assert promise is None or promise in text


def test_the_sellers_own_account_is_no_quotation():
    for language, words in (
        ("de", ": Wir haben dem Käufer die Seite"),
        ("fr", ", nous avons envoyé"),
        ("es", ": enviamos al comprador"),
    ):
        assert words in said(language)


def pages(letter):
    made = letter_pdf(letter, HOUSE, Typesetter(HOUSE.templates))
    with pikepdf.open(io.BytesIO(made)) as pdf:
        return len(pdf.pages)


def test_a_letter_that_runs_over_by_a_few_lines_is_set_closer():
    points = [{"says": f"Point {n}", "listing_says": "New", "answer": "The photos show it new"} for n in range(40)]
    lengths = {count: pages(letter_with(claim={"points": points[:count]})) for count in (1, 8, 40)}
    assert lengths[1] == lengths[8] == 1
    assert lengths[40] > 1


@pytest.mark.parametrize(
    ("language", "metric", "told"),
    [
        ("en", "late_shipment", "late shipment rate"),
        ("zh-Hans", "otdr", HOUSE.catalogs.of("zh-Hans").text("letter.metric.otdr")),
        ("en", None, ""),
    ],
)
def test_a_metric_is_asked_about_by_its_name(language, metric, told):
    catalog = HOUSE.catalogs.of(language)
    case = SimpleNamespace(metric=SimpleNamespace(name=metric) if metric else None)
    assert _metric(SimpleNamespace(case=case, has=catalog.has, text=catalog.text)) == told
