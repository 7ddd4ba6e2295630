"""The exchange with the buyer: dates, who wrote, what was answered."""

from casefile.citation import Citation
from casefile.fields.base import any_text, pick
from casefile.fields.claim import Contact
from casefile.letter import LeftOut
from letters.scene import Paragraphs, Raw, Scene, bare


def _citations(scene: Scene, contact: Contact) -> tuple[Citation, ...]:
    """The page that prints the day of the message, else the exhibit it names."""
    assert contact.at is not None  # the caller looked
    for point in scene.request.timeline:
        if point.at == contact.at.isoformat() and point.what.startswith("contact_") and point.exhibit and point.page:
            return (Citation(number=point.exhibit, page=point.page),)
    return ()


def _sentence(scene: Scene, contact: Contact, pointer: str) -> Raw | None:
    if contact.at is None:
        return None
    cites = _citations(scene, contact)
    attached = scene.cite_files(contact.files)
    buyer = contact.from_ == "buyer"
    words = any_text(contact.text, scene.request.language) if buyer else pick(contact.text, scene.request.language)
    if contact.text and not words:
        scene.left_out.append(LeftOut(sentence=pointer, code="no-text-in-language"))
        return None
    if not buyer and words:
        text = scene.text("letter.contact_own", date=scene.moment(contact.at), text=words.rstrip("。. "))
        if cites or attached:
            text = scene.text("letter.own_cited", text=bare(text), cite=scene.cite(cites or attached))
        return Raw(
            text=text, sentence_class="fact", proof="shown" if cites else "attached" if attached else "record",
            exhibits=cites or attached, own_words=True,
        )  # fmt: skip
    key = f"letter.contact_{contact.from_ or 'seller'}" + ("_says" if words else "")
    return scene.fact(
        key, cites or attached, "shown" if cites else "attached", date=scene.moment(contact.at),
        text=(words or "").rstrip("。. "),
    )  # fmt: skip


def write(scene: Scene) -> Paragraphs:
    """One paragraph: every dated contact in order."""
    scene.said.add("buyer_answered")
    dated = [(contact, f"/contacts/{place}/text") for place, contact in enumerate(scene.case.contacts) if contact.at]
    dated.sort(key=lambda pair: pair[0].at.isoformat() if pair[0].at else "")
    return [[s for contact, pointer in dated if (s := _sentence(scene, contact, pointer))]]
