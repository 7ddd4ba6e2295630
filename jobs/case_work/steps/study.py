"""From uploads to judged facts: read, interpret, plan, cover. Shared by pack, check and letter."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from casefile.admission import admit
from casefile.care import about
from casefile.case import Case
from casefile.citation import BundlePlan
from casefile.coverage import PropositionCoverage, TimelinePoint
from casefile.deadline import DueDate, due_dates
from casefile.facts import FileFacts
from casefile.fields.base import in_language
from casefile.house import House
from casefile.letter_language import letter_language
from casefile.platform import Platform, Site
from casefile.procedure import Procedure
from casefile.reading import ReadFile
from casefile.refusal import refusal_texts, with_reasons
from casefile.upload import NotIncluded, Upload
from casefile.wording import Catalog
from evidence_packer.bind.plan import plan
from evidence_packer.judge.coverage import cover
from evidence_packer.judge.timeline import build_timeline
from evidence_packer.understand.interpret import interpret
from jobs.case_work.pack import PackRequest
from jobs.case_work.steps.taking import Progress, Readings, readings, silent
from jobs.case_work.workshop import Workshop


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """Everything known about a case once its files were read and set against its facts."""

    house: House
    case: Case
    platform: Platform
    procedure: Procedure
    site: Site
    as_of: dt.datetime
    language: str
    uploads: tuple[Upload, ...]
    read: Mapping[str, ReadFile]
    not_included: tuple[NotIncluded, ...]
    facts: tuple[FileFacts, ...]
    plan: BundlePlan
    coverage: tuple[PropositionCoverage, ...]
    timeline: tuple[TimelinePoint, ...]
    due: tuple[DueDate, ...]
    previous: frozenset[str] | None = None
    """SHA-256 of what the previous pack held, where there is one."""

    @property
    def letter_language(self) -> str:
        """The language of letter and bundle."""
        return letter_language(self.case.language, self.site, self.procedure, self.house.catalogs)

    @property
    def catalog(self) -> Catalog:
        """Texts in the language of bundle and letter."""
        return self.house.catalogs.of(self.letter_language)

    def captions(self, language: str) -> Mapping[str, str]:
        """Exhibit captions in ``language``: the case's own, else the name of the kind."""
        catalog = self.house.catalogs.of(language)
        entries = {facts.file: self.case.entry(facts.file) for facts in self.facts}
        found = {
            facts.file: in_language(entry.caption if (entry := entries[facts.file]) else None, language)
            or catalog.text(f"kind.{facts.kind}")
            for facts in self.facts
        }
        if not self.facts:
            kinds = {exhibit.file: catalog.text(f"kind.{exhibit.kind}") for exhibit in self.plan.exhibits}
            found = {
                e.name: in_language(e.caption, language) or kinds[e.name] for e in self.case.files if e.name in kinds
            }
        return found


def read(request: PackRequest, workshop: Workshop, progress: Progress = silent) -> Readings:
    """Every file of the request read, once the case is known to be one.

    Raises:
        RequestFault: the platform, procedure or site is unknown, or the subject's id is missing.
    """
    platform, _ = admit(request.case, workshop.house)
    return readings(request, platform.site(request.case.site), workshop, progress)


def studied(request: PackRequest, house: House, found: Readings) -> Study:
    """What was read, set against the case.

    Raises:
        RequestFault: the platform, procedure or site is unknown, or the subject's id is missing.
    """
    platform, procedure = admit(request.case, house)
    site = platform.site(request.case.site)
    texts = refusal_texts(request.case, {name: file.reading for name, file in found.read.items()})
    case = with_reasons(request.case, texts, house.reading_words)
    facts = tuple(_facts(name, file, found.sizes[name], case, house) for name, file in found.read.items())
    bundle_plan = plan(case, facts, letter_language(case.language, site, procedure, house.catalogs))
    return Study(
        house=house,
        case=case,
        platform=platform,
        procedure=procedure,
        site=site,
        as_of=request.as_of,
        language=request.language,
        uploads=found.uploads,
        read=found.read,
        not_included=found.refused,
        facts=facts,
        plan=bundle_plan,
        coverage=cover(case, platform, procedure, facts, bundle_plan),
        timeline=build_timeline(case, facts, bundle_plan),
        due=due_dates(case, platform, procedure),
        previous=request.previous,
    )


def _facts(name: str, file: ReadFile, size: int, case: Case, house: House) -> FileFacts:
    with about(name):
        return interpret(name, file.reading, size, case, house)


def study(request: PackRequest, workshop: Workshop, progress: Progress = silent) -> Study:
    """Read every file of the request and set it against the case.

    Raises:
        RequestFault: the platform, procedure or site is unknown, or the subject's id is missing.
    """
    return studied(request, workshop.house, read(request, workshop, progress))
