"""Mails and transcripts: who wrote is said by a header, by the line above a quotation, or in front of each line. Pure."""

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from casefile import text_folding
from casefile.facts import TimestampSeen
from casefile.house import House
from casefile.reading import Line, ReadPage
from evidence_packer.understand.talk.furniture import Furniture
from evidence_packer.understand.talk.parts import MessagePart, around, in_row, printed_times
from evidence_packer.understand.talk.speakers import Speakers, could_be_name

_CITED = re.compile(r"\s*[>›»|]\s*\S")
_SENDER = re.compile(r"[^<>@:：]{2,48}\s?<[\w.+-]+@(?:[\w-]+\.)+[A-Za-z]{2,}>")
"""A name with its address and nothing else heads a mail in programs that show no "From"."""
_HEADERS = ("from", "to", "date", "subject")
_MOST_HEADERS = 9
_MOSTLY, _GAP = 0.6, 2.5
"""A line that is so much of a time says nothing else; lines of one message stand at most so many line heights apart."""
_WITHIN = 6
"""Lines of a header stand so near to its first."""
_TIME = (
    r"(?:[\d./年月日-]{6,12},?\s+)?(?:(?:[AaPp][Mm]|上午|下午|오전|오후)\s?)?"
    r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?:\s?[AaPp]\.?\s?[Mm]\.?)?"
)
_STAMPED = re.compile(
    rf"^[\[(（【]?\s*(?P<time>{_TIME})\s*[\])）】]?\s*[-–—·|]?\s*(?P<name>[^:：\[\]]{{1,48}}?)\s*[:：]\s*(?P<text>\S.*)$"
)
_NAMED = re.compile(
    rf"^(?P<name>[^:：]{{1,48}}?)\s*[\[(（【]\s*(?P<time>{_TIME})\s*[\])）】]\s*[:：]?\s*(?P<text>\S.*)$"
)
_CLOCK, _MOST_WORDS = re.compile(r"\d[:：]\d"), 4
"""The colon of a time parts no name from its words, nor does one behind a sentence."""
_PLAIN = re.compile(r"^(?P<name>[^:：]{2,48}?)\s*[:：]\s*(?P<text>\S.*)$")


@dataclass(slots=True)
class _Draft:
    """A message as it is read line by line."""

    name: str | None = None
    to: str | None = None
    at: str | None = None
    quoted: bool = False
    cited: bool = False
    head: list[Line] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


@functools.lru_cache(maxsize=4)
def _labels(house: House) -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    """(header, its pattern, the same without a colon as tables of headers have it)."""
    talks = [language.talk for language in house.reading_words.values()]
    found = []
    for name in _HEADERS:
        words = sorted({text_folding.word(w) for talk in talks for w in talk.get(name, ())}, key=len, reverse=True)
        either = "|".join(map(re.escape, words)) or "(?!)"
        strict = re.compile(rf"^[>\s]*(?:{either})\s*(?:[:：]|(?=\s\S*@)|$)\s*")
        found.append((name, strict, re.compile(rf"^(?:{either})\s")))
    return tuple(found)


@functools.lru_cache(maxsize=4)
def _quotes(house: House) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns of the line above a quotation, and of what parts a forwarded mail from the one around it."""
    talks = [language.talk for language in house.reading_words.values()]
    wrote = "|".join(
        sorted({re.escape(text_folding.word(w)) for t in talks for w in t.get("wrote", ())}, key=len, reverse=True)
    )
    apart = "|".join(re.escape(text_folding.word(w)) for t in talks for w in t.get("forwarded", ()))
    return re.compile(rf"(?:{wrote or '(?!)'})[^:：]{{0,60}}[:：]\s*$"), re.compile(rf"^\W*(?:{apart or '(?!)'})\W*$")


class _Mail:
    """One page with headers of mails."""

    def __init__(self, page: ReadPage, times: Sequence[TimestampSeen], speakers: Speakers, house: House) -> None:
        self._page, self._speakers, self._house = page, speakers, house
        self._times = printed_times(page, times)
        self._lines = sorted(page.lines, key=lambda line: (round(line.box[1], 3), line.box[0]))

    def header_of(self, line: Line, *, inside: bool = False) -> tuple[str, str] | None:
        """(which header, its value) of a line that begins with one; the value may stand in the next cell.

        ``inside``: other headers stand above it, so that it needs no colon.
        """
        if _SENDER.fullmatch(line.text.strip()):
            return "from", line.text.strip()
        bare, known = text_folding.bare(line.text), _labels(self._house)
        matches = [(name, strict.match(bare.text)) for name, strict, _ in known]
        matches += [(name, loose.match(bare.text)) for name, _, loose in known if inside]
        for name, match in matches:
            if match:
                return name, line.text[bare.span(match)[1] :].strip() or self._beside(line)
        return None

    def _beside(self, line: Line) -> str:
        row = [one for one in self._lines if in_row(line.box, one.box) and one.box[0] >= line.box[2] - 0.002]
        return min(row, key=lambda one: one.box[0]).text if row else ""

    def is_mail(self) -> bool:
        """Whether a page shows who writes and two more headers close by, or two of them and an address."""
        found = [(n, *header) for n, line in enumerate(self._lines) if (header := self.header_of(line)) and header[1]]
        for n, name, value in found:
            near = {other for m, other, _ in found if abs(m - n) <= _WITHIN}
            if name == "from" and (len(near) > 2 or (len(near) > 1 and "@" in value)):
                return True
        return False

    def parts(self) -> Iterator[MessagePart]:
        """The mail, and each mail quoted or forwarded in it."""
        drafts, draft, heading = list[_Draft](), _Draft(), False
        wrote, apart = _quotes(self._house)
        values: set[str] = set()
        for line in self._lines:
            header = self.header_of(line, inside=heading)
            if header and header[0] == "from" and header[1]:
                drafts.append(draft)
                draft, heading = _Draft(name=header[1], head=[line], quoted=any(d.name for d in drafts)), True
                draft.at = next((d.at for d in drafts[-1:] if not d.lines and not d.name), None)
                values = {header[1]}
            elif header and (heading or not draft.lines) and header[1]:
                self._header(draft, line, header)
                heading, values = True, values | {header[1]}
            elif wrote.search(text_folding.word(line.text)) or apart.match(text_folding.word(line.text)):
                drafts.append(draft)
                named = wrote.search(text_folding.word(line.text)) is not None
                draft = _Draft(name=line.text if named else None, at=self._at(line), quoted=True, head=[line])
                heading = False
            elif heading and self._dates(line, draft.head[-1]):
                draft.at = self._at(line)
                draft.head.append(line)
            elif not (heading and line.text in values) and (draft.name or drafts):
                heading = False
                cited = _CITED.match(line.text) is not None
                draft = self._turned(draft, drafts, cited=cited)
                draft.lines.append(line)
        yield from (self._part(one) for one in [*drafts, draft] if one.lines)

    @staticmethod
    def _turned(draft: _Draft, drafts: list[_Draft], *, cited: bool) -> _Draft:
        """The draft to which the next line belongs: what a message cites line by line is not its writer's."""
        if cited and draft.quoted and not draft.lines:
            draft.cited = True  # below "On … wrote:" every line is cited, and its writer is named
        if cited == draft.cited:
            return draft
        drafts.append(draft)
        writer = next((one for one in reversed(drafts) if not one.cited), draft)
        return _Draft(quoted=True, cited=True) if cited else replace(writer, lines=[])

    def _dates(self, line: Line, head: Line) -> bool:
        """Whether a line is the time beside a header."""
        return in_row(line.box, head.box) and self._at(line) is not None and not _rest(line, self._times)

    def _header(self, draft: _Draft, line: Line, header: tuple[str, str]) -> None:
        draft.head.append(line)
        if header[0] == "to":
            draft.to = header[1]
        elif header[0] == "date":
            draft.at = self._at(line) or draft.at

    def _at(self, line: Line) -> str | None:
        return next((time.at for time in self._times if in_row(line.box, time.box)), None)

    def _part(self, draft: _Draft) -> MessagePart:
        return MessagePart(
            page=self._page.number,
            lines=tuple(draft.lines),
            name=self._speakers.sender(draft.name, [time.text for time in self._times]) if draft.name else None,
            at=draft.at,
            head=around(line.box for line in draft.head) if draft.head else None,
            quoted=draft.quoted,
            mail=f"{draft.name or ''} {draft.to or ''}",
            who=self._speakers.of_mail(draft.name, draft.to)
            if draft.name and "@" in draft.name + (draft.to or "")
            else None,
        )


def mails(page: ReadPage, times: Sequence[TimestampSeen], speakers: Speakers, house: House) -> Iterator[MessagePart]:
    """The mails on a page with headers; none on other pages."""
    mail = _Mail(page, times, speakers, house)
    if mail.is_mail():
        yield from mail.parts()


def written_as_mail(page: ReadPage, speakers: Speakers, house: House) -> bool:
    """Whether a page has the header of a mail."""
    return _Mail(page, (), speakers, house).is_mail()


def transcript(
    page: ReadPage, times: Sequence[TimestampSeen], speakers: Speakers, furniture: Furniture
) -> Iterator[MessagePart]:
    """The messages of a page that writes "[10:32] Buyer: …"; none where fewer than two lines do."""
    lines = sorted(page.lines, key=lambda line: (line.box[1], line.box[0]))
    found = [(line, _spoken(line.text, speakers)) for line in lines]
    heads = [match for _, match in found if match]
    stamped = any(match.groupdict().get("time") for match in heads)
    if len(heads) < 2 or (not stamped and len({speakers.of(match["name"]) for match in heads}) < 2):
        return
    drafts: list[_Draft] = []
    shown = printed_times(page, times)
    above: str | None = None
    for line, match in found:
        at = next((time.at for time in shown if in_row(line.box, time.box)), None)
        if match:
            own = Line(text=match["text"], box=line.part(match.start("text"), len(line.text)), score=line.score)
            drafts.append(_Draft(name=match["name"].strip(), at=at or above, head=[line], lines=[own]))
            above = None
        elif at and not any(map(str.isalpha, _rest(line, shown))):
            above = at
        elif drafts and not furniture.is_part(line) and _goes_on(drafts[-1].lines[-1], line):
            drafts[-1].lines.append(line)
    for draft in drafts:
        head = around(line.box for line in draft.head)
        yield MessagePart(page=page.number, lines=tuple(draft.lines), name=draft.name, at=draft.at, head=head)


def _rest(line: Line, times: Sequence[TimestampSeen]) -> str:
    """What a line says beside the times in it, by their share of it."""
    said = sum(
        len(time.text)
        for time in times
        if in_row(line.box, time.box) and line.box[0] - 0.01 < time.box[0] < line.box[2]
    )
    return line.text if said < _MOSTLY * len(line.text) else ""


def _goes_on(last: Line, line: Line) -> bool:
    """Whether a line may belong to the message of the one above it."""
    return line.box[1] - last.box[3] < _GAP * (last.box[3] - last.box[1])


def _spoken(text: str, speakers: Speakers) -> re.Match[str] | None:
    """How a line of a transcript begins: with a time and a name, or with the name or role of a speaker."""
    for pattern in (_STAMPED, _NAMED):
        match = pattern.match(text.strip())
        if match and could_be_name(match["name"].strip()):
            return match
    match = _PLAIN.match(text.strip())
    if (
        match is None
        or len(match["name"].split()) > _MOST_WORDS
        or _CLOCK.search(match["name"] + ":" + match["text"][:2])
    ):
        return None
    if not could_be_name(match["name"].strip()) or speakers.of(match["name"]) == "unknown":
        return None
    return None if could_be_name(match["text"]) and speakers.is_exactly(match["text"]) else match
