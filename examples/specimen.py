"""One specimen case that gives every letter kind something to say, with the bundle plan and coverage it would have.

Shared by the gallery and the letter tests; the texts that a person would write stand beside it in ``specimen.toml``.
"""

import dataclasses
import datetime as dt
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from casefile.case import Case
from casefile.casework import Evidence, Matter
from casefile.citation import BundlePlan, PlannedExhibit
from casefile.coverage import CoverageStatus, PropositionCoverage, TimelinePoint
from casefile.fields.files import Kind
from casefile.house import House
from casefile.letter import Letter
from letters.bank import bank
from letters.compose import LetterRequest, compose
from letters.letter_kinds import shelf

AS_OF = dt.datetime.fromisoformat("2026-11-19T09:00:00-08:00")
EXHIBITS: tuple[tuple[str, Kind], ...] = (
    ("tracking.png", "tracking"),
    ("proof.pdf", "proof_of_delivery"),
    ("messages.png", "messages"),
    ("label.jpg", "dispatch"),
    ("order.png", "order_page"),
    ("listing.png", "listing"),
    ("report.pdf", "qc_report"),
    ("invoice.pdf", "invoice"),
    ("authorisation.pdf", "authorisation"),
    ("refund.png", "refund_proof"),
    ("refusal.png", "rejection_notice"),
    ("carrier.pdf", "carrier_statement"),
)
PROVED: dict[str, tuple[CoverageStatus, tuple[str, ...]]] = {
    "dispatched_on_time": ("shown", ("label.jpg", "tracking.png")),
    "tracking_is_ours": ("shown", ("label.jpg",)),
    "handed_to_carrier": ("shown", ("tracking.png",)),
    "delivered": ("shown", ("tracking.png", "proof.pdf")),
    "delivered_to_address": ("attached", ("proof.pdf",)),
    "item_as_listed": ("shown", ("listing.png",)),
    "quality_checked": ("shown", ("report.pdf",)),
    "refund_made": ("shown", ("refund.png",)),
}
ACCEPTS = {"plan_of_action", "support_case"}
"""Kinds in which the seller owns up to the point."""


def _texts() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).with_name("specimen.toml")).read_text(encoding="utf-8"))


def plan(only: Sequence[str] = ()) -> BundlePlan:
    """One page an exhibit, two for the proof of delivery; ``only`` the kinds of evidence that the letter needs."""
    exhibits: list[PlannedExhibit] = []
    page = 1
    for file, kind in EXHIBITS:
        if not only or kind in only:
            pages = (1, 2) if kind == "proof_of_delivery" else (1,)
            number = len(exhibits) + 1
            exhibits.append(PlannedExhibit(number=number, file=file, kind=kind, source_pages=pages, first_page=page))
            page += len(pages)
    return BundlePlan(exhibits=tuple(exhibits))


def case_for(kind: str, language: str) -> Case:
    """The specimen's facts, cut to what a letter of this kind is about."""
    texts = _texts()
    parts = dict(texts["always"])
    about = texts["kinds"].get(kind, {})
    for name in about.get("with", []):
        parts |= texts["parts"][name]
    stance = "accept" if kind in ACCEPTS else "dispute"
    return Case.model_validate({**parts, "language": language, "stance": stance} | about.get("set", {}))


def _coverage(bundle: BundlePlan) -> tuple[PropositionCoverage, ...]:
    found = []
    for name, (status, files) in PROVED.items():
        exhibits = [exhibit for file in files if (exhibit := bundle.of_file(file))]
        if exhibits:
            cites = tuple(exhibit.cite() for exhibit in exhibits)
            found.append(
                PropositionCoverage(
                    proposition=name, needs=(), status=status, required=name == "delivered", exhibits=cites
                )
            )
    return tuple(found)


def _timeline(bundle: BundlePlan) -> tuple[TimelinePoint, ...]:
    dated = (
        ("order_placed", "2026-10-28T09:12:00-07:00", "order.png"),
        ("contact_buyer", "2026-11-16T08:05:00-08:00", "messages.png"),
    )
    return tuple(
        TimelinePoint(at=at, what=what, source="exhibit", exhibit=exhibit.number, page=exhibit.first_page)
        for what, at, file in dated
        if (exhibit := bundle.of_file(file))
    )


def letter_of(house: House, kind: str, language: str, **changes: Any) -> Letter:
    """The specimen letter of ``kind`` in ``language``; ``changes`` replace parts of matter, evidence or request by name."""
    changes = {"files" if name == "facts" else name: value for name, value in changes.items()}
    bundle = plan(_texts()["kinds"].get(kind, {}).get("exhibits", ()))
    matter = Matter.of(changes.pop("case", None) or case_for(kind, language), house, AS_OF, {})
    named = matter.procedure.model_copy(update={"letter": kind, "name": {}})
    matter = dataclasses.replace(matter, procedure=named, letter_language=language, **_parts(Matter, changes))
    evidence = Evidence(files=(), plan=bundle, coverage=_coverage(bundle), timeline=_timeline(bundle))
    evidence = dataclasses.replace(evidence, **_parts(Evidence, changes))
    request = LetterRequest(
        matter=matter, evidence=evidence, language=language, captions={}, bank=bank(house.templates)
    )
    return compose(dataclasses.replace(request, **changes), shelf(house.templates)[kind])


def _parts(kind: type, changes: dict[str, Any]) -> dict[str, Any]:
    """The changes that concern values of ``kind``, taken out of ``changes``."""
    return {field.name: changes.pop(field.name) for field in dataclasses.fields(kind) if field.name in changes}
