"""What exhibits prove, of which parcel, and what speaks against it: the table of decisions over what pages say."""

import dataclasses
import re

import pytest

from casefile.facts import DetailSeen, FieldSeen, MessageSeen, PageContext, PlaceSeen, StatusSeen
from casefile.statement import About, Fate, QuoteSeen, Span, Statement
from evidence_packer.bind.plan import plan
from evidence_packer.judge.contradictions import signed_by_another
from evidence_packer.judge.coverage import cover, idle_files
from tests.cases import rows
from tests.evidence_packer.conftest import BOX, TRACKING, file, make_case, order_id, timestamp, tracking_number
from tests.evidence_packer.test_judging import NUMBERS, ORDERS, placed, seen_times

SECOND = "1Z88X1Y00312345677"
IDS = {"own": TRACKING, "second": SECOND, "other": "1Z999AA10999999999"}
FATE = re.compile(
    r"(?:(?P<of>\w+):)?(?P<state>[a-z_]+)(?:>(?P<to>\w+))?(?:@(?P<page>\d))?(?P<rest>(?:\|[^|?]*)*)(?P<open>\?)?"
)
REFUND = re.compile(r"(?P<silent>!)?(?P<says>[a-z_]+)(?:=(?P<value>[^|]+))?(?:\|(?P<at>.+))?")
MESSAGE = re.compile(r"(?P<who>\w+)(?:/(?P<intent>\w+))?(?:\|(?P<at>[^ ]+))?: (?P<text>.*)")


def fate(text):
    if "~" in text:
        one, other = map(fate, text.split("~"))
        return dataclasses.replace(one, unclear=True, against=other.decided_by)
    told = FATE.fullmatch(text)
    at, place = (*told["rest"].split("|")[1:], None, None)[:2]
    of = IDS.get(told["of"])
    said = Statement(
        says=told["state"], voice="event" if at else "headline", at=at or None, place=place, to=told["to"],
        span=Span(file="", page=int(told["page"] or 1), box=BOX, text=text),
        about=About(what="parcel", id=of) if of else None,
    )  # fmt: skip
    return Fate(of=of, state=told["state"], decided_by=said, to=told["to"], unclear=bool(told["open"]))


def refund(text):
    told = REFUND.fullmatch(text)
    return Statement(
        says=told["says"], voice="tab" if told["silent"] else "field", value=told["value"], at=told["at"],
        span=Span(file="", page=1, box=BOX, text=text),
    )  # fmt: skip


def message(text, channel="unknown"):
    told = MESSAGE.fullmatch(text)
    intents = (told["intent"],) if told["intent"] else ()
    return MessageSeen(
        who=told["who"], name=None, at=told["at"], box=BOX, page=1, text=told["text"], intents=intents, channel=channel
    )  # fmt: skip


def exhibit(name, *, kind="tracking", numbers=("own",), orders=(), fates=(), refunds=(), messages=(), **more):
    known = [fate(one) for one in fates]
    return file(
        name, kind, pages=((1920, 1080), (1920, 1080)),
        media_type="message/rfc822" if more.get("mail") else "image/png",
        order_ids=tuple(order_id(page=page, **ORDERS[what]) for what, page in map(placed, orders)),
        tracking_numbers=tuple(
            tracking_number(**{"value": SECOND} if what == "second" else NUMBERS[what]) for what in numbers
        ),
        fates=tuple(known), states=tuple(one.decided_by for one in known),
        refunds=tuple(map(refund, refunds)), messages=tuple(message(one, more.get("by", "unknown")) for one in messages),
        statuses=tuple(StatusSeen(text=one, status=one, box=BOX, page=1) for one in more.get("statuses", ())),
        details=tuple(DetailSeen(what=one, text="x", box=BOX, page=1) for one in more.get("details", ())),
        places=tuple(
            PlaceSeen(text="x", part=one.lstrip("!"), matches=one[0] != "!", box=BOX, page=1)
            for one in more.get("places", ())
        ),
        timestamps=(*seen_times(more.get("clocks", ()), clock=True), *seen_times(more.get("times", ()), clock=False)),
        fields=tuple(
            FieldSeen(name=field, value=more[name], box=BOX, page=1)
            for name, field in (("signer", "signer"), ("shipped", "shipped_at"))
            if more.get(name)
        ),
        quotes=tuple(
            QuoteSeen(pointer=one, span=Span(file=name, page=1, box=BOX, text="x")) for one in more.get("quotes", ())
        ),
        context=PageContext(chat=more.get("chat", "none")),
    )  # fmt: skip


def rule_of(house, proposition, reason):
    rules = (rule for p in house.platforms.values() for one in p.procedures.values() for rule in one.evidence)
    found = next(rule for rule in rules if rule.proposition == proposition)
    return found.model_copy(update={"reasons": (reason,), "when": type(found.when)(), "required": False})


def case_of(row):
    out = make_case().parcels[0].model_dump(mode="json")
    names = [f"{n}.png" for n, _ in enumerate(row["exhibits"])]
    entries = [
        {"name": name, "channel": one.get("channel"), "proves": one.get("describes")}
        for name, one in zip(names, row["exhibits"], strict=True)
    ]
    contacts = [{"at": "2026-11-10T08:05:00-05:00", "from": "buyer", "text": row["quoted"], "files": names}]
    home = {"lines": ["418 Elm Ridge Ave"], "city": "Columbus", "region": "OH", "postal_code": "43215", "country": "US"}
    return make_case(
        parcels=[out, *([out | {"tracking_number": SECOND}] if row.get("parcels") else [])], files=entries,
        buyer={"name": "Jane Roe", "ship_to": home}, contacts=contacts if row["quoted"] else [],
        remedy={"type": "full_refund", "status": "done", "amount": {"amount": "37.48", "currency": "USD"}},
        access_log=[{"at": "2026-10-30T14:07:31Z", "ip": "203.0.113.24", "event": "sign-in"}],
        order={"id": "112-4829307-7716253", "placed_at": "2026-10-28T09:12:00-07:00", "ship_by_at": "2026-10-30T23:59:00-07:00"},
    )  # fmt: skip


@pytest.mark.parametrize("row", rows(__file__, "coverage"))
def test_coverage(house, row):
    row = {"quoted": None} | row
    case = case_of(row)
    facts = tuple(exhibit(f"{n}.png", **one) for n, one in enumerate(row["exhibits"]))
    platform = house.platforms[case.platform]
    asked = rule_of(house, row["proves"], case.reason)
    procedure = platform.procedures[case.procedure]
    procedure = procedure.model_copy(
        update={"evidence": (asked.model_copy(update={"source": procedure.evidence[0].source}),)}
    )
    found = cover(case, platform, procedure, facts, plan(case, facts))
    covered = next(one for one in found if one.of == IDS.get(row.get("of")))
    assert len(found) == row.get("parcels", 1)
    assert (covered.status, [citation.page for citation in covered.exhibits]) == (row["status"], row["cites"])
    assert len(covered.spots) == len(covered.statements) == len(covered.exhibits)


def test_what_speaks_against_us_proves_nothing_else_of_the_same_parcel(dossier):
    failed = exhibit("a.png", fates=("own:attempt_failed|2026-11-02T14:22:00",))
    rows_ = {one.proposition: one.status for one in dossier(failed).coverage}
    assert (rows_["delivered"], rows_["handed_to_carrier"]) == ("contradicted", "attached")


def test_a_page_that_proves_nothing_is_named_with_the_reason(house):
    files = (
        exhibit("foreign.png", numbers=("other",), fates=("delivered",)),
        exhibit("old.png", times=("2026-10-01T10:00:00",)),
        exhibit("failed.png", fates=("own:lost",)),
        exhibit("good.png", kind="order_page", orders=("own",)),
    )
    case = make_case()
    platform = house.platforms["amazon"]
    exhibits = plan(case, files)
    rows_ = cover(case, platform, platform.procedures[case.procedure], files, exhibits)
    assert idle_files(case, platform, files, exhibits, rows_) == {
        "foreign.png": "no_number", "old.png": "before_order", "failed.png": "contradicts",
    }  # fmt: skip


def test_who_is_unknown_signs_for_nobody():
    signed = file(fields=(FieldSeen(name="signer", value="Tom Poe", box=BOX, page=1),))
    assert signed_by_another(make_case(buyer=None), signed) is None
    assert signed_by_another(make_case(buyer={"name": "Jane Roe"}), signed)


def test_a_parcel_that_the_case_knows_as_lost_is_not_claimed(dossier):
    case = make_case(parcels=[
        {"tracking_number": TRACKING, "delivered_at": "2026-11-02T14:22:00-05:00"}, {"tracking_number": SECOND},
    ])  # fmt: skip
    pages = (exhibit("a.png", fates=("own:delivered",)), exhibit("b.png", numbers=("second",), fates=("second:lost",)))
    rows_ = {one.of: one for one in dossier(*pages, case=case).coverage if one.proposition == "delivered"}
    assert (rows_[TRACKING].status, rows_[TRACKING].required) == ("shown", True)
    assert (rows_[SECOND].status, rows_[SECOND].required, rows_[SECOND].claimed) == ("contradicted", False, False)


def test_of_two_refunds_each_is_proved_by_its_own_sum(dossier):
    sums = [
        {"id": "R-1", "amount": {"amount": "39.95", "currency": "EUR"}},
        {"amount": {"amount": "5.00", "currency": "EUR"}},
    ]
    page = exhibit("a.png", kind="refund_proof", orders=("own",), refunds=("refund_made=39.95 EUR|2026-11-14",))
    case = make_case(reason="credit_not_processed", refunds=sums)
    found = {one.of: one.status for one in dossier(page, case=case).coverage if one.proposition == "refund_made"}
    assert found == {"R-1": "shown", "5.00 EUR": "missing"}


@pytest.mark.parametrize(
    ("times", "shown"),
    [
        (["2026-10-29T10:48:00", "2026-10-29T16:40:00", "2026-10-29T17:05:00"], 1),  # the minute that the case says
        (["2026-10-29T10:48:00", "2026-10-29T13:12:00", "2026-10-29T15:00:00"], 2),  # else the last step of the day
        (["2026-10-29T10:48:00", "2026-11-01T16:40:00"], 0),
    ],
)
def test_of_a_record_the_step_of_the_dispatch_is_shown(dossier, times, shown):
    places = [(0.1, 0.1 + 0.1 * row, 0.4, 0.12 + 0.1 * row) for row in range(len(times))]
    seen = [dataclasses.replace(timestamp(at, at), box=box) for at, box in zip(times, places, strict=True)]
    record = file("r.pdf", "erp_record", order_ids=(order_id(),), timestamps=tuple(seen))
    covered = {c.proposition: c for c in dossier(record).coverage}
    row = covered.get("dispatched_on_time") or covered["dispatched"]
    assert places[shown] in {spot.box for spots in row.spots for spot in spots}
