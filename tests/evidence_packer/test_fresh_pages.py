"""Pages of many layouts, one a case: what each shows is filled in, and nothing is filled in wrongly."""

import datetime as dt
import itertools
import tomllib
from pathlib import Path

import pytest

from casefile import text_folding
from casefile.casework import Matter
from casefile.parse import parse_case
from casefile.pointer import resolve
from casefile.reading import Line, Reading, ReadPage, Sharpness
from evidence_packer.assemble import ReadUpload, completed

PAGES = tomllib.loads(Path(__file__).with_name("fresh_pages.toml").read_text(encoding="utf-8"))
POINTERS = {
    "placed": "/order/placed_at",
    "ship_by": "/order/ship_by_at",
    "total": "/order/total",
    "item": "/order/items/0/name",
    "parcel": "/parcels/0/tracking_number",
    "carrier": "/parcels/0/carrier",
    "first_scan": "/parcels/0/first_scan_at",
    "delivered": "/parcels/0/delivered_at",
    "signer": "/parcels/0/signed_by",
    "buyer": "/buyer/name",
    "account": "/buyer/username",
    "postal_code": "/buyer/ship_to/postal_code",
}
WIDTH, LEADING, TALL, GAP = 1400, 26, 20, 40


def lines(text):
    """Rows with equally many cells share their columns."""
    rows = [[cell.strip() for cell in row.split(" | ")] for row in text.strip().splitlines()]
    height, place = LEADING * (len(rows) + 2), 1
    for _, block in itertools.groupby(rows, len):
        cells = list(block)
        edges = list(
            itertools.accumulate((max(map(wide, column)) + GAP for column in zip(*cells, strict=True)), initial=24)
        )
        for row in cells:
            for left, cell in zip(edges, row, strict=False):
                top, right = LEADING * place, min(WIDTH, left + wide(cell))
                if cell:
                    box = (left / WIDTH, top / height, right / WIDTH, (top + TALL) / height)
                    yield Line(text=cell, box=box, score=0.99)
            place += 1


def wide(cell):
    return sum(15 if ord(sign) > 0x2E7F else 8 for sign in cell)


def filled(name, house):
    platform, site, order = PAGES[name]["case"]
    ways = house.platforms[platform].procedures.items()
    way = next(key for key, one in ways if one.subject == "order" and "item_not_received" in one.reasons)
    case = parse_case(
        {"platform": platform, "site": site, "procedure": way, "reason": "item_not_received",
         "as_of": "2026-11-29T16:00:00Z", "order": {"id": order}}
    )  # fmt: skip
    found = tuple(lines(PAGES[name]["text"]))
    page = ReadPage(
        number=1, width=WIDTH, height=LEADING * (len(PAGES[name]["text"].strip().splitlines()) + 2), lines=found,
        sharpness=Sharpness(edge_width=1.1, verdict="sharp"), text_source="text_layer", text_height_px=TALL,
    )  # fmt: skip
    reading = Reading(sha256="0" * 64, media_type="image/png", pages=(page,))
    matter = Matter.of(case, house, case.as_of, {"page.png": reading})
    return completed(matter, [ReadUpload("page.png", reading, 1000)])


def as_shown(value, right):
    if value is None:
        return None
    if isinstance(value, dt.datetime):
        return value.isoformat()[: len(right)]
    if hasattr(value, "amount"):
        same = str(value.amount.normalize()) == str(type(value.amount)(right.split()[0]).normalize())
        return right if same and value.currency == right.split()[1] else f"{value.amount} {value.currency}"
    same = text_folding.squeezed(str(value)) == text_folding.squeezed(right)
    return right if same else str(value)


def seen(name, house):
    matter, _ = filled(name, house)
    shows = PAGES[name]["shows"] | dict.fromkeys(PAGES[name].get("others", []), "")

    def value(field):
        try:
            return resolve(matter.case, POINTERS[field])
        except LookupError:
            return None

    return {field: as_shown(value(field), right) for field, right in shows.items()}


@pytest.mark.parametrize("name", PAGES)
def test_what_a_page_shows_is_filled_in_or_left_and_never_another_value(house, name):
    left = PAGES[name].get("open", [])
    expected = {field: None if field in left else right for field, right in PAGES[name]["shows"].items()}
    expected |= dict.fromkeys(PAGES[name].get("others", []))
    assert seen(name, house) == expected


def test_nearly_all_of_what_pages_show_need_not_be_typed():
    shown = sum(len(page["shows"]) for page in PAGES.values())
    left = sum(len(page.get("open", [])) for page in PAGES.values())
    assert 1 - left / shown > 0.9
