"""The letter of a whole case as a page for the browser: the same letter as in its pack, with its citations."""

from jobs.case_work.pack import PackRequest
from jobs.case_work.steps.casework import read, set_against
from jobs.case_work.steps.sparing import sparing
from jobs.case_work.steps.write import composed
from jobs.case_work.workshop import Workshop
from letters.render import letter_html


def letter_page(request: PackRequest, workshop: Workshop) -> str:
    """The letter as HTML.

    Raises:
        RequestFault: the case names an unknown platform, procedure or site, or lacks its subject's id.
    """
    found = read(request, workshop)

    def page(out: frozenset[str]) -> str:
        work = set_against(request, workshop.house, found.without(out))
        return letter_html(composed(work, work.matter.letter_language), work.house, workshop.typesetter)

    return sparing(tuple(found.read), page)
