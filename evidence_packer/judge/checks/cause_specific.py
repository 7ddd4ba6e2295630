"""Does each cause name who, when and how many, with its paper?"""

import re
from collections.abc import Iterator

from casefile.fields.base import any_text
from casefile.finding import Finding
from evidence_packer.judge.check import Dossier, Skip

CODE = "cause-specific"
INPUT = "case"


def check(dossier: Dossier) -> Iterator[Finding]:
    """A warning per own cause without a date or number, advice where no file stands behind it."""
    causes = dossier.case.root_causes
    if not causes:
        raise Skip("no-cause")
    for place, cause in enumerate(causes):
        text = any_text(cause.text, "en") or ""
        dated = cause.from_ or cause.to or cause.orders or cause.slots
        if text and not dated and not re.search(r"\d", text):
            yield Finding(
                code="cause-vague", severity="warning", pointer=f"/root_causes/{place}", params={"number": place + 1},
                rules=("S003-30",),
            )  # fmt: skip
        if not cause.files and dossier.case.files:
            yield Finding(
                code="cause-unproved", severity="advice", pointer=f"/root_causes/{place}/files",
                params={"number": place + 1}, rules=("S003-30", "S004-61"),
            )  # fmt: skip
