"""How the grounds of a case are said: their values in the letter's language, gated by the pages that stand behind them. Pure.

A sentence whose values one page carries cites that page. Where several pages carry them between them, all of these are cited; where
one value stands nowhere, the sentence is our record.
"""

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence

from casefile.anchors import Anchor, PrintedPage
from casefile.citation import Citation
from casefile.coverage import CoverageStatus
from casefile.fields.base import Money
from casefile.fields.people import Address
from casefile.ground import StandingGround, Value
from casefile.letter import Proof
from casefile.wording import placeholders
from letters.language_formatter import bare, east_asian, opened, unstopped
from letters.letter_context import LetterContext
from letters.raw import Raw
from letters.told import Params, Phrase, Told, due, figure, moment, money, town
from letters.told import words as told_words

READERS = {"buyer", "carrier", "anyone", "complainant"}
"""Readers before whom no ground is argued."""
_PLAIN = {
    "platform", "count", "use_count", "missing", "value", "net", "disputed", "invoices", "units", "orders", "elements",
    "claimed_at", "requested_at", "window_until", "prior_first", "prior_second", "condition", "item", "policy_where",
    "delivered_to", "due_at", "delivered_count", "linked", "only_order", "goods", "removal",
}  # fmt: skip
"""What is reckoned, stands in the reader's own record, or is the seller's account: no page has to print it."""
_NUMBERS = {
    "number", "parcel_number", "open_number", "reference", "serial_sent", "serial_received", "order", "other_order", "shipment",
}  # fmt: skip
_POOL = ("order_page", "tracking", "proof_of_delivery", "carrier_statement", "case_page", "refund_proof", "messages")
"""Kinds of pages that may print what a ground's own pages do not."""
_CARRIERS = {"carrier", "replacement_carrier"}
_QUOTED = {
    "accepted_words",
    "agreed_words",
    "settled_words",
    "offered_words",
    "wrote_words",
    "received_words",
    "listing_words",
}
_PARTS = {"offered_words", "received_words"}
_PROOFS: Mapping[CoverageStatus, Proof] = {"shown": "shown", "described": "described", "attached": "attached"}


def speaks(scene: LetterContext, key: str) -> bool:
    """Whether the letter can say a text of a ground; a reading copy says what its letter says."""
    request = scene.request
    return request.house.catalogs.of(request.copy_of or request.language).own(key)


def leading(scene: LetterContext) -> StandingGround | None:
    """The ground that the letter argues first: the strongest that holds, if the letter's language can say it."""
    reader = scene.kind.reader or scene.request.procedure.audience
    if scene.request.draft or reader in READERS:
        return None
    first = next((one for one in scene.request.evidence.grounds if one.holds), None)
    argued = first is not None and (first.excuses or not scene.accepts)
    return first if first and argued and speaks(scene, first.answer) else None


def others(scene: LetterContext) -> list[StandingGround]:
    """The further grounds that hold."""
    first = leading(scene)
    if first is None:
        return []
    return [
        one for one in scene.request.evidence.grounds if one.holds and one is not first and speaks(scene, one.answer)
    ]


def damaged(scene: LetterContext, what: str) -> bool:
    """Whether saying this would weaken the ground that leads."""
    first = leading(scene)
    return first is not None and what in first.ground.damages


def named(scene: LetterContext, key: str) -> frozenset[str]:
    """The values that a text of a ground names."""
    return placeholders(scene.request.catalog.text(key))


def said(
    scene: LetterContext, ground: StandingGround, key: str, citations: Sequence[Citation], status: CoverageStatus
) -> Raw | None:
    """A text of a ground as a fact with its proof, or ``None`` where the language has no words for one of its values."""
    params = {name: told(scene, name, ground.values[name]) for name in named(scene, key)}
    if any(value is None for value in params.values()):
        return None
    proof = _PROOFS.get(status, "record")
    cites = _of_its_day(scene, ground, params, citations) if proof != "record" else ()
    proof = proof if cites or not citations else "record"
    if not any(isinstance(value, Told) for value in params.values()) and proof == "record":
        return scene.plain(key, "argument", **params)
    clause = _Clause(scene, key, params)
    raw = clause.fact(cites, proof)
    if proof == "shown" and raw.proof != "shown":
        return clause.gathered((*cites, *_behind(ground))) or raw
    return raw


def _of_its_day(
    scene: LetterContext, ground: StandingGround, names: Collection[str], citations: Sequence[Citation]
) -> tuple[Citation, ...]:
    """The exhibits behind a sentence that names the delivery: one that dates it to another day does not show it."""
    at, number, cites = ground.values.get("delivered_at"), ground.values.get("number"), tuple(citations)
    if "delivered_at" not in names or not isinstance(at, dt.datetime):
        return cites
    for proposition in ("delivered", "delivered_to_address"):
        covered = scene.covered(proposition, str(number)) if number else scene.covered(proposition)
        cites = scene.dated_so(covered, cites, at)
    return cites


def asked(scene: LetterContext, ground: StandingGround, key: str) -> str | None:
    """A request of a ground: what is asked for needs no proof behind it; ``None`` where a value has no words."""
    params = {name: _words(scene, name, ground.values[name]) for name in named(scene, key)}
    return None if any(value is None for value in params.values()) else scene.text(key, **params)


def _behind(ground: StandingGround) -> Iterable[Citation]:
    """Every page that an argument of the ground cites."""
    return (cited for argument in ground.arguments for cited in argument.citations)


@dataclasses.dataclass(frozen=True, slots=True)
class _Clause:
    """A text of a ground with its values."""

    scene: LetterContext
    key: str
    params: Params

    def fact(self, citations: tuple[Citation, ...], proof: Proof) -> Raw:
        """The fact as its first page carries it."""
        return self.scene.wording.fact(self.key, citations, proof, self.params)

    def gathered(self, citations: Iterable[Citation]) -> Raw | None:
        """The sentence with every page that it takes to carry its values; ``None`` where one value stands on none of them."""
        pages = [(c, page) for c in dict.fromkeys(self._pool(citations)) if (page := self.scene.request.page(c))]
        chosen: dict[Citation, list[Anchor]] = {}
        params = dict(self.params)
        for name, value in self.params.items():
            if isinstance(value, Told):
                found = _fullest(value, pages, chosen)
                if found is None:
                    return None
                chosen.setdefault(found[0], []).extend(found[1].anchors)
                params[name] = found[1].text
        return self._cited(params, chosen, dict(pages)) if chosen else None

    def _pool(self, citations: Iterable[Citation]) -> Iterable[Citation]:
        yield from citations
        yield from self.scene.of_kinds(*_POOL)

    def _cited(
        self,
        params: Params,
        chosen: Mapping[Citation, list[Anchor]],
        pages: Mapping[Citation, PrintedPage],
    ) -> Raw:
        scene, cites = self.scene, tuple(chosen)
        anchors = tuple(dict.fromkeys(chosen[cites[0]]))
        text = scene.text(
            "letter.fact.shown", clause=unstopped(scene.text(self.key, **params)), cites=scene.citing.in_order(cites)
        )
        return Raw(
            text=scene.say.smooth(opened(text)), sentence_class="argument", proof="shown", exhibits=cites, anchors=anchors,
            rests_on=tuple(dict.fromkeys(pages[cites[0]].spans(anchors) or ())),
        )  # fmt: skip


def _fullest(
    value: Told, pages: Sequence[tuple[Citation, PrintedPage]], chosen: Collection[Citation]
) -> tuple[Citation, Phrase] | None:
    """The page that prints a value most fully; of equals one that is cited already."""
    forms = [(value.rank(form), cited not in chosen, n, cited, form) for n, (cited, page) in enumerate(pages)
             if (form := value.on(page))]  # fmt: skip
    best = min(forms, key=lambda one: one[:3], default=None)
    return (best[3], best[4]) if best else None


def told(scene: LetterContext, name: str, value: Value) -> Told | str | None:
    """A value in words: what a page has to print as something told, everything else plain; ``None`` without words for it."""
    plain = _words(scene, name, value)
    return plain if plain is None or name in _PLAIN else _claimed(scene, name, value, plain)


def _claimed(scene: LetterContext, name: str, value: Value, plain: str) -> Told:
    if name in _CARRIERS:
        return scene.told_carrier(value if isinstance(value, str) else None)
    if isinstance(value, dt.datetime):
        return due(scene.say, value) if name == "ship_by_at" else moment(scene.say, value)
    if isinstance(value, Money | int):
        return money(scene.say, value) if isinstance(value, Money) else figure(value)
    if name in _NUMBERS:
        return Told((Phrase(plain, tuple(Anchor.number(part) for part in plain.split(", "))),))
    if isinstance(value, Address):
        return town(scene.say, value) or told_words(plain)
    return told_words(_own_words(scene, name, value) or "", plain if name in _QUOTED else None)


def _words(scene: LetterContext, name: str, value: Value) -> str | None:
    if isinstance(value, dt.datetime | Money | Address):
        return _measured(scene, value)
    if isinstance(value, tuple):
        names = [scene.text(key) for key in value]
        return scene.text("letter.comma").join(names) if east_asian(scene.request.language) else scene.say.listed(names)
    if isinstance(value, Mapping) and name == "platform":
        return scene.name(value)
    if name == "condition":
        found = scene.words(value, "/return/condition")
        return bare(found) if found else None
    if name in _QUOTED:
        return _in_quotes(scene, name, _own_words(scene, name, value))
    return scene.words(value, f"/{name}") if isinstance(value, Mapping) else str(value)


def _measured(scene: LetterContext, value: dt.datetime | Money | Address) -> str | None:
    if isinstance(value, Address):
        return scene.say.town(value) or None
    return scene.say.money(value) if isinstance(value, Money) else scene.say.moment(value)


def _own_words(scene: LetterContext, name: str, value: Value) -> str | None:
    """Words as somebody wrote them; those of a listing as the letter's language has them."""
    if name == "listing_words" and isinstance(value, str | Mapping):
        return scene.words(value, "/claim/points/0/listing_says")
    return str(value)


def _in_quotes(scene: LetterContext, name: str, said: str | None) -> str | None:
    """A quotation; of a carrier's line a part is quoted, and no full stop is put behind it."""
    if said is None:
        return None
    return scene.text("letter.quote", text=said) if name in _PARTS else scene.say.quoted(said)
