"""Are captions and translations there in the language of the bundle, and which of them stay out of it?"""

from collections.abc import Iterator, Mapping

from casefile.citation import PlannedExhibit
from casefile.fields.base import any_text, in_language, same_language
from casefile.fields.files import FileEntry
from casefile.finding import Finding, Severity
from casefile.scripts import foreign_words
from evidence_packer.judge.check import Dossier

CODE = "file-texts-language"
INPUT = "plan"
_SHOWN = 60


def check(dossier: Dossier) -> Iterator[Finding]:
    """Per exhibit: a caption that the bundle cannot show or its reader not read, translations that are not printed."""
    for place, entry in enumerate(dossier.case.files):
        exhibit = dossier.plan.of_file(entry.name)
        if exhibit:
            yield from _caption(dossier, entry, f"/files/{place}/caption")
            yield from _translation(dossier, entry, exhibit, f"/files/{place}/translation")


def _tongue(tag: str) -> str:
    return f"@tongue.{tag}"


def _caption(dossier: Dossier, entry: FileEntry, pointer: str) -> Iterator[Finding]:
    language = dossier.letter_language
    said, given = in_language(entry.caption, language), any_text(entry.caption)
    if given and not said:
        yield _finding("caption-not-shown", "warning", entry, (pointer, _named(given, language)))
    elif said and (words := foreign_words(said, language)):
        yield _finding("caption-other-script", "warning", entry, (pointer, _named(", ".join(words), language)))


def _named(text: str, language: str) -> dict[str, object]:
    return {"text": text[:_SHOWN], "language": _tongue(language)}


def _translation(dossier: Dossier, entry: FileEntry, exhibit: PlannedExhibit, pointer: str) -> Iterator[Finding]:
    language = dossier.letter_language
    given = entry.translation if isinstance(entry.translation, dict) else {}
    others = sorted(tag for tag, text in given.items() if text and not _printed(exhibit, text))
    params = {"languages": [_tongue(tag) for tag in others], "language": _tongue(language)}
    known = entry.language is not None and same_language(entry.language, language)
    if exhibit.translation:
        if others:
            yield _finding("translation-other-language", "advice", entry, (pointer, params))
    elif known and entry.translation:
        yield _finding("translation-not-needed", "advice", entry, (pointer, params))
    elif others:
        yield _finding("translation-not-printed", "warning", entry, (pointer, params))
    elif entry.language and not known:
        params = {"theirs": _tongue(entry.language), "language": _tongue(language)}
        yield _finding("translation-missing", "warning", entry, (pointer, params))


def _finding(code: str, severity: Severity, entry: FileEntry, at: tuple[str, Mapping[str, object]]) -> Finding:
    pointer, params = at
    return Finding(
        code=code, severity=severity, file=entry.name, pointer=pointer, params=params, rules=("S004-06", "S003-40")
    )


def _printed(exhibit: PlannedExhibit, text: str) -> bool:
    return "".join("".join(exhibit.translation).split()) == "".join(text.split())
