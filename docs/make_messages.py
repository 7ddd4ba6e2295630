"""Writes docs/messages.md from the catalogs, so that the page and the program cannot say different things."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from casefile.discovery import load_house  # noqa: E402  # the path comes first
from casefile.wording import Catalog  # noqa: E402  # as above

INTRO = """# Messages

Every code the service answers with: what it says, why it matters and what to do, in English and Chinese. Values in braces are
filled in. This page is written by `python docs/make_messages.py` from `locales/`; a test compares the two.

- **Errors** stop a request; nothing was stored. They come as `application/problem+json` with `code`.
- **Findings** tell a weakness of the evidence; the pack is made all the same. They stand in `report.json` under `checks`.
- **Not included** names a file that is no page of the bundle, and why. Its original is kept.
- **Skipped** tells why a check did not run.
"""
TAG = re.compile(r"<(?=[A-Za-z/!?])")
"""What Markdown would take for HTML, and not show."""
PARTS = (
    ("Errors", "error.", (".title", ".detail", ".hint")),
    ("Findings", "finding.", (".title", ".detail", ".hint")),
    ("Not included", "not_included.", ("", ".why", ".hint")),
    ("Skipped", "skip.", ("",)),
)


def codes(catalog: Catalog, prefix: str, first: str) -> list[str]:
    """The codes that have a text under this prefix."""
    keys = (key.removeprefix(prefix) for key in catalog.texts if key.startswith(prefix) and key.endswith(first))
    found = (key.removesuffix(first) if first else key for key in keys)
    return sorted(code for code in found if "." not in code)


def page() -> str:
    """The whole page as Markdown."""
    catalogs = load_house(ROOT).catalogs
    english, chinese = catalogs.of("en"), catalogs.of("zh-Hans")
    lines = [INTRO]
    for heading, prefix, endings in PARTS:
        lines.append(f"\n## {heading}\n")
        for code in codes(english, prefix, endings[0]):
            lines.append(f"### {code}\n")
            for catalog in (english, chinese):
                texts = [
                    catalog.texts[key] for ending in endings if (key := f"{prefix}{code}{ending}") in catalog.texts
                ]
                said = f"**{texts[0]}** " + " ".join(texts[1:])
                lines.append(TAG.sub(r"\\<", said.strip()) + "\n")
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    (ROOT / "docs" / "messages.md").write_text(page(), encoding="utf-8")
