"""Is every exhibit used by a sentence, and every claimed fact carried by an exhibit?"""

from collections.abc import Iterator

from casefile.finding import Finding
from evidence_packer.judge.check import Dossier

CODE = "exhibits-cited"
INPUT = "letter"


def check(dossier: Dossier) -> Iterator[Finding]:
    """Advice per exhibit that no sentence cites; a warning where the operator's own facts stand without exhibit."""
    letter = dossier.letter
    assert letter is not None  # INPUT promises it
    if dossier.procedure.audience == "buyer":
        return
    cited = {citation.number for sentence in letter.sentences for citation in sentence.exhibits}
    for exhibit in dossier.plan.exhibits:
        if exhibit.number not in cited:
            yield Finding(
                code="exhibit-uncited", severity="advice", file=exhibit.file, params={"exhibit": exhibit.number},
                rules=("S002-15", "S002-07", "S004-30"),
            )  # fmt: skip
    bare = [s for s in letter.sentences if s.own_words and s.sentence_class == "fact" and not s.exhibits]
    if bare:
        yield Finding(
            code="fact-uncited", severity="advice", params={"count": len(bare), "first": bare[0].text[:80]},
            rules=("S001-13", "S002-03", "S004-61"),
        )  # fmt: skip
