"""Whether a page holds the answer to the buyer, or the buyer's own word: by author, intent and order of its messages. Pure.

Only the platform's own pages and relay count. A page whose words are not those that the case quotes proves no answer.
"""

from collections.abc import Iterator

from casefile.facts import MessageSeen
from casefile.fields.base import LocalText
from casefile.rules import Proof
from casefile.statement import Intent, Span, Statement
from evidence_packer.judge.testimony import ATTACHED, Testimony, said
from evidence_packer.judge.witness import Witness
from evidence_packer.understand.quotations import long_enough

_CONTENT: frozenset[Intent] = frozenset({"thanks", "confirms_receipt", "agrees_to_close"})
_UNSETTLED: frozenset[Intent] = frozenset({"asks", "complains", "denies_receipt", "refuses", "threatens"})


def word_given(rule: Proof, witness: Witness) -> Testimony | None:
    """What the messages of a page say for or against; ``None`` where it was understood and says neither."""
    found = _answered(witness) if rule.by == ("seller",) else _word(rule, witness)
    if found and found.outcome == "shown" and not (witness.on_platform and _quoted(rule, witness)):
        return said("attached", *found.statements)
    return found


def statement_of(file: str, message: MessageSeen, intent: Intent) -> Statement:
    """A message as a statement of its author."""
    span = Span(file=file, page=message.page, box=message.box, text=message.text)
    return Statement(says=intent, voice="message", span=span, at=message.at, value=message.who)


def _concerned(message: MessageSeen) -> bool:
    """Whether a message of the buyer wants an answer: thanks and praise alone do not."""
    return not message.intents or not set(message.intents) <= _CONTENT


def _answered(witness: Witness) -> Testimony | None:
    """A message of the seller on the platform, behind one of the buyer."""
    messages = witness.messages
    asked = next((n for n, one in enumerate(messages) if one.who == "buyer" and _concerned(one)), None)
    later = messages[asked + 1 :] if asked is not None else ()
    answer = next((one for one in later if one.who == "seller" and one.channel not in {"email", "chat_app"}), None)
    if answer is not None:
        return said("shown", statement_of(witness.facts.file, answer, "answers"))
    if messages and all(one.who == "buyer" for one in messages):
        return None
    return ATTACHED


def _word(rule: Proof, witness: Witness) -> Testimony | None:
    """The last word that settles it; without times a refusal weighs more."""
    told = [one for one in witness.facts.said if one.asserts and (one.value or "buyer") in rule.by]
    told = told or list(_from_messages(rule, witness))
    decisive = [one for one in told if one.says in {*rule.says, *rule.unless}]
    if decisive:
        dated = all(one.at for one in decisive)
        order = sorted(decisive, key=lambda one: str(one.at) if dated else str(one.says in rule.unless))
        last = order[-1]
        return said("contradicted" if last.says in rule.unless else "shown", last)
    open_ = any(one.who == "unknown" and set(one.intents) & set(rule.says) for one in witness.facts.messages)
    messages = [one for one in witness.facts.messages if one.who in rule.by]
    understood = messages and all(one.intents for one in messages)
    return None if not open_ and (understood or (told and not messages)) else ATTACHED


def _from_messages(rule: Proof, witness: Witness) -> Iterator[Statement]:
    for message in witness.facts.messages:
        if message.who in rule.by:
            yield from (statement_of(witness.facts.file, message, intent) for intent in message.intents)


def _quoted(rule: Proof, witness: Witness) -> bool:
    """Whether the buyer's words that the case cites to this page are read on it; without any there is nothing to compare."""
    if rule.quote != "contact":
        return True
    mine = [
        f"/contacts/{place}/text"
        for place, contact in enumerate(witness.case.contacts)
        if contact.from_ == "buyer" and witness.facts.file in contact.files and comparable(contact.text)
    ]
    return not mine or any(seen.pointer.startswith(pointer) for seen in witness.facts.quotes for pointer in mine)


def comparable(text: LocalText | None) -> bool:
    """Whether words are long enough, in one of the languages in which the case gives them, to be found on a page."""
    texts = () if text is None else (text,) if isinstance(text, str) else tuple(text.values())
    return any(map(long_enough, texts))
