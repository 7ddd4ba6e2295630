"""The run of all checks over one dossier, and the verdict that follows from what they find."""

from casefile.finding import CheckResult, Finding, Severity, Verdict
from evidence_packer.judge.check import Check, Dossier, Skip
from evidence_packer.judge.known_checks import checks


def _run(check: Check, dossier: Dossier, failed: set[str]) -> CheckResult:
    if not dossier.has(check.judges):
        return CheckResult(code=check.code, status="skipped", why=f"no-{check.judges}")
    before = next((code for code in check.needs if code in failed), None)
    if before:
        return CheckResult(code=check.code, status="skipped", why="prerequisite", params={"check": before})
    try:
        findings = tuple(check.check(dossier))
    except Skip as skip:
        return CheckResult(code=check.code, status="skipped", why=skip.why, params=skip.params)
    return CheckResult(code=check.code, status="finding" if findings else "pass", findings=findings)


def judge(dossier: Dossier) -> tuple[CheckResult, ...]:
    """What every check says, in the order of their codes."""
    failed: set[str] = set()
    results = {}
    for check in checks():
        results[check.code] = result = _run(check, dossier, failed)
        if result.status == "finding":
            failed.add(check.code)
    return tuple(results[code] for code in sorted(results))


def all_findings(results: tuple[CheckResult, ...]) -> tuple[Finding, ...]:
    """Every finding, blockers first, then warnings, then advice."""
    ranks: dict[Severity, int] = {"blocker": 0, "warning": 1, "advice": 2}
    found = [finding for result in results for finding in result.findings]
    return tuple(sorted(found, key=lambda finding: ranks[finding.severity]))


def verdict(results: tuple[CheckResult, ...]) -> Verdict:
    """``blocked`` with a blocker, else ``review`` with a warning, else ``ready``."""
    severities = {finding.severity for finding in all_findings(results)}
    return "blocked" if "blocker" in severities else "review" if "warning" in severities else "ready"
