"""Whatever else the exhibits prove for this reason, one sentence a proposition."""

from casefile.letter import LeftOut, Proof
from letters.scene import Paragraphs, Raw, Scene


def write(scene: Scene) -> Paragraphs:
    """One paragraph: shown and attached propositions that no other sentence has carried."""
    sentences: list[Raw] = []
    for covered in scene.request.coverage:
        if covered.proposition in scene.said:
            continue
        scene.said.add(covered.proposition)
        if covered.status in {"missing", "contradicted"}:
            if not covered.optional:
                scene.left_out.append(LeftOut(sentence=covered.proposition, code=f"proposition-{covered.status}"))
            continue
        statement = scene.text(f"proposition.{covered.proposition}")
        kinds = {
            scene.text(f"kind.{e.kind}")
            for e in scene.request.plan.exhibits
            for c in covered.exhibits
            if c.number == e.number
        }
        proof: Proof = "shown" if covered.status == "shown" else "attached"
        sentences.append(
            scene.fact(
                "letter.proposition", covered.exhibits, proof, statement=statement, kind=", ".join(sorted(kinds))
            )
        )
    return [sentences]
