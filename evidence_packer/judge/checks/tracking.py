"""Tracking numbers: on the papers that print them, with a form and check digit of their carrier, and the stage they show."""

from collections.abc import Iterator

from casefile.carrier import Carrier, normalise
from casefile.facts import FieldSeen, FileFacts, TrackingNumberSeen
from casefile.finding import Finding
from casefile.finding_kind import FindingKind
from evidence_packer.judge.check import EXPECTS_TRACKING_NUMBER, SURE, CheckOf, Dossier, Skip
from evidence_packer.judge.parcel_fates import fates_of
from evidence_packer.understand.interpret import own_tracking_numbers

TRACKING_NUMBER_NEAR_MISS = FindingKind(
    code="tracking-number-near-miss", severity="blocker", about="file", sign="tracking", retake=True
)
TRACKING_NUMBER_LOOKS_ALIKE = FindingKind(
    code="tracking-number-looks-alike", severity="warning", about="file", sign="tracking", retake=True
)
TRACKING_NUMBER_OTHER = FindingKind(
    code="tracking-number-other", severity="blocker", about="file", sign="tracking", retake=True
)
TRACKING_NUMBER_MISSING = FindingKind(
    code="tracking-number-missing", severity="warning", about="file", sign="tracking", retake=True
)


def _expected(dossier: Dossier, file: FileFacts) -> bool:
    """A carrier's statement about an account's parcels in general names no single number."""
    general = dossier.procedure.subject == "account" and file.kind == "carrier_statement"
    return file.kind in EXPECTS_TRACKING_NUMBER and not general


def _sure(seen: TrackingNumberSeen) -> bool:
    """Whether the page says this number for sure: surely read, and one that its carrier may have given, unless it is plain text."""
    return seen.score >= SURE and (seen.valid is not False or seen.score == 1)


def _masked(file: FileFacts, own: tuple[tuple[str, str | None], ...]) -> bool:
    """Whether part of the number is there: that has a finding of its own."""
    return any(seen.number == number for seen in file.masked_numbers for number, _ in own)


def _of_another(file: FileFacts, seen: TrackingNumberSeen | FieldSeen, expected: str, *, sure: bool) -> Finding:
    return TRACKING_NUMBER_OTHER.found(
        severity="blocker" if sure else "warning",
        file=file.file,
        page=seen.page,
        box=seen.box,
        params={"found": seen.value, "expected": expected},
        rules=("S003-13",),
    )


def _named_otherwise(file: FileFacts, own: tuple[tuple[str, str | None], ...]) -> FieldSeen | None:
    """The number that a carrier's page gives under its label, of a form that nobody knows, and which is none of the case's."""
    stated = file.stated("tracking_number") if file.kind in {"tracking", "proof_of_delivery"} else None
    wanted = {normalise(number) for number, _ in own}
    return stated if stated and normalise(stated.value) not in wanted and not _masked(file, own) else None


def check_tracking_number_found(dossier: Dossier) -> Iterator[Finding]:
    """Does the case's tracking number stand on the papers that print it?

    A warning per delivery paper without our number (a blocker where it surely shows another one instead); near misses named.
    """
    own = own_tracking_numbers(dossier.case)
    if not own:
        raise Skip("no-tracking-number")
    for file in dossier.facts:
        if any(seen.matches for seen in file.tracking_numbers):
            continue
        near = max((seen for seen in file.tracking_numbers if seen.near), key=_sure, default=None)
        other = max((seen for seen in file.tracking_numbers if not seen.near), key=_sure, default=None)
        if near:
            kind = TRACKING_NUMBER_LOOKS_ALIKE if near.alike else TRACKING_NUMBER_NEAR_MISS
            yield kind.found(
                severity=kind.severity if _sure(near) else "warning",
                file=file.file,
                page=near.page,
                box=near.box,
                params={"found": near.value, "expected": near.near or ""},
                rules=("S003-07",),
            )
        elif other and file.kind in {"tracking", "proof_of_delivery"}:
            yield _of_another(file, other, own[0][0], sure=_sure(other))
        elif (named := _named_otherwise(file, own)) is not None:
            yield _of_another(file, named, own[0][0], sure=False)
        elif _expected(dossier, file) and file.has_text and dossier.legible(file) and not _masked(file, own):
            yield TRACKING_NUMBER_MISSING.found(file=file.file, params={"expected": own[0][0]})


CARRIER_UNKNOWN = FindingKind(code="carrier-unknown", severity="advice")
TRACKING_NUMBER_INVALID = FindingKind(code="tracking-number-invalid", severity="blocker")
TRACKING_NUMBER_FORM = FindingKind(code="tracking-number-form", severity="warning")
TRACKING_NUMBER_UNTRACKED = FindingKind(code="tracking-number-untracked", severity="warning")


def _numbers(dossier: Dossier) -> Iterator[tuple[str, str | None, str]]:
    case = dossier.case
    for place, parcel in enumerate(case.parcels):
        if parcel.tracking_number:
            yield parcel.tracking_number, parcel.carrier, f"/parcels/{place}/tracking_number"
    for place, order in enumerate(case.orders):
        if order.tracking_number:
            yield order.tracking_number, order.carrier, f"/orders/{place}/tracking_number"
    if case.remedy and case.remedy.tracking_number:
        yield case.remedy.tracking_number, case.remedy.carrier, "/remedy/tracking_number"


def _verdict(number: str, carrier: Carrier, dossier: Dossier) -> tuple[bool, bool | None]:
    """Whether a form matches, and whether the check digit holds (``None`` where none is published)."""
    known = [carrier, *(dossier.house.carriers[o] for o in carrier.also if o in dossier.house.carriers)]
    forms = any(one.recognises(number) for one in known)
    told = [valid for one in known if (valid := one.valid(number)) is not None]
    return forms, any(told) if told else None


def _untracked(number: str, carrier: Carrier, dossier: Dossier) -> bool:
    """Whether the number's form says that the service mostly gives no proof of delivery."""
    known = [carrier, *(dossier.house.carriers[o] for o in carrier.also if o in dossier.house.carriers)]
    return any(form.untracked for one in known for form in one.numbers if form.recognises(number))


def check_tracking_number_valid(dossier: Dossier) -> Iterator[Finding]:
    """Do the case's tracking numbers have a form and check digit of their carrier?

    A blocker where the check digit fails, a warning where the form is not the carrier's, advice for unknown carriers.
    """
    numbers = list(_numbers(dossier))
    if not numbers:
        raise Skip("no-tracking-number")
    for number, name, pointer in numbers:
        if not name:
            continue  # nobody has said whose rules count
        carrier = dossier.house.carriers.get(name)
        if carrier is None:
            carrier_pointer = pointer.removesuffix("tracking_number") + "carrier"
            yield CARRIER_UNKNOWN.found(pointer=carrier_pointer, params={"carrier": name})
            continue
        form, valid = _verdict(normalise(number), carrier, dossier)
        params = {"number": number, "carrier": carrier.name["en"]}
        if valid is False:
            yield TRACKING_NUMBER_INVALID.found(pointer=pointer, params=params, rules=("S003-07",))
        elif not form:
            yield TRACKING_NUMBER_FORM.found(pointer=pointer, params=params, rules=("S003-07",))
        elif _untracked(normalise(number), carrier, dossier):
            yield TRACKING_NUMBER_UNTRACKED.found(pointer=pointer, params=params, rules=("S001-17",))


STAGE_CONTRADICTED = FindingKind(code="stage-contradicted", severity="warning", about="file")
_SAYS = {
    "shipped": {"delivered"}, "returning": {"delivered"},
    "delivered": {"accepted", "in_transit", "out_for_delivery", "info_received", "attempt_failed", "available_for_pickup"},
}  # fmt: skip
"""Stage of the order → fates of a parcel that speak against it."""


def check_stage_agrees(dossier: Dossier) -> Iterator[Finding]:
    """Does the stage of the order agree with what the carrier's page says?

    A warning when everything that tracking pages say became of the parcel speaks against the stage that the case gives.
    """
    stage = dossier.case.order.stage if dossier.case.order else None
    if stage is None:
        raise Skip("no-stage")
    papers = dossier.of_kinds(frozenset({"tracking", "proof_of_delivery"}))
    told = [(file, fate) for file in papers for fate in fates_of(file) if not fate.unclear]
    if told and all(fate.state in _SAYS.get(stage, set()) for _, fate in told):
        file, fate = told[0]
        yield STAGE_CONTRADICTED.found(
            file=file.file,
            page=fate.decided_by.page,
            box=fate.decided_by.box,
            pointer="/order/stage",
            params={"stage": f"@stage.{stage}", "seen": fate.decided_by.span.text},
            rules=("S000-36",),
        )


CHECKS = (
    CheckOf(
        code="tracking-number-found",
        judges="facts",
        findings=(
            TRACKING_NUMBER_NEAR_MISS,
            TRACKING_NUMBER_LOOKS_ALIKE,
            TRACKING_NUMBER_OTHER,
            TRACKING_NUMBER_MISSING,
        ),
        run=check_tracking_number_found,
    ),
    CheckOf(
        code="tracking-number-valid",
        judges="case",
        findings=(CARRIER_UNKNOWN, TRACKING_NUMBER_INVALID, TRACKING_NUMBER_FORM, TRACKING_NUMBER_UNTRACKED),
        run=check_tracking_number_valid,
    ),
    CheckOf(code="stage-agrees", judges="facts", findings=(STAGE_CONTRADICTED,), run=check_stage_agrees),
)
