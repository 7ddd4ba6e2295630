"""The messages of a page of correspondence: who wrote when, in which words, over which channel, and what is meant by them."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from casefile import text_folding
from casefile.case import Case
from casefile.facts import MessageSeen
from casefile.reading import Line
from casefile.statement import About, Intent, Span, Statement
from evidence_packer.understand.found_facts import FoundFacts
from evidence_packer.understand.interpret import InterpretContext, Interpreter
from evidence_packer.understand.quotations import quoted_on
from evidence_packer.understand.talk.channels import channel_of
from evidence_packer.understand.talk.conversation import conversation
from evidence_packer.understand.talk.goods import titles_of
from evidence_packer.understand.talk.intents import IntentFound, intents_of
from evidence_packer.understand.talk.parts import MessagePart, Who, around, joined
from evidence_packer.understand.talk.speakers import plain_name

_SAID_BY = {
    "confirms_receipt": "buyer", "agrees_to_close": "buyer", "denies_receipt": "buyer", "complains": "buyer", "offers": "seller",
    "answers": "seller",
}  # fmt: skip
"""Who alone can say it, where a person marks a line whose writer the page does not tell."""
_SUBSTANCE = 12
"""A reply of fewer letters answers nothing."""


@dataclass(frozen=True, slots=True)
class _Message:
    """One message with what was found in it."""

    part: MessagePart
    who: Who
    found: tuple[IntentFound, ...]

    @property
    def intents(self) -> tuple[Intent, ...]:
        return tuple(one.intent for one in self.found)


def _in_time(messages: Sequence[_Message]) -> list[_Message]:
    """As they were written: by their times where all have one, else as the pages show them."""
    if not all(message.part.at for message in messages):
        return list(messages)
    return sorted(messages, key=lambda one: dt.datetime.fromisoformat(str(one.part.at)).replace(tzinfo=None))


def _answered(messages: Sequence[_Message]) -> set[int]:
    """Ids of the seller's messages with substance that follow one of the buyer."""
    asked, found = False, set[int]()
    for message in _in_time(messages):
        if message.who == "buyer" and not message.part.quoted:
            asked = True
        elif message.who == "seller" and asked and len(text_folding.squeezed(message.part.text)) >= _SUBSTANCE:
            found.add(id(message))
    return found


def _with_answer(message: _Message, answers: set[int]) -> _Message:
    if id(message) not in answers or "answers" in message.intents:
        return message
    return replace(message, found=(*message.found, IntentFound("answers", 0, len(message.part.text))))


def _lines_of(part: MessagePart, start: int, end: int) -> list[Line]:
    """The lines in which characters ``start`` to ``end`` of the text stand."""
    found: list[Line] = []
    for place in range(len(part.lines)):
        reached = len(joined(line.text for line in part.lines[:place]))
        until = len(joined(line.text for line in part.lines[: place + 1]))
        if reached < end and start < until:
            found.append(part.lines[place])
    return found or list(part.lines)


def _statements(message: _Message, number: int, file: str) -> list[Statement]:
    part = message.part
    return [
        Statement(
            about=About(what="message", id=str(number)),
            says=one.intent,
            voice="message",
            value=message.who,
            at=part.at,
            span=Span(
                file=file,
                page=part.page,
                box=around(line.box for line in _lines_of(part, one.start, one.end)),
                text=part.text[one.start : one.end].strip(),
            ),
        )
        for one in message.found
    ]


def _marked(scene: InterpretContext, told: Sequence[_Message]) -> Iterator[Statement]:
    """What a person says of lines, where the lines are read; the writer is that of the message, else the one who could say it."""
    for mark in scene.entry.marks if scene.entry else ():
        page = next((page for page in scene.reading.pages if page.number == mark.page), None)
        span = quoted_on(mark.text, page, scene.file, scene.house, short=True) if page else None
        if span is None:
            continue
        around_it = (n for n, one in enumerate(told, 1) if one.part.page == mark.page and _holds(one.part, span))
        number = next(around_it, None)
        who = told[number - 1].who if number else "unknown"
        yield Statement(
            about=About(what="message", id=str(number)) if number else None,
            says=mark.says,
            voice="message",
            value=who if who != "unknown" else _SAID_BY.get(mark.says, "unknown"),
            at=told[number - 1].part.at if number else None,
            span=span,
            by_person=True,
        )


def _holds(part: MessagePart, span: Span) -> bool:
    return any(line.box[1] <= (span.box[1] + span.box[3]) / 2 <= line.box[3] for line in part.lines)


def _interpret(scene: InterpretContext) -> FoundFacts:
    """``messages`` in reading order, and ``said``: what each of them intends."""
    talk = conversation(scene)
    named = {part.page for part, _ in talk if part.name or part.who}
    titles = titles_of(scene.case)
    told = [
        _Message(
            part,
            who,
            intents_of(part.text, who, scene.house, quoted=part.quoted, by_side=part.page not in named, titles=titles),
        )
        for part, who in talk
    ]
    answers = _answered(told)
    told = [_with_answer(message, answers) for message in told]
    context = scene.found["context"]
    seen = tuple(
        MessageSeen(
            who=one.who,
            name=plain_name(one.part.name, scene.house) or None if one.part.name else None,
            at=one.part.at,
            box=one.part.box,
            page=one.part.page,
            text=one.part.text,
            intents=one.intents,
            channel=channel_of(one.part, scene, context),
        )
        for one in told
    )
    said = [found for number, one in enumerate(told, 1) for found in _statements(one, number, scene.file)]
    return {"messages": seen, "said": (*said, *_marked(scene, told))}


def _reads(case: Case) -> object:
    return case.buyer, case.seller, case.files, titles_of(case)


INTERPRETER = Interpreter(
    name="messages",
    interpret=_interpret,
    gives=("messages", "said"),
    needs=("context", "kind", "order_ids", "timestamps", "tracking_numbers"),
    reads=_reads,
)
