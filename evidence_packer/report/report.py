"""The report as data, in the shape of the contract; texts in the operator's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from casefile.citation import Citation
from casefile.finding import CheckResult
from casefile.letter import Letter
from casefile.wording import Catalog
from evidence_packer.judge.check import Dossier
from evidence_packer.judge.judging import verdict
from evidence_packer.report.advice import proposition_named, recommendation
from evidence_packer.report.assumed import assumptions
from evidence_packer.report.exhibits import exhibits
from evidence_packer.report.filled import filled
from evidence_packer.report.ground_shape import ReportCitation
from evidence_packer.report.grounds import grounds, leading, ledger
from evidence_packer.report.guidance import advice, checklist, steps
from evidence_packer.report.shape import (
    Report,
    ReportCoverage,
    ReportDeadline,
    ReportLeftOut,
    ReportLetter,
    ReportPageRead,
    ReportRefusal,
    ReportSentence,
    ReportTimePoint,
)
from evidence_packer.report.texts import check_in_words, named, params


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """What the report says about the letter: its length in characters, the limit, what did not fit."""

    letter: Letter
    chars: int
    limit: int | None
    dropped: tuple[int, ...] = ()


def _deadlines(dossier: Dossier, catalog: Catalog) -> tuple[ReportDeadline, ...]:
    return tuple(
        ReportDeadline(
            name=due.name.get(catalog.language, due.name["en"]),
            counts_from=due.counts_from,
            warn_at=due.warn_at.isoformat() if due.warn_at else None,
            block_at=due.block_at.isoformat() if due.block_at else None,
            hours_left=None if due.ended else due.hours_left(dossier.as_of),
            source=source.titled(catalog.language)
            if (source := dossier.platform.sources.get(due.source))
            else due.source,
            confidence=due.confidence,
        )
        for due in dossier.due
    )


def _cited(citations: Iterable[Citation]) -> tuple[ReportCitation, ...]:
    return tuple(ReportCitation(number=c.number, page=c.page) for c in citations)


def _coverage(dossier: Dossier, catalog: Catalog) -> tuple[ReportCoverage, ...]:
    return tuple(
        ReportCoverage(
            proposition=covered.proposition,
            statement=proposition_named(covered, catalog),
            needs=covered.needs,
            status=covered.status,
            of=covered.of,
            exhibits=_cited(covered.exhibits),
        )
        for covered in dossier.coverage
    )


def _timeline(dossier: Dossier, catalog: Catalog) -> tuple[ReportTimePoint, ...]:
    return tuple(
        ReportTimePoint(
            at=point.at,
            what=catalog.text(f"timeline.{point.what}"),
            source=point.source,
            exhibit=point.exhibit,
            page=point.page,
            conflict=point.conflict,
        )
        for point in dossier.timeline
    )


def _letter(told: LetterFacts | None, catalog: Catalog) -> ReportLetter | None:
    if told is None:
        return None
    left = [
        ReportLeftOut(sentence=named(line.sentence, catalog), why=catalog.text(f"left_out.{line.code}"))
        for line in told.letter.left_out
    ]
    by_number = {sentence.number: sentence.text for sentence in told.letter.sentences}
    left += [ReportLeftOut(sentence=by_number[n], why=catalog.text("left_out.over-limit")) for n in told.dropped]
    return ReportLetter(
        kind=told.letter.kind,
        language=told.letter.language,
        sentences=tuple(
            ReportSentence(
                n=sentence.number,
                text=sentence.text,
                sentence_class=sentence.sentence_class,
                proof=sentence.proof,
                exhibits=_cited(sentence.exhibits),
            )
            for sentence in told.letter.sentences
        ),
        chars=told.chars,
        limit=told.limit,
        left_out=tuple(left),
    )


def _reading(dossier: Dossier) -> tuple[ReportPageRead, ...]:
    return tuple(
        ReportPageRead(
            file=file.file,
            page=page,
            engine=read.engine,
            read_share=read.read_share,
            score=read.score,
            unread_script=read.unread_script,
            cut_short=(page, "cut-short") in file.unread,
        )
        for file in dossier.facts
        for page, read in file.receipts
    )


def _not_included(dossier: Dossier, catalog: Catalog) -> tuple[ReportRefusal, ...]:
    return tuple(
        ReportRefusal(
            file=line.file,
            code=line.code,
            reason=catalog.text(f"not_included.{line.code}", {"file": line.file, **params(line.params, catalog)}),
        )
        for line in dossier.not_included
    )


def report(
    dossier: Dossier,
    results: tuple[CheckResult, ...],
    catalog: Catalog,
    captions: Mapping[str, str],
    told: LetterFacts | None = None,
) -> Report:
    """The report; ``files`` is filled by whoever packages the pack."""
    advised, because = recommendation(dossier.matter, dossier.evidence, catalog)
    return Report(
        platform=dossier.case.platform,
        procedure=dossier.case.procedure,
        as_of=dossier.as_of.isoformat(),
        language=catalog.language,
        verdict=verdict(results),
        recommendation=advised,
        because=because,
        deadlines=_deadlines(dossier, catalog),
        exhibits=exhibits(dossier.facts, dossier.plan, captions),
        reading=_reading(dossier),
        checks=tuple(check_in_words(result, catalog) for result in results),
        coverage=_coverage(dossier, catalog),
        ground=leading(dossier, catalog, told.letter.answer if told else ""),
        ledger=ledger(dossier.evidence),
        grounds=grounds(dossier.evidence, catalog),
        timeline=_timeline(dossier, catalog),
        filled=filled(dossier.evidence, catalog),
        letter=_letter(told, catalog),
        checklist=checklist(dossier, catalog),
        steps=steps(dossier, catalog),
        advice=advice(dossier, catalog),
        assumptions=assumptions(dossier, catalog),
        not_included=_not_included(dossier, catalog),
    )
