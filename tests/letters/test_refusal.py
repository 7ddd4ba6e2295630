"""Reasons of a refusal: found in lists and sentences, matched to what the case answers, the rest added unanswered."""

import tomllib
from pathlib import Path

import pytest

from casefile.case import Case
from casefile.discovery import load_house
from casefile.refusal import reasons_in, with_reasons

HOUSE = load_house()
WORDS = tuple(HOUSE.reading_words.values())
LISTED = """Hello,
Thank you for your appeal. We cannot reinstate your account yet. Please send us:

1. The root cause of the late shipments, with
   the dates concerned.
2. The steps you have taken.

Regards
"""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (LISTED, ("The root cause of the late shipments, with the dates concerned.", "The steps you have taken.")),
        (
            "Thank you for writing. Your plan does not explain why the orders shipped late. The invoice is illegible.",
            ("Your plan does not explain why the orders shipped late.", "The invoice is illegible."),
        ),
        ("您好！您的申诉未说明迟发原因。发票不清晰，无法辨认。感谢您的配合。",
         ("您的申诉未说明迟发原因。", "发票不清晰，无法辨认。")),
        ("（1）未提供妥投证明\n（2）订单超过\n发货期限", ("未提供妥投证明", "订单超过发货期限")),
        ("We have received your appeal. A decision follows.", ()),
    ],
)  # fmt: skip
def test_reasons_are_found(text, found):
    assert reasons_in(text, WORDS) == found


SENT = tomllib.loads(Path(__file__).with_name("refusals.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("sender", SENT)
def test_every_reason_of_a_refusal_as_platforms_write_it(sender):
    assert list(reasons_in(SENT[sender]["text"], WORDS)) == SENT[sender]["reasons"]


def completed(rejections, texts=None):
    case = Case.model_validate({"platform": "amazon", "procedure": "performance_appeal", "rejections": rejections})
    return [
        [(reason.text, reason.answer) for reason in rejection.reasons]
        for rejection in with_reasons(case, texts or {}, HOUSE.reading_words).rejections
    ]


def test_an_uploaded_refusal_is_read():
    assert completed([], {"refusal.png": LISTED}) == [
        [("The root cause of the late shipments, with the dates concerned.", None), ("The steps you have taken.", None)]
    ]


def test_an_answered_reason_is_not_asked_again():
    answered = {"text": "the steps you have taken", "answer": "See exhibit 3."}
    assert completed([{"text": LISTED, "reasons": [answered]}]) == [
        [("the steps you have taken", "See exhibit 3."),
         ("The root cause of the late shipments, with the dates concerned.", None)]
    ]  # fmt: skip


def test_a_reason_in_other_words_answers_one_that_was_found():
    given = {"text": "No root cause given", "answer": "The carrier missed two pick-ups."}
    text = "Your plan does not explain why the orders shipped late."
    assert completed([{"text": text, "reasons": [given]}]) == [
        [("No root cause given", "The carrier missed two pick-ups.")]
    ]
