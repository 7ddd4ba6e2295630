"""The situations of ``stories.toml`` and ``more_stories.toml``, read from what their pages print: no picture is read for it."""

import datetime as dt
import json
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from casefile.case import Case
from casefile.casework import Matter
from casefile.house import House
from casefile.letter import Letter
from casefile.reading import Line, Reading, ReadPage, Sharpness
from evidence_packer.assemble import ReadUpload, completed
from jobs.case_work.steps.casework import Casework
from jobs.case_work.steps.write import composed

_HERE = Path(__file__).parent
_FILES = ("stories.toml", "more_stories.toml", "public_stories.toml", "neighbour_stories.toml", "fresh_stories.toml")
_NOW = dt.datetime.fromisoformat("2026-11-19T09:00:00-08:00")
_ORDERS = {
    "amazon": "112-4829307-7716253", "ebay": "14-12873-55210", "walmart": "200011234567890", "etsy": "3312345678",
    "shopee": "261028TW9XV8JT", "lazada": "123456789012345", "tiktok_shop": "576461413812345678",
}  # fmt: skip
_USD = {"amount": "37.48", "currency": "USD"}
_PARCEL = {
    "carrier": "ups", "tracking_number": "1Z999AA10123456784", "dispatched_at": "2026-10-29T16:40:00-07:00",
    "first_scan_at": "2026-10-29T20:05:00-07:00", "delivered_at": "2026-11-02T14:22:00-05:00",
}  # fmt: skip


def stories() -> Iterator[dict[str, Any]]:
    """Every story, as its file tells it."""
    for name in _FILES:
        yield from tomllib.loads((_HERE / name).read_text(encoding="utf-8"))["stories"]


def situations(house: House) -> Iterator[tuple[str, Letter, Casework]]:
    """Name, letter and casework of every situation."""
    for story in stories():
        for way in story["ways"] if story.get("bench", True) else ():
            place, _, language = way.partition("@")
            work = work_of(house, story, place, language or "en")
            yield f"{story['id']} · {place}", composed(work, work.matter.letter_language), work


def in_every_language(house: House) -> Iterator[tuple[str, Letter]]:
    """The first way of each story in every language that can say it, by a name for its file."""
    for story in stories():
        place = str(story["ways"][0]).partition("@")[0]
        for language in house.catalogs.by_language:
            work = work_of(house, story, place, language)
            if work.matter.letter_language == language:
                yield f"{story['id']}.{language}", composed(work, language)


def work_of(house: House, story: Mapping[str, Any], place: str, language: str) -> Casework:
    """The casework of one story where ``place`` is platform/procedure."""
    platform, _, procedure = place.partition("/")
    order = _ORDERS.get(platform, "NL-20260")
    pages = {
        f"{kind}.png": [line.replace("{order}", order) for line in lines] for kind, lines in story["pages"].items()
    }
    matter = Matter.of(_case(story, platform, procedure, language, order), house, _NOW, {})
    uploads = [ReadUpload(name, _reading(lines), 1000) for name, lines in pages.items()]
    matter, evidence = completed(matter, uploads)
    return Casework(matter=matter, evidence=evidence, language="en", read={})


def _case(story: Mapping[str, Any], platform: str, procedure: str, language: str, order: str) -> Case:
    site = {"amazon": "US", "ebay": "US", "shopee": "SG", "lazada": "SG", "tiktok_shop": "US"}.get(platform)
    body: dict[str, Any] = {
        "platform": platform, "procedure": procedure, "reason": story["reason"], "language": language,
        "as_of": _NOW.isoformat(), "order": {"id": order, "placed_at": "2026-10-28T09:12:00-07:00",
        "ship_by_at": "2026-10-30T23:59:00-07:00", "total": _USD, "fulfilment": "seller"},
        "buyer": {"name": "M. Klein", "ship_to": {"lines": ["418 Elm Ridge Ave"], "city": "Columbus", "region": "OH",
                  "postal_code": "43215", "country": "US"}},
        "parcels": [{key: value for key, value in (_PARCEL | story.get("parcel", {})).items() if value != ""}],
        "claim": {"opened_at": "2026-11-12T00:00:00+00:00", "amount": _USD, "statement": "I never got what I paid for."},
        "seller": {"store": "Northlake Home", "name": "Northlake Home Trading Co., Ltd."},
        "files": [{"name": f"{kind}.png", "kind": kind} for kind in story["pages"]],
    }  # fmt: skip
    if site:
        body["site"] = site
    if platform in {"stripe", "paypal", "shopify_payments"}:
        body["payment"] = {"charge_id": "ch_3QpayB2eZvKYlo2C", "dispute_id": "du_1QzzzA2eZvKYlo2C"}
    given = json.loads(json.dumps(story.get("case", {}), default=str))
    claim = given.pop("claim", {})
    body["claim"] = body["claim"] | claim if claim is not None and not given.keys() & {"notice", "inventory"} else None
    if given.keys() & {"account", "inventory"}:  # about no order
        body["order"] = None
    return Case.model_validate(body | given)


def _reading(lines: list[str]) -> Reading:
    found = tuple(
        Line(text=text, box=(0.1, 0.05 + 0.06 * row, min(0.95, 0.1 + 0.01 * len(text)), 0.075 + 0.06 * row), score=1.0)
        for row, text in enumerate(lines)
        if text
    )
    page = ReadPage(
        number=1, width=1000, height=1400, text_source="text_layer", lines=found,
        sharpness=Sharpness(edge_width=1.0, verdict="sharp"),
    )  # fmt: skip
    return Reading(sha256="0" * 64, media_type="application/pdf", pages=(page,))
