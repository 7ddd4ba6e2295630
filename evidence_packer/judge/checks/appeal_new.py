"""Does an appeal bring something new: a cause, an improvement, other files?"""

from collections.abc import Iterator

from casefile.finding import Finding
from evidence_packer.judge.check import Dossier, Skip

CODE = "appeal-new"
INPUT = "case"


def check(dossier: Dossier) -> Iterator[Finding]:
    """Warnings for an appeal without cause or improvement, or with the files of the first submission again."""
    if not dossier.procedure.new_evidence_only:
        raise Skip("no-appeal")
    case = dossier.case
    for field, given in (("root_causes", case.root_causes), ("actions_taken", case.actions_taken or case.preventions)):
        if not given:
            yield Finding(
                code="appeal-part-missing", severity="warning", pointer=f"/{field}",
                params={"field": f"@field./{field}"}, rules=("S001-28", "S003-26"),
            )  # fmt: skip
    earlier = {sha for one in dossier.earlier if one.pack_id == case.previous_pack_id for sha in one.files}
    now = {file.sha256 for file in dossier.facts}
    if earlier and now and now <= earlier:
        yield Finding(
            code="appeal-nothing-new", severity="blocker", pointer="/previous_pack_id", rules=("S001-28",)
        ).capped(dossier.platform.confidence(dossier.procedure.source))
