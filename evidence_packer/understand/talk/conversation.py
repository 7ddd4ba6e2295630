"""A file of correspondence as messages with authors: mails, transcripts, messages under headings, bubbles. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace

from casefile import text_folding
from casefile.reading import Line, ReadPage
from evidence_packer.understand.interpret import InterpretContext
from evidence_packer.understand.talk.bubbles import bubbles
from evidence_packer.understand.talk.furniture import Furniture
from evidence_packer.understand.talk.headed import headed
from evidence_packer.understand.talk.mails import mails, transcript, written_as_mail
from evidence_packer.understand.talk.name_cells import with_names_apart
from evidence_packer.understand.talk.parts import MessagePart, Who, in_row, joined
from evidence_packer.understand.talk.speakers import Speakers, decided
from evidence_packer.understand.talk.tabled import tabled

_OF_TALK = frozenset({"messages", "buyer_confirmation", "case_page"})
_ENOUGH = 2
_TITLES = 0.3


def conversation(scene: InterpretContext) -> list[tuple[MessagePart, Who]]:
    """Every message of a file of correspondence with its author, page by page from the top.

    Pages of other kinds are read only where both sides of a conversation are named, a chat program shows itself, or a mail has
    its header.
    """
    speakers, furniture = Speakers(scene), Furniture(scene.house)
    context = scene.found["context"]
    of_talk = scene.found["kind"] in _OF_TALK or scene.reading.media_type == "message/rfc822"
    a_chat = context.chat not in {"none", "on_platform"}
    parts: list[MessagePart] = []
    titles: list[Line] = []
    for page in scene.reading.pages:
        # A page with the number of a parcel names its sender and its receiver, too.
        talks = of_talk or a_chat or (not scene.found["tracking_numbers"] and talked(page, scene))
        here = _on_page(page, scene, speakers, furniture) if talks else _under_a_party(page, scene, speakers, furniture)
        first = min((part.box[1] for part in here), default=0.0)
        titles += [line for line in page.lines if line.box[3] <= first and line.box[1] < _TITLES + first]
        parts += _without_repeats(here)
    authors = decided(parts, speakers, titles)
    mail = any(part.mail is not None for part in parts)
    if not of_talk and not a_chat and not mail and not {"buyer", "seller"} <= set(authors):
        return []
    return list(zip(parts, authors, strict=True))


def talked(page: ReadPage, scene: InterpretContext) -> bool:
    """Whether a page names both sides of a conversation or has the header of a mail, whatever kind it is."""
    speakers = Speakers(scene)
    return _named(page, speakers) or written_as_mail(page, speakers, scene.house)


def _named(page: ReadPage, speakers: Speakers) -> bool:
    """Whether a page names buyer and seller often enough to be a conversation, whatever its kind is said to be."""
    named = [speakers.of(line.text) for line in page.lines if len(line.text) < _SHORT and line.text[:1].isalpha()]
    return named.count("buyer") >= 1 and named.count("seller") >= 1 and len(named) > _ENOUGH


def _under_a_party(
    page: ReadPage, scene: InterpretContext, speakers: Speakers, furniture: Furniture
) -> Sequence[MessagePart]:
    """Bubbles on a page of no kind, or of a parcel without its number.

    Only under the name of buyer or seller, with two sides, and a time at most of them.
    """
    if (
        scene.found["kind"] not in {"other", "tracking"}
        or scene.found["tracking_numbers"]
        or not any(speakers.is_exactly(line.text) for line in page.lines)
    ):
        return []
    times = scene.found["timestamps"]
    found = [one for one in bubbles(page, times, speakers, furniture, surely=False) if _WORDS.search(one.text)]
    return found if len(times) * 2 >= len(found) >= _ENOUGH else []


_HEAD_ROW, _LABEL = 3, 16
"""The head of a conversation is among its first so many pieces; a label before a number has so many signs at most."""
_MOST_REPEATED, _LEAST_REPEATED = 3, 12
_NAMED = re.compile(r"^[^:：]{1,40}[:：]\s*")
_SHORT = 80
_WORDS = re.compile(r"[^\W\d_]{2}")
"""What makes words of a text; an order's number under the name of a buyer is no message."""
_PRICE = re.compile(r"[$€£¥￥฿₫₱₩]\s?\d|\b(?:RM|Rp|R\$|S\$|NT\$|USD|EUR|GBP)\s?\d|\d\s?(?:€|zł|kr|円|元|원|đ)")
_NARROW = 1.2
"""A page so much taller than wide is that of a telephone."""


def _on_page(
    page: ReadPage, scene: InterpretContext, speakers: Speakers, furniture: Furniture
) -> Sequence[MessagePart]:
    times = scene.found["timestamps"]
    page = with_names_apart(page, speakers)
    if found := list(mails(page, times, speakers, scene.house)):
        return found
    if found := tabled(page, times, speakers):
        return found
    spoken = list(transcript(page, times, speakers, furniture))
    under = [part for part in headed(page, times, speakers, furniture) if _WORDS.search(part.text)]
    named = [part for part in under if part.name]
    if len(spoken) > len(named):
        return spoken
    if named:
        return under
    program = scene.found["context"].chat not in {"none", "on_platform"}
    surely = program or (scene.found["kind"] == "messages" and page.height > _NARROW * page.width)
    aside = [one for one in bubbles(page, times, speakers, furniture, surely=surely) if _WORDS.search(one.text)]
    aside = [] if _is_table(aside) and not program else _below_bar(_below_head(aside, scene), scene)
    return [_by_row(one, page, speakers) for one in aside] or under


def _below_bar(parts: Sequence[MessagePart], scene: InterpretContext) -> list[MessagePart]:
    """The messages without the card of the order above them: it names the order, and a price, or no time where all below do."""
    orders = [text_folding.squeezed(seen.value) for seen in scene.found["order_ids"]]
    dated = sum(part.at is not None for part in parts)
    if not parts or parts[0].at:
        return list(parts)
    if not _PRICE.search(parts[0].text) and (dated < len(parts) - 1 or not dated):
        return list(parts)
    plain = text_folding.squeezed(parts[0].text)
    return list(parts[1:]) if any(order in plain for order in orders) else list(parts)


def _below_head(parts: Sequence[MessagePart], scene: InterpretContext) -> list[MessagePart]:
    """The messages without the row that heads them: a name, and beside it the number of the order and nothing else."""
    orders = [text_folding.squeezed(seen.value) for seen in scene.found["order_ids"]]
    heads = [
        part for part in parts[:_HEAD_ROW] if not part.at and any(_is_number(part.text, order) for order in orders)
    ]
    beside = [part for part in parts[:_HEAD_ROW] if any(in_row(head.box, part.box) for head in heads)]
    return [part for part in parts if part not in heads and part not in beside]


def _is_number(text: str, order: str) -> bool:
    """Whether a text is the number of an order with its label."""
    before, found, after = text_folding.squeezed(text).partition(order)
    return bool(found) and not after and len(before) <= _LABEL


def _without_repeats(parts: Sequence[MessagePart]) -> list[MessagePart]:
    """The messages without the words of an earlier one that they answer and repeat on top, as chats do."""
    return [replace(part, lines=part.lines[_repeated(part, parts[:place]) :]) for place, part in enumerate(parts)]


def _repeated(part: MessagePart, before: Sequence[MessagePart]) -> int:
    """How many of the first lines of a message are those of an earlier one, with or without the name of who wrote it."""
    said = [text_folding.squeezed(one.text) for one in before]
    for count in range(min(len(part.lines) - 1, _MOST_REPEATED), 0, -1):
        whole = joined(line.text for line in part.lines[:count])
        for text in (whole, _NAMED.sub("", whole)):
            words = text_folding.squeezed(text)
            if len(words) >= _LEAST_REPEATED and any(words in one for one in said):
                return count
    return 0


def _is_table(parts: Sequence[MessagePart]) -> bool:
    """Whether what stands right is level with what stands left: labels with their values, and nobody's talk."""
    left = [line for part in parts if part.side == "left" for line in part.lines]
    right = [line for part in parts if part.side == "right" for line in part.lines]
    level = sum(any(in_row(one.box, other.box) for other in left) for one in right)
    return bool(right) and level * _ENOUGH > len(right)


def _by_row(part: MessagePart, page: ReadPage, speakers: Speakers) -> MessagePart:
    """A message with the name that stands beside it: who wrote is said in its row, not by its side."""
    if part.name:
        return part
    beside = (line for line in page.lines if line not in part.lines and in_row(line.box, part.lines[0].box))
    name = next((line.text.strip() for line in beside if speakers.is_exactly(line.text)), None)
    return replace(part, name=name) if name else part
