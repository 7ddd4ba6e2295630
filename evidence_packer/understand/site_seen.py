"""Of which site of the platform the pages are: by what was paid in, the address bar, the country and the language of an order page.

Nobody takes zone and currency of a default site where a page says otherwise. Pure.
"""

import functools
from collections.abc import Iterable, Iterator

from casefile import text_folding
from casefile.babel_locale import babel_locale
from casefile.case import Case
from casefile.facts import FieldSeen, FileFacts, PlacedText
from casefile.filling import Choice, Filled, FilledAt
from casefile.house import House
from casefile.plain_case import PlainCase
from casefile.platform import Platform
from evidence_packer.understand.candidates import is_ours
from evidence_packer.understand.completed import Completed, checked

POINTER = "/site"
_KINDS = frozenset({"order_page", "case_page", "notice", "invoice"})
_LONGEST_COUNTRY = 40


def with_site(case: Case, files: Iterable[FileFacts], house: House) -> Completed:
    """The case on the site that its pages are of, where it names none."""
    found = site_seen(case, files, house)
    if found is None:
        return Completed(case=case)
    plain = PlainCase.of(case)
    if found.state == "adopted":
        plain.put(POINTER, found.value)
    return checked(case, plain, [found])


def site_seen(case: Case, files: Iterable[FileFacts], house: House) -> Filled | None:
    """The site that the pages of our order are of; asked where they leave several; ``None`` where they do not tell."""
    platform = house.platforms.get(case.platform)
    if case.site is not None or platform is None or len(platform.sites) < 2:  # one site is the site
        return None
    pages = [file for file in files if is_ours(file)]
    orders = [file for file in pages if file.kind in _KINDS]
    totals = [(file, seen) for file in orders if (seen := file.stated("total")) and seen.currency]
    hosts = set(_of_hosts(pages, platform))
    if len({seen.currency for _, seen in totals}) == 1 and not _is_default(totals[0][1], platform):
        file, seen = totals[0]
        paid = {code for code, site in platform.sites.items() if site.currency == seen.currency}
        at = FilledAt(file=file.file, page=seen.page, box=seen.box, text=f"{seen.value} {seen.currency}")
        return _told(_narrowed(paid, hosts, orders, (platform, house)), at) if paid else None
    if len(hosts) == 1:
        code = next(iter(hosts))
        place = next((one for file in pages for one in _placed(file, platform.sites[code].hosts)), None)
        return _told(hosts, place) if place else None
    return _of_default(orders, platform, house) if totals and not hosts else None


def _of_default(orders: list[FileFacts], platform: Platform, house: House) -> Filled | None:
    """The default site, where the order page is in its language and names its country and that of no other site.

    A bare $ alone may be that of five sites; beside an address in the United States, on a page in English, it is one.
    """
    texts = [line for file in orders for line in file.texts]
    parts = {part for line in texts for part in _parts(line)}
    code = next((code for code, site in platform.sites.items() if site == platform.site(None)), "")
    named = [code for code in platform.sites if not parts.isdisjoint(_countries(code))]
    spoken = (_language(texts, house) or "").split("-")[0] == platform.site(None).language.split("-")[0]
    if named != [code] or not spoken:
        return None
    places = ((file, line) for file in orders for line in file.texts if _names_country([line], code))
    file, line = next(places)
    return _told({code}, FilledAt(file=file.file, page=line.page, box=line.box, text=line.text))


def _is_default(seen: FieldSeen, platform: Platform) -> bool:
    """Whether the currency is that of the default site, which a bare sign such as $ is taken for."""
    return seen.currency == platform.site(None).currency


def _told(codes: set[str], at: FilledAt) -> Filled:
    if len(codes) == 1:
        return Filled(pointer=POINTER, value=next(iter(codes)), state="adopted", at=(at,), source="pages")
    choices = tuple(Choice(value=code, at=(at,)) for code in sorted(codes))
    return Filled(pointer=POINTER, value="", state="asked", at=(at,), source="several", choices=choices)


def _of_hosts(pages: Iterable[FileFacts], platform: Platform) -> Iterator[str]:
    """The site of each address bar, where one site has that host alone."""
    for host in {host.casefold() for file in pages for host in file.context.hosts}:
        longest: dict[str, int] = {}
        for code, site in platform.sites.items():
            for own in site.hosts:
                if host == own or host.endswith(f".{own}"):
                    longest[code] = max(longest.get(code, 0), len(own))
        best = [code for code, length in longest.items() if length == max(longest.values())]
        if len(best) == 1:
            yield best[0]


def _narrowed(codes: set[str], hosts: set[str], orders: list[FileFacts], known: tuple[Platform, House]) -> set[str]:
    """Of several sites with one currency those of the address bar, else of the page's country and language together."""
    if len(codes) == 1 or (codes & hosts and len(codes & hosts) == 1):
        return codes & hosts or codes
    platform, house = known
    texts = [line for file in orders for line in file.texts]
    language = _language(texts, house)
    spoken = {code for code in codes if platform.sites[code].language.split("-")[0] == (language or "").split("-")[0]}
    named = {code for code in codes if _names_country(texts, code)}
    return (spoken & named) or (spoken if len(spoken) == 1 and not named else set()) or named or codes


def _language(texts: list[PlacedText], house: House) -> str | None:
    """The language whose labels most lines of the pages begin with."""
    lines = [text_folding.word(line.text) for line in texts]
    counts: dict[str, int] = {}
    for tag in house.reading_words:
        labels = _labels(tag, house)
        counts[tag] = sum(line.startswith(labels) for line in lines) if labels else 0
    best = max(counts, key=lambda tag: counts[tag], default=None)
    return best if best and counts[best] else None


@functools.lru_cache(maxsize=64)
def _labels(tag: str, house: House) -> tuple[str, ...]:
    """The labels of a language as they are compared."""
    return tuple(text_folding.word(label) for many in house.reading_words[tag].fields.values() for label in many)


@functools.lru_cache(maxsize=128)
def _countries(code: str) -> frozenset[str]:
    """The names of a country in the languages of the pages."""
    tags = ("en", "de", "fr", "es", "it", "ja", "ko", "nl", "pl", "pt-BR", "sv", "tr", "zh-Hans", "zh-Hant")
    return frozenset(text_folding.word(name) for tag in tags if (name := babel_locale(tag).territories.get(code)))


def _names_country(texts: list[PlacedText], code: str) -> bool:
    return any(part in _countries(code) for line in texts for part in _parts(line))


def _parts(line: PlacedText) -> Iterator[str]:
    """What a short line says between its commas: one of them may be a country."""
    if len(line.text) <= _LONGEST_COUNTRY:
        yield from (part.strip() for part in text_folding.word(line.text).replace("|", ",").split(","))


def _placed(file: FileFacts, hosts: tuple[str, ...]) -> Iterator[FilledAt]:
    for line in file.texts:
        if any(host in line.text.casefold() for host in hosts):
            yield FilledAt(file=file.file, page=line.page, box=line.box, text=line.text)
