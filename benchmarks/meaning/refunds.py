"""Pages about money given back: made, pending, failed, reversed, promised, and policies that give nothing back."""

import datetime as dt
import random
from typing import Any

from benchmarks.meaning import frames
from benchmarks.meaning.sheet import Sheet
from benchmarks.meaning.truth import Page, Truth
from benchmarks.meaning.words import hand

LAYOUTS = ("fields", "notice", "notice-desktop", "fields-columns", "list", "policy")
STATES = ("made", "pending", "failed", "reversed", "promised")


def page(layout: str, language: str, words: dict[str, Any], dice: random.Random, name: str, order: str) -> Page:
    """One page of a layout of ``LAYOUTS``."""
    platform, site = dice.choice(words["sites"])
    pen, refund, amount = hand(words, site, dice), words["refund"], words["money"]
    frame = {"notice-desktop": "desktop"}.get(
        layout, dice.choice(("plain", "phone")) if layout == "fields" else "plain"
    )
    sheet = frames.begin(frame, dice.random() < 0.15, dice, "pay.example.com")
    moment = dt.datetime(2026, 11, dice.randint(2, 25), dice.randint(7, 20), dice.randint(0, 59))
    state = dice.choice(STATES[:4] if layout.startswith("fields") else STATES)
    dates: set[tuple[str, str | None]] = {(f"{moment:%Y-%m-%d}", f"{moment:%H:%M}")}
    sheet.line(refund["labels"]["title"], size=20, bold=True)
    sheet.line(f"{words['page']['label'][0]} {order}")
    refunds: tuple[tuple[str, str], ...] = ((state, amount),)
    if layout.startswith("fields"):
        _fields(sheet, refund, (refund["words"][state], amount, pen.both(moment)), columns=layout == "fields-columns")
    elif layout == "policy":
        refunds = ()
        for text in refund["policy"]:
            sheet.flow(text.replace("{a}", amount), 24, sheet.width - 60)
        dates = set()
    elif layout == "list":
        refunds, dates = _list(sheet, words, pen, dice, moment)
    else:
        sheet.line(pen.both(moment), tone="muted")
        sheet.flow(dice.choice(refund[state]).replace("{a}", amount), 24, sheet.width - 60)
        if dice.random() < 0.4:
            sheet.flow(refund["policy"][0], 24, sheet.width - 60, tone="muted")
    also = {(f"{frames.CLOCK:%Y-%m-%d}", f"{frames.CLOCK:%H:%M}")} if frames.end(sheet, frame, site) else set()
    return Page(
        name=name, language=language, layout=f"refund-{layout}", kind="policy_text" if layout == "policy" else "refund_proof", declared=dice.random() < 0.5,
        platform=platform, site=site, order=order, placed_at="2026-10-20", parcels=(), buyer=words["buyer"], seller=words["seller"], sheet=sheet,
        truth=Truth(dates=frozenset(dates), also=frozenset(also), refunds=refunds, refund_page=True),
    )  # fmt: skip


def _fields(sheet: Sheet, refund: dict[str, Any], values: tuple[str, str, str], *, columns: bool) -> None:
    labels = refund["labels"]
    for label, value in zip((labels["status"], labels["amount"], labels["date"]), values, strict=True):
        if columns:
            sheet.put(label, 24, tone="muted")
            sheet.line(value, 300)
        else:
            sheet.line(label, tone="muted", size=13)
            sheet.line(value)


def _list(sheet: Sheet, words: dict[str, Any], pen: Any, dice: random.Random, moment: dt.datetime) -> tuple[tuple, set]:
    """A history of one refund, from its promise to where it stands; the last decides."""
    refund, amount = words["refund"], words["money"]
    way = dice.choice((("promised", "made"), ("pending", "made"), ("pending", "failed"), ("made", "reversed")))
    found, dates = [], set()
    for place, state in enumerate(way):
        when = moment + dt.timedelta(hours=26 * place)
        dates.add((f"{when:%Y-%m-%d}", f"{when:%H:%M}"))
        sheet.line(pen.both(when), tone="muted", size=13)
        sheet.flow(dice.choice(refund[state]).replace("{a}", amount), 24, sheet.width - 60)
        found = [(state, amount)]
    return tuple(found), dates
