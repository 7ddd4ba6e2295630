"""Data of people on a page that the case does not need: cards, identity and account numbers, e-mails and phones of others.

The case's own order and parcel numbers are left alone, and so are the platform's relay addresses and the carriers' own contacts.
"""

import re
from collections.abc import Iterator

from casefile import text_folding
from casefile.case import Case
from casefile.personal_facts import PrivateSeen
from casefile.reading import Line
from evidence_packer.understand.found_facts import FoundFacts
from evidence_packer.understand.interpret import (
    InterpretContext,
    Interpreter,
    own_numbers,
    own_order_ids,
    own_tracking_numbers,
)
from evidence_packer.understand.personal_numbers import masked, personal_numbers
from evidence_packer.understand.phone_numbers import phone_numbers

_MAIL = re.compile(r"[A-Za-z0-9._%+-]+@(?P<host>[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,})")
_PUBLIC = re.compile(r"^(?:no-?reply|support|service|info|help|sales|contact|kundenservice|customer)", re.IGNORECASE)
_SAME_END = 7
_SELLERS = "CN"
"""Where most sellers are; their papers and chats show numbers as they are written there."""


def _own(scene: InterpretContext) -> tuple[set[str], set[str]]:
    """(e-mails in lower case, last digits of phones) that the case names; a supplier's has to be seen, for he is asked."""
    people = (scene.case.buyer, scene.case.seller)
    suppliers = scene.case.suppliers
    mails = {person.email.casefold() for person in people if person and person.email}
    phones = {
        re.sub(r"\D", "", person.phone)[-_SAME_END:] for person in (*people, *suppliers) if person and person.phone
    }
    return mails, phones


def _relays(scene: InterpretContext) -> tuple[str, ...]:
    hosts = [host for carrier in scene.house.carriers.values() for host in carrier.hosts]
    for platform in scene.house.platforms.values():
        hosts += [*platform.hosts, *(host for site in platform.sites.values() for host in site.hosts)]
    return tuple(host.removeprefix("www.") for host in hosts)


def _numbers(line: Line) -> Iterator[tuple[str, str, int, int]]:
    text = text_folding.in_place(line.text)
    for number in personal_numbers(text):
        found = text[number.start : number.end].strip(" :#")
        yield number.what, found, number.start, number.end


def _contacts(line: Line, scene: InterpretContext, relays: tuple[str, ...]) -> Iterator[tuple[str, str, int, int]]:
    mails, phones = _own(scene)
    for match in _MAIL.finditer(line.text):
        ours = match[0].casefold() in mails or match["host"].casefold().endswith(relays) or _PUBLIC.match(match[0])
        if not ours:
            yield "email", match[0], *match.span()
    text = text_folding.in_place(line.text)
    for start, end in phone_numbers(text, _regions(scene)):
        if re.sub(r"\D", "", text[start:end])[-_SAME_END:] not in phones:
            yield "phone", text[start:end], start, end


def _regions(scene: InterpretContext) -> tuple[str, ...]:
    """The countries whose way of writing telephone numbers is expected: the buyer's, the site's, the seller's."""
    address = scene.case.buyer.ship_to if scene.case.buyer else None
    site = scene.case.site or (scene.platform.default_site if scene.platform else None)
    return tuple(filter(None, (address.country if address else None, site, _SELLERS)))


def _interpret(scene: InterpretContext) -> FoundFacts:
    """``private_data``, with the text hidden but for its ends."""
    own = (*own_order_ids(scene.case, scene.file), *(number for number, _ in own_tracking_numbers(scene.case)))
    read = (*(one.value for one in scene.found["order_ids"]), *(one.value for one in scene.found["tracking_numbers"]))
    known = {text_folding.number(number) for number in (*own, *read)}
    relays = _relays(scene)
    found = []
    for page in scene.reading.pages:
        for line in page.lines:
            for what, text, start, end in (*_numbers(line), *_contacts(line, scene, relays)):
                if text_folding.number(text) in known:
                    continue
                found.append(PrivateSeen(what=what, text=masked(text), box=line.part(start, end), page=page.number))  # type: ignore[arg-type]  # one of its literals
    return {"private_data": tuple(found)}


def _reads(case: Case) -> object:
    return case.buyer, case.seller, case.suppliers, case.site, own_numbers(case)


INTERPRETER = Interpreter(
    name="private_data",
    interpret=_interpret,
    gives=("private_data",),
    needs=("order_ids", "tracking_numbers"),
    reads=_reads,
)
