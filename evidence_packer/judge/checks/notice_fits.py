"""Does the platform's notice speak of the procedure that was chosen?"""

from collections.abc import Iterator

from casefile.finding import Finding
from evidence_packer.judge.check import Dossier, Skip

CODE = "notice-fits"
INPUT = "case"


def _said(text: str, words: tuple[str, ...]) -> list[str]:
    lower = text.lower()
    return [word for word in words if word.lower() in lower]


def check(dossier: Dossier) -> Iterator[Finding]:
    """A warning when the notice names another procedure of the platform and never this one."""
    notice = dossier.case.notice
    if not notice or not notice.text:
        raise Skip("no-notice")
    if not dossier.procedure.notice_words or _said(notice.text, dossier.procedure.notice_words):
        return
    for procedure in dossier.platform.procedures.values():
        own = set(dossier.procedure.notice_words)
        if found := _said(notice.text, tuple(word for word in procedure.notice_words if word not in own)):
            yield Finding(
                code="notice-other-procedure",
                severity="warning",
                pointer="/procedure",
                params={"word": found[0], "other": dict(procedure.name), "chosen": dict(dossier.procedure.name)},
                rules=("S001-50", "S000-25"),
            )
            return
