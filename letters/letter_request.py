"""What a letter is made from: the case with its evidence, the language, and what is known of earlier packs. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from casefile.anchors import PrintedPage
from casefile.carrier import Carrier
from casefile.casework import CaseView, Evidence, Matter
from casefile.citation import Citation
from casefile.wording import Catalog
from letters.bank import BankEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRequest(CaseView):
    """Everything a letter is made from. ``captions`` speak ``language``.

    ``copy_of`` is the language of the letter that this one is the reading copy of: the copy says what that letter says, no
    more and no less, under the same numbers. ``new``: files that the previous pack did not hold, where one is known.
    ``file_of``: printed page → number of the submitted file that shows it.
    """

    matter: Matter
    evidence: Evidence
    language: str
    captions: Mapping[str, str]
    bank: Mapping[str, BankEntry] = field(default_factory=dict)
    new: tuple[str, ...] | None = None
    draft: bool = False
    copy_of: str | None = None
    file_of: Mapping[int, int] = field(default_factory=dict)

    @property
    def catalog(self) -> Catalog:
        """Texts in ``language``, spelt as on the case's site."""
        return self.house.catalogs.at(self.language, self.case.site)

    def page(self, citation: Citation) -> PrintedPage | None:
        """What was read on a cited page; ``None`` where nothing was."""
        return self.evidence.page(citation)

    @property
    def carriers(self) -> Mapping[str, Carrier]:
        """The carriers that are known."""
        return self.house.carriers
