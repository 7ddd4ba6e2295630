"""Writes docs/practice.md from practice/: what a person confirms and all advice, so that page and program say the same."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from casefile.discovery import load_house  # noqa: E402  # the path comes first

INTRO = """# Practice

What experienced sellers know and no check can judge, in English and Chinese. The report asks the questions and shows the advice
that fits the case; the rest stands here. `docs/rule-coverage.csv` lists all 298 rules and what carries each. This page is written
by `python docs/make_practice.py` from `practice/`; a test compares the two.
"""


def page() -> str:
    """The whole page as Markdown."""
    practice = load_house(ROOT).practice
    lines = [INTRO, "\n## Asked of a person\n"]
    for moment, heading in (("before", "Before submitting"), ("after", "After submitting")):
        lines.append(f"### {heading}\n")
        asked = [item for item in practice.checklist.items if item.moment == moment]
        lines += [f"- {item.text['en']} {item.text['zh-Hans']} ({item.rule})" for item in asked]
        lines.append("")
    lines.append("## Advice\n")
    lines += [f"- {a.text['en']} {a.text['zh-Hans']} ({', '.join(a.rules)})" for a in practice.advice.items]
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    (ROOT / "docs" / "practice.md").write_text(page(), encoding="utf-8")
