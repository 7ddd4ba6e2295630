"""May the agent speak for the shop?"""

from collections.abc import Iterator

from casefile.finding import Finding
from evidence_packer.judge.check import Dossier, Skip

CODE = "agent-authorised"
INPUT = "case"


def check(dossier: Dossier) -> Iterator[Finding]:
    """A warning when an agent submits without the shop's letter of authorisation among the files."""
    by = dossier.case.submitted_by
    if by is None or by.role != "agent":
        raise Skip("no-agent")
    kinds = {file.kind for file in dossier.facts} | {entry.kind for entry in dossier.case.files}
    if not by.authorisation and "agent_authorisation" not in kinds:
        yield Finding(
            code="agent-unauthorised", severity="warning", pointer="/submitted_by/authorisation",
            rules=("S000-60", "S004-53"),
        )  # fmt: skip
