"""Words of the operator: calm, readable, about one topic and one platform."""

import functools
import re
from collections.abc import Iterator

from casefile.case import Case
from casefile.fields.base import in_language
from casefile.finding import Finding
from casefile.finding_kind import FindingKind
from casefile.lexicon import Wording, WordingEntry
from casefile.own_words import HAN, language_of, own_texts
from casefile.pointer import resolve
from evidence_packer.judge.check import CheckOf, Dossier, Skip

WORDING = FindingKind(code="wording", severity="warning", role="wording")
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
    return WORDING.found(
        severity=entry.severity,
        pointer=pointer,
        params={
            "found": found,
            "kind": f"@wording.{entry.wording_class}",
            "rewrite": {tag: in_language(entry.rewrite, tag) or "" for tag in ("en", "zh-Hans")},
        },
        rules=entry.rules,
    )


def check_wording_calm(dossier: Dossier) -> Iterator[Finding]:
    """Are the words calm, factual and free of what platforms punish?

    One finding per field and class of wording, with the words found and how to say it instead.
    """
    titles = _item_names(dossier.case)
    printed = tuple(seen.pointer for file in dossier.facts for seen in file.quotes)
    for pointer, given, text in own_texts(dossier.case):
        sent = any(f"{one}/".startswith(f"{pointer}/") for one in printed)  # a message as its page shows it
        plain = _QUOTED.sub(" ", text)
        plain = titles.sub(" ", plain) if titles else plain
        told: set[str] = set()
        for wording in _lexicons(dossier, given, text):
            for entry in wording.entries:
                match = _pattern(entry.id, entry.terms, entry.pattern).search(plain)
                sign = sent and match and not any(map(str.isalnum, match[0]))
                if match and not sign and entry.wording_class not in told and _applies(entry, dossier, pointer):
                    told.add(entry.wording_class)
                    yield _finding(entry, pointer, _shown(plain, match))


TEXT_SLIP = FindingKind(code="text-slip", severity="advice")
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


def check_text_readable(dossier: Dossier) -> Iterator[Finding]:
    """Can a hurried reader follow the operator's own English?

    Advice per own English text with a slip that hurts understanding; no spelling is judged.
    """
    for pointer, given, text in own_texts(dossier.case):
        if language_of(given, text) == "en" and (slip := _slip(text)):
            yield TEXT_SLIP.found(
                pointer=pointer, params={"slip": f"@slip.{slip[0]}", "found": slip[1]}, rules=("S004-70", "S001-48")
            )


SEVERAL_TOPICS = FindingKind(code="several-topics", severity="warning")


def check_one_topic(dossier: Dossier) -> Iterator[Finding]:
    """Does a support case stay with one topic?

    A warning when the operator's own words speak of a topic besides the one the case names.
    """
    topic = dossier.case.topic
    if topic is None or dossier.procedure.subject != "listing":
        raise Skip("no-topic")
    text = " ".join(part.lower() for _, _, part in own_texts(dossier.case))
    for other in dossier.house.practice.words.topics:
        word = next((word for word in other.words if word in text), None)
        if other.topic != topic and word:
            yield SEVERAL_TOPICS.found(
                pointer="/topic",
                params={"word": word, "topic": f"@topic.{topic}", "other": f"@topic.{other.topic}"},
                rules=("S004-57",),
            )
            return


OTHER_PLATFORM_NAMED = FindingKind(code="other-platform-named", severity="warning")


def check_other_platform(dossier: Dossier) -> Iterator[Finding]:
    """Does a letter to one platform speak of another?

    A warning per own text that names a platform this case does not go to; processors may be named anywhere.
    """
    own = {word.lower() for word in dossier.platform.words}
    others = {
        word: platform.name
        for platform in dossier.house.platforms.values()
        if platform.id != dossier.platform.id and platform.kind == "marketplace"
        for word in platform.words
        if word.lower() not in own
    }
    carriers = [
        word for carrier in dossier.house.carriers.values() for word in (*carrier.name.values(), *carrier.words)
    ]
    for pointer, _, written in own_texts(dossier.case):
        text = written
        for carrier in sorted(carriers, key=len, reverse=True):
            text = text.replace(carrier, " ")
        for word, name in others.items():
            edges = r"(?<![A-Za-z0-9]){}(?![A-Za-z0-9])" if word.isascii() else "{}"
            if re.search(edges.format(re.escape(word)), text):
                yield OTHER_PLATFORM_NAMED.found(
                    pointer=pointer,
                    params={"word": word, "other": dict(name), "own": dict(dossier.platform.name)},
                    rules=("S003-50", "S004-63"),
                )
                break


CHECKS = (
    CheckOf(code="wording-calm", judges="case", findings=(WORDING,), run=check_wording_calm),
    CheckOf(code="text-readable", judges="case", findings=(TEXT_SLIP,), run=check_text_readable),
    CheckOf(code="one-topic", judges="case", findings=(SEVERAL_TOPICS,), run=check_one_topic),
    CheckOf(code="other-platform", judges="case", findings=(OTHER_PLATFORM_NAMED,), run=check_other_platform),
)
