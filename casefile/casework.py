"""The case as everybody works on it: the matter (what was asked, and the rules for it) and the evidence (what the files give).

Both are made once and handed on whole. Whoever needs a field asks here; nobody keeps a copy, so nothing can be decided twice.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from casefile.anchors import PrintedPage, printed_page
from casefile.babel_locale import date_locale
from casefile.case import Case
from casefile.citation import BundlePlan, Citation
from casefile.coverage import Idle, PropositionCoverage, TimelinePoint
from casefile.deadline import DueDate, due_dates
from casefile.exhibit_name import ExhibitName, name_of, named
from casefile.facts import FileFacts
from casefile.fields.base import in_language
from casefile.filling import Filled
from casefile.ground import StandingGround
from casefile.house import House
from casefile.ledger import CaseLedger
from casefile.letter_language import letter_language
from casefile.network import with_network
from casefile.platform import Platform, Site
from casefile.procedure import Procedure
from casefile.reading import Reading
from casefile.refusal import refusal_texts, with_reasons
from casefile.statement import Span
from casefile.subject import subject_id
from casefile.upload import NotIncluded
from casefile.wording import Catalog


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A case with the rules that hold for it: platform, procedure (narrowed by the card network), site, clock, language.

    ``letter_language`` is the one language of letter and bundle; ``due`` holds the deadlines.
    """

    house: House
    case: Case
    platform: Platform
    procedure: Procedure
    site: Site
    as_of: dt.datetime
    letter_language: str
    due: tuple[DueDate, ...]

    @classmethod
    def of(cls, case: Case, house: House, as_of: dt.datetime, readings: Mapping[str, Reading]) -> Self:
        """The matter of a case whose platform, procedure and site exist (``casefile/admission.py`` says so).

        ``readings`` by file name: the reasons of a refusal that was uploaded become part of the case.
        """
        case = with_reasons(case, refusal_texts(case, readings), house.reading_words)
        network = house.networks.get(case.claim.network or "") if case.claim else None
        platform = house.platforms[case.platform]
        platform, procedure = with_network(platform, platform.procedures[case.procedure], network)
        if case.letter:
            procedure = procedure.model_copy(update={"letter": case.letter})
        site = platform.site(case.site)
        return cls(
            house=house,
            case=case,
            platform=platform,
            procedure=procedure,
            site=site,
            as_of=as_of,
            letter_language=letter_language(case.language, site, procedure, house.catalogs),
            due=due_dates(case, platform, procedure),
        )

    def but(self, case: Case) -> Self:
        """The same matter with a case that says more; its deadlines count anew, its language follows its site."""
        matter = replace(self, case=case, due=due_dates(case, self.platform, self.procedure))
        if case.site == self.case.site:
            return matter
        site = self.platform.site(case.site)
        language = letter_language(case.language, site, self.procedure, self.house.catalogs)
        return replace(matter, site=site, letter_language=language)

    @property
    def catalog(self) -> Catalog:
        """Texts in the language of letter and bundle."""
        return self.house.catalogs.of(self.letter_language)

    @property
    def subject(self) -> str:
        """The id of what the case is about; empty while it is not typed."""
        return subject_id(self.case, self.procedure.subject) or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the files of a case give: facts of each, numbers and pages, what is proved where, the course of things.

    ``files`` are in exhibit order; ``not_included`` names every file that is no exhibit, with the reason.
    """

    files: tuple[FileFacts, ...]
    plan: BundlePlan
    coverage: tuple[PropositionCoverage, ...]
    timeline: tuple[TimelinePoint, ...]
    not_included: tuple[NotIncluded, ...] = ()
    proves_nothing: Mapping[str, Idle] = field(default_factory=dict)
    """File → why nothing in it proves anything: its band says what it is, and no more."""
    ledger: CaseLedger = CaseLedger()
    """What was paid, went back, is disputed and still open."""
    grounds: tuple[StandingGround, ...] = ()
    """What the answer can rest on: those that hold first, the strongest first."""
    filled: tuple[Filled, ...] = ()
    """What the evidence filled in of the case, what it agrees with, and what has to be asked."""
    denied: frozenset[Span] = frozenset()
    """What was read in files and not found again on the finished pages: nothing rests on it."""

    @property
    def leading(self) -> StandingGround | None:
        """The strongest ground that holds."""
        return next((one for one in self.grounds if one.holds), None)

    def page(self, citation: Citation) -> PrintedPage | None:
        """What was read on a cited page; ``None`` where nothing was."""
        return printed_page(self.files, self.plan, citation, self.denied)

    def captions(self, matter: Matter, language: str) -> Mapping[str, str]:
        """Exhibit captions in ``language`` by file: the case's own, else what each file is by what it says, else its kind."""
        catalog, locale = matter.house.catalogs.of(language), date_locale(language, matter.case.site)
        names = {file.file: name_of(file, self.denied) for file in self.files}
        names = names or {e.file: ExhibitName(kind=e.kind) for e in self.plan.exhibits}
        found: dict[str, str] = {}
        for file, name in names.items():
            entry = matter.case.entry(file)
            own = in_language(entry.caption if entry else None, language)
            found[file] = own or named(name, matter.house.carriers, catalog, locale)
        return found


class CaseView:
    """Short ways to what ``matter`` and ``evidence`` hold, for values that carry both to a room. It keeps nothing itself."""

    __slots__ = ()

    matter: Matter
    evidence: Evidence

    @property
    def house(self) -> House:
        """The reference data."""
        return self.matter.house

    @property
    def case(self) -> Case:
        """The case."""
        return self.matter.case

    @property
    def platform(self) -> Platform:
        """Where it is decided."""
        return self.matter.platform

    @property
    def procedure(self) -> Procedure:
        """What is answered."""
        return self.matter.procedure

    @property
    def site(self) -> Site:
        """The platform's site."""
        return self.matter.site

    @property
    def as_of(self) -> dt.datetime:
        """The clock."""
        return self.matter.as_of

    @property
    def facts(self) -> tuple[FileFacts, ...]:
        """What each file says, in exhibit order."""
        return self.evidence.files

    @property
    def plan(self) -> BundlePlan:
        """Exhibit numbers and printed pages."""
        return self.evidence.plan

    @property
    def coverage(self) -> tuple[PropositionCoverage, ...]:
        """What is proved, and where."""
        return self.evidence.coverage

    @property
    def timeline(self) -> tuple[TimelinePoint, ...]:
        """The course of things."""
        return self.evidence.timeline
