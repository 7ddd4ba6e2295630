"""Is every file one that this reason asks for?"""

from collections.abc import Iterator

from casefile.finding import Finding
from evidence_packer.judge.check import Dossier, Skip

CODE = "evidence-useful"
INPUT = "facts"
_ALWAYS = frozenset(
    {"order_page", "case_page", "notice", "messages", "translation", "agent_authorisation", "rejection_notice", "other",
     "buyer_confirmation", "policy_text"}
)  # fmt: skip


def check(dossier: Dossier) -> Iterator[Finding]:
    """Advice per file of a kind that proves nothing for this reason, unless the case says what it proves."""
    wanted = {kind for evidence in dossier.procedure.needed(dossier.case) for kind in evidence.kinds}
    if not wanted:
        raise Skip("nothing-needed")
    wanted |= {kind for covered in dossier.coverage if covered.status == "shown" for kind in covered.needs}
    for file in dossier.facts:
        entry = dossier.case.entry(file.file)
        if file.kind not in wanted | _ALWAYS and not (entry and entry.proves):
            yield Finding(
                code="evidence-beside-the-point", severity="advice", file=file.file,
                params={"kind": f"@kind.{file.kind}"}, rules=("S002-07", "S004-30"),
            )  # fmt: skip
