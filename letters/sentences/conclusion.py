"""What follows from the evidence."""

from letters.citations import joined
from letters.scene import Paragraphs, Raw, Scene


def write(scene: Scene) -> Paragraphs:
    """One sentence that rests on the required propositions that are shown, or on what was enclosed."""
    shown = [c for c in scene.request.coverage if c.status == "shown"]
    decisive = [c for c in shown if c.required] or shown
    if scene.case.stance == "accept":
        return [[Raw(text=scene.text("letter.conclusion_accept"), sentence_class="argument")]]
    if not decisive:
        return (
            [[Raw(text=scene.text("letter.conclusion_enclosed"), sentence_class="argument")]]
            if scene.request.plan.exhibits
            else []
        )
    cites = tuple(sorted({citation for c in decisive for citation in c.exhibits}))
    statements = [
        scene.text(f"letter.that.{c.proposition}")
        for c in decisive
        if scene.request.catalog.has(f"letter.that.{c.proposition}")
    ]
    text = scene.text(
        "letter.conclusion_shown",
        statements=joined(list(dict.fromkeys(statements)) or [scene.text("letter.that.facts")], scene.request.catalog),
        cite=scene.cite(cites),
    )
    return [[Raw(text=text, sentence_class="argument", proof="shown", exhibits=cites)]]
