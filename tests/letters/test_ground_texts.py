"""The arguments say the same in every language: each has its text put back into English beside it, and none says the opposite."""

import re
from typing import get_args

import pytest
from babel.messages.pofile import read_po

from casefile.discovery import load_house
from casefile.ground import ValueName
from casefile.wording import placeholders

HOUSE = load_house()
LETTERS = sorted(tag for tag, own in HOUSE.catalogs.by_language.items() if own.own("ground.ask.deny.claim"))
PUT_BACK = [tag for tag in LETTERS if tag != "en"]
POLES = {
    "not": r"\b(?:not(?! yet settled| settled)|no(?! more than)|nothing|never|cannot|undisputed|without|refused?|independent"
    r"|excluded?s?|out of)\b",
    "before": r"\b(?:before|earlier|had already)\b",
    "after": r"(?i)\bafter\b",
    "refund": r"\brefund",
    "deliver": r"\bdeliver",
    "sign": r"\bsign",
    "twice": r"\btwice\b",
}
DIRECTIONS = {  # of what the clause around a value speaks: what went out, what came in
    "de": ("versandt|Versand", "zurück|Rück|erfasst"),
    "en": ("sent", "received|came back"),
    "es": ("env[ií]", "devol|devuel|recib"),
    "fr": ("envo", "retour|reven|enregistr|récep"),
    "it": ("invi", "reso|torna|ricev"),
    "ja": ("発送", "返送|受領"),
    "ko": ("발송", "반송|수령"),
    "pt-BR": ("envi", "devol|recebid"),
    "th": ("ส่งออก", "ส่งกลับ|รับเข้า"),
    "zh-Hans": ("发出|所发", "退回|接收"),
}
OUT_AND_IN = (
    ("ground.return_differs.answer_serial", "serial_sent", "serial_received"),
    ("ground.return_differs.answer_weight", "weight_sent", "weight_received"),
    ("ground.return_differs.argue.serial", "serial_sent", "serial_received"),
    ("ground.return_differs.argue.weight", "weight_sent", "weight_received"),
    ("ground.stock_missing.answer", "shipped", "received"),
    ("ground.stock_missing.answer_goods", "shipped", "received"),
    ("ground.stock_missing.answer_removal", "shipped", "received"),
)


def put_back(language):
    path = HOUSE.root / "locales" / language / "grounds.po"
    with path.open("rb") as file:
        messages = [message for message in read_po(file, abort_invalid=True) if message.id]
    return {
        m.id: next((c.removeprefix("back: ") for c in m.auto_comments if c.startswith("back: ")), "") for m in messages
    }


ENGLISH = {key: HOUSE.catalogs.of("en").text(key) for key in put_back("en")}


def course(text, language, out, back):
    """What went out (S) and what came in (R), with the values of both (O, B), in the order in which a text says them."""
    sent, received = DIRECTIONS[language]
    names = {"S": sent, "R": received, "O": f"{{{out}}}", "B": f"{{{back}}}"}
    pattern = "|".join(
        f"(?P<{letter}>{re.escape(words) if letter in 'OB' else words})" for letter, words in names.items()
    )
    found = [str(match.lastgroup) for match in re.finditer(f"(?i){pattern}", text)]
    return "".join(letter for place, letter in enumerate(found) if found[place - 1 : place] != [letter])


@pytest.mark.parametrize("ground", HOUSE.grounds.values(), ids=lambda ground: ground.id)
def test_every_ground_has_its_texts_and_names_known_values(ground):
    keys = [f"ground.{ground.id}.{name}" for name in (*ground.answers, *(f"argue.{one.say}" for one in ground.argue))]
    keys += [ask.key for ask in (ground.ask, *ground.also_ask) if ask.verb != "by_ledger"]
    for key in keys:
        assert key in ENGLISH
        assert placeholders(ENGLISH[key]) <= set(get_args(ValueName)), key


@pytest.mark.parametrize("verb", ["deny", "release", "reimburse"])
@pytest.mark.parametrize("what", ["claim", "return"])
def test_whatever_the_ledger_asks_for_can_be_said(verb, what):
    assert f"ground.ask.{verb}.{what}" in ENGLISH
    assert f"ground.ask.{verb}.{what}_sum" in ENGLISH


@pytest.mark.parametrize("language", PUT_BACK)
def test_each_text_put_back_into_english_says_the_same(language):
    back = put_back(language)
    assert set(back) == set(ENGLISH)
    for key, text in back.items():
        assert placeholders(text) == placeholders(ENGLISH[key]), key
        for pole, pattern in POLES.items():
            in_english, in_back = re.search(pattern, ENGLISH[key]), re.search(pattern, text)
            assert bool(in_english) == bool(in_back), f"{key}: {pole}: {text!r}"


@pytest.mark.parametrize("language", LETTERS)
@pytest.mark.parametrize(("key", "out", "back"), OUT_AND_IN)
def test_what_was_sent_is_never_said_to_be_received(language, key, out, back):
    said = course(HOUSE.catalogs.of(language).text(key), language, out, back)
    assert said in {"SORB", "RBSO", "OSBR", "BROS", "OSRB", "SOBR"}
