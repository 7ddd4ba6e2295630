"""Is the letter more than the template of another case?"""

from collections.abc import Iterator

from casefile.earlier import nearest, word_groups
from casefile.finding import Finding
from casefile.own_words import own_texts
from casefile.subject import subject_id
from evidence_packer.judge.check import Dossier, Skip

CODE = "letter-own"
INPUT = "case"
_FEW = 12
"""Word groups below which a text is too short to compare."""


def check(dossier: Dossier) -> Iterator[Finding]:
    """A warning when the operator's own words are mostly those of an earlier case of the same tenant."""
    own = word_groups(" ".join(text for _, _, text in own_texts(dossier.case)))
    here = (dossier.case.platform, subject_id(dossier.case, dossier.procedure.subject))
    others = [one for one in dossier.earlier if (one.platform, one.subject) != here]
    if len(own) < _FEW or not others:
        raise Skip("nothing-to-compare")
    best = nearest(own, others)
    if best and best[0] >= dossier.house.practice.targets.similar:
        yield Finding(
            code="letter-alike", severity="warning",
            params={"share": round(best[0] * 100), "pack": best[1].pack_id, "store": best[1].store or "-"},
            rules=("S000-52", "S001-07", "S001-51", "S003-50"),
        )  # fmt: skip
