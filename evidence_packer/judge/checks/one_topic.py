"""Does a support case stay with one topic?"""

from collections.abc import Iterator

from casefile.finding import Finding
from casefile.own_words import own_texts
from evidence_packer.judge.check import Dossier, Skip

CODE = "one-topic"
INPUT = "case"


def check(dossier: Dossier) -> Iterator[Finding]:
    """A warning when the operator's own words speak of a topic besides the one the case names."""
    topic = dossier.case.topic
    if topic is None or dossier.procedure.subject != "listing":
        raise Skip("no-topic")
    text = " ".join(part.lower() for _, _, part in own_texts(dossier.case))
    for other in dossier.house.practice.words.topics:
        word = next((word for word in other.words if word in text), None)
        if other.topic != topic and word:
            yield Finding(
                code="several-topics", severity="warning", pointer="/topic",
                params={"word": word, "topic": f"@topic.{topic}", "other": f"@topic.{other.topic}"}, rules=("S004-57",),
            )  # fmt: skip
            return
