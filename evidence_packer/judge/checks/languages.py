"""Languages: of the letter, of the operator's words, of captions and translations, and the characters that fonts have."""

from collections.abc import Iterator

from casefile.citation import PlannedExhibit
from casefile.fields.base import any_text, in_language, same_language, tag_for
from casefile.fields.files import FileEntry
from casefile.finding import Finding
from casefile.finding_kind import FindingKind
from casefile.own_words import own_texts
from casefile.scripts import foreign_words, mostly_foreign
from casefile.text_value import TextValue, TextValues
from evidence_packer.judge.check import CheckOf, Dossier

LETTER_LANGUAGE = FindingKind(code="letter-language", severity="warning")
LETTER_MIXED_LANGUAGE = FindingKind(code="letter-mixed-language", severity="warning")
_SHOWN = 80


def check_letter_language(dossier: Dossier) -> Iterator[Finding]:
    """Is the letter in a language its reader takes, all through?

    A warning for a language outside the platform's list, and one per sentence with words its readers do not read.

    A sentence that is written for other readers as a whole is a blocker.
    """
    letter = dossier.letter
    assert letter is not None  # what the check judges is there
    audience = dossier.procedure.audience
    theirs = dossier.site.read_by(audience)
    accepted = dossier.procedure.limits.languages or ((theirs,) if audience == "buyer" else (theirs, "en"))
    if not any(same_language(letter.language, tag) for tag in accepted):
        yield LETTER_LANGUAGE.found(
            pointer="/language",
            params={"language": f"@tongue.{letter.language}", "accepted": [f"@tongue.{tag}" for tag in accepted]},
            rules=("S000-42", "S001-19") if audience == "buyer" else ("S003-40", "S004-13"),
        )
    for sentence in letter.sentences:
        if words := foreign_words(sentence.text, letter.language):
            yield LETTER_MIXED_LANGUAGE.found(
                severity="blocker" if mostly_foreign(sentence.text, letter.language) else "warning",
                params={"number": sentence.number, "text": ", ".join(words)[:_SHOWN]},
                rules=("S003-40",),
            )


LETTER_LANGUAGE_UNSPOKEN = FindingKind(code="letter-language-unspoken", severity="warning")
LANGUAGE_NOT_PROOFREAD = FindingKind(code="language-not-proofread", severity="warning")


def check_language_proofread(dossier: Dossier) -> Iterator[Finding]:
    """Has a named person proofread the texts of the letter's language, and is it the language that was asked for?

    A warning for a catalog without a reviewer, and for a letter in another language than the case asks for.
    """
    letter = dossier.letter
    assert letter is not None  # what the check judges is there
    wanted = dossier.case.language
    if wanted and not same_language(wanted, letter.language):
        yield LETTER_LANGUAGE_UNSPOKEN.found(
            pointer="/language", params={"wanted": f"@tongue.{wanted}", "language": f"@tongue.{letter.language}"}
        )
    if not dossier.house.catalogs.of(letter.language).own("language.reviewer"):
        tongue = f"@tongue.{letter.language}"
        yield LANGUAGE_NOT_PROOFREAD.found(params={"language": tongue})


TEXT_UNTRANSLATED = FindingKind(code="text-untranslated", severity="warning")


def check_text_in_readers_language(dossier: Dossier) -> Iterator[Finding]:
    """Are the operator's own words there in the language the letter is written in?

    A warning per field whose only text is in a script that the letter's reader does not read, unless the letter told it.
    """
    language = dossier.letter_language
    told_already = {left.sentence for left in dossier.letter.left_out} if dossier.letter else set()
    texts: dict[str, list[tuple[str, str]]] = {}
    for pointer, given, text in own_texts(dossier.case):
        if pointer not in told_already and not pointer.startswith(
            "/letter_edits/"
        ):  # what they hold stands in the letter
            texts.setdefault(pointer, []).append((given, text))
    for pointer, told in texts.items():
        said = any(same_language(tag, language) if tag else not mostly_foreign(text, language) for tag, text in told)
        if not said and all(mostly_foreign(text, language) for _, text in told):
            yield TEXT_UNTRANSLATED.found(
                pointer=pointer,
                params={"language": f"@tongue.{language}", "text": told[0][1][:30]},
                rules=("S004-06", "S003-40", "S004-26", "S004-55"),
            )


CAPTION_NOT_SHOWN = FindingKind(code="caption-not-shown", severity="warning")
CAPTION_OTHER_SCRIPT = FindingKind(code="caption-other-script", severity="warning")
TRANSLATION_OTHER_LANGUAGE = FindingKind(code="translation-other-language", severity="advice")
TRANSLATION_NOT_NEEDED = FindingKind(code="translation-not-needed", severity="advice")
TRANSLATION_NOT_PRINTED = FindingKind(code="translation-not-printed", severity="warning")
TRANSLATION_MISSING = FindingKind(code="translation-missing", severity="warning")
_SHOWN_TEXT = 60


def check_file_texts_language(dossier: Dossier) -> Iterator[Finding]:
    """Are captions and translations there in the language of the bundle, and which of them stay out of it?

    Per exhibit: a caption that the bundle cannot show or its reader not read, translations that are not printed.
    """
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
        yield _of_entry(CAPTION_NOT_SHOWN, entry, (pointer, _short(given, language)))
    elif said and (words := foreign_words(said, language)):
        yield _of_entry(CAPTION_OTHER_SCRIPT, entry, (pointer, _short(", ".join(words), language)))


def _short(text: str, language: str) -> dict[str, TextValue]:
    return {"text": text[:_SHOWN_TEXT], "language": _tongue(language)}


def _translation(dossier: Dossier, entry: FileEntry, exhibit: PlannedExhibit, pointer: str) -> Iterator[Finding]:
    language = dossier.letter_language
    given = entry.translation if isinstance(entry.translation, dict) else {}
    printed = tag_for(given, language) if exhibit.translation else None
    others = sorted(tag for tag, text in given.items() if text and tag != printed)
    params = {"languages": [_tongue(tag) for tag in others], "language": _tongue(language)}
    known = entry.language is not None and same_language(entry.language, language)
    if exhibit.translation:
        if others:
            yield _of_entry(TRANSLATION_OTHER_LANGUAGE, entry, (pointer, params))
    elif known and entry.translation:
        yield _of_entry(TRANSLATION_NOT_NEEDED, entry, (pointer, params))
    elif others:
        yield _of_entry(TRANSLATION_NOT_PRINTED, entry, (pointer, params))
    elif entry.language and not known:
        params = {"theirs": _tongue(entry.language), "language": _tongue(language)}
        yield _of_entry(TRANSLATION_MISSING, entry, (pointer, params))


def _of_entry(kind: FindingKind, entry: FileEntry, at: tuple[str, TextValues]) -> Finding:
    pointer, params = at
    return kind.found(file=entry.name, pointer=pointer, params=params, rules=("S004-06", "S003-40"))


SIGNS_NOT_PRINTED = FindingKind(code="signs-not-printed", severity="warning")
_SHOWN_CHARACTERS = 20


def _texts(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """(where, text) of what people wrote into letter and bundle."""
    if letter := dossier.letter:
        head = (letter.subject, letter.addressee, letter.salutation, *letter.signature, *letter.sender)
        yield "@printed.letter", "\n".join((*head, *(sentence.text for sentence in letter.sentences)))
    for exhibit in dossier.plan.exhibits:
        yield "@printed.translation", "\n".join(exhibit.translation)
    captions = [entry.caption for entry in dossier.case.files if entry.caption and dossier.plan.of_file(entry.name)]
    yield "@printed.captions", "\n".join(c if isinstance(c, str) else "\n".join(c.values()) for c in captions)


def check_signs_printable(dossier: Dossier) -> Iterator[Finding]:
    """Do the fonts of letter and bundle have every sign that is to stand there?

    A warning per part of the documents that holds signs which come out as empty boxes.
    """
    told: set[str] = set()
    for where, text in _texts(dossier):
        missing = dossier.unprintable(text)
        if missing and where not in told:
            told.add(where)
            params = {"where": where, "text": " ".join(missing[:_SHOWN_CHARACTERS])}
            yield SIGNS_NOT_PRINTED.found(params=params, rules=("S004-06",))


CHECKS = (
    CheckOf(
        code="letter-language",
        judges="letter",
        findings=(LETTER_LANGUAGE, LETTER_MIXED_LANGUAGE),
        run=check_letter_language,
    ),
    CheckOf(
        code="language-proofread",
        judges="letter",
        findings=(LETTER_LANGUAGE_UNSPOKEN, LANGUAGE_NOT_PROOFREAD),
        run=check_language_proofread,
    ),
    CheckOf(
        code="text-in-readers-language",
        judges="case",
        findings=(TEXT_UNTRANSLATED,),
        run=check_text_in_readers_language,
    ),
    CheckOf(
        code="file-texts-language",
        judges="plan",
        findings=(
            CAPTION_NOT_SHOWN,
            CAPTION_OTHER_SCRIPT,
            TRANSLATION_OTHER_LANGUAGE,
            TRANSLATION_NOT_NEEDED,
            TRANSLATION_NOT_PRINTED,
            TRANSLATION_MISSING,
        ),
        run=check_file_texts_language,
    ),
    CheckOf(code="signs-printable", judges="case", findings=(SIGNS_NOT_PRINTED,), run=check_signs_printable),
)
