"""Correspondence: on the platform, from a channel that counts, in its order; and the message to the buyer."""

import datetime as dt
import re
from collections.abc import Iterator
from itertools import pairwise

from casefile import text_folding
from casefile.facts import FileFacts
from casefile.fields.base import any_text
from casefile.fields.files import Kind
from casefile.finding import Finding
from casefile.finding_kind import FindingKind
from casefile.letter import Letter
from casefile.statement import Intent
from evidence_packer.judge.check import CheckOf, Dossier, Skip
from evidence_packer.judge.witness import Witness
from evidence_packer.judge.word_given import comparable

OFF_PLATFORM_CHAT = FindingKind(code="off-platform-chat", severity="warning", about="file", sign="context", retake=True)


def _elsewhere(dossier: Dossier, file: FileFacts) -> bool:
    entry = dossier.case.entry(file.file)
    if entry and entry.channel:
        return entry.channel == "chat_app"
    return file.context.chat not in {"on_platform", "none"}


def check_chat_on_platform(dossier: Dossier) -> Iterator[Finding]:
    """Is the correspondence the platform's own?

    A warning when the only correspondence is from a chat program outside the platform.
    """
    messages = list(dossier.of_kinds(frozenset({"messages", "buyer_confirmation"})))
    if not messages:
        raise Skip("no-messages")
    if all(_elsewhere(dossier, file) for file in messages):
        for file in messages:
            yield OFF_PLATFORM_CHAT.found(file=file.file, params={"program": file.context.chat}, rules=("S000-48",))


QUOTE_NOT_READ = FindingKind(code="quote-not-read", severity="warning", about="file")
MAIL_NOT_PLATFORM = FindingKind(code="mail-not-platform", severity="advice", about="file")


def check_words_agree(dossier: Dossier) -> Iterator[Finding]:
    """Do the pages hold the words that the case quotes from them, and are they messages of the platform?

    A warning per contact whose words are not read on any of its own pages, advice per mail that stands for a platform message.
    """
    read = {seen.pointer for file in dossier.facts for seen in file.quotes}
    for place, contact in enumerate(dossier.case.contacts):
        pointer = f"/contacts/{place}/text"
        files = [file for file in dossier.facts if file.file in contact.files and file.has_text]
        if contact.from_ != "buyer" or not files or not comparable(contact.text):
            continue
        if not any(one.startswith(pointer) for one in read):
            words = any_text(contact.text) or ""
            yield QUOTE_NOT_READ.found(
                file=files[0].file, pointer=pointer, params={"words": words[:_QUOTED]}, rules=("S003-13",)
            )
    for file in dossier.of_kinds(_KINDS):
        witness = Witness(case=dossier.case, platform=dossier.platform, facts=file)
        if witness.is_mail and not witness.on_platform:
            yield MAIL_NOT_PLATFORM.found(file=file.file, rules=("S000-48",))


ADMITS_OUTSIDE = FindingKind(code="buyer-admits-outside", severity="advice", about="file")
_ADMITS: frozenset[Intent] = frozenset({"confirms_receipt", "agrees_to_close"})
_TAKES_BACK: frozenset[Intent] = frozenset({"complains", "denies_receipt", "refuses", "threatens"})


def check_said_outside(dossier: Dossier) -> Iterator[Finding]:
    """Does the buyer admit something where the platform cannot see it?

    Advice per file in which the buyer's last words outside the platform confirm the receipt or agree to close.
    """
    for file in dossier.facts:
        outside = [one for one in file.messages if one.who == "buyer" and one.channel in {"email", "chat_app"}]
        last = next((one for one in reversed(outside) if {*one.intents} & (_ADMITS | _TAKES_BACK)), None)
        if last and not {*last.intents} & _TAKES_BACK:
            yield ADMITS_OUTSIDE.found(
                file=file.file, page=last.page, box=last.box, params={"words": last.text[:_WORDS]}, rules=("S000-48",)
            )


_WORDS = 160
CHAT_OUT_OF_ORDER = FindingKind(code="chat-out-of-order", severity="advice", about="file", named_in_detail=True)
_KINDS: frozenset[Kind] = frozenset({"messages"})
_QUOTED = 60
_PLAY = dt.timedelta(minutes=2)
"""Two screenshots of one conversation may begin at the same line."""


def _begins(file: FileFacts) -> dt.datetime | None:
    """The earliest moment with a time of day that the file prints, as it is printed."""
    moments = [seen.at for seen in file.timestamps if seen.at and seen.has_time and not seen.ambiguous]
    return min((dt.datetime.fromisoformat(at).replace(tzinfo=None) for at in moments), default=None)


def check_chat_in_order(dossier: Dossier) -> Iterator[Finding]:
    """Do the screenshots of a conversation follow each other in time?

    Advice for each screenshot that begins before the one that stands in front of it.
    """
    dated = [(file, begins) for file in dossier.of_kinds(_KINDS) if (begins := _begins(file))]
    if len(dated) < 2:
        raise Skip("nothing-to-compare")
    for (before, earlier), (file, begins) in pairwise(dated):
        if begins + _PLAY < earlier:
            yield CHAT_OUT_OF_ORDER.found(file=file.file, params={"before": before.file})


PROOF_IS_A_CHAT = FindingKind(code="proof-is-a-chat", severity="warning", about="file")
CONTACT_OFF_PLATFORM = FindingKind(code="contact-off-platform", severity="warning")


def _chats_as_proof(dossier: Dossier) -> Iterator[Finding]:
    for file in dossier.facts:
        if file.kind in {"proof_of_delivery", "carrier_statement"} and file.context.chat != "none":
            yield PROOF_IS_A_CHAT.found(file=file.file, params={"kind": f"@kind.{file.kind}"}, rules=("S001-53",))


def check_channel_counts(dossier: Dossier) -> Iterator[Finding]:
    """Does what is cited come from a channel that counts?

    Warnings for contacts only outside the platform, and for a chat that stands in for a carrier's paper.
    """
    yield from _chats_as_proof(dossier)
    contacts = [
        contact for contact in dossier.case.contacts if contact.from_ in {"buyer", "seller"} and contact.channel
    ]
    off = dossier.house.practice.words.channels_off_platform
    outside = [contact for contact in contacts if (contact.channel or "").lower() in off]
    if outside and len(outside) == len(contacts):
        place = dossier.case.contacts.index(outside[0])
        yield CONTACT_OFF_PLATFORM.found(
            pointer=f"/contacts/{place}/channel",
            params={"channel": outside[0].channel or ""},
            rules=("S000-28", "S000-48", "S003-46", "S004-11", "S004-12", "S004-59", "S004-64"),
        )


MESSAGE_WITHOUT_REMEDY = FindingKind(code="message-without-remedy", severity="warning")
MESSAGE_REMEDY_VAGUE = FindingKind(code="message-remedy-vague", severity="warning")
MESSAGE_EMPTY = FindingKind(code="message-empty", severity="warning")
MESSAGE_WITHOUT_ORDER = FindingKind(code="message-without-order", severity="warning")
MESSAGE_WITHOUT_CLOSING = FindingKind(code="message-without-closing", severity="advice")


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
        yield MESSAGE_WITHOUT_REMEDY.found(pointer="/remedy", rules=("S001-63", "S000-28"))
        return
    amount = f"{remedy.amount.amount:,.2f}" if remedy.amount else None
    concrete = [known for known in (amount, remedy.tracking_number) if known]
    if remedy.amount is None and remedy.type == "partial_refund":
        yield MESSAGE_REMEDY_VAGUE.found(pointer="/remedy/amount", rules=("S001-63",))
    elif concrete and not any(word in text for word in concrete):
        yield MESSAGE_REMEDY_VAGUE.found(pointer="/remedy", rules=("S001-63", "S001-24"))


def check_buyer_message(dossier: Dossier) -> Iterator[Finding]:
    """Does the message to the buyer say something, name the remedy, and lead to the closing button?

    Warnings for a message of greetings only, without a concrete remedy, without the order, without the way to close.
    """
    if dossier.procedure.audience != "buyer":
        raise Skip("not-to-buyer")
    letter = dossier.letter
    assert letter is not None  # what the check judges is there
    practice, text = dossier.house.practice, _said(letter)
    if _substance(text, practice.words.greetings) < practice.targets.substance_words:
        yield MESSAGE_EMPTY.found(params={"words": practice.targets.substance_words}, rules=("S001-23", "S001-45"))
    yield from _remedy(dossier, text)
    whole = text + " ".join(value for _, value in letter.reference) + letter.subject
    order = dossier.case.order.id if dossier.case.order else None
    if order and order not in whole:
        yield MESSAGE_WITHOUT_ORDER.found(pointer="/order/id", rules=("S000-52",))
    closing = dossier.procedure.closing
    if closing and closing.button and closing.button.lower() not in text.lower():
        yield MESSAGE_WITHOUT_CLOSING.found(
            params={"button": closing.button, "sentence": dict(closing.text)},
            rules=closing.rules or ("S000-31", "S000-47"),
        )


MARK_NOT_FOUND = FindingKind(code="mark-not-found", severity="warning", about="file")
MARKED_BY_PERSON = FindingKind(code="marked-by-person", severity="advice", about="file")


def check_marks_read(dossier: Dossier) -> Iterator[Finding]:
    """Are the lines that a person marked read where they were marked?

    A warning for each that is not; advice for each that is, so that everybody knows who said it.
    """
    marked = [
        (place, file, mark)
        for place, entry in enumerate(dossier.case.files)
        for file in dossier.facts
        if file.file == entry.name
        for mark in entry.marks
    ]
    if not marked:
        raise Skip("nothing-marked")
    for place, file, mark in marked:
        read = [one for one in file.said if one.by_person and one.page == mark.page and one.says == mark.says]
        kind = MARKED_BY_PERSON if any(_same(one.span.text, mark.text) for one in read) else MARK_NOT_FOUND
        yield kind.found(
            file=file.file,
            page=mark.page,
            pointer=f"/files/{place}/marks",
            params={"text": mark.text, "marked": mark.page, "says": f"@intent.{mark.says}"},
        )


def _same(read: str, text: str) -> bool:
    one, other = text_folding.squeezed(read), text_folding.squeezed(text)
    return abs(len(one) - len(other)) <= max(2, len(other) // 8)


CHECKS = (
    CheckOf(code="marks-read", judges="facts", findings=(MARK_NOT_FOUND, MARKED_BY_PERSON), run=check_marks_read),
    CheckOf(code="words-agree", judges="facts", findings=(QUOTE_NOT_READ, MAIL_NOT_PLATFORM), run=check_words_agree),
    CheckOf(code="said-outside", judges="facts", findings=(ADMITS_OUTSIDE,), run=check_said_outside),
    CheckOf(code="chat-on-platform", judges="facts", findings=(OFF_PLATFORM_CHAT,), run=check_chat_on_platform),
    CheckOf(code="chat-in-order", judges="facts", findings=(CHAT_OUT_OF_ORDER,), run=check_chat_in_order),
    CheckOf(
        code="channel-counts", judges="case", findings=(PROOF_IS_A_CHAT, CONTACT_OFF_PLATFORM), run=check_channel_counts
    ),
    CheckOf(
        code="buyer-message",
        judges="letter",
        findings=(
            MESSAGE_WITHOUT_REMEDY,
            MESSAGE_REMEDY_VAGUE,
            MESSAGE_EMPTY,
            MESSAGE_WITHOUT_ORDER,
            MESSAGE_WITHOUT_CLOSING,
        ),
        run=check_buyer_message,
    ),
)
