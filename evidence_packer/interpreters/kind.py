"""The kind of evidence: what the case says, else a proposal from words, numbers and statuses, with its reason."""

from collections import Counter
from typing import cast

from casefile.fields.files import Kind
from evidence_packer.interpret import Scene

REQUIRES = ("context", "order_ids", "statuses", "tracking_numbers")
_ENOUGH = 1.0


def _scores(scene: Scene) -> Counter[str]:
    text = "\n".join(page.text for page in scene.reading.pages).casefold()
    scores: Counter[str] = Counter()
    for language in scene.house.reading_words.values():
        for words in language.kinds:
            best = sorted((w for word, w in words.words.items() if word.casefold() in text), reverse=True)[:4]
            scores[words.kind] += sum(best)  # type: ignore[assignment]  # weights are fractions
    statuses = {seen.status for seen in scene.found["statuses"]}
    if scene.found["tracking_numbers"] and statuses & {"in_transit", "out_for_delivery"}:
        scores["tracking"] += 2
    hosts = scene.found["context"].hosts
    if any(host.endswith(tuple(c.hosts)) for c in scene.house.carriers.values() if c.hosts for host in hosts):
        scores["tracking"] += 2
    if any(page.barcodes for page in scene.reading.pages) and "delivered" not in statuses:
        scores["dispatch"] += 1
    return scores


def interpret(scene: Scene) -> dict[str, object]:
    """``kind``, and whether and why it was proposed."""
    if scene.entry and scene.entry.kind:
        return {"kind": scene.entry.kind}
    scores = _scores(scene)
    if scores:
        kind, score = max(sorted(scores.items()), key=lambda item: item[1])
        if score >= _ENOUGH:
            return {"kind": cast("Kind", kind), "kind_proposed": True, "kind_reason": "words"}
    if scene.reading.media_type != "application/pdf" and not any(page.lines for page in scene.reading.pages):
        return {"kind": "product_photo", "kind_proposed": True, "kind_reason": "picture_without_text"}
    return {"kind": "other", "kind_proposed": True, "kind_reason": "nothing_typical"}
