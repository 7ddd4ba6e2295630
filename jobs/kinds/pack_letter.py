"""The letter of a whole case as a page for the browser: the same letter as in its pack, with its citations."""

from jobs.pack import PackRequest
from jobs.steps.study import study
from jobs.steps.write import composed
from jobs.workshop import Workshop
from letters.render import letter_html


def letter_page(request: PackRequest, workshop: Workshop) -> str:
    """The letter as HTML.

    Raises:
        RequestFault: the case names an unknown platform, procedure or site, or lacks its subject's id.
    """
    known = study(request, workshop)
    return letter_html(composed(known, known.letter_language), known.house, workshop.typesetter)
