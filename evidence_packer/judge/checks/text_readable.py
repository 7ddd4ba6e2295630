"""Can a hurried reader follow the operator's own English?"""

import re
from collections.abc import Iterator

from casefile.finding import Finding
from casefile.own_words import language_of, own_texts
from evidence_packer.judge.check import Dossier

CODE = "text-readable"
INPUT = "case"
_LONG = 45
"""Words of a sentence that has to be read twice."""
_SLIPS = (
    ("doubled", re.compile(r"\b(\w{2,})\s+\1\b", re.IGNORECASE)),
    ("no-space", re.compile(r"[a-z][,;][A-Za-z]|[a-z]\.[A-Z][a-z]")),
    ("small-i", re.compile(r"(?:^|\s)i(?:\s|'m|'ve)")),
    ("no-capital", re.compile(r"(?:^|[.!?]\s+)[a-z]{3,}")),
    ("article", re.compile(r"\b(?:a|an) (?:the|this|these|those)\b", re.IGNORECASE)),
    ("agreement", re.compile(r"\b(?:we|they|you) (?:was|has|is)\b|\b(?:he|she|it) (?:were|have|are)\b", re.IGNORECASE)),
)
_DOUBLES_ALLOWED = frozenset({"had", "that"})


def _slip(text: str) -> tuple[str, str] | None:
    for name, pattern in _SLIPS:
        for match in pattern.finditer(text):
            if name != "doubled" or match[1].lower() not in _DOUBLES_ALLOWED:
                return name, text[max(match.start() - 15, 0) : match.end() + 15].strip()
    longest = max((len(part.split()) for part in re.split(r"[.!?;\n]", text)), default=0)
    return ("long", f"{longest}") if longest > _LONG else None


def check(dossier: Dossier) -> Iterator[Finding]:
    """Advice per own English text with a slip that hurts understanding; no spelling is judged."""
    for pointer, given, text in own_texts(dossier.case):
        if language_of(given, text) == "en" and (slip := _slip(text)):
            yield Finding(
                code="text-slip", severity="advice", pointer=pointer,
                params={"slip": f"@slip.{slip[0]}", "found": slip[1]}, rules=("S004-70", "S001-48"),
            )  # fmt: skip
