"""Whatever else the exhibits show for this reason, one sentence a proposition."""

from casefile.coverage import Covered
from letters.raw import Paragraphs, Raw, paragraph
from letters.scene import Scene


def _sentence(scene: Scene, covered: Covered) -> Raw:
    that = f"letter.that.{covered.proposition}"
    if scene.has(that):
        return scene.fact(
            "letter.proposition", covered.exhibits, "shown", that=scene.text(that), essential=covered.required
        )
    statement = scene.text(f"proposition.{covered.proposition}")
    return scene.worded(statement, "fact", covered.exhibits)


def write(scene: Scene) -> Paragraphs:
    """One paragraph: shown propositions that no other sentence has carried; required ones that fail are told."""
    found = []
    for covered in scene.request.coverage:
        if covered.proposition in scene.said:
            continue
        scene.said.add(covered.proposition)
        if covered.status == "shown":
            found.append(_sentence(scene, covered))
        elif covered.status == "contradicted" or (covered.status == "missing" and covered.required):
            if not scene.request.draft:
                scene.withhold(covered)
    return paragraph(*found)
