"""Are the paragraphs as short as this reader wants them?"""

from collections.abc import Iterator

from casefile.finding import Finding
from evidence_packer.judge.check import Dossier, Skip

CODE = "paragraphs-short"
INPUT = "letter"
_LINE = 95
"""Signs of a line in a support form, as practised."""


def check(dossier: Dossier) -> Iterator[Finding]:
    """A warning per section with a paragraph of more lines than the platform's file allows."""
    letter, lines = dossier.letter, dossier.procedure.limits.paragraph_lines
    assert letter is not None  # INPUT promises it
    if lines is None:
        raise Skip("no-paragraph-limit")
    for section in letter.sections:
        longest = max(
            (sum(len(s.text) + 1 for s in p.sentences) for p in section.paragraphs if not p.listed), default=0
        )
        if longest > lines * _LINE:
            yield Finding(
                code="paragraph-long", severity="warning",
                params={"part": section.title, "chars": longest, "limit": lines * _LINE}, rules=("S004-28",),
            )  # fmt: skip
