"""What happened, in the seller's own words: the facts of the case that are not told elsewhere."""

from letters.scene import Paragraphs, Scene


def write(scene: Scene) -> Paragraphs:
    """One paragraph of dated own sentences."""
    sentences = []
    for place, fact in enumerate(scene.case.facts):
        raw = scene.own(fact.text, "fact", f"/facts/{place}/text", fact.files)
        if raw:
            sentences.append(raw)
    return [sentences]
