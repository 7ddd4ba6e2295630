"""Exhibits name themselves: by what their page says, and by nothing else."""

import pytest

from casefile.babel_locale import babel_locale
from casefile.discovery import load_house
from casefile.exhibit_name import name_of, named
from casefile.facts import FileFacts, MessageSeen, TimestampSeen, TrackingNumberSeen
from casefile.reading import Barcode
from casefile.statement import About, Fate, Span, Statement

HOUSE = load_house()
BOX, NUMBER = (0.1, 0.1, 0.2, 0.12), "1Z999AA10123456784"


def number(value=NUMBER, *, matches=True):
    return TrackingNumberSeen(value=value, matches=matches, carrier="ups", valid=True, box=BOX, page=1)


def fate(state="delivered", at="2026-11-02T14:22", **more):
    said = Statement(
        says=state, voice="headline", span=Span(file="a", page=1, box=BOX, text=state), at=at,
        about=About(what="parcel", id=NUMBER),
    )  # fmt: skip
    return Fate(**{"of": NUMBER, "state": state, "decided_by": said, **more})


def message(at):
    return MessageSeen(who="buyer", name=None, at=at, box=BOX, page=1)


def printed(at, **more):
    return TimestampSeen(**{"text": at, "at": at, "ambiguous": False, "box": BOX, "page": 1, **more})


def bar_code(text=NUMBER):
    return 1, Barcode(text=text, format="Code128", box=BOX)


def called(language="en", denied=frozenset(), **facts):
    name = name_of(FileFacts(file="a", sha256="0", **facts), denied)
    return named(name, HOUSE.carriers, HOUSE.catalogs.of(language), babel_locale(language))


@pytest.mark.parametrize(
    ("facts", "en", "zh"),
    [
        ({"kind": "tracking", "tracking_numbers": (number(),), "fates": (fate(),)},
         "UPS tracking 1Z…6784, delivered 2 Nov 2026", "UPS 物流轨迹 1Z…6784，2026年11月2日妥投"),
        ({"kind": "proof_of_delivery", "tracking_numbers": (number(),), "fates": (fate(),)},
         "UPS proof of delivery 1Z…6784, delivered 2 Nov 2026", "UPS 签收证明 1Z…6784，2026年11月2日妥投"),
        ({"kind": "tracking", "tracking_numbers": (number(), number("1Z999AA10123456785")), "fates": (fate(), fate(of="x"))},
         "Tracking page", None),
        ({"kind": "tracking", "tracking_numbers": (number(matches=False),)}, "Tracking page", None),
        ({"kind": "tracking", "tracking_numbers": (number(),), "fates": (fate("in_transit"),)}, "UPS tracking 1Z…6784", None),
        ({"kind": "tracking", "tracking_numbers": (number(),), "fates": (fate("lost"),)}, "UPS tracking 1Z…6784", None),
        ({"kind": "tracking", "tracking_numbers": (number(NUMBER.lower()),)}, "UPS tracking 1Z…6784", None),
        ({"kind": "dispatch", "tracking_numbers": (number("LO 123 456 785 CN"),)}, "Dispatch record LO…85CN", None),
        ({"kind": "tracking", "tracking_numbers": (number(),), "fates": (fate(unclear=True),)}, "UPS tracking 1Z…6784", None),
        ({"kind": "tracking", "tracking_numbers": (number(),), "fates": (fate(at=None),)}, "UPS tracking 1Z…6784", None),
        ({"kind": "messages", "messages": (message("2026-11-03T08:05"), message(None), message("2026-11-10T11:20"))},
         "Messages with the buyer, 3–10 Nov 2026", None),
        ({"kind": "messages", "messages": (message("2026-11-03T08:05"),)}, "Messages with the buyer, 3 Nov 2026", None),
        ({"kind": "erp_record", "tracking_numbers": (number(),), "timestamps": (printed("2026-10-30"),)},
         "Warehouse or ERP record, 30 Oct 2026", None),
        ({"kind": "dispatch", "tracking_numbers": (number(),), "timestamps": (printed("2026-10-30"),)},
         "Dispatch record 1Z…6784, 30 Oct 2026", None),
        ({"kind": "tracking", "tracking_numbers": (number(), number("1Z 999 AA1 01 2345 6784"))}, "UPS tracking 1Z…6784", None),
        ({"kind": "dispatch", "tracking_numbers": (number(), number("1Z 999 AA1 01 2345 6784")), "barcodes": (bar_code(),),
          "timestamps": (printed("2026-10-29"), printed("2026-10-29T13:12"))},
         "UPS shipping label 1Z…6784, 29 Oct 2026", "UPS 面单 1Z…6784，2026年10月29日"),
        ({"kind": "dispatch", "tracking_numbers": (number(),), "barcodes": (bar_code("42043215"),)}, "Dispatch record 1Z…6784",
         None),
        ({"kind": "erp_record", "tracking_numbers": (number(),), "barcodes": (bar_code(),)}, "Warehouse or ERP record", None),
        ({"kind": "order_page", "timestamps": (printed("2026-10-30"), printed("2026-11-02"))}, "Order page", None),
        ({"kind": "order_page", "timestamps": (printed("2026-10-30", ambiguous=True),)}, "Order page", None),
        ({"kind": "order_page", "timestamps": (printed("2026-10-30", desktop_clock=True),)}, "Order page", None),
    ],
)  # fmt: skip
def test_an_exhibit_is_called_what_its_page_says(facts, en, zh):
    assert called(**facts) == en
    assert zh is None or called("zh-Hans", **facts) == zh


def test_what_the_finished_page_does_not_print_is_not_in_the_name():
    facts = {"kind": "tracking", "tracking_numbers": (number(),), "fates": (fate(),)}
    assert called(denied=frozenset({fate().decided_by.span}), **facts) == "UPS tracking 1Z…6784"


@pytest.mark.parametrize(
    "language", sorted(tag for tag, texts in HOUSE.catalogs.by_language.items() if texts.own("front.title"))
)
def test_every_language_of_bundles_names_them(language):
    facts = {"kind": "tracking", "tracking_numbers": (number(),), "fates": (fate(),)}
    told = called(language, **facts)
    assert "UPS" in told
    assert "1Z…6784" in told
    assert "2026" in told
