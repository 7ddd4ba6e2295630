"""What happened, in the seller's own words, each with its date."""

from letters.raw import Paragraphs, paragraph
from letters.scene import Scene


def write(scene: Scene) -> Paragraphs:
    """One paragraph of dated own sentences, in the order of time; undated ones come last."""
    facts = sorted(
        enumerate(scene.case.facts), key=lambda pair: (pair[1].at is None, pair[1].at.timestamp() if pair[1].at else 0)
    )
    return paragraph(
        *(scene.own(fact.text, "fact", f"/facts/{place}/text", fact.files, fact.at) for place, fact in facts)
    )
