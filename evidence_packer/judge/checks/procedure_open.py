"""Is this way open at all, and if not, which one is?"""

from collections.abc import Iterator

from casefile.finding import Finding
from evidence_packer.judge.check import Dossier

CODE = "procedure-open"
INPUT = "case"


def _stops(dossier: Dossier) -> Iterator[Finding]:
    told: set[str] = set()
    for stop in dossier.procedure.stops:
        if stop.id in told or not stop.when.holds(dossier.case, dossier.coverage):
            continue
        told.add(stop.id)
        other = dossier.platform.procedures.get(stop.instead or "")
        yield Finding(
            code="procedure-stopped",
            severity=stop.severity,
            pointer="/procedure",
            params={"why": dict(stop.text), "instead": dict(other.name) if other else "@report.no_other_way"},
            rules=stop.rules,
        ).capped(dossier.platform.confidence(stop.source))


def _elsewhere(dossier: Dossier) -> Iterator[Finding]:
    procedure, site = dossier.procedure, dossier.case.site or dossier.platform.default_site
    if procedure.sites and site not in procedure.sites:
        yield Finding(
            code="procedure-not-on-site",
            severity="warning",
            pointer="/site",
            params={"site": site or "", "sites": list(procedure.sites)},
            rules=("S001-56",),
        )


def check(dossier: Dossier) -> Iterator[Finding]:
    """A blocker where a court has decided, one per way that the platform's file shuts, a warning on a site without it."""
    ip = dossier.case.ip
    if ip and ip.is_court_order:
        yield Finding(
            code="court-order",
            severity="blocker",
            pointer="/ip/is_court_order",
            params={"court": ip.court or "-", "docket": ip.docket or "-"},
            rules=("S000-05", "S004-21"),
        )
    yield from _stops(dossier)
    yield from _elsewhere(dossier)
