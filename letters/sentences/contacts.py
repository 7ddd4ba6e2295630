"""The exchange about the matter: who wrote when, and what."""

from casefile.fields.claim import Contact
from casefile.letter import Proof
from letters.raw import Paragraphs, Raw, paragraph
from letters.scene import Scene
from letters.speech import ended

_LISTED_FROM = 3
_CHANNELS = {"phone", "email"}


def _sentence(scene: Scene, contact: Contact, pointer: str) -> Raw | None:
    if contact.at is None:
        return None
    sender = contact.from_ or "seller"
    shown = scene.point(f"contact_{sender}", contact.at)
    proof: Proof = "shown" if shown else "attached"
    words = scene.words(contact.text, pointer)
    if contact.text and not words:
        return None
    what = contact.channel if contact.channel in _CHANNELS else "message"
    said = ""
    if words:
        own = sender == "seller"
        said = ended(scene.say.lowered(words) or words, scene.request.language) if own else scene.say.quoted(words)
    return scene.fact(
        "letter.contact" + ("_says" if said else ""),
        shown or scene.of_files(contact.files),
        proof,
        whose=scene.text(f"letter.whose.{sender}"),
        what=scene.text(f"letter.channel.{what}"),
        date=scene.say.moment(contact.at),
        text=said,
    )


def write(scene: Scene) -> Paragraphs:
    """Every dated contact in the order of time; three or more are set as a list."""
    dated = [(c.at, c, f"/contacts/{place}/text") for place, c in enumerate(scene.case.contacts) if c.at]
    sentences = [_sentence(scene, contact, pointer) for _, contact, pointer in sorted(dated, key=lambda one: one[0])]
    if any(sentence and sentence.proof == "shown" for sentence in sentences):
        scene.said.add("buyer_answered")
    return paragraph(*sentences, listed=len(sentences) >= _LISTED_FROM)
