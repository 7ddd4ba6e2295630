"""Every procedure of every platform for every reason: checks and letters come out whole, in both languages."""

import datetime as dt
import re

import pytest

from casefile.case import Case
from casefile.discovery import load_house
from casefile.wording import placeholders
from jobs.kinds.case_check import check_case
from jobs.kinds.case_letter import write_letter
from jobs.pack import PackRequest
from jobs.workshop import Workshop

HOUSE = load_house()
WAYS = [
    (platform.id, name, reason)
    for platform in HOUSE.platforms.values()
    for name, procedure in platform.procedures.items()
    for reason in procedure.reasons
]
NOW = dt.datetime(2026, 11, 19, 9, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def workshop():
    with Workshop.open() as opened:
        yield opened


def case_of(platform, procedure, reason, language="en"):
    identifier = HOUSE.platforms[platform].identifier("/order/id")
    return Case.model_validate(
        {
            "platform": platform, "procedure": procedure, "reason": reason, "language": language,
            "order": {"id": identifier.valid[0] if identifier else "A-1", "placed_at": "2026-10-28T09:12:00-07:00",
                      "total": {"amount": "37.48", "currency": "USD"}, "items": [{"asin": "B0C7QX2M9T", "name": "Bottle"}]},
            "parcels": [{"carrier": "ups", "tracking_number": "1Z999AA10123456784",
                         "dispatched_at": "2026-10-29T16:40:00-07:00", "delivered_at": "2026-11-02T14:22:00-05:00"}],
            "payment": {"dispute_id": "dp_1NvGfQ2eZvKYlo2C", "charge_id": "ch_3NvGfQ2eZvKYlo2C"},
            "account": {"merchant_id": "A3EXAMPLE7QK"}, "seller": {"store": "Northlake Home"},
            "claim": {"opened_at": "2026-11-18T18:03:00-05:00", "amount": {"amount": "37.48", "currency": "USD"}},
            "files": [{"name": f"{kind}.png", "kind": kind} for kind in ("tracking", "messages", "listing", "carrier_statement")],
        }
    )  # fmt: skip


@pytest.mark.parametrize(("platform", "procedure", "reason"), WAYS)
def test_letter(workshop, platform, procedure, reason):
    for language in ("en", "zh-Hans"):
        made = write_letter(case_of(platform, procedure, reason, language), NOW, workshop)
        assert made.letter.sections[-1].paragraphs
        assert made.letter.draft
        assert not re.search(r"\{[a-z_]+\}|\b(letter|proposition|reason|kind|bank)\.[a-z_]+", made.text.text)
        assert not re.search(r"  |\.\.|。。| \.", made.text.text), made.text.text


@pytest.mark.parametrize(("platform", "procedure", "reason"), WAYS)
def test_checks_without_a_file(workshop, platform, procedure, reason):
    request = PackRequest(case=case_of(platform, procedure, reason), uploads=(), as_of=NOW)
    for language in ("en", "zh-Hans"):
        report = check_case(
            PackRequest(**{f: getattr(request, f) for f in ("case", "uploads", "as_of")}, language=language), workshop
        )
        texts = [f[part] for c in report["checks"] for f in c["findings"] for part in ("title", "detail", "hint")]
        texts += [c["why"] for c in report["checks"] if c["why"]] + report["steps"] + report["because"]
        assert not [text for text in texts if re.search(r"\{[a-z_]+\}|@[a-z]+\.|^[a-z]+\.[a-z_.-]+$", text)]


def test_both_languages_have_every_text():
    english, chinese = HOUSE.catalogs.of("en"), HOUSE.catalogs.of("zh-Hans")
    assert set(english.texts) == set(chinese.texts)
    for key, text in english.texts.items():
        assert placeholders(text) == placeholders(chinese.texts[key]), key
