"""Are the words calm, factual and free of what platforms punish?"""

import functools
import re
from collections.abc import Iterator

from casefile.fields.base import pick
from casefile.finding import Finding
from casefile.lexicon import WordingEntry
from evidence_packer.check import Dossier

CODE = "wording-calm"
INPUT = "case"
_QUOTED = re.compile(r"[\"“「『].{0,400}?[\"”」』]")


@functools.lru_cache(maxsize=4096)
def _pattern(entry_id: str, terms: tuple[str, ...], pattern: str | None) -> re.Pattern[str]:  # noqa: ARG001  # names the cached entry
    parts = [pattern] if pattern else []
    for term in terms:
        before = r"(?<![^\W_])" if term[0].isascii() and term[0].isalnum() else ""
        after = r"(?![^\W_])" if term[-1].isascii() and term[-1].isalnum() else ""
        parts.append(before + re.escape(term) + after)
    return re.compile("|".join(f"(?:{part})" for part in parts), re.IGNORECASE)


def _texts(dossier: Dossier) -> Iterator[tuple[str, str, str]]:
    """(pointer, language, text) of everything the seller wrote; what the buyer said is not ours to judge."""
    case = dossier.case
    own = [(f"/facts/{n}/text", fact.text) for n, fact in enumerate(case.facts)]
    own += [(f"/contacts/{n}/text", c.text) for n, c in enumerate(case.contacts) if c.from_ == "seller"]
    own += [(f"/root_causes/{n}/text", cause.text) for n, cause in enumerate(case.root_causes)]
    own += [(f"/actions_taken/{n}/text", action.text) for n, action in enumerate(case.actions_taken)]
    own += [(f"/preventions/{n}/text", prevention.text) for n, prevention in enumerate(case.preventions)]
    own += [(f"/claim/points/{n}/answer", p.answer) for n, p in enumerate(case.claim.points)] if case.claim else []
    own += [
        (f"/rejections/{n}/reasons/{m}/answer", reason.answer)
        for n, rejection in enumerate(case.rejections)
        for m, reason in enumerate(rejection.reasons)
    ]
    own.append(("/request", case.request))
    for pointer, text in own:
        if isinstance(text, dict):
            yield from ((pointer, language, part) for language, part in text.items())
        elif text:
            yield pointer, "", text


def _applies(entry: WordingEntry, kind: str) -> bool:
    return "*" in entry.letters or kind in entry.letters


def _language_of(language: str, text: str) -> str:
    """The language of a text: as keyed, else by its script."""
    if language:
        return language
    return "zh-Hans" if re.search(r"[\u4e00-\u9fff]", text) else "en"


def check(dossier: Dossier) -> Iterator[Finding]:
    """One finding per field and class of wording, with the words found and how to say it instead."""
    for pointer, given, text in _texts(dossier):
        language = _language_of(given, text)
        wording = dossier.house.wording.get(language) or dossier.house.wording.get(language.split("-", maxsplit=1)[0])
        if wording is None:
            continue
        plain = _QUOTED.sub(" ", text)
        told: set[str] = set()
        for entry in wording.entries:
            match = _pattern(entry.id, entry.terms, entry.pattern).search(plain)
            if match is None or not _applies(entry, dossier.procedure.letter) or entry.wording_class in told:
                continue
            told.add(entry.wording_class)
            yield Finding(
                code="wording",
                severity=entry.severity,
                pointer=pointer,
                params={
                    "found": match[0].strip(),
                    "kind": f"@wording.{entry.wording_class}",
                    "rewrite": {tag: pick(entry.rewrite, tag) or "" for tag in ("en", "zh-Hans")},
                },
                rules=entry.rules,
            )
