"""What became of each parcel, as the pages say it: not delivered, left with somebody else, or not told clearly."""

from collections.abc import Iterator

from casefile.facts import FileFacts
from casefile.fields.files import Kind
from casefile.finding import Finding
from casefile.finding_kind import FindingKind
from casefile.statement import Fate
from evidence_packer.judge.check import CheckOf, Dossier, Skip
from evidence_packer.judge.parcel_fates import fates_of, is_open, same_number
from evidence_packer.judge.subjects import Subject, sent_out
from evidence_packer.judge.witness import Witness

_PAPERS: frozenset[Kind] = frozenset({"tracking", "proof_of_delivery", "carrier_statement"})
_ABOUT_DELIVERY = frozenset({"item_not_received", "unauthorised", "missing_parts"})
_OTHERS = frozenset({"locker", "neighbour", "pickup_point", "agent", "facility", "sender"})
"""To whom a parcel goes that does not come to the buyer's door."""
_TOLD = frozenset({*_OTHERS, "reception"})

PARCEL_NOT_DELIVERED = FindingKind(code="parcel-not-delivered", severity="warning", about="file", sign="agrees")


def _fates(dossier: Dossier, subject: Subject) -> Iterator[tuple[FileFacts, Fate]]:
    """(file, fate) of every delivery paper that tells of this parcel."""
    for file in dossier.of_kinds(_PAPERS):
        fate = Witness(case=dossier.case, platform=dossier.platform, facts=file).fate(subject)
        if fate:
            yield file, fate


def check_parcels_delivered(dossier: Dossier) -> Iterator[Finding]:
    """Does the last word on each parcel say that it was delivered?

    A warning per parcel whose pages know of no delivery: it is on its way, waits, or is lost. What contradicts the case itself has
    a finding of its own.
    """
    parcels = [parcel for parcel in sent_out(dossier.case) if parcel.tracking_number]
    if not parcels or (dossier.case.reason not in _ABOUT_DELIVERY and len(parcels) < 2):
        raise Skip("not-about-delivery")
    for subject in (Subject.of_parcel(parcel) for parcel in parcels):
        told = [(file, fate) for file, fate in _fates(dossier, subject) if not fate.unclear]
        if not told or any(fate.state == "delivered" for _, fate in told) or _contradicted(dossier, subject):
            continue
        file, last = max(told, key=lambda one: str(one[1].decided_by.at))
        if last.state != "info_received":
            yield PARCEL_NOT_DELIVERED.found(
                file=file.file,
                page=last.decided_by.page,
                box=last.decided_by.box,
                params={
                    "number": subject.of or "",
                    "state": f"@parcel.{last.state}",
                    "found": last.decided_by.span.text,
                },
                rules=("S001-17",),
            )


def _contradicted(dossier: Dossier, subject: Subject) -> bool:
    rows = [row for row in dossier.coverage if row.proposition == "delivered" and row.claimed]
    return any(row.status == "contradicted" and row.of in {None, subject.of} for row in rows)


PAGE_UNCLEAR = FindingKind(code="page-unclear", severity="warning", about="file", sign="agrees")


def check_fates_clear(dossier: Dossier) -> Iterator[Finding]:
    """Does each delivery paper say clearly what became of the parcel?

    A warning with the picture of the place where headline and last event are at odds: a question, never a fact.
    """
    for file in dossier.of_kinds(_PAPERS):
        for fate in fates_of(file):
            ours = fate.of is None or any(same_number(fate.of, p.tracking_number) for p in sent_out(dossier.case))
            if is_open(fate) and ours:
                other = fate.against
                yield PAGE_UNCLEAR.found(
                    file=file.file,
                    page=fate.decided_by.page,
                    box=fate.decided_by.box,
                    params={
                        "one": fate.decided_by.span.text,
                        "other": other.span.text if other else f"@parcel.{fate.state}",
                    },
                )


DELIVERY_PLACE_SHOWN = FindingKind(code="delivery-place-shown", severity="advice", about="file")


def check_delivery_place_shown(dossier: Dossier) -> Iterator[Finding]:
    """Does a delivery paper say that the parcel was left with somebody else, or in a locker?

    A warning per delivery paper that names a neighbour, a locker, a pick-up point, an agent, a facility or the sender; advice for
    a reception or a post box of the address itself.
    """
    for file in dossier.of_kinds(_PAPERS):
        fate = next((one for one in fates_of(file) if one.state == "delivered" and one.to in _TOLD), None)
        place = next(iter(file.delivery_places), None)
        if fate:
            yield DELIVERY_PLACE_SHOWN.found(
                severity="warning" if fate.to in _OTHERS else "advice",
                file=file.file,
                page=fate.decided_by.page,
                box=fate.decided_by.box,
                params={"place": f"@place.{fate.to}", "found": fate.decided_by.span.text},
                rules=("S000-49",),
            )
        elif place:
            yield DELIVERY_PLACE_SHOWN.found(
                file=file.file,
                page=place.page,
                box=place.box,
                params={"place": f"@place.{place.what}", "found": place.text},
                rules=("S000-49",),
            )


CHECKS = (
    CheckOf(code="parcels-delivered", judges="facts", findings=(PARCEL_NOT_DELIVERED,), run=check_parcels_delivered),
    CheckOf(code="fates-clear", judges="facts", findings=(PAGE_UNCLEAR,), run=check_fates_clear),
    CheckOf(
        code="delivery-place-shown", judges="facts", findings=(DELIVERY_PLACE_SHOWN,), run=check_delivery_place_shown
    ),
)
