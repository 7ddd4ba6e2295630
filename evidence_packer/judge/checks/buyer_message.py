"""Does the message to the buyer say something, name the remedy, and lead to the closing button?"""

import re
from collections.abc import Iterator

from casefile.finding import Finding
from casefile.letter import Letter
from evidence_packer.judge.check import Dossier, Skip

CODE = "buyer-message"
INPUT = "letter"


def _said(letter: Letter) -> str:
    return " ".join(sentence.text for sentence in letter.sentences)


def _substance(text: str, greetings: tuple[str, ...]) -> int:
    """Words, or pairs of hanzi, that are left when greetings and apologies are taken out."""
    plain = text.lower()
    for greeting in sorted(greetings, key=len, reverse=True):
        plain = plain.replace(greeting, " ")
    return len(re.findall(r"[^\W\d_]{2,}|[\u4e00-\u9fff]{2}|[\u3040-\u30ff]{3}", plain))


def _remedy(dossier: Dossier, text: str) -> Iterator[Finding]:
    remedy = dossier.case.remedy
    if remedy is None:
        yield Finding(
            code="message-without-remedy", severity="warning", pointer="/remedy", rules=("S001-63", "S000-28")
        )
        return
    amount = f"{remedy.amount.amount:,.2f}" if remedy.amount else None
    concrete = [known for known in (amount, remedy.tracking_number) if known]
    if remedy.amount is None and remedy.type == "partial_refund":
        yield Finding(code="message-remedy-vague", severity="warning", pointer="/remedy/amount", rules=("S001-63",))
    elif concrete and not any(word in text for word in concrete):
        yield Finding(code="message-remedy-vague", severity="warning", pointer="/remedy", rules=("S001-63", "S001-24"))


def check(dossier: Dossier) -> Iterator[Finding]:
    """Warnings for a message of greetings only, without a concrete remedy, without the order, without the way to close."""
    if dossier.procedure.audience != "buyer":
        raise Skip("not-to-buyer")
    letter = dossier.letter
    assert letter is not None  # INPUT promises it
    practice, text = dossier.house.practice, _said(letter)
    if _substance(text, practice.words.greetings) < practice.targets.substance_words:
        yield Finding(
            code="message-empty", severity="warning", params={"words": practice.targets.substance_words},
            rules=("S001-23", "S001-45"),
        )  # fmt: skip
    yield from _remedy(dossier, text)
    whole = text + " ".join(value for _, value in letter.reference) + letter.subject
    order = dossier.case.order.id if dossier.case.order else None
    if order and order not in whole:
        yield Finding(code="message-without-order", severity="warning", pointer="/order/id", rules=("S000-52",))
    closing = dossier.procedure.closing
    if closing and closing.button and closing.button.lower() not in text.lower():
        yield Finding(
            code="message-without-closing", severity="advice",
            params={"button": closing.button, "sentence": dict(closing.text)},
            rules=closing.rules or ("S000-31", "S000-47"),
        )  # fmt: skip
