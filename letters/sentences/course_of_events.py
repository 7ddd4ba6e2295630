"""What happened: dated facts, the exchange about the matter, and how a disputed claim arose."""

import dataclasses
import datetime as dt
import re

from casefile.anchors import Anchor
from casefile.facts import MessageSeen
from casefile.fields.base import any_text
from casefile.fields.claim import Contact
from casefile.letter import Proof
from casefile.scripts import mostly_foreign
from letters import grounded, printed, told
from letters.banked import statement_text
from letters.blocks import block
from letters.language_formatter import bare
from letters.language_formatter import opened as capital
from letters.letter_context import LetterContext
from letters.raw import ARGUMENT, Paragraphs, Raw, paragraph


@block
def events(scene: LetterContext) -> Paragraphs:
    """What happened: a sentence of the bank or the seller's own, each with its date.

    One paragraph of dated sentences, in the order of time; undated ones come last.
    """
    facts = sorted(
        enumerate(scene.case.facts), key=lambda pair: (pair[1].at is None, pair[1].at.timestamp() if pair[1].at else 0)
    )
    sentences: list[Raw] = []
    for place, fact in facts:
        words = statement_text(scene, fact, "fact", f"/facts/{place}")
        if words:
            cites = scene.of_files(fact.files)
            sentences.append(scene.worded(words.words, "fact", cites, at=fact.at, own=words.own))
    return paragraph(*sentences)


_LISTED_FROM = 3
_AGREED = {"agreement"}
"""Sections that tell what the buyer agreed to."""


def _said(scene: LetterContext, sender: str, words: str | None, pointer: str) -> tuple[str, told.Told | str]:
    """(key, text): the seller's own account where it follows on, else a quotation, else only that there was a message.

    Either is shown only by a page on which these very words are read.
    """
    if not words:
        return f"letter.contact.{sender}", ""
    ours = sender == "seller" and not mostly_foreign(words, scene.request.language) and not _read(scene, words)
    own = scene.say.lowered(words) if ours and not scene.say.addresses(words) else None
    if own:
        return "letter.contact_own", told.quote(bare(own), pointer)
    return f"letter.contact_says.{sender}", told.quote(scene.say.quoted(words), pointer)


def _read(scene: LetterContext, words: str) -> bool:
    """Whether words were read in a message of the seller's on a page: these are quoted, they are no account of what was done."""
    head = words[:_FEW]
    return any(
        one.who == "seller" and (one.text or "").startswith(head)
        for facts in scene.request.facts
        for one in facts.messages
    )


def _sentence(scene: LetterContext, contact: Contact, pointer: str) -> Raw | None:
    if contact.at is None:
        return None
    sender = contact.from_ or "seller"
    shown = scene.point(f"contact_{sender}", contact.at)
    proof: Proof = "shown" if shown else "attached"
    words = scene.words(contact.text, pointer)
    if contact.text and not words:
        return None
    outside = sender == "buyer" and _is_outside(scene, contact)
    if outside:
        shown, proof = (), "attached"
    said_by = "buyer_outside" if outside and words else sender
    key, said = _said(scene, said_by, words, printed.pointer_of(contact.text, words, pointer))
    cites = tuple(dict.fromkeys((*shown, *scene.of_files(contact.files)))) if shown else scene.of_files(contact.files)
    return scene.fact(key, cites, proof, date=told.moment(scene.say, contact.at), text=said)


@block
def contacts(scene: LetterContext) -> Paragraphs:
    """The exchange about the matter: who wrote when, and what.

    Every dated contact in the order of time; three or more are set as a list.
    """
    dated = [(c.at, c, f"/contacts/{place}/text") for place, c in enumerate(scene.case.contacts) if c.at]
    if grounded.leading(scene):  # the buyer's words stand where they are answered, or where they admit something
        dated = [one for one in dated if one[1].from_ != "buyer"]
    complaint = scene.case.claim.statement if scene.case.claim else None
    dated = [one for one in dated if one[1].from_ != "buyer" or not complaint or one[1].text != complaint]  # said once
    dated = [one for one in dated if f"outside/{(any_text(one[1].text) or '')[:_FEW]}" not in scene.said]
    if any(section.id in _AGREED for section in scene.kind.sections) and scene.against("buyer_agreed"):
        dated = [one for one in dated if one[1].from_ != "buyer"]  # under this heading a refusal says the opposite
    sentences = [_sentence(scene, contact, pointer) for _, contact, pointer in sorted(dated, key=lambda one: one[0])]
    if grounded.leading(scene) and "buyer_answered" in scene.said:  # that it was answered is said with its page
        sentences = [sentence for sentence in sentences if sentence and sentence.proof == "shown"]
    if any(sentence and sentence.proof == "shown" for sentence in sentences):
        scene.said.add("buyer_answered")
    told_here = zip(sorted(dated, key=lambda one: one[0]), sentences, strict=False)
    scene.said.update(f"wrote/{at.isoformat()}" for (at, one, _), raw in told_here if raw and one.from_ == "seller")
    return paragraph(*sentences, listed=len(sentences) >= _LISTED_FROM)


_OUTSIDE = {"email", "chat_app"}
"""Channels that a platform's reviewer cannot see."""
_FEW = 40
"""Signs by which the words of a contact are known on a page."""


def _is_outside(scene: LetterContext, contact: Contact) -> bool:
    """Whether a message came by a way that a platform's reviewer cannot see: as the case says, or as its page does."""
    if _sells_itself(scene):
        return False
    if contact.channel:
        return contact.channel in _OUTSIDE
    words = (any_text(contact.text, scene.request.language) or "")[:_FEW]
    messages = (message for message, _ in printed.buyers_words(scene) if words and message.text.startswith(words))
    return any(message.channel in _OUTSIDE for message in messages)


def _sells_itself(scene: LetterContext) -> bool:
    """Whether a shop of its own was paid: it has no platform outside of which a buyer could write."""
    platform = scene.request.house.platforms.get(scene.case.platform)
    return platform is not None and platform.kind == "processor"


_ADMITS = {"confirms_receipt", "agrees_to_close"}
_GREETING = 8
"""Signs of a sentence that only greets."""
_SENTENCE = re.compile(r"(?<=[.!?。！？])\s*")
_AGAINST = {"complains", "denies_receipt", "refuses", "threatens"}


def _owns(message: MessageSeen, patterns: tuple[str, ...]) -> bool:
    """Whether the buyer owns what happened: a wrong address, a wrong choice, somebody of the household."""
    said = [one for one in _SENTENCE.split(message.text or "") if not one.rstrip().endswith(("?", "？"))]
    return any(re.search(pattern, one, re.IGNORECASE) for pattern in patterns for one in said)


def _owns_alone(message: MessageSeen, patterns: tuple[str, ...]) -> bool:
    """Whether a message that sounds like a complaint ("the wrong size") is one sentence, and owns it."""
    told = [one for one in _SENTENCE.split(message.text or "") if len(one) > _GREETING]
    return len(told) == 1 and set(message.intents) & _AGAINST <= {"complains"} and _owns(message, patterns)


@block
def admitted(scene: LetterContext) -> Paragraphs:
    """The buyer's own words that admit or own something, quoted with the page on which they were read.

    The last such message, unless a later one takes it back or the letter has quoted it. What came outside the platform, which its
    reviewer cannot see, is told as our own record.
    """
    if scene.told & {"accepted_words", "agreed_words", "settled_words", "wrote_words"}:
        return []
    seen = sorted(printed.buyers_words(scene), key=lambda one: one[0].at or "")
    said = [(message, cited) for message, cited in seen if message.at and message.text]
    owned = scene.request.house.practice.words.owned
    while said and not set(said[-1][0].intents) & (_ADMITS | _AGAINST) and not _owns(said[-1][0], owned):
        said.pop()
    if not said or (set(said[-1][0].intents) & _AGAINST and not _owns_alone(said[-1][0], owned)):
        return []
    message, cited = said[-1]
    at, text = dt.datetime.fromisoformat(str(message.at)), str(message.text)
    date = told.moment(scene.say, at if at.tzinfo else at.replace(tzinfo=dt.UTC))
    quoted = told.words(text, scene.say.quoted(text))
    day = told.Told(date.forms[-1:])
    if message.channel in _OUTSIDE and not _sells_itself(scene):
        raw = scene.fact("letter.contact_says.buyer_outside", (cited,), "attached", date=day, text=quoted)
        scene.said.add(f"outside/{text[:_FEW]}")
        return paragraph(dataclasses.replace(raw, worth=ARGUMENT))
    if not grounded.leading(scene):
        return []
    raw = scene.fact("letter.contact_says.buyer", (cited,), "shown", date=day, text=quoted)
    return paragraph(dataclasses.replace(raw, essential=True, worth=ARGUMENT)) if raw.proof == "shown" else []


@block
def arose(scene: LetterContext) -> Paragraphs:
    """How a disputed claim arose, where the seller gives no cause: the delivery and the claim set side by side.

    One sentence, where the delivery is in evidence and the claim came after it.
    """
    claim = scene.case.claim
    opened = (claim.opened_at or claim.requested_at) if claim else None
    covered = scene.covered("delivered")
    delivered = max((p.delivered_at for p in scene.case.parcels if p.delivered_at), default=None)
    if scene.accepts or grounded.leading(scene) or scene.case.root_causes or not (opened and delivered and covered):
        return []
    days = (opened.date() - delivered.date()).days
    cites = tuple(cited for cited in covered.exhibits if scene.prints(cited, Anchor.day(delivered)))
    if covered.status not in {"shown", "attached"} or days < 1 or not cites:
        return []
    text = scene.text(
        "letter.arose" if days > 1 else "letter.arose_next_day",
        days=days,
        opened=scene.say.day(opened),
        delivered=scene.say.day(delivered),
        cites=scene.citing.all(cites),
    )
    proof: Proof = "shown" if covered.status == "shown" else "attached"
    return paragraph(Raw(text=capital(text), sentence_class="argument", proof=proof, exhibits=cites))
