"""Evidence: what this reason needs, what contradicts it, what is beside the point, what no sentence cites."""

from collections.abc import Iterator

from casefile.coverage import PropositionCoverage
from casefile.finding import Finding, Severity
from casefile.finding_kind import FindingKind
from evidence_packer.judge.check import CheckOf, Dossier, Skip

EVIDENCE_MISSING = FindingKind(
    code="evidence-missing", severity="warning", named_in_detail=True, role="missing_evidence"
)
EVIDENCE_WOULD_HELP = FindingKind(code="evidence-would-help", severity="advice")


def check_needed_evidence(dossier: Dossier) -> Iterator[Finding]:
    """Is everything there that this reason needs on this platform?

    A blocker per required proposition without evidence (weak source: a warning), a warning or advice for the others; advice where
    the answer rests on another ground.
    """
    if not dossier.coverage:
        raise Skip("nothing-needed")
    for covered in dossier.coverage:
        if covered.status != "missing" or not covered.claimed:
            continue
        leading = dossier.evidence.leading
        spared = covered.optional or (leading is not None and not leading.asks_for(covered.proposition))
        kind = EVIDENCE_WOULD_HELP if spared else EVIDENCE_MISSING
        severity: Severity = "advice" if spared else "blocker" if covered.required else "warning"
        finding = kind.found(
            severity=severity,
            params={
                "proposition": f"@proposition.{covered.proposition}",
                "kinds": [f"@kind.{kind}" for kind in covered.needs],
            },
            rules=("S002-07", "S003-05"),
        )
        severe = covered.required and not spared and not dossier.facts
        yield finding if severe else finding.capped(covered.confidence)


_DOORS = frozenset({"neighbour", "locker", "pickup_point"})
EVIDENCE_CONTRADICTS = FindingKind(code="evidence-contradicts", severity="blocker", sign="agrees", retake=True)


def check_evidence_contradicts(dossier: Dossier) -> Iterator[Finding]:
    """Does an exhibit say the opposite of what it should prove?

    A blocker per contradicted proposition that the case states, naming the first exhibit that speaks against it, its words and
    their place; a warning where a delivery only went to another door than the buyer's.
    """
    if not dossier.coverage:
        raise Skip("nothing-needed")
    leading = dossier.evidence.leading
    conceded = leading.ground.concedes if leading else ()
    for covered in dossier.coverage:
        if covered.status == "contradicted" and covered.claimed and covered.proposition not in conceded:
            cited = covered.exhibits[0]
            exhibit = next(e for e in dossier.plan.exhibits if e.number == cited.number)
            spot = next(iter(covered.spots[0]), None) if covered.spots else None
            yield EVIDENCE_CONTRADICTS.found(
                severity="warning" if _other_door(covered) else "blocker",
                file=exhibit.file,
                page=spot.page if spot else exhibit.source_pages[cited.page - exhibit.first_page],
                box=spot.box if spot else None,
                params={
                    "proposition": f"@proposition.{covered.proposition}",
                    "exhibit": cited.number,
                    "found": _words(covered),
                },
                rules=("S000-64",),
            )


def _other_door(covered: PropositionCoverage) -> bool:
    """Whether it was delivered, only not to the address itself: to a neighbour, a locker, a point where it is fetched."""
    told = [one for statements in covered.statements for one in statements]
    return bool(told) and all(one.says == "delivered" and one.to in _DOORS for one in told)


def _words(covered: PropositionCoverage) -> str:
    """What the exhibit says against it, as it was read; a dash where only its place is known."""
    told = covered.statements[0] if covered.statements else ()
    return next((f"“{one.span.text}”" for one in told if one.span.text), "–")


EVIDENCE_BESIDE_THE_POINT = FindingKind(code="evidence-beside-the-point", severity="advice", about="file")
_ALWAYS = frozenset(
    {"order_page", "case_page", "notice", "messages", "translation", "agent_authorisation", "rejection_notice", "other",
     "buyer_confirmation", "policy_text"}
)  # fmt: skip


def check_evidence_useful(dossier: Dossier) -> Iterator[Finding]:
    """Is every file one that this reason asks for?

    Advice per file of a kind that proves nothing for this reason, unless the case says what it proves.
    """
    wanted = {kind for evidence in dossier.procedure.needed(dossier.case) for kind in evidence.kinds}
    if not wanted:
        raise Skip("nothing-needed")
    wanted |= {kind for covered in dossier.coverage if covered.status == "shown" for kind in covered.needs}
    wanted |= {kind for ground in dossier.evidence.grounds if ground.holds for kind in ground.kinds}
    for file in dossier.facts:
        entry = dossier.case.entry(file.file)
        if file.kind not in wanted | _ALWAYS and not (entry and entry.proves):
            yield EVIDENCE_BESIDE_THE_POINT.found(
                file=file.file, params={"kind": f"@kind.{file.kind}"}, rules=("S002-07", "S004-30")
            )


EXHIBIT_UNCITED = FindingKind(code="exhibit-uncited", severity="advice")
FACT_UNCITED = FindingKind(code="fact-uncited", severity="advice")


def check_exhibits_cited(dossier: Dossier) -> Iterator[Finding]:
    """Is every exhibit used by a sentence, and every claimed fact carried by an exhibit?

    Advice per exhibit that no sentence cites; a warning where the operator's own facts stand without exhibit.
    """
    letter = dossier.letter
    assert letter is not None  # what the check judges is there
    if dossier.procedure.audience == "buyer":
        return
    cited = {citation.number for sentence in letter.sentences for citation in sentence.exhibits}
    for exhibit in dossier.plan.exhibits:
        if exhibit.number not in cited:
            yield EXHIBIT_UNCITED.found(
                file=exhibit.file, params={"exhibit": exhibit.number}, rules=("S002-15", "S002-07", "S004-30")
            )
    bare = [s for s in letter.sentences if s.own_words and s.sentence_class == "fact" and not s.exhibits]
    if bare:
        yield FACT_UNCITED.found(
            params={"count": len(bare), "first": bare[0].text[:80]}, rules=("S001-13", "S002-03", "S004-61")
        )


CHECKS = (
    CheckOf(
        code="needed-evidence",
        judges="case",
        findings=(EVIDENCE_MISSING, EVIDENCE_WOULD_HELP),
        run=check_needed_evidence,
    ),
    CheckOf(
        code="evidence-contradicts", judges="plan", findings=(EVIDENCE_CONTRADICTS,), run=check_evidence_contradicts
    ),
    CheckOf(code="evidence-useful", judges="facts", findings=(EVIDENCE_BESIDE_THE_POINT,), run=check_evidence_useful),
    CheckOf(code="exhibits-cited", judges="letter", findings=(EXHIBIT_UNCITED, FACT_UNCITED), run=check_exhibits_cited),
)
