"""Which grounds come into question in a case, which of them hold, and how each is said. Pure.

A ground holds when everything that it needs is there: propositions that exhibits carry far enough, and questions answered yes.
What is only stated never makes a ground that needs proof; what is contradicted breaks it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from casefile.casework import Matter
from casefile.citation import BundlePlan, Citation
from casefile.coverage import CoverageStatus, PropositionCoverage, row_of
from casefile.facts import FileFacts
from casefile.fields.files import Kind
from casefile.ground import Argument, Ask, Ground, Need, Question, StandingArgument, StandingGround, Value
from casefile.ledger import CaseLedger
from casefile.rules import EvidenceRule
from casefile.wording import Catalog, placeholders
from evidence_packer.judge.admissions import Admission
from evidence_packer.judge.coverage import heard
from evidence_packer.judge.footing import RECEIVED, Footing
from evidence_packer.judge.ground_questions import QUESTIONS
from evidence_packer.judge.ground_values import received, values
from evidence_packer.judge.receiving import ToldLine

_RANK: tuple[CoverageStatus, ...] = ("contradicted", "missing", "attached", "described", "shown")
_WORKING = frozenset({"active", "at_risk"})
"""States of an account that still sells."""
_STANDING = frozenset({"reinstate", "remove", "exclude"})
"""Verbs about a standing: where a violation is appealed, its cancellation is what restores that."""
_OF_MONEY = frozenset({"order", "charge"})
"""Subjects of which a sum is decided."""
_SETTLING = frozenset({"withdrawal_application", "close_request", "retraction_request"})
"""Letters that ask for what was settled: only a settlement carries them."""


def standing_grounds(
    matter: Matter,
    ledger: CaseLedger,
    coverage: tuple[PropositionCoverage, ...],
    files: tuple[FileFacts, ...],
    plan: BundlePlan,
) -> tuple[StandingGround, ...]:
    """The grounds of a case: those that hold first, the strongest first, then those that lack something.

    A message to the buyer argues nothing, so it has none.
    """
    if matter.procedure.audience == "buyer":
        return ()
    asked = Footing(matter=matter, ledger=ledger, coverage=coverage, files=files, plan=plan)
    known, english = values(asked), matter.house.catalogs.of("en")
    found = []
    for ground in _near(asked):
        own = replace(asked, windows=ground.windows) if ground.windows else asked
        bench = _Bench(ground, own, values(own) if ground.windows else known, english)
        found += [bench.judged()] if bench.in_question else []
    return tuple(sorted(found, key=lambda one: (not one.holds, -one.ground.weight, one.id)))


def _near(asked: Footing) -> Iterator[Ground]:
    """The grounds whose scope takes the case in."""
    case, procedure = asked.case, asked.matter.procedure
    settles = procedure.letter in _SETTLING
    for ground in asked.matter.house.grounds.values():
        if (
            (not ground.platforms or case.platform in ground.platforms)
            and (not ground.procedures or case.procedure in ground.procedures)
            and (not ground.subjects or procedure.subject in ground.subjects)
            and (ground.chargeback is None or ground.chargeback == procedure.chargeback)
            and ground.seeks in {None, procedure.seeks}
            and (not ground.reasons or case.reason in ground.reasons)
            and (ground.ask.verb == "record" or not settles)
            and ground.when.holds(case, asked.coverage)
        ):
            yield ground


@dataclass(frozen=True, slots=True)
class _Bench:
    """One ground before one case."""

    ground: Ground
    asked: Footing
    known: Mapping[str, Value]
    english: Catalog

    @property
    def in_question(self) -> bool:
        """Whether it comes up: what it asks first is so, or is not known and told as missing."""
        told = {need.question for need in self.ground.needs}
        answers = {question: QUESTIONS[question](self.asked) for question in self.ground.questions}
        return all(said or (said is None and question in told) for question, said in answers.items())

    def judged(self) -> StandingGround:
        """The ground with what it rests on and what it lacks."""
        rows = {need.name: self._row(need) for need in self.ground.needs if need.proposition}
        missing = tuple(self._weighed(need) for need in self.ground.needs if not self._met(need, rows))
        sure = all(QUESTIONS[question](self.asked) for question in self.ground.questions)
        answer = next((key for key in self.ground.answers if self._sayable(key)), None)
        decisive = {need.name for need in self.ground.needs if need.proposition and not need.helps}
        carried = [row for row in rows.values() if row and row.status in _RANK[2:]]
        named = placeholders(self.english.text(f"ground.{self.ground.id}.{answer}")) if answer else frozenset()
        carried = [row for row in carried if row.proposition in decisive] or [row for row in carried if named]
        spared = {need.name for need in self.ground.needs if need.always_helps or not need.breaks}
        denied = any(row and row.status == "contradicted" for name, row in rows.items() if name not in spared)
        shown = _best(carried)
        parcels = self._handover_cited() or (self._parcels_cited() if not carried else ())
        return StandingGround(
            ground=self.ground,
            holds=sure and not denied and answer is not None and all(need.helps for need in missing),
            answer=f"ground.{self.ground.id}.{answer or self.ground.answers[-1]}",
            missing=missing,
            citations=parcels
            or tuple(dict.fromkeys((*_cited(row for row in carried if row.status == shown), *self._words_cited()))),
            proof="shown" if parcels else shown,
            arguments=tuple(self._arguments(rows)),
            ask=self._asked(self.ground.ask),
            requests=tuple(dict.fromkeys(self._request(self._asked(ask)) for ask in (self.ground.ask, *self._also()))),
            values={**self.known, **received(self._received())},
        )

    def _weighed(self, need: Need) -> Need:
        """A need that is missing; one that elsewhere only helps decides where the receiver itself requires it."""
        row = row_of(self.asked.coverage, need.name) if need.helps and not need.always_helps else None
        return need.model_copy(update={"helps": False}) if row and row.required else need

    def _sayable(self, name: str) -> bool:
        return self._has(f"ground.{self.ground.id}.{name}")

    def _row(self, need: Need) -> PropositionCoverage | None:
        """The row of a proposition: the platform's own, else what the exhibits say of it all the same."""
        own = row_of(self.asked.coverage, need.name)
        if own and own.status != "missing":
            return own
        rule = EvidenceRule.model_validate(
            need.proof.model_dump() | {"proposition": need.name, "reasons": (), "kinds": need.kinds, "source": ""}
        )
        matter = self.asked.matter
        return row_of(heard(matter.case, matter.platform, self.asked.files, self.asked.plan, (rule,)), need.name)

    def _met(self, need: Need, rows: Mapping[str, PropositionCoverage | None]) -> bool:
        if need.question:
            return bool(QUESTIONS[need.question](self.asked))
        row = rows[need.name]
        return row is not None and _RANK.index(row.status) >= _RANK.index(need.enough)

    def _arguments(self, rows: Mapping[str, PropositionCoverage | None]) -> Iterator[StandingArgument]:
        for one in self.ground.argue:
            apt = one.question is None or bool(QUESTIONS[one.question](self.asked))
            behind = self._behind(one, rows) if apt and self._sayable(f"argue.{one.say}") else None
            if behind is not None:
                yield replace(behind, key=f"ground.{self.ground.id}.argue.{one.say}")

    def _behind(self, argument: Argument, rows: Mapping[str, PropositionCoverage | None]) -> StandingArgument | None:
        """What stands behind an argument; ``None`` where it states a fact that nothing carries or something denies."""
        short = {need.name for need in self.ground.needs if not self._met(need, rows)}
        told = [row_of(self.asked.coverage, name) or rows.get(name) for name in argument.by if name not in short]
        if any(row and row.status == "contradicted" for row in told):
            return None
        carried = [row for row in told if row and row.status in _RANK[2:]]
        status = _best(carried)
        cited = _cited(row for row in carried if row.status == status)
        if status == "attached" and argument.kinds:  # a page that is only enclosed speaks by its kind
            cited = tuple(one for one in cited if self._kind_of(one) in argument.kinds)
        word = self._word() if argument.words else None
        if word and word.citation:
            cited, status = (word.citation,), "shown"
        if not cited and argument.kinds:
            cited = tuple(e.cite() for e in self.asked.plan.exhibits if e.kind in argument.kinds)
            status = "attached" if cited else "missing"
        if argument.states and not cited and not argument.on_record:
            return None
        return StandingArgument(key="", citations=cited, proof=status, states=argument.states)

    def _kind_of(self, cited: Citation) -> Kind | None:
        return next((one.kind for one in self.asked.plan.exhibits if one.number == cited.number), None)

    def _word(self) -> Admission | None:
        """The buyer's own words that the ground rests on."""
        asks: set[Question | None] = {*self.ground.questions, *(need.question for need in self.ground.needs)}
        if "buyer_accepted" in asks:
            return self.asked.accepted()
        if "refund_accepted" in asks:
            return self.asked.settled()
        if "wrote_before_claim" in asks:
            return self.asked.wrote()
        return self.asked.withdrawn() if "buyer_withdrew" in asks else None

    def _parcels_cited(self) -> tuple[Citation, ...]:
        """Of several parcels, the pages that show which of them were delivered."""
        if not {"some_parcels_open", "every_parcel"} & set(self.ground.questions):
            return ()
        return _cited(row for row in self.asked.coverage if row.proposition == "delivered" and row.status == "shown")

    def _handover_cited(self) -> tuple[Citation, ...]:
        """Of a parcel that was offered and went back, the carrier's page that says so."""
        offered = self.asked.handover() if "handover_failed" in self.ground.questions else None
        told = offered or self._received()
        return (told.citation,) if told else ()

    def _received(self) -> ToldLine | None:
        """The line that tells how the buyer got the goods, where the ground rests on it."""
        how = next((one for one in RECEIVED if one in self.ground.questions), None)
        return self.asked.received(how) if how else None

    def _words_cited(self) -> tuple[Citation, ...]:
        word = self._word()
        return (word.citation,) if word and word.citation else ()

    def _also(self) -> Iterator[Ask]:
        """What else is asked for in this procedure."""
        money = self.asked.matter.procedure.subject in _OF_MONEY
        for ask in self.ground.also_ask:
            apt = not ask.procedures or self.asked.case.procedure in ask.procedures
            if apt and not (money and ask.object == "metric"):
                yield ask

    def _asked(self, ask: Ask) -> Ask:
        """The ask with the verb that the money asks for, and the object that the procedure is about."""
        subject = self.asked.matter.procedure.subject
        account = self.asked.case.account
        if self.asked.matter.procedure.penalty and ask.verb in _STANDING:
            return ask.model_copy(update={"verb": "cancel", "object": "violation"})
        if ask.verb == "reinstate" and account and account.status in _WORKING and ask.object == "listing":
            return ask  # nothing is to be given back of an account that works
        if ask.verb == "reinstate" and subject in {"account", "listing"}:
            return ask.model_copy(update={"object": subject})
        if ask.verb in {"reinstate", "exclude"} and subject in _OF_MONEY:  # who decides about money reinstates nothing
            ask = ask.model_copy(update={"verb": "by_ledger", "object": "claim"})
        ledger, banked = self.asked.ledger, ask.verb == "record" and self.asked.matter.procedure.chargeback
        paid_already = ask.verb == "fund" and ledger.asks_back
        if (
            not banked and not paid_already and ask.verb != "by_ledger"
        ):  # a bank records nothing: it decides and releases the sum
            return ask
        return ask.model_copy(update={"verb": ledger.verb, "object": ledger.matter(ask.object)})

    def _request(self, ask: Ask) -> str:
        """The key of what is asked: with its sum where there is one, else that all went back, else plain."""
        key = ask.key + self._end(ask)
        return key if self._has(key) else ask.key

    def _end(self, ask: Ask) -> str:
        ledger = self.asked.ledger
        if ask.verb == "limit" and "some_parcels_open" in self.ground.questions:
            return "_part"
        if ask.verb == "exclude" and len(self.asked.case.orders) == 1:
            return "_one"
        if ask.verb == "release" and ask.object == "claim" and ledger.holds_refunded:
            return "_sum_part"
        if ask.verb == "deny" and self.ground.goods_return and not ledger.settled:
            return "_open"
        if ask.verb == "deny" and (ledger.settled or ledger.offered):
            return "_refunded" if ledger.settled else ""  # who has offered a refund does not say that none is owed
        return "_sum" if ledger.net is None or ledger.net.amount or ledger.withheld else ""

    def _has(self, key: str) -> bool:
        known = self.known.keys() | received(self._received()).keys()
        return self.english.own(key) and placeholders(self.english.text(key)) <= known


def _best(rows: Iterable[PropositionCoverage]) -> CoverageStatus:
    none: CoverageStatus = "missing"
    return max((row.status for row in rows), key=_RANK.index, default=none)


def _cited(rows: Iterable[PropositionCoverage]) -> tuple[Citation, ...]:
    return tuple(dict.fromkeys(cited for row in rows for cited in row.exhibits))
