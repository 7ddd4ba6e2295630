"""What a message intends, in every language that is read: lines that must say it, and lines that must not."""

import tomllib
from pathlib import Path

import pytest

from evidence_packer.understand.talk.intents import intents_of

CASES = tomllib.loads((Path(__file__).parent / "intents.cases.toml").read_text(encoding="utf-8"))


def rows():
    for language, table in CASES.items():
        for who, told in (("buyer", table), ("seller", table.get("seller", {}))):
            wanted = told.get("says", {}) if who == "buyer" else {k: v for k, v in told.items() if k != "not"}
            for holds, lists in ((True, wanted), (False, told.get("not", {}))):
                for intent, lines in lists.items():
                    yield from ((language, who, intent, holds, line) for line in lines)


@pytest.mark.parametrize(("language", "who", "intent", "holds", "line"), list(rows()))
def test_what_a_line_intends(house, language, who, intent, holds, line):
    found = {one.intent for one in intents_of(line, who, house)}
    assert (intent in found) is holds, found


def test_every_language_that_is_read_has_lines(house):
    assert set(CASES) == set(house.reading_words)


@pytest.mark.parametrize("who", ["seller", "platform", "unknown"])
@pytest.mark.parametrize("language", sorted(CASES))
def test_nobody_but_the_buyer_agrees_or_confirms(house, language, who):
    for intent in ("agrees_to_close", "confirms_receipt"):
        for line in CASES[language]["says"][intent]:
            assert intent not in {one.intent for one in intents_of(line, who, house)}


@pytest.mark.parametrize("language", sorted(CASES))
def test_a_quoted_message_agrees_to_nothing(house, language):
    for line in CASES[language]["says"]["agrees_to_close"]:
        assert "agrees_to_close" not in {one.intent for one in intents_of(line, "buyer", house, quoted=True)}


@pytest.mark.parametrize(
    ("line", "agrees"),
    [
        ("Please cancel my claim, the parcel is here.", False),
        ("OK, you can close the case.", False),
        ("Bitte schließen Sie den Fall.", False),
        ("Vous pouvez fermer le dossier, merci.", False),
        ("请帮我取消投诉", False),
        ("申請を取り下げてください", False),
        ("Можете закрыть спор, спасибо.", False),
        ("I have withdrawn my A-to-z claim.", True),
        ("Ich habe den Fall soeben geschlossen.", True),
        ("我已经取消了纠纷", True),
    ],
)
def test_words_to_the_reader_agree_to_nothing_where_only_the_side_of_a_bubble_tells_the_writer(house, line, agrees):
    by_side = {one.intent for one in intents_of(line, "buyer", house, by_side=True)}
    assert ("agrees_to_close" in by_side) is agrees
