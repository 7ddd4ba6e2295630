"""The language of letter and bundle, decided in one place for everything that goes to the platform. Pure.

The letter, the first pages, the captions, the translations and the checks all ask here; two rules would give two languages in
one submission.
"""

from casefile.fields.base import LanguageTag
from casefile.platform import Site
from casefile.procedure import Procedure
from casefile.wording import Catalogs

_TITLE = "letter.title."
_EVERYWHERE = "en"
"""Every kind of letter is written in it."""


def letter_language(asked: LanguageTag | None, site: Site, procedure: Procedure, catalogs: Catalogs) -> LanguageTag:
    """The language of letter and bundle: the one the case asks for, else its reader's on this site, else one that is accepted.

    The first of them in which letters of this kind can be written decides; in English they always can.
    """
    wanted = (*((asked,) if asked else ()), site.read_by(procedure.audience), *procedure.limits.languages)
    found = (spoken(tag, procedure.letter, catalogs) for tag in wanted)
    return next((tag for tag in found if tag), _EVERYWHERE)


def letter_kinds(catalogs: Catalogs) -> tuple[str, ...]:
    """Every kind of letter there is: those that have a title."""
    titles = (key for key in catalogs.of(_EVERYWHERE).texts if key.startswith(_TITLE))
    return tuple(sorted(key.removeprefix(_TITLE) for key in titles))


def spoken(wanted: LanguageTag, kind: str, catalogs: Catalogs) -> LanguageTag | None:
    """The language of texts that answers for ``wanted`` (``es-MX``: ``es``), or ``None`` where it has no letters of this kind."""
    catalog = catalogs.nearest(wanted)
    return catalog.language if catalog and catalog.own(f"letter.title.{kind}") else None
