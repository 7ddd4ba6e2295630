"""The wordings of one language, and how its pages write a moment."""

import datetime as dt
import functools
import random
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent / "words"


@functools.cache
def languages() -> dict[str, dict[str, Any]]:
    """Every language's file by its tag, sorted."""
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(HERE.glob("*.toml"))}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """How one page writes moments: a form of day, of time, and what stands between."""

    dates: dict[str, Any]
    day_form: str
    time_form: str
    join: str

    def day(self, moment: dt.datetime) -> str:
        return _written(self.day_form, moment, self.dates)

    def time(self, moment: dt.datetime) -> str:
        return _written(self.time_form, moment, self.dates)

    def both(self, moment: dt.datetime) -> str:
        return f"{self.day(moment)}{self.join}{self.time(moment)}"


def hand(words: dict[str, Any], site: str, dice: random.Random, *, yearless: bool = False) -> Hand:
    """One page's way to write; forms of the site where the language is written differently by country."""
    dates = words["dates"]
    forms = dates["yearless"] if yearless else dates.get(site) or dates.get("forms") or dates["US"]
    return Hand(
        dates=dates,
        day_form=dice.choice(forms),
        time_form=dice.choice(dates["times"]),
        join=dice.choice(dates["joins"]),
    )


def _written(form: str, moment: dt.datetime, dates: dict[str, Any]) -> str:
    values = {
        "Y": f"{moment.year}", "y": f"{moment.year % 100:02}", "M": f"{moment.month}", "MM": f"{moment.month:02}", "D": f"{moment.day}",
        "DD": f"{moment.day:02}", "H": f"{moment.hour}", "HH": f"{moment.hour:02}", "mm": f"{moment.minute:02}", "ss": f"{moment.second:02}",
        "h": f"{(moment.hour - 1) % 12 + 1}", "hh": f"{(moment.hour - 1) % 12 + 1:02}", "B": f"{moment.year + 543}", "b": f"{(moment.year + 543) % 100}",
        "R": f"{moment.year - 1911}", "E": f"{moment.year - 2018}", "W": dates["weekdays"][moment.weekday()],
        "MONTH": dates["months"][moment.month - 1] if dates["months"] else "", "MON": dates["short_months"][moment.month - 1] if dates["months"] else "",
        "ap": dates["half_days"][moment.hour // 12] if dates["half_days"] else "",
    }  # fmt: skip
    return re.sub(r"\{(\w+)\}", lambda match: values[match[1]], form)
