"""Reads pages as the service does and counts what it read rightly, falsely and not at all."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from benchmarks.meaning.truth import AT_HOME, Fate, Page, Told
from casefile import text_folding
from casefile.case import Case
from casefile.facts import FileFacts, MessageSeen
from casefile.house import House
from casefile.reading import Line, Reading, ReadPage, Sharpness
from evidence_packer.understand.interpret import interpret

SAME_WORDS = 80
_AGREEING = ("agrees_to_close", "confirms_receipt")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing read wrongly: of which sort, where, and what."""

    sort: str
    page: Page
    what: str


@dataclass(slots=True)
class Score:
    """The counts of a whole run; ``hits`` by sort: read rightly, of how many."""

    states: Counter[tuple[str, str]] = field(default_factory=Counter)
    hits: dict[str, list[bool]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    cpu: float = 0.0
    pages: int = 0

    def hit(self, sort: str, right: bool) -> None:
        self.hits.setdefault(sort, []).append(right)

    def fault(self, sort: str, page: Page, what: str) -> None:
        self.faults.append(Fault(sort=sort, page=page, what=what))

    def count(self, sort: str) -> int:
        return sum(one.sort == sort for one in self.faults)


def case_of(page: Page) -> Case:
    """The case that the page belongs to."""
    entry = {"name": page.name} | ({"kind": page.kind} if page.declared else {})
    return Case.model_validate({
        "platform": page.platform, "site": page.site, "procedure": "item_not_received", "reason": "item_not_received",
        "order": {"id": page.order, "placed_at": f"{page.placed_at}T09:00:00Z"}, "as_of": "2026-11-30T16:00:00Z",
        "parcels": [{"carrier": carrier, "tracking_number": number} for carrier, number in page.parcels],
        "buyer": {"name": page.buyer}, "seller": {"store": page.seller}, "files": [entry],
    })  # fmt: skip


def read(page: Page, house: House, lines: tuple[Line, ...] | None = None) -> FileFacts:
    """What the product makes of the page; ``lines`` as OCR gave them, else the page's own."""
    own = lines is None
    made = page.sheet.lines(glue=hash_of(page.name) % 4 == 0) if lines is None else lines
    height = page.sheet.height or int(page.sheet.y + 24)
    shown = ReadPage(
        number=1, width=page.sheet.width * 2, height=height * 2, lines=made, sharpness=Sharpness(edge_width=1.1, verdict="sharp"),
        text_source="text_layer" if own else "ocr", text_height_px=24.0,
    )  # fmt: skip
    reading = Reading(sha256="0" * 64, media_type="image/png", pages=(shown,))
    return interpret(page.name, reading, 1000, case_of(page), house)


def hash_of(name: str) -> int:
    """A number of a name that is the same in every run."""
    return sum(ord(char) * (place + 7) for place, char in enumerate(name))


def measure(pages: Iterable[Page], house: House) -> Score:
    """Read and judge every page by its own lines."""
    score = Score()
    for page in pages:
        before = time.process_time()
        facts = read(page, house)
        score.cpu += time.process_time() - before
        judge(page, facts, score)
    return score


def judge(page: Page, facts: FileFacts, score: Score) -> None:
    """Count one page."""
    score.pages += 1
    _parcels(page, facts, score)
    _dates(page, facts, score)
    _messages(page, facts, score)
    _refunds(page, facts, score)
    score.hit("kind", facts.kind == page.kind)


def _parcels(page: Page, facts: FileFacts, score: Score) -> None:
    known = page.truth.fates
    for truth in known:
        state, to, words = _state_of(truth, facts, single=len(known) == 1)
        score.states[_shown(*truth.right[0]), _shown(state, to)] += 1
        home = state == "delivered" and (to or "unknown") in AT_HOME
        score.hit("parcel", any(state == right for right, _ in truth.right))
        if state == "delivered" and truth.state == "delivered":
            score.hit("to whom", any(right == "delivered" and to == wanted for right, wanted in truth.right))
        if home and not truth.at_home:
            score.fault("false delivered", page, f"{truth.number}: {truth.right[0]} read as delivered/{to}: {words!r}")
        elif not any(state == right for right, _ in truth.right):
            score.fault("parcel", page, f"{truth.number}: {truth.right[0]} read as {state}/{to}: {words!r}")
    if not known:
        for fate in facts.fates:
            if fate.state == "delivered" and not fate.unclear:
                score.fault("false delivered", page, f"no parcel's page: {fate.decided_by.span.text!r}")


def _shown(state: str, to: str | None) -> str:
    if state != "delivered":
        return state
    return "delivered:home" if (to or "unknown") in AT_HOME else "delivered:elsewhere"


def _state_of(truth: Fate, facts: FileFacts, *, single: bool) -> tuple[str, str | None, str]:
    wanted = text_folding.unspaced(truth.number or "").replace("-", "").lower()
    for fate in facts.fates:
        own = fate.of is not None and text_folding.unspaced(fate.of).replace("-", "").lower() == wanted
        if own or (single and (fate.of is None or truth.number is None)):
            return ("unclear" if fate.unclear else fate.state), fate.to, fate.decided_by.span.text
    return "none", None, ""


def _dates(page: Page, facts: FileFacts, score: Score) -> None:
    truth = page.truth
    days = {day for day, _ in truth.dates | truth.also}
    minutes = {(day, minute) for day, minute in truth.dates | truth.also if minute}
    seen: set[tuple[str, str | None]] = set()
    for stamp in facts.timestamps:
        if stamp.at is None or stamp.ambiguous:
            continue
        day, minute = stamp.at[:10], stamp.at[11:16] if stamp.has_time else None
        seen.add((day, minute))
        if day not in days or (minute and (day, minute) not in minutes):
            score.fault("false date", page, f"{stamp.text!r} read as {stamp.at}")
        if stamp.desktop_clock and day != "2026-11-30":
            score.fault("false date", page, f"{stamp.text!r} taken for the screen's clock")
    for day, minute in truth.dates:
        score.hit("day", any(day == other for other, _ in seen))
        if not any(day == other for other, _ in seen):
            score.fault("date unread", page, f"{day}: {[stamp.text for stamp in facts.timestamps][:6]}")
        if minute:
            score.hit("minute", (day, minute) in seen)


def _messages(page: Page, facts: FileFacts, score: Score) -> None:
    used: set[int] = set()
    for told in page.truth.told:
        found = _message(told, facts.messages, used)
        intents = set(found.intents) if found else set()
        score.hit("message", found is not None)
        score.hit("author", found is not None and found.who == told.author)
        if found is not None and found.who != told.author:
            score.fault("author", page, f"{told.author} read as {found.who}: {told.text!r}")
        if found is None:
            score.fault("no message", page, f"{told.text!r}")
        if told.intents:
            score.hit("intent", told.intents <= intents)
            if found and not told.intents <= intents:
                score.fault("intent", page, f"{sorted(told.intents)} read as {sorted(intents)}: {told.text!r}")
        for one in _agreements(found, told):
            score.fault("false agreement", page, f"{told.sort} of {told.author} read as {one}: {told.text!r}")
    for spare in (one for place, one in enumerate(facts.messages) if place not in used):
        quoted = {one for told in page.truth.told if _alike(told.text, spare.text) for one in told.intents}
        for one in (set(spare.intents) & set(_AGREEING)) - quoted:
            score.fault("false agreement", page, f"nobody's message read as {one}: {spare.text!r}")
    if not page.truth.told:
        for said in facts.said:
            if said.asserts and said.says in _AGREEING:
                score.fault("false agreement", page, f"no conversation, read as {said.says}: {said.span.text!r}")


def _alike(told: str, read: str) -> bool:
    return (
        bool(read)
        and fuzz.partial_ratio(text_folding.unspaced(told.lower()), text_folding.unspaced(read.lower())) >= SAME_WORDS
    )


def _agreements(found: MessageSeen | None, told: Told) -> Iterator[str]:
    for one in set(found.intents) & set(_AGREEING) if found else ():
        # Who says that the thing came broken says that it came.
        allowed = told.intents | ({"confirms_receipt"} if told.intents & {"agrees_to_close", "complains"} else set())
        if one not in allowed:
            yield one


def _message(told: Told, messages: tuple[MessageSeen, ...], used: set[int]) -> MessageSeen | None:
    wanted = text_folding.unspaced(told.text.lower())
    ranked = [
        (fuzz.ratio(wanted, text_folding.unspaced(one.text.lower())), -place)
        for place, one in enumerate(messages)
        if place not in used and _alike(told.text, one.text)
    ]
    if not ranked:
        return None
    place = -max(ranked)[1]
    used.add(place)
    return messages[place]


def _refunds(page: Page, facts: FileFacts, score: Score) -> None:
    read_states = [one.says.removeprefix("refund_") for one in facts.refunds if one.asserts]
    wanted = [state for state, _ in page.truth.refunds]
    if not page.truth.refund_page:
        return
    for state in wanted:
        score.hit("refund", state in read_states)
        if state not in read_states:
            score.fault("refund", page, f"{state} read as {read_states}: {page.sheet.bits[-1].text!r}")
    if not wanted:
        score.hit("policy gives nothing", not read_states)
    if "made" in read_states and "made" not in wanted:
        words = next(one.span.text for one in facts.refunds if one.says == "refund_made")
        score.fault("false refund", page, f"{wanted} read as made: {words!r}")
