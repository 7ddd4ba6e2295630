"""The answer first: the sentence that decides the case, and what carries it."""

import dataclasses

from casefile.ground import StandingArgument, StandingGround
from letters import grounded
from letters.blocks import block
from letters.language_formatter import bare, ended
from letters.letter_context import LetterContext
from letters.raw import ANSWER, ARGUMENT, Paragraphs, Raw, paragraph

_FURTHER = 2
"""Grounds that are named behind the one that leads."""
_SAID_BY = {
    "delivered_at": ("delivered",),
    "received_at": ("delivered",),
    "town": ("delivered_to_address",),
    "listing_words": ("item_as_listed",),
    "signed_by": ("delivered",),
    "first_scan_at": ("dispatched_on_time", "dispatched", "handed_to_carrier"),
    "replacement_at": ("reshipped",),
    "refunded_at": ("refund_made",),
    "used_at": ("service_used",),
    "policy_at": ("policy_shown",),
    "serial_received": ("return_received", "return_differs"),
    "weight_received": ("return_received", "weight_differs"),
    "condition": ("return_received",),
    "shipped": ("stock_sent", "stock_gap"),
}
"""Value → propositions that need no sentence of their own once it is stated."""


def _state(scene: LetterContext, raw: Raw, key: str) -> None:
    """Remember what a sentence has stated, so that no other block says it again."""
    if raw.proof == "record":
        return
    names = grounded.named(scene, key)
    scene.told.update(names)
    scene.said.update(proposition for name in names for proposition in _SAID_BY.get(name, ()))


@block
def answered(scene: LetterContext) -> Paragraphs:
    """The one sentence that decides the case, with its proof; then what else would decide it.

    One paragraph, none where no ground holds: then the letter tells the course of things.
    """
    first = grounded.leading(scene)
    if first is None:
        return []
    sentences: list[Raw] = []
    for ground in (first, *grounded.others(scene)):
        names = grounded.named(scene, ground.answer)
        if len(sentences) > _FURTHER or (sentences and not _adds(scene, ground)):
            continue
        raw = grounded.said(scene, ground, ground.answer, ground.citations, ground.proof)
        if raw is None:
            continue
        if not sentences and raw.proof == "shown":
            scene.answers.append(_banner(scene, raw))
        _state(scene, raw, ground.answer)
        scene.told.update(names)
        sentences.append(dataclasses.replace(raw, essential=True, worth=ANSWER if not sentences else ARGUMENT))
    return paragraph(*sentences)


def _adds(scene: LetterContext, ground: StandingGround) -> bool:
    """Whether a further ground says something that was not said, and is no half of what was."""
    names = grounded.named(scene, ground.answer) - {"platform", "carrier"}
    return bool(names - scene.told) and not names & scene.told


def _banner(scene: LetterContext, raw: Raw) -> str:
    """The answer without what stands in brackets behind it."""
    text = raw.text
    for cites in (scene.citing.in_order(raw.exhibits), "".join(scene.citing.led(raw.exhibits)) if raw.exhibits else ""):
        head = text.rpartition(cites)[0] if cites else ""
        if head:
            cut = max(head.rfind("("), head.rfind("（"))
            return ended(bare(head[:cut]), scene.request.language) if cut > 0 else ""
    return text


@block
def argued(scene: LetterContext) -> Paragraphs:
    """What carries the answer: the sentences of the leading ground that state a fact, each with its exhibits.

    One paragraph, the buyer's own words that admit something among them.
    """
    first = grounded.leading(scene)
    found: list[Raw] = []
    for argument in first.arguments if first else ():
        if (
            first is None
            or not argument.states
            or _repeats(scene, first, argument)
            or not grounded.speaks(scene, argument.key)
        ):
            continue
        raw = grounded.said(scene, first, argument.key, argument.citations, argument.proof)
        if raw and raw.text not in {one.text for one in found}:
            _state(scene, raw, argument.key)
            scene.said.update(_rests_on(first, argument))
            found.append(dataclasses.replace(raw, essential=True, worth=ARGUMENT))
    if first:
        scene.said.update(need.proposition for need in first.ground.needs if need.proposition and not need.helps)
    return paragraph(*found)


def _rests_on(ground: StandingGround, argument: StandingArgument) -> tuple[str, ...]:
    """The propositions behind an argument."""
    name = argument.key.rpartition(".")[2]
    return next((one.by for one in ground.ground.argue if one.say == name), ())


def _repeats(scene: LetterContext, ground: StandingGround, argument: StandingArgument) -> bool:
    """Whether every value of an argument was stated already, or every proposition behind it said."""
    names, by = grounded.named(scene, argument.key) - {"carrier"}, _rests_on(ground, argument)
    return names <= scene.told if names and names != {"number"} else bool(by) and set(by) <= scene.said


@block
def reasoned(scene: LetterContext) -> Paragraphs:
    """What follows from the leading ground: its sentences that state no fact.

    One paragraph, or none.
    """
    first = grounded.leading(scene)
    keys = [one.key for one in first.arguments if not one.states and grounded.speaks(scene, one.key)] if first else []
    made = [grounded.said(scene, first, key, (), "missing") for key in keys if first]
    return paragraph(*(dataclasses.replace(raw, worth=ARGUMENT - 1) for raw in made if raw))
