"""The reasons of a platform's refusal, found in its text, so that none stays without an answer. Pure.

A refusal is pasted (``rejections[].text``) or uploaded; its reasons stand as a list or as sentences that say what was missing.
What the case itself names as reasons is matched to what is found; only what is left over is added, without an answer.
"""

import difflib
import re
from collections.abc import Iterable, Mapping

from casefile.case import Case
from casefile.fields.claim import Rejection, RejectionReason
from casefile.lexicon import ReadingWords
from casefile.reading import Reading

_MARK = re.compile(r"\s*(?:[-–—•*·▪●]{1,2}|[（(]?(?:\d{1,2}|[一二三四五六七八九十])[.)、）:：](?!\d)|[①-⑩])\s*(?=\S)")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“])|(?<=[。！？；])|\n{2,}")
_LABEL = re.compile(
    r"(?:(?:denial |rejection |decline )?reasons?|issuer comments?|comments?|(?:驳回|拒绝)?(?:原因|理由))\s*[:：]\s*",
    re.IGNORECASE,
)
"""What stands before a reason and is none of it."""

_STOPPED = re.compile(r"[.!?。！？；;][\"”’）)]?\s*$")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_ALIKE = 0.6
_SHORTEST, _LONGEST, _MOST = 6, 400, 12


def reasons_in(text: str, words: Iterable[ReadingWords]) -> tuple[str, ...]:
    """What ``text`` gives as reasons: the items of its list, and the sentences that say what is missing or refused.

    What stands before a list only leads up to it.
    """
    known = tuple(words)
    listed, rest = _items(text.replace("’", "'"))
    said = [s for s in _sentences(rest) if _says(s, known, "refusals") and not _says(s, known, "courtesies")]
    found = [_LABEL.sub("", reason, count=1) if _LABEL.match(reason) else reason for reason in (*listed, *said)]
    return tuple(dict.fromkeys(reason[:_LONGEST] for reason in found if len(reason) >= _SHORTEST))[:_MOST]


def _joined(lines: Iterable[str]) -> str:
    """Lines as one, without a gap between two East Asian characters."""
    text = ""
    for line in (line.strip() for line in lines):
        wide = bool(text and line and _WIDE.match(text[-1]) and _WIDE.match(line[0]))
        text += line if wide or not text else " " + line
    return text.strip()


def _items(text: str) -> tuple[list[str], str]:
    """The items of a list of two or more, and what follows it; without a list nothing, and the whole text."""
    items: list[list[str]] = []
    after: list[str] = []
    inside = False
    for line in text.splitlines():
        mark = _MARK.match(line)
        if mark:
            items.append([line[mark.end() :]])
        elif inside and _goes_on(items[-1][-1], line):
            items[-1].append(line)
        else:
            after.append(line)
            inside = False
            continue
        inside, after = True, []
    if len(items) < 2:
        return [], text
    return [_joined(item) for item in items], "\n".join(after)


def _goes_on(before: str, line: str) -> bool:
    """Whether a line without a mark belongs to the item before it: it is set in, or a sentence runs over the line's end."""
    if not line.strip():
        return False
    first = line.lstrip()[0]
    return line[0].isspace() or (not _STOPPED.search(before) and (first.islower() or bool(_WIDE.match(first))))


def _sentences(text: str) -> list[str]:
    paragraphs = [_joined(part.splitlines()) for part in re.split(r"\n\s*\n|(?<=[:：])\s*\n", text)]
    return [sentence.strip() for paragraph in paragraphs for sentence in _SENTENCE.split(paragraph) if sentence.strip()]


def _says(sentence: str, words: tuple[ReadingWords, ...], which: str) -> bool:
    plain = sentence.casefold()
    return any(
        re.search(rf"(?<!\w){re.escape(word)}(?!\w)" if word.isascii() else re.escape(word), plain)
        for language in words
        for word in getattr(language, which)
    )


def _alike(one: str, other: str) -> bool:
    one, other = one.casefold().rstrip(".。 "), other.casefold().rstrip(".。 ")
    return one in other or other in one or difflib.SequenceMatcher(None, one, other).ratio() >= _ALIKE


def with_reasons(case: Case, texts: Mapping[str, str], words: Mapping[str, ReadingWords]) -> Case:
    """``case`` with the reasons that its refusals give and it does not name yet; they have no answer.

    Args:
        case: the case.
        texts: text by file name, of the files that are refusals.
        words: the reading words of every language.
    """
    named = {rejection.file for rejection in case.rejections if rejection.file}
    rejections = list(case.rejections)
    loose = [name for name in sorted(texts) if name not in named]
    if loose and not rejections:
        rejections = [Rejection(file=name) for name in loose]
    completed = tuple(_completed(r, texts.get(r.file or "", ""), tuple(words.values())) for r in rejections)
    return case.model_copy(update={"rejections": completed}) if completed != case.rejections else case


def refusal_texts(case: Case, readings: Mapping[str, Reading]) -> Mapping[str, str]:
    """The words of every file that is a refusal: named by the case as one, or listed with that kind."""
    named = {rejection.file for rejection in case.rejections}
    return {
        name: "\n".join(page.text for page in reading.pages)
        for name, reading in readings.items()
        if name in named or ((entry := case.entry(name)) and entry.kind == "rejection_notice")
    }


def _completed(rejection: Rejection, text: str, words: tuple[ReadingWords, ...]) -> Rejection:
    found = list(reasons_in("\n\n".join(part for part in (rejection.text, text) if part), words))
    given = [reason for reason in rejection.reasons if reason.text]
    unmatched = len(rejection.reasons)
    for reason in given:
        match = next((one for one in found if _alike(one, reason.text or "")), None)
        if match is not None:
            found.remove(match)
            unmatched -= 1
    # what the operator says in other words still answers one of the reasons each
    added = tuple(RejectionReason(text=text) for text in found[unmatched:])
    return rejection.model_copy(update={"reasons": rejection.reasons + added})
