"""Which label a date or a sum of a mail stands under: the nearest one, on the side on which it names. Pure.

"申请时间 2026-11-10 09:00，请在 48 小时内处理" has one date, and it is no deadline: "请在" stands behind it and is of the hours.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from casefile.facts import AmountSeen, TimestampSeen
from evidence_packer.understand.mail_text import MailText, after_label, plain

_FAR = 60
"""Signs between a label and what it names, at most."""
_TAIL = 24
"""Signs of an hour and a zone between a date and the word behind it."""
_BEHIND = 20
"""How much nearer a label in front is than one behind."""
_SENTENCE = re.compile(r"[.!?](?=\s)|[。！？]")
_AFTER_DATE = re.compile(r"^\s*(?:[（(][^\W\d_]{1,3}[）)])?[\s\d:：()a-z（）+]{0,24}")
"""Weekday, hour and zone behind a date."""
_STOPS = "。！？；;"
DATED = ("deadline", "opened", "sent")
"""The tables of labels that dates stand under."""


@dataclass(frozen=True, slots=True)
class MailPlace:
    """Where a value stands: its row, and its first and last sign there."""

    row: int
    start: int
    end: int


def places(mail: MailText, found: Sequence[TimestampSeen | AmountSeen]) -> list[MailPlace]:
    """The places of values that were found in a mail, in their order."""
    behind: dict[int, int] = {}
    result = []
    for seen in found:
        row = row_of(seen, len(mail.lines))
        form = r"\s*".join(map(re.escape, seen.text.split())) or "(?!)"
        line = mail.lines[row]
        match = re.compile(form).search(line, behind.get(row, 0)) or re.search(form, line)
        start, end = match.span() if match else (0, len(line))
        behind[row] = end
        result.append(MailPlace(row, start, end))
    return result


def row_of(seen: TimestampSeen | AmountSeen, count: int) -> int:
    """The line of a mail on which a value was found."""
    return min(count - 1, int((seen.box[1] + seen.box[3]) / 2 * count))


def named(mail: MailText, place: MailPlace, others: Iterable[MailPlace], names: Sequence[str]) -> str | None:
    """The table of labels whose word stands nearest to a value: on its line, or alone on the line before."""
    line = mail.lines[place.row]
    beside = [one for one in others if one.row == place.row and one != place]
    left = max((one.end for one in beside if one.end <= place.start), default=0)
    right = min((one.start for one in beside if one.start >= place.end), default=len(line))
    near = [(distance, -length, name) for name in names for distance, length in _labels(mail, place, name, left, right)]
    if near:
        return min(near)[2]
    before = mail.lines[place.row - 1] if place.row else ""
    for name in names if not line[: place.start].strip(" :：-*•") else ():
        rest = after_label(before, mail.labels(name))
        if rest is not None and not rest.strip(" :："):
            return name
    return None


def _labels(mail: MailText, place: MailPlace, name: str, left: int, right: int) -> Iterator[tuple[int, int]]:
    """(distance, length) of each label of a table that can name a value."""
    line = plain(mail.lines[place.row])
    head, tail = line[left : place.start], line[place.end : right]
    if name == "sent":  # a header begins its line; "refund time:" is no header
        yield from ((len(head) - len(word), len(word)) for word in mail.labels(name) if line.startswith(plain(word)))
        return
    for word in map(plain, mail.labels(name)):
        at = head.rfind(word)
        gap = head[at + len(word) :] if at >= 0 else ""
        if at >= 0 and len(gap) <= _FAR and not _SENTENCE.search(gap):
            yield len(gap), len(word)
        at = tail.find(word)
        if at >= 0 and name in {"deadline", "opened"}:
            suffix = _is_suffix(mail, word)
            gap = tail[:at]
            if suffix and len(gap) <= _TAIL and not set(gap) & set(_STOPS + "，,"):
                yield len(gap), len(word)
            elif (
                name == "opened"
                and len(gap) <= _FAR
                and not _SENTENCE.search(gap)
                and not set(gap) & set(_STOPS + "，,:：")
            ):
                yield len(gap) + _BEHIND, len(word)
    if name == "deadline" and (asked := _asked_by(mail, head, tail, line)):
        yield 0, asked


def _is_suffix(mail: MailText, word: str) -> bool:
    """Whether a word for a deadline stands behind its date ("… 前回复", "…までに")."""
    return word.startswith(tuple(map(plain, mail.labels("until"))))


def _asked_by(mail: MailText, head: str, tail: str, line: str) -> int:
    """The length of a "by" or "before" right at a date, in a line that asks the reader for something; 0 where there is none."""
    if not any(plain(word) in line for word in mail.labels("asks")):
        return 0
    before, behind = head.rstrip(" :：("), _AFTER_DATE.sub("", tail)
    ahead = [word for word in map(plain, mail.labels("by")) if re.search(rf"(?:^|[^\w]){re.escape(word)}$", before)]
    after = [word for word in map(plain, mail.labels("until")) if behind.startswith(word)]
    return max(map(len, [*ahead, *after]), default=0)
