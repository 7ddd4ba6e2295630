"""The exchange about the matter: who wrote when, and what."""

from casefile.fields.claim import Contact
from casefile.letter import Proof
from letters import printed
from letters.language_formatter import bare
from letters.letter_context import LetterContext
from letters.raw import Paragraphs, Raw, paragraph

_LISTED_FROM = 3


def _said(scene: LetterContext, sender: str, words: str | None) -> tuple[str, str]:
    """(key, text): the seller's own account where it follows on, else a quotation, else only that there was a message."""
    if not words:
        return f"letter.contact.{sender}", ""
    own = scene.say.lowered(words) if sender == "seller" else None
    if own:
        return "letter.contact_own", bare(own)
    return f"letter.contact_says.{sender}", scene.say.quoted(words)


def _sentence(scene: LetterContext, contact: Contact, pointer: str) -> Raw | None:
    if contact.at is None:
        return None
    sender = contact.from_ or "seller"
    shown = scene.point(f"contact_{sender}", contact.at)
    proof: Proof = "shown" if shown else "attached"
    words = scene.words(contact.text, pointer)
    if contact.text and not words:
        return None
    key, said = _said(scene, sender, words)
    cites = shown or scene.of_files(contact.files)
    return scene.fact(key, cites, proof, date=printed.moment(scene, shown, contact.at), text=said)


def write(scene: LetterContext) -> Paragraphs:
    """Every dated contact in the order of time; three or more are set as a list."""
    dated = [(c.at, c, f"/contacts/{place}/text") for place, c in enumerate(scene.case.contacts) if c.at]
    sentences = [_sentence(scene, contact, pointer) for _, contact, pointer in sorted(dated, key=lambda one: one[0])]
    if any(sentence and sentence.proof == "shown" for sentence in sentences):
        scene.said.add("buyer_answered")
    return paragraph(*sentences, listed=len(sentences) >= _LISTED_FROM)
