"""The procedure: open, the one that the notice speaks of, with all that it needs, on values that are recent."""

from collections.abc import Iterator

from casefile.finding import Finding
from casefile.finding_kind import FindingKind
from casefile.pointer import resolve
from casefile.rules import duration_parts
from evidence_packer.judge.check import CheckOf, Dossier, Skip

COURT_ORDER = FindingKind(code="court-order", severity="blocker")
PROCEDURE_STOPPED = FindingKind(code="procedure-stopped", severity="blocker")
PROCEDURE_NOT_ON_SITE = FindingKind(code="procedure-not-on-site", severity="warning")


def _stops(dossier: Dossier) -> Iterator[Finding]:
    told: set[str] = set()
    for stop in dossier.procedure.stops:
        if stop.id in told or not stop.when.holds(dossier.case, dossier.coverage):
            continue
        told.add(stop.id)
        other = dossier.platform.procedures.get(stop.instead or "")
        yield PROCEDURE_STOPPED.found(
            severity=stop.severity,
            pointer="/procedure",
            params={"why": dict(stop.text), "instead": dict(other.name) if other else "@report.no_other_way"},
            rules=stop.rules,
        ).capped(dossier.platform.confidence(stop.source))


def _elsewhere(dossier: Dossier) -> Iterator[Finding]:
    procedure, site = dossier.procedure, dossier.case.site or dossier.platform.default_site
    if procedure.sites and site not in procedure.sites:
        yield PROCEDURE_NOT_ON_SITE.found(
            pointer="/site", params={"site": site or "", "sites": list(procedure.sites)}, rules=("S001-56",)
        )


def check_procedure_open(dossier: Dossier) -> Iterator[Finding]:
    """Is this way open at all, and if not, which one is?

    A blocker where a court has decided, one per way that the platform's file shuts, a warning on a site without it.
    """
    ip = dossier.case.ip
    if ip and ip.is_court_order:
        yield COURT_ORDER.found(
            pointer="/ip/is_court_order",
            params={"court": ip.court or "-", "docket": ip.docket or "-"},
            rules=("S000-05", "S004-21"),
        )
    yield from _stops(dossier)
    yield from _elsewhere(dossier)


NOTICE_OTHER_PROCEDURE = FindingKind(code="notice-other-procedure", severity="warning")


def _said(text: str, words: tuple[str, ...]) -> list[str]:
    lower = text.lower()
    return [word for word in words if word.lower() in lower]


def check_notice_fits(dossier: Dossier) -> Iterator[Finding]:
    """Does the platform's notice speak of the procedure that was chosen?

    A warning when the notice names another procedure of the platform and never this one.
    """
    notice = dossier.case.notice
    if not notice or not notice.text:
        raise Skip("no-notice")
    if not dossier.procedure.notice_words or _said(notice.text, dossier.procedure.notice_words):
        return
    for procedure in dossier.platform.procedures.values():
        own = set(dossier.procedure.notice_words)
        if found := _said(notice.text, tuple(word for word in procedure.notice_words if word not in own)):
            yield NOTICE_OTHER_PROCEDURE.found(
                pointer="/procedure",
                params={"word": found[0], "other": dict(procedure.name), "chosen": dict(dossier.procedure.name)},
                rules=("S001-50", "S000-25"),
            )
            return


CASE_INCOMPLETE = FindingKind(code="case-incomplete", severity="warning", named_in_detail=True, role="missing_field")
REASON_UNUSUAL = FindingKind(code="reason-unusual", severity="warning")
SITE_ASSUMED = FindingKind(code="site-assumed", severity="advice")


def check_case_complete(dossier: Dossier) -> Iterator[Finding]:
    """Does the case say what this procedure needs?

    A blocker when the reason is missing or not one of the procedure's, a warning per other field that is needed.
    """
    reason = dossier.case.reason
    if reason is None:
        yield CASE_INCOMPLETE.found(severity="blocker", pointer="/reason", params={"field": "@field./reason"})
    elif reason not in dossier.procedure.reasons:
        yield REASON_UNUSUAL.found(
            pointer="/reason",
            params={"reason": f"@reason.{reason}", "accepted": [f"@reason.{r}" for r in dossier.procedure.reasons]},
        )
    some = [pointer for pointer, reasons in dossier.procedure.required_for.items() if reason in reasons]
    for pointer in (*dossier.procedure.required, *some):
        if pointer != "/reason" and resolve(dossier.case, pointer) in (None, "", ()):
            params = {"field": f"@field.{pointer}"}
            yield CASE_INCOMPLETE.found(pointer=pointer, params=params)
    if dossier.case.site is None and len(dossier.platform.sites) > 1:
        yield SITE_ASSUMED.found(pointer="/site", params={"site": dossier.platform.default_site or ""})


SOURCE_OLD = FindingKind(code="source-old", severity="advice")


def check_sources_fresh(dossier: Dossier) -> Iterator[Finding]:
    """Are the platform's values recent enough to rely on?

    Advice when a source of the procedure was looked up too long ago.
    """
    age = dossier.house.practice.targets.source_age
    used = [dossier.platform.sources[key] for key in sorted(dossier.procedure.sources_used())]
    oldest = min((source.checked_on for source in used), default=None)
    if oldest and (dossier.as_of.date() - oldest).days > duration_parts(age.after)[0]:
        yield SOURCE_OLD.found(params={"day": oldest.isoformat()}, rules=age.rules)


CHECKS = (
    CheckOf(
        code="procedure-open",
        judges="case",
        findings=(COURT_ORDER, PROCEDURE_STOPPED, PROCEDURE_NOT_ON_SITE),
        run=check_procedure_open,
    ),
    CheckOf(code="notice-fits", judges="case", findings=(NOTICE_OTHER_PROCEDURE,), run=check_notice_fits),
    CheckOf(
        code="case-complete",
        judges="case",
        findings=(CASE_INCOMPLETE, REASON_UNUSUAL, SITE_ASSUMED),
        run=check_case_complete,
    ),
    CheckOf(code="sources-fresh", judges="case", findings=(SOURCE_OLD,), run=check_sources_fresh),
)
