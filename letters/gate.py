"""What a page lets a sentence say: the first exhibit that it cites carries every variable, or nothing is "shown". Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from casefile.anchors import Anchor, PrintedPage
from casefile.citation import Citation
from casefile.statement import Span
from letters.told import Params, Phrase, Told, variables

PageOf = Callable[[Citation], PrintedPage | None]
"""What was read on a cited page, or ``None``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A sentence as its exhibits carry it: the leading exhibit first, each variable in the form that is printed there."""

    citations: tuple[Citation, ...]
    params: Params
    anchors: tuple[Anchor, ...] = ()
    spans: tuple[Span, ...] = ()
    carried: bool = False


@dataclass(frozen=True, slots=True)
class _Lead:
    """A citation that can lead, with the forms that its page carries."""

    citation: Citation
    page: PrintedPage
    forms: Mapping[str, Phrase]

    @property
    def anchors(self) -> tuple[Anchor, ...]:
        return tuple(dict.fromkeys(anchor for form in self.forms.values() for anchor in form.anchors))


def weigh(page_of: PageOf, citations: Sequence[Citation], params: Params) -> Weighed:
    """The sentence as the pages carry it.

    Args:
        page_of: what was read on a cited page.
        citations: what the sentence may rest on, best first.
        params: its values; those that are ``Told`` have to be printed.

    The citation whose page carries every variable, in the fullest form, leads; others are named where their page carries the very
    same words. Without one nothing is ``carried``: each variable then reads as any of the pages prints it, and none is claimed.
    """
    told = variables(params)
    pages = [(cited, page) for cited in citations if (page := page_of(cited))]
    leads = [lead for cited, page in pages if (lead := _lead(cited, page, params))]
    if not leads:
        read = [page for _, page in pages]
        return Weighed(
            citations=tuple(citations), params={**params, **{name: v.on_any(read).text for name, v in told.items()}}
        )
    best = max(leads, key=lambda lead: _fullness(lead, told))
    words = {name: form.text for name, form in best.forms.items()}
    others = (
        lead.citation
        for lead in leads
        if lead is not best and {name: form.text for name, form in lead.forms.items()} == words
    )
    return Weighed(
        citations=(best.citation, *others),
        params={**params, **words},
        anchors=best.anchors,
        spans=tuple(dict.fromkeys(best.page.spans(best.anchors) or ())),
        carried=True,
    )


def _lead(citation: Citation, page: PrintedPage, params: Params) -> _Lead | None:
    forms = {name: told.on(page) for name, told in variables(params).items()}
    found = {name: form for name, form in forms.items() if form}
    return _Lead(citation, page, found) if len(found) == len(forms) else None


def _fullness(lead: _Lead, told: Mapping[str, Told]) -> int:
    """More for fuller forms; of equals, ``max`` takes the first."""
    return -sum(value.rank(lead.forms[name]) for name, value in told.items())
