"""Does the case say what this procedure needs?"""

from collections.abc import Iterator

from casefile.finding import Finding
from casefile.pointer import resolve
from evidence_packer.judge.check import Dossier

CODE = "case-complete"
INPUT = "case"


def check(dossier: Dossier) -> Iterator[Finding]:
    """A blocker when the reason is missing or not one of the procedure's, a warning per other field that is needed."""
    reason = dossier.case.reason
    if reason is None:
        yield Finding(code="case-incomplete", severity="blocker", pointer="/reason", params={"field": "@field./reason"})
    elif reason not in dossier.procedure.reasons:
        yield Finding(
            code="reason-unusual",
            severity="warning",
            pointer="/reason",
            params={"reason": f"@reason.{reason}", "accepted": [f"@reason.{r}" for r in dossier.procedure.reasons]},
        )
    some = [pointer for pointer, reasons in dossier.procedure.required_for.items() if reason in reasons]
    for pointer in (*dossier.procedure.required, *some):
        if pointer != "/reason" and resolve(dossier.case, pointer) in (None, "", ()):
            params = {"field": f"@field.{pointer}"}
            yield Finding(code="case-incomplete", severity="warning", pointer=pointer, params=params)
    if dossier.case.site is None and len(dossier.platform.sites) > 1:
        yield Finding(
            code="site-assumed",
            severity="advice",
            pointer="/site",
            params={"site": dossier.platform.default_site or ""},
        )
