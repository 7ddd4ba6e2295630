"""Are the words calm, factual and free of what platforms punish?"""

import functools
import re
from collections.abc import Iterator

from casefile.case import Case
from casefile.fields.base import in_language
from casefile.finding import Finding
from casefile.lexicon import Wording, WordingEntry
from casefile.own_words import HAN, language_of, own_texts
from casefile.pointer import resolve
from evidence_packer.judge.check import Dossier

CODE = "wording-calm"
INPUT = "case"
_PAIRS = ("„[“”]", "“”", "«»", "»«", "「」", "『』", '""')
_QUOTED = re.compile("|".join(f"{pair[0]}[^{pair[0]}]{{0,400}}?{pair[1:]}" for pair in _PAIRS))
"""What somebody else said, in the quotation marks of every language of letters."""

_CLAUSE = re.compile(r"[^，。！？；、：\s,.!?;:]+")
_WHOLE = 18
"""A clause of so many hanzi is shown whole; of a longer one, this much around the hit."""


@functools.lru_cache(maxsize=4096)
def _pattern(entry_id: str, terms: tuple[str, ...], pattern: str | None) -> re.Pattern[str]:  # noqa: ARG001  # names the cached entry
    parts = [pattern] if pattern else []
    for term in terms:
        before = r"(?<![^\W_])" if term[0].isascii() and term[0].isalnum() else ""
        after = r"(?![^\W_])" if term[-1].isascii() and term[-1].isalnum() else ""
        parts.append(before + re.escape(term) + after)
    return re.compile("|".join(f"(?:{part})" for part in parts), re.IGNORECASE)


def _shown(text: str, match: re.Match[str]) -> str:
    """The hit as a reader finds it: whole words; of a language without spaces the clause around it."""
    if not HAN.search(match[0]):
        start, end = match.span()
        while start and text[start - 1].isalnum() and text[start].isalnum():
            start -= 1
        while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
            end += 1
        return text[start:end].strip()
    clause = next((c for c in _CLAUSE.finditer(text) if c.start() <= match.start() < c.end()), match)
    if clause.end() - clause.start() <= _WHOLE:
        return clause[0]
    spare = max(_WHOLE - len(match[0]), 0) // 2
    start, end = max(match.start() - spare, clause.start()), min(match.end() + spare, clause.end())
    return ("…" if start > clause.start() else "") + text[start:end] + ("…" if end < clause.end() else "")


def _lexicons(dossier: Dossier, given: str, text: str) -> Iterator[Wording]:
    """The lexicon of the text's language, and of the letter's where the text does not say its own."""
    tags = [language_of(given, text)] if given else [language_of(given, text), dossier.letter_language]
    known = dossier.house.wording
    found: dict[str, Wording] = {}
    for tag in tags:
        base = tag.split("-", maxsplit=1)[0]
        name = next(
            (n for n in (tag, base, *sorted(known)) if n in known and n.split("-", maxsplit=1)[0] == base), None
        )
        if name:
            found[name] = known[name]
    yield from found.values()


def _item_names(case: Case) -> re.Pattern[str] | None:
    """The titles of the goods: how they are called is no wording of the letter."""
    names = [item.name for item in case.order.items if item.name] if case.order else []
    titles = {
        title for name in names for title in (name.values() if isinstance(name, dict) else (name,)) if title.strip()
    }
    return (
        re.compile("|".join(re.escape(title) for title in sorted(titles, key=len, reverse=True)), re.IGNORECASE)
        if titles
        else None
    )


def _applies(entry: WordingEntry, dossier: Dossier, pointer: str) -> bool:
    letter, site = dossier.procedure.letter, dossier.case.site or dossier.platform.default_site
    kinds = {file.kind for file in dossier.facts} | {entry.kind for entry in dossier.case.files if entry.kind}
    files = resolve(dossier.case, pointer.rsplit("/", maxsplit=1)[0] + "/files") if entry.unless_files else ()
    return (
        ("*" in entry.letters or letter in entry.letters)
        and letter not in entry.not_letters
        and (not entry.sites or site in entry.sites)
        and not kinds & set(entry.unless_kinds)
        and not files
    )


def _finding(entry: WordingEntry, pointer: str, found: str) -> Finding:
    return Finding(
        code="wording",
        severity=entry.severity,
        pointer=pointer,
        params={
            "found": found,
            "kind": f"@wording.{entry.wording_class}",
            "rewrite": {tag: in_language(entry.rewrite, tag) or "" for tag in ("en", "zh-Hans")},
        },
        rules=entry.rules,
    )


def check(dossier: Dossier) -> Iterator[Finding]:
    """One finding per field and class of wording, with the words found and how to say it instead."""
    titles = _item_names(dossier.case)
    for pointer, given, text in own_texts(dossier.case):
        plain = _QUOTED.sub(" ", text)
        plain = titles.sub(" ", plain) if titles else plain
        told: set[str] = set()
        for wording in _lexicons(dossier, given, text):
            for entry in wording.entries:
                match = _pattern(entry.id, entry.terms, entry.pattern).search(plain)
                if match and entry.wording_class not in told and _applies(entry, dossier, pointer):
                    told.add(entry.wording_class)
                    yield _finding(entry, pointer, _shown(plain, match))
