"""Corrective actions already taken, each with its date and exhibits."""

from letters.scene import Paragraphs, Raw, Scene, bare


def write(scene: Scene) -> Paragraphs:
    """One paragraph: every action."""
    scene.said.add("action_shown")
    sentences: list[Raw] = []
    for place, action in enumerate(scene.case.actions_taken):
        citations = scene.cite_files(action.files)
        if action.code and scene.request.catalog.has(f"bank.{action.code}"):
            words = scene.text(f"bank.{action.code}", **dict(action.slots))
            raw: Raw | None = Raw(text=words, sentence_class="fact", proof="record")
        else:
            raw = scene.own(action.text, "fact", f"/actions_taken/{place}/text")
        if raw is None:
            continue
        text = raw.text
        if action.at:
            text = scene.text("letter.action_dated", date=scene.day(action.at), text=text)
        if citations:
            text = scene.text("letter.own_cited", text=bare(text), cite=scene.cite(citations))
        sentences.append(
            Raw(
                text=text, sentence_class="fact", proof="attached" if citations else "record", exhibits=citations,
                own_words=raw.own_words,
            )
        )  # fmt: skip
    return [sentences]
