"""The claim point by point: what the buyer says, what the listing says, our answer with its exhibit."""

from casefile.fields.base import any_text, pick
from casefile.letter import Proof
from letters.scene import Paragraphs, Raw, Scene


def write(scene: Scene) -> Paragraphs:
    """One paragraph per point."""
    paragraphs = []
    for place, point in enumerate(scene.case.claim.points if scene.case.claim else ()):
        sentences = []
        says = any_text(point.says, scene.request.language)
        if says:
            text = scene.text("letter.point_says", number=place + 1, text=says.rstrip("。. "))
            sentences.append(Raw(text=text, sentence_class="fact", proof="record"))
        listing = pick(point.listing_says, scene.request.language)
        covered = scene.covered("item_as_listed")
        if listing:
            cites = covered.exhibits if covered and covered.status in {"shown", "attached"} else ()
            proof: Proof = "shown" if covered and covered.status == "shown" else "attached"
            sentences.append(scene.fact("letter.point_listing", cites, proof, text=listing.rstrip("。. ")))
        answer = scene.own(point.answer, "argument", f"/claim/points/{place}/answer", point.files)
        if answer:
            sentences.append(answer)
        paragraphs.append(sentences)
    if paragraphs:
        scene.said.add("item_as_listed")
    return paragraphs
