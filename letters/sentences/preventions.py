"""The long-term plan: what changes, from when, who owns it, how it is measured."""

from casefile.fields.base import pick
from letters.scene import Paragraphs, Raw, Scene, bare


def write(scene: Scene) -> Paragraphs:
    """One paragraph per prevention."""
    paragraphs = []
    for place, prevention in enumerate(scene.case.preventions):
        citations = scene.cite_files(prevention.files)
        if prevention.code and scene.request.catalog.has(f"bank.{prevention.code}"):
            raw: Raw | None = Raw(
                text=scene.text(f"bank.{prevention.code}", **dict(prevention.slots)), sentence_class="commitment"
            )
        else:
            raw = scene.own(prevention.text, "commitment", f"/preventions/{place}/text")
        if raw is None:
            continue
        text = (
            scene.text("letter.own_cited", text=bare(raw.text), cite=scene.cite(citations)) if citations else raw.text
        )
        sentences = [
            Raw(text=text, sentence_class="commitment", proof="attached" if citations else "none", exhibits=citations,
                own_words=raw.own_words)
        ]  # fmt: skip
        measure = pick(prevention.measure, scene.request.language)
        if prevention.from_ and prevention.owner:
            sentences.append(
                Raw(
                    text=scene.text("letter.owner", date=scene.day(prevention.from_), owner=prevention.owner),
                    sentence_class="commitment",
                )
            )
        if measure:
            sentences.append(
                Raw(text=scene.text("letter.measure", text=measure.rstrip("。. ")), sentence_class="commitment")
            )
        paragraphs.append(sentences)
    return paragraphs
