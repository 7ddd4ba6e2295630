"""Do the case's tracking numbers have a form and check digit of their carrier?"""

from collections.abc import Iterator

from casefile.carrier import Carrier, normalise
from casefile.finding import Finding
from evidence_packer.judge.check import Dossier, Skip

CODE = "tracking-number-valid"
INPUT = "case"


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


def check(dossier: Dossier) -> Iterator[Finding]:
    """A blocker where the check digit fails, a warning where the form is not the carrier's, advice for unknown carriers."""
    numbers = list(_numbers(dossier))
    if not numbers:
        raise Skip("no-tracking-number")
    for number, name, pointer in numbers:
        carrier = dossier.house.carriers.get(name or "")
        if carrier is None:
            carrier_pointer = pointer.removesuffix("tracking_number") + "carrier"
            yield Finding(
                code="carrier-unknown", severity="advice", pointer=carrier_pointer, params={"carrier": name or "-"}
            )
            continue
        form, valid = _verdict(normalise(number), carrier, dossier)
        params = {"number": number, "carrier": carrier.name["en"]}
        if valid is False:
            yield Finding(
                code="tracking-number-invalid", severity="blocker", pointer=pointer, params=params, rules=("S003-07",)
            )
        elif not form:
            yield Finding(
                code="tracking-number-form", severity="warning", pointer=pointer, params=params, rules=("S003-07",)
            )
        elif _untracked(normalise(number), carrier, dossier):
            yield Finding(
                code="tracking-number-untracked", severity="warning", pointer=pointer, params=params, rules=("S001-17",)
            )
