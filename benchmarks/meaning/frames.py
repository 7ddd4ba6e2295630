"""What stands around a page's own words: browser, task bar, telephone, menus, legends, help, advertisements, steps."""

import datetime as dt
import random
from typing import Any

from benchmarks.meaning.sheet import Sheet

CLOCK = dt.datetime(2026, 11, 30, 15, 42)
"""When the screenshots are taken."""


def begin(frame: str, dark: bool, dice: random.Random, host: str) -> Sheet:
    """An empty page in its frame."""
    width = {"phone": 390, "desktop": 1366}.get(frame, dice.choice((760, 1000, 1180)))
    sheet = Sheet(width=width, dark=dark, size=dice.choice((14, 15, 16)))
    if frame == "phone":
        sheet.put("15:42", 22, size=13, bold=True)
        sheet.put(dice.choice(("5G", "LTE")), 320, size=12)
        sheet.put("87%", 346, size=12)
        sheet.down(1.4)
    if frame == "desktop":
        sheet.put(dice.choice(("Tracking", "Inbox (3)", host)), 60, size=12)
        sheet.put("×", 250, size=12)
        sheet.down(1.2)
        sheet.put(
            f"https://{host}/{dice.choice(('track', 'orders', 'details'))}?id={dice.randint(10**8, 10**9)}",
            120,
            size=13,
            tone="muted",
        )
        sheet.down(1.8)
    return sheet


def end(sheet: Sheet, frame: str, site: str) -> bool:
    """Close the frame; whether a screen clock with a date was drawn."""
    if frame != "desktop":
        return False
    sheet.y = max(sheet.y + 30, 640)
    sheet.put("ENG", 1210, size=11, tone="muted")
    sheet.put(f"{CLOCK:%H:%M}", 1290, size=12)
    sheet.y += 16
    sheet.put(CLOCK.strftime({"US": "%m/%d/%Y", "GB": "%d/%m/%Y"}.get(site, "%Y-%m-%d")), 1270, size=12)
    sheet.y += 20
    return True


def steps(sheet: Sheet, words: dict[str, Any], reached: int, *, column: bool = False) -> None:
    """A bar of steps; those not reached are grey, which words do not tell."""
    names = words["page"]["steps"]
    if column:
        for place, name in enumerate(names):
            sheet.put("✓" if place <= reached else "○", 28, tone="accent" if place <= reached else "faint")
            sheet.line(name, 52, tone="ink" if place <= reached else "faint", bold=place == reached)
        sheet.down(0.5)
        return
    room = (sheet.width - 40) / len(names)
    size = 10 if sheet.width < 500 else 13
    for place, name in enumerate(names):
        sheet.put(
            name if size > 10 else name[:14], 20 + place * room, size=size, tone="ink" if place <= reached else "faint"
        )
    sheet.down(1.6)


def steps_with_days(sheet: Sheet, words: dict[str, Any], days: list[str], expected: str) -> None:
    """Steps with the day under each that was reached, and the day that is hoped for under the last."""
    names = words["page"]["steps"]
    room = (sheet.width - 40) / len(names)
    for place, name in enumerate(names):
        sheet.put(name, 20 + place * room, size=13)
    sheet.down(1.1)
    for place, day in enumerate(days):
        sheet.put(day, 20 + place * room, size=12, tone="muted")
    sheet.put(expected, 20 + (len(names) - 1) * room, size=12, tone="muted")
    sheet.down(2)


def row_of(sheet: Sheet, texts: list[str], *, size: float = 13, gap: float = 34) -> None:
    """Short words side by side: tabs, menus, legends; they wrap at the page's edge."""
    x = 20.0
    for text in texts:
        if x > 20 and x + 8 * len(text) > sheet.width - 20:
            sheet.down(1.1, size)
            x = 20
        x = sheet.put(text, x, size=size, tone="muted") + gap
    sheet.down(1.7, size)


def furniture(sheet: Sheet, what: str, words: dict[str, Any], dice: random.Random) -> None:
    """Draw one piece that says nothing about any parcel."""
    page = words["page"]
    if what in {"tabs", "legend", "menu"}:
        row_of(sheet, page[what])
    elif what == "toggles":
        for text in page["toggles"][:2]:
            sheet.put(text, 24, tone="muted")
            sheet.line("○—", sheet.width - 50, tone="faint")
    elif what == "help":
        sheet.down(0.4)
        for text in page["help"]:
            sheet.flow(text, 24, sheet.width - 60, tone="muted")
    elif what == "ads":
        sheet.line(dice.choice(page["ads"]), 24, tone="accent", size=17, bold=True)
    elif what == "future":
        sheet.flow(dice.choice(page["future"]), 24, sheet.width - 60)


def noise(sheet: Sheet, words: dict[str, Any], dice: random.Random) -> None:
    """Numbers that are no dates."""
    choices = (
        "Version 8.10.26", "2 × 12/24 pcs", "SKU 10-11-2026-B", "© 2015-2026", "1-800-555-0142", "3.11 kg", "Ref. 2026-1103", "418 Elm Ridge Ave 12",
        f"{words['page']['label'][3]} 1.12.26 kg", "36 x 24 x 12 cm", "24/7", "7-14", "10:1", "#11-02-9921",
    )  # fmt: skip
    for text in dice.sample(choices, 2):
        sheet.line(text, 24, tone="muted", size=13)
