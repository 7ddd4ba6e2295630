"""What a file says of parcels: statements with their subject, moment and voice, and what became of each parcel.

Everything that is said of a parcel elsewhere (statuses, events, places of delivery) is taken from here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import cast

from casefile.case import Case
from casefile.facts import TimestampSeen
from casefile.reading import Line, ReadPage
from casefile.statement import Says, Span, Statement, Voice
from evidence_packer.understand import address_bar
from evidence_packer.understand.entries import Entries, Moment
from evidence_packer.understand.found_facts import FoundFacts
from evidence_packer.understand.interpret import InterpretContext, Interpreter, own_numbers
from evidence_packer.understand.layout import below, beside, level
from evidence_packer.understand.parcel_fates import fates
from evidence_packer.understand.parcel_lexicon import foretold, unsigned
from evidence_packer.understand.parcel_mentions import Mention, mentions
from evidence_packer.understand.parcel_subjects import Subjects
from evidence_packer.understand.parcel_voices import Voiced, furniture, voices
from evidence_packer.understand.talk.conversation import talked
from evidence_packer.understand.talk.programs import message_centre

_CONVERSATIONS = frozenset({"messages", "buyer_confirmation"})
_NOBODY = frozenset("-–—_./ ")
_NO_MOMENT = Moment()
_SEVERAL = 2
_NEAR = 2.0
"""So many line heights before a state a hidden word belongs to it."""


def _times(page: ReadPage, scene: InterpretContext) -> list[TimestampSeen]:
    """The moments of a page: neither the screen's clock nor what is only expected."""
    here = [time for time in scene.found["timestamps"] if time.page == page.number and not time.desktop_clock]
    told = [line.box for line in page.lines if foretold(line.text, scene.house)]
    return [time for time in here if not any(_inside(time.box, box) for box in told)]


def _inside(part: tuple[float, ...], box: tuple[float, ...]) -> bool:
    across = box[0] - 0.002 <= part[0] and part[2] <= box[2] + 0.002
    return across and box[1] <= (part[1] + part[3]) / 2 <= box[3]


def _of_page(page: ReadPage, scene: InterpretContext) -> Iterator[Statement]:
    times = _times(page, scene)
    found = [_under_cover(one, page, scene) for one in mentions(page, times, scene.case, scene.house)]
    if not found:
        return
    silent, done = furniture(page, found, times)
    kept = [place for place, one in enumerate(found) if place not in {**silent, **done} and not one.claim.silent]
    entries = Entries(page, [found[place].box for place in kept], times, scene.house).moments()
    moments = done | dict(zip(kept, _shared([found[place].line for place in kept], entries), strict=True))
    bars = [line.box for line in address_bar.bars(page)]
    subjects = Subjects(page.number, scene.found["tracking_numbers"], scene.found["order_ids"], page.lines, bars)
    told = voices(page, found, [moments.get(place, _NO_MOMENT) for place in range(len(found))], silent)
    conversation = not scene.found["tracking_numbers"] and talked(page, scene)
    talk = _is_talk(page, scene)
    for one in told:
        statement = _statement(one, page, scene, subjects, talk=talk)
        yield replace(statement, voice="message") if conversation and statement.asserts else statement


def _under_cover(one: Mention, page: ReadPage, scene: InterpretContext) -> Mention:
    """A state right behind what the case has burnt out says nothing: a "Not" may have stood there."""
    near = _NEAR * (one.box[3] - one.box[1]) * page.height
    burnt = (cover.box for cover in (scene.entry.redact if scene.entry else ()) if cover.page == page.number)
    before = (box for box in burnt if level(box, one.box) and box[0] < one.box[0])
    hidden = any((one.box[0] - box[2]) * page.width < near for box in before)
    return replace(one, claim=replace(one.claim, silent=one.claim.silent or "help")) if hidden else one


def _shared(lines: Sequence[Line], moments: Sequence[Moment]) -> list[Moment]:
    """Two words of one line share its moment: "Signed for by: front desk, delivered"."""
    known = {id(line): moment for line, moment in zip(lines, moments, strict=True) if moment.at}
    return [moment if moment.at else known.get(id(line), moment) for line, moment in zip(lines, moments, strict=True)]


def _is_talk(page: ReadPage, scene: InterpretContext) -> bool:
    """Whether people write on a page: a platform's page with a parcel's number only where more than its name says so."""
    entry, chat = scene.entry, scene.found["context"].chat
    if entry is not None and entry.kind in _CONVERSATIONS:
        return True
    if chat != "on_platform" or not scene.found["tracking_numbers"]:
        return bool(chat != "none")
    return message_centre(page, scene.house) or talked(page, scene)


def _statement(one: Voiced, page: ReadPage, scene: InterpretContext, subjects: Subjects, *, talk: bool) -> Statement:
    claim, moment = one.mention.claim, one.moment
    voice: Voice = one.voice
    value = _signer(one.mention, page.lines) if claim.says == "signed" else None
    if claim.says == "signed" and claim.label and voice in {"template", "field"}:
        voice = "field" if value else "template"
    if value and unsigned(value, scene.house):
        voice = "template"
    if talk and voice in {"headline", "event", "field", "document"}:
        voice = "message"
    near = (Span(file=scene.file, page=page.number, box=moment.time.box, text=moment.time.text),) if moment.time else ()
    return Statement(
        says=cast("Says", claim.says),
        voice=voice,
        span=Span(file=scene.file, page=page.number, box=one.mention.box, text=one.mention.text),
        about=subjects.of(one.mention.box),
        at=moment.at,
        to=claim.to,
        value=value,
        place=moment.place,
        near=near,
    )


def _signer(one: Mention, lines: Sequence[Line]) -> str | None:
    """Who signed, as written: behind the label, beside it, or below it."""
    cells = (beside(one.line, lines), below(one.line, lines)) if one.claim.label and one.bare else ()
    values = (one.claim.value, *(cell.text for cell in cells if cell))
    return next((value.strip() for value in values if value and set(value) - _NOBODY), None)


def _interpret(scene: InterpretContext) -> FoundFacts:
    """``states`` and ``fates``."""
    states = tuple(one for page in scene.reading.pages for one in _of_page(page, scene))
    return {"states": states, "fates": fates(_of_the_case(states, scene))}


def _of_the_case(states: Sequence[Statement], scene: InterpretContext) -> list[Statement]:
    """Without what a list says of other orders than those of the case."""
    orders = {one.about.id for one in states if one.about and one.about.what == "order"}
    own = {one.value for one in scene.found["order_ids"] if one.matches}
    if len(orders) < _SEVERAL:
        return list(states)
    return [one for one in states if one.about is None or one.about.what != "order" or one.about.id in own]


def _reads(case: Case) -> object:
    covered = tuple((one.name, one.redact) for one in case.files if one.redact)
    return case.buyer, case.seller, own_numbers(case), covered


INTERPRETER = Interpreter(
    name="states",
    interpret=_interpret,
    gives=("states", "fates"),
    needs=("timestamps", "tracking_numbers", "order_ids", "context"),
    reads=_reads,
)
