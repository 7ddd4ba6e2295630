"""What carries the letter: what the reason needs is shown, the conclusion holds something of it, and our own advice agrees."""

from collections.abc import Iterator

from casefile.coverage import PropositionCoverage
from casefile.finding import Finding
from casefile.finding_kind import FindingKind
from casefile.ground import yields
from casefile.letter import Paragraph, Sentence
from casefile.rules import EvidenceRule
from casefile.text_value import TextValue
from evidence_packer.judge.check import CheckOf, Dossier, Skip
from evidence_packer.judge.lacking import lacking, place_to_look
from evidence_packer.judge.subjects import subjects
from evidence_packer.judge.witness import Witness

EVIDENCE_ATTACHED = FindingKind(code="evidence-attached", severity="warning", named_in_detail=True, retake=True)
_NOTHING_SAID = ("enclosed", "sent_also")
"""Blocks of a letter that only list what goes along."""


def check_required_shown(dossier: Dossier) -> Iterator[Finding]:
    """Is every required proposition shown, or described by the seller, so that the letter can say it?

    A warning per required proposition of which the exhibits are only attached, with what was not read in the first of them. Where
    a ground leads the letter, what it does not need is not missed.
    """
    if not dossier.coverage:
        raise Skip("nothing-needed")
    rules = {rule.proposition: rule for rule in dossier.procedure.needed(dossier.case)}
    for covered in dossier.coverage:
        rule = rules.get(covered.proposition)
        leading = dossier.evidence.leading
        if not (rule and covered.required and covered.claimed and covered.status == "attached" and covered.exhibits):
            continue
        if leading and not leading.asks_for(covered.proposition):
            continue
        if rule.provable or not _own_words_on(dossier, covered):
            yield _unsaid(dossier, covered, rule)


def _unsaid(dossier: Dossier, covered: PropositionCoverage, rule: EvidenceRule) -> Finding:
    cited = covered.exhibits[0]
    exhibit = next(e for e in dossier.plan.exhibits if e.number == cited.number)
    facts = next(file for file in dossier.facts if file.file == exhibit.file)
    subject = next(one for one in subjects(dossier.case, rule) if one.of == covered.of)
    witness = Witness(case=dossier.case, platform=dossier.platform, facts=facts)
    page, box = place_to_look(facts, covered.spots[0] if covered.spots else ())
    return EVIDENCE_ATTACHED.found(
        file=exhibit.file,
        page=page,
        box=box,
        params={
            "proposition": f"@proposition.{covered.proposition}",
            "exhibit": cited.number,
            "lacking": [f"@lacking.{key}" for key in lacking(rule, subject, witness)],
        },
        rules=("S002-07", "S003-05"),
    )


def _own_words_on(dossier: Dossier, covered: PropositionCoverage) -> bool:
    """Whether the letter says in the seller's words what an exhibit means that no reading can show, such as a contract."""
    numbers = {cited.number for cited in covered.exhibits}
    return any(numbers & {cited.number for cited in sentence.exhibits} for sentence in _told(dossier))


def _told(dossier: Dossier) -> Iterator[Sentence]:
    """The facts and arguments of the letter, without lists of what is enclosed."""
    return (one for paragraph in _paragraphs(dossier) for one in paragraph.sentences if _states(one))


def _paragraphs(dossier: Dossier) -> Iterator[Paragraph]:
    sections = dossier.letter.sections if dossier.letter else ()
    return (p for section in sections for p in section.paragraphs if p.key.split("/")[0] not in _NOTHING_SAID)


def _states(sentence: Sentence) -> bool:
    return sentence.sentence_class in {"fact", "argument"}


CONCLUSION_EMPTY = FindingKind(code="conclusion-empty", severity="warning", follows=True)
_WITH_A_BUYER = frozenset({"order", "charge"})
_PROVED = frozenset({"shown", "described"})


def check_conclusion_carries(dossier: Dossier) -> Iterator[Finding]:
    """Does the letter hold anything of what the reason asks for?

    A warning where it contests and nothing that decides is shown or described. Where no page can decide, own words do.
    """
    if not _contests(dossier):
        raise Skip("nothing-needed")
    rules = {rule.proposition: rule for rule in dossier.procedure.evidence}
    asked = [row for row in dossier.coverage if row.claimed and _decides(rules, row)]
    leading = dossier.evidence.leading
    if any(row.status in _PROVED for row in asked) or (leading and leading.proof in _PROVED):
        return
    of_pages = asked and dossier.procedure.subject in _WITH_A_BUYER
    if of_pages or not any(one.own_words or one.exhibits for one in _told(dossier)):
        yield CONCLUSION_EMPTY.found(rules=("S002-07", "S003-05"))


def _decides(rules: dict[str, EvidenceRule], row: PropositionCoverage) -> bool:
    rule = rules.get(row.proposition)
    return rule.decides if rule else row.proposition != "dispatched"


ADVICE_AGAINST = FindingKind(code="advice-against", severity="warning")
_SETTLING = frozenset({"withdrawal_application", "close_request", "retraction_request"})
"""Letters that ask for what was settled."""


def _contests(dossier: Dossier) -> bool:
    case = dossier.case
    accepts = "accept" in {case.stance, case.answer}
    return not accepts and dossier.procedure.audience != "buyer" and dossier.procedure.letter not in _SETTLING


def check_advice_agrees(dossier: Dossier) -> Iterator[Finding]:
    """Does the letter do what we ourselves advise?

    A warning where it contests what is closed, what its own ground calls to settle, or what a row of the platform's data advises to
    settle, to accept or to leave alone while no ground holds.
    """
    if not _contests(dossier):
        raise Skip("nothing-needed")
    if advised := _other_advice(dossier):
        advice, why = advised
        yield ADVICE_AGAINST.found(params={"advice": f"@recommendation.{advice}", "why": why}, rules=("S000-13",))


def _other_advice(dossier: Dossier) -> tuple[str, TextValue] | None:
    """What is advised instead of contesting, and why."""
    claim, leading = dossier.case.claim, dossier.evidence.leading
    if claim and claim.status in {"closed", "withdrawn"}:
        return "no_action", "@report.because.closed"
    rows = dossier.procedure.recommend
    row = next((row for row in rows if row.when.holds(dossier.case, dossier.coverage)), None)
    if row and row.recommend != "contest" and not (leading and yields(row, leading)):
        return row.recommend, dict(row.because)
    return (
        (leading.ground.advice, dict(leading.ground.name)) if leading and leading.ground.advice != "contest" else None
    )


CHECKS = (
    CheckOf(code="required-shown", judges="plan", findings=(EVIDENCE_ATTACHED,), run=check_required_shown),
    CheckOf(code="conclusion-carries", judges="letter", findings=(CONCLUSION_EMPTY,), run=check_conclusion_carries),
    CheckOf(code="advice-agrees", judges="letter", findings=(ADVICE_AGAINST,), run=check_advice_agrees),
)
