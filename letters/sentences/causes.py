"""Root causes: a sentence of the bank or the seller's own, each with its exhibits; disputing never confesses."""

from casefile.letter import LeftOut
from letters.scene import Paragraphs, Raw, Scene, bare


def _banked(scene: Scene, code: str, slots: dict[str, object], files: tuple[str, ...], pointer: str) -> Raw | None:
    if not scene.request.catalog.has(f"bank.{code}"):
        scene.left_out.append(LeftOut(sentence=pointer, code="bank-unknown"))
        return None
    text = scene.text(f"bank.{code}", **slots)
    citations = scene.cite_files(files)
    if citations:
        text = scene.text("letter.own_cited", text=bare(text), cite=scene.cite(citations))
    return Raw(text=text, sentence_class="fact", proof="attached" if citations else "record", exhibits=citations)


def write(scene: Scene) -> Paragraphs:
    """One paragraph per cause, with its period."""
    scene.said.add("cause_shown")
    paragraphs = []
    for place, cause in enumerate(scene.case.root_causes):
        pointer = f"/root_causes/{place}/text"
        raw = (
            _banked(scene, cause.code, dict(cause.slots), cause.files, pointer)
            if cause.code
            else scene.own(cause.text, "fact", pointer, cause.files)
        )
        sentences = [raw] if raw else []
        if raw and cause.from_ and cause.to:
            text = scene.text(
                "letter.cause_period" + ("_orders" if cause.orders else ""), first=scene.day(cause.from_),
                last=scene.day(cause.to), count=len(cause.orders), orders=", ".join(cause.orders[:5]),
            )  # fmt: skip
            sentences.append(Raw(text=text, sentence_class="fact", proof="record"))
        paragraphs.append(sentences)
    return paragraphs
