"""A pasted mail as lines, asked for what stands behind its labels, what it lists, and what of it was not understood. Pure."""

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from casefile import text_folding
from casefile.lexicon import MailWords
from casefile.platform import Platform

_ENDLESS = re.compile(r"[^\n]{1000,1999}\s|[^\n]{2000}")
_MOST_LINES = 400
_BULLET = re.compile(r"^\s*(?:[-*•·–—▪・●■○◆◇✓]{1,3}|[(（]?\d{1,2}[.)、）]|[①-⑳])\s*")
_LIST = re.compile(r"\s*(?:[,;，；、]|(?<=\s)(?:and|und|et|y|ed?|sowie)(?=\s)|以及|和|及び|及|と)\s*")
_LEAST_OF_LIST, _SHORTEST_ITEM = 2, 4
_DAY = len("2026-11-18")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailText:
    """A mail's lines, the words of every language, and where it belongs."""

    lines: tuple[str, ...]
    words: tuple[MailWords, ...]
    platform: Platform
    site: str

    def labels(self, name: str) -> tuple[str, ...]:
        """The words of a table (``deadline``, ``said`` …) in every language."""
        return tuple(label for words in self.words for label in getattr(words, name))

    def without_by(self, line: str) -> str:
        """The line without the words "by" or "before" that stand in front of a deadline: on a page they would deny the date."""
        folded = line.casefold()
        for label in _longest_first(self.labels("deadline")):
            place = folded.find(label)
            if place >= 0:
                return line[:place] + " " * len(label) + line[place + len(label) :]
        return line


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a text, trimmed; a very long one is cut."""
    return tuple(line.strip() for line in text.replace("\u00a0", " ").splitlines())[:_MOST_LINES]


def without_long_lines(text: str) -> str:
    """``text`` with its endless lines broken, at spaces where they have any: looking through one costs the square of its length."""
    return _ENDLESS.sub("\\g<0>\n", text)


def after_label(line: str, labels: Iterable[str]) -> str | None:
    """What stands behind the longest label of a line, or ``None``."""
    folded = plain(line)
    for label in _longest_first(tuple(labels)):
        place = folded.find(label)
        if place >= 0:
            return line[place + len(label) :]
    return None


@functools.lru_cache(maxsize=64)
def _longest_first(labels: tuple[str, ...]) -> tuple[str, ...]:
    """Labels as they are compared, the longest first."""
    return tuple(sorted(dict.fromkeys(map(plain, labels)), key=len, reverse=True))


def plain(text: str) -> str:
    """``text`` as words of mails are compared: without difference of case, with one apostrophe; its length stays."""
    low = text.lower()
    return (low if len(low) == len(text) else text).replace("’", "'")


def labelled(mail: MailText, name: str) -> Iterator[str]:
    """What stands behind a label, on its line or, where that is empty, on the next."""
    for place, line in enumerate(mail.lines):
        rest = after_label(line, mail.labels(name))
        if rest is not None:
            following = mail.lines[place + 1] if place + 1 < len(mail.lines) else ""
            yield rest if rest.strip(" :：#") else following


def items_of(mail: MailText) -> tuple[str, ...]:
    """The list that follows "please provide": its bullets, until something else begins."""
    for place, line in enumerate(mail.lines):
        listed = line.endswith((":", "：")) and after_label(line, mail.labels("listed")) is not None
        if not listed and after_label(line, mail.labels("required")) is None:
            continue
        found: list[str] = []
        for later in mail.lines[place + 1 : place + 25]:
            if _BULLET.match(later):
                found.append(_BULLET.sub("", later).strip())
            elif later and found:
                break
        if found:
            return tuple(found)
    return _listed_items(mail)


def _listed_items(mail: MailText) -> tuple[str, ...]:
    """What a sentence lists that asks for something: "a plan of action which explains the cause, the actions and the plan"."""
    for line in mail.lines:
        if after_label(line, mail.labels("required")) is None:
            continue
        rest = after_label(line, mail.labels("listed"))
        parts = [part.strip(" .。:：") for part in _LIST.split(rest or "")]
        items = [part for part in parts if len(part) >= _SHORTEST_ITEM]
        if len(items) >= _LEAST_OF_LIST:
            return tuple(items)
    return ()


def said_in(mail: MailText) -> str | None:
    """What the buyer wrote, as the mail quotes it."""
    for rest in labelled(mail, "said"):
        text = rest.strip(" :：\"“”「」『』«»„'")
        if len(text) > 2:
            return text[:2000]
    return None


_FIELD = re.compile(r"(?P<label>[^:：]{2,40})[:：]\s*(?P<value>\S.{0,200})")
_HEADERS = re.compile(
    r"(?:from|to|cc|subject|von|an|betreff|de|à|objet|para|asunto|da|a|oggetto|发件人|收件人|主题|寄件者|收件者|主旨|差出人|宛先|件名)",
    re.IGNORECASE,
)


def unread_lines(mail: MailText, values: Iterable[str]) -> tuple[str, ...]:
    """Lines of a label and a value of which nothing was taken: shown as they are, so that a person sees what is left."""
    taken = [text_folding.squeezed(value[:_DAY]) for value in values if len(value) > 1]
    names = ("order_id", "claim_id", "deadline", "opened", "sent", "amount", "said", "required", "affected")
    labels = tuple(label for name in names for label in mail.labels(name))
    found = []
    for line in mail.lines:
        match = _FIELD.fullmatch(line)
        if match is None or "//" in line or _HEADERS.fullmatch(match["label"].strip()):
            continue
        known = after_label(line, labels) is not None or _reason_line(mail, match["value"])
        if not known and not any(value in text_folding.squeezed(line) for value in taken):
            found.append(line)
    return tuple(found)


def _reason_line(mail: MailText, value: str) -> bool:
    folded = value.casefold()
    return any(word.casefold() in folded for words in mail.words for many in words.reasons.values() for word in many)
