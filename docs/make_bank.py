"""Writes docs/sentence-bank.md from the bank and the catalogs, so that an operator can look up codes and slots."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from casefile.discovery import load_house  # noqa: E402  # the path comes first
from casefile.wording import as_shown  # noqa: E402  # as above
from letters.bank import scenarios  # noqa: E402  # as above

INTRO = """# Sentence bank

Sentences for `root_causes`, `actions_taken`, `preventions` and `facts`: name a `code` and fill its `slots`, and the letter says it
in its own language. 句库：填写代码和内容，信件以其语言书写该句。

`GET /v1/sentences` gives the same list to programs, with `use=` and `scenario=` to narrow it.

A date is written like `2026-11-02`; a carrier is the name of a file in `carriers/`, or any name. A sentence marked *confesses* owns
up to a fault of the seller and stands only in letters that accept the point. This page is written by `python docs/make_bank.py`.
"""
FIELDS = {"cause": "root_causes", "action": "actions_taken", "prevention": "preventions", "fact": "facts"}


def page() -> str:
    """The whole page as Markdown."""
    house = load_house(ROOT)
    english, chinese = (house.catalogs.of(language).texts for language in ("en", "zh-Hans"))
    lines = [INTRO]
    for scenario in scenarios(house.templates):
        lines.append(f"\n## {scenario.name['en']} · {scenario.name['zh-Hans']}\n")
        lines += ["| code | for | slots | says | 中文 |", "|---|---|---|---|---|"]
        for entry in scenario.entries:
            slots = ", ".join(f"{slot}: {kind}" for slot, kind in entry.slots.items())
            use = FIELDS[entry.use] + (", *confesses*" if entry.confesses else "")
            key = f"bank.{entry.code}"
            lines.append(f"| `{entry.code}` | {use} | {slots} | {as_shown(english[key])} | {as_shown(chinese[key])} |")
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    (ROOT / "docs" / "sentence-bank.md").write_text(page(), encoding="utf-8")
