"""Whom a name on a page of messages means: by the case, by a role, by the platform, or by being the other one. Pure."""

import functools
import re
from collections.abc import Sequence

from casefile import text_folding
from casefile.house import House
from casefile.reading import Line
from casefile.text_folding import DENSE
from evidence_packer.understand.interpret import InterpretContext
from evidence_packer.understand.names import likeness
from evidence_packer.understand.talk.parts import MessagePart, Who
from evidence_packer.understand.talk.roles import role_of, role_pattern, roles, whole_word

_LONGEST_HEADING = 120
LONGEST_NAME, _MOST_WORDS, _SHORTEST = 48, 6, 3
_SENTENCE = re.compile(r"[?!。？！…]|\w{3}\.\s|[,，]\s?\S+\s\S+\s\S+")
_ENDS = re.compile(r"\s*[\[(（【·|:：,，<].*$|\s[-–—]\s.*$|\s{2,}.*$")
_ROLE = re.compile(r"[\[(（【·|\-–—]\s*([^\])）】]+?)\s*[\])）】]?\s*[:：]?\s*$")
_ADDRESS = re.compile(r"([\w.+-]+)@((?:[\w-]+\.)+[A-Za-z]{2,})")
_LEAD = re.compile(r"^[>\s]*(?:On|Am|Le|El|Il|Em|Op|Den|Pada|W dniu)\b[\s,]*(?:\d[\d:.,\s]*)?", re.IGNORECASE)
_FIRM = 4
"""Shorter words of a firm's name are in many addresses."""


@functools.lru_cache(maxsize=4)
def _wrote(house: House) -> re.Pattern[str]:
    """Words that say no more than that somebody wrote."""
    words = {word for language in house.reading_words.values() for word in language.talk.get("wrote", ())}
    return re.compile("|".join(map(whole_word, sorted(words, key=len, reverse=True))) or "(?!)")


def _plainly(name: str) -> str:
    """A name as it is compared: letters and digits without accents, which OCR often drops."""
    return text_folding.squeezed(text_folding.word(name))


def could_be_name(text: str) -> bool:
    """Whether a text may be the name of somebody: short, begins with a letter or a mask, and is no sentence."""
    short = 0 < len(text) <= LONGEST_NAME and len(text.split()) <= _MOST_WORDS
    return short and (text[0].isalpha() or text[0] == "*") and not _SENTENCE.search(text) and "@" not in text


@functools.lru_cache(maxsize=8192)
def plain_name(heading: str, house: House) -> str:
    """The name in a heading, without role, colon and "wrote"."""
    bare = text_folding.bare(heading)
    if (match := _wrote(house).search(bare.text)) and match.start():
        heading = heading[: bare.span(match)[0]]
    return _ENDS.sub("", heading).strip(" -–—·|:：")


def is_of(host: str, known: Sequence[str]) -> bool:
    """Whether a host is one of these, or under one; ``marketplace.amazon.*`` stands for every ending."""
    return any(
        host == one
        or host.endswith("." + one)
        or (one.endswith(".*") and re.search(rf"(?:^|\.){re.escape(one[:-1])}", host))
        for one in known
    )


@functools.lru_cache(maxsize=8192)
def _within(folded: str, house: House) -> Who:
    """By a role inside a longer name; words as short as "me" are names' parts too."""
    squeezed = text_folding.unspaced(folded)
    for word, who in roles(house):
        if word[:2] not in folded or text_folding.unspaced(word) not in squeezed:
            continue
        if (len(word) > _SHORTEST or (ord(word[0]) > DENSE and len(word) > 1)) and role_pattern(word).search(folded):
            return who
    return "unknown"


class Speakers:
    """Who is who, for one file in its case."""

    def __init__(self, scene: InterpretContext) -> None:
        case = scene.case
        self.house = scene.house
        buyer, seller = case.buyer, case.seller
        self.buyer = tuple(filter(None, (buyer.name, buyer.username, buyer.email))) if buyer else ()
        contact = seller.signatory.name if seller and seller.signatory else None
        self.seller = (
            tuple(filter(None, (seller.store, seller.name, seller.contact, seller.email, contact))) if seller else ()
        )
        self._plain = frozenset(_plainly(known) for known in (*self.buyer, *self.seller))
        platform = scene.platform
        self._platform = tuple(text_folding.word(word) for word in platform.words) if platform else ()
        self._hosts = platform.every_host if platform else ()
        self._relays = platform.messaging.relays if platform and platform.messaging else ()

    def of(self, heading: str | None) -> Who:
        """Whom a heading means, as far as it says so itself."""
        if not heading or not heading.strip():
            return "unknown"
        role = _ROLE.search(heading)
        if role and (who := self._exactly(role[1])) != "unknown":
            return who
        name = plain_name(heading, self.house)
        if (who := self._in_case(name)) != "unknown":
            return who
        folded = text_folding.word(name)
        if any(folded == word or re.match(rf"{re.escape(word)}(?![^\W_])", folded) for word in self._platform):
            return "platform"
        return known if (known := self._exactly(name)) != "unknown" else _within(folded, self.house)

    def of_case(self, name: str) -> bool:
        """Whether a name is that of the case's buyer or seller, or a part of it."""
        return self._in_case(name) != "unknown"

    def _in_case(self, name: str) -> Who:
        if len(name) < _SHORTEST and not any(ord(sign) > DENSE for sign in name):
            return "unknown"
        if any(likeness(name, known) == "same" for known in self.buyer):
            return "buyer"
        return "seller" if any(likeness(name, known) == "same" for known in self.seller) else "unknown"

    def _exactly(self, text: str) -> Who:
        folded = text_folding.word(text.strip(" :："))
        return role_of(folded, self.house)

    def is_service(self, heading: str) -> bool:
        """Whether a heading names nobody but a customer service."""
        folded = text_folding.word(plain_name(heading, self.house))
        words = (
            word for language in self.house.reading_words.values() for word in language.speakers.get("service", ())
        )
        return any(text_folding.word(word) == folded for word in words)

    def of_mail(self, sender: str, to: str | None) -> Who | None:
        """Who sent a mail, by name and address; through a relay of the platform only the buyer writes to a seller."""
        address = _ADDRESS.search(sender)
        words = sender[: address.start()] if address else sender
        named = self.of(words.strip(" <\"'"))
        if named in {"buyer", "seller"} or address is None:
            return named if named != "unknown" else None
        local = self._exactly(re.sub(r"[._-]", " ", address[1]))
        known = self._by_address(address[0].lower()) or (local if local != "unknown" else None)
        return known or self._by_domain(address) or ("seller" if to and self._to_buyer(to) else None)

    def _by_domain(self, address: re.Match[str]) -> Who | None:
        domain = address[2].lower()
        if is_of(domain, self._relays):
            return "buyer"
        if is_of(domain, self._hosts):
            return "platform"
        firms = [text_folding.squeezed(word) for name in self.seller for word in name.split() if len(word) > _FIRM]
        return "seller" if any(firm in text_folding.squeezed(address[0]) for firm in firms) else None

    def _by_address(self, address: str) -> Who | None:
        if any(known.lower() == address for known in self.buyer):
            return "buyer"
        return "seller" if any(known.lower() == address for known in self.seller) else None

    def _to_buyer(self, to: str) -> bool:
        address = _ADDRESS.search(to)
        words = to[: address.start()].strip(" <\"'") if address else to
        if self.of(words) == "buyer":
            return True
        return address is not None and (
            self._by_address(address[0].lower()) == "buyer" or is_of(address[2].lower(), self._relays)
        )

    def sender(self, text: str, times: Sequence[str]) -> str | None:
        """The name in a mail's header or above a quotation, without date, address and "wrote"."""
        for time in times:
            text = text.replace(time, " ")
        bare = text_folding.bare(text)
        for match in reversed(list(_wrote(self.house).finditer(bare.text))):
            start, end = bare.span(match)
            text = text[:start] + " " + text[end:]
        name = _LEAD.sub("", re.sub(r"<[^>]*>?|\([^)]*@[^)]*\)", " ", text)).strip(" ,:：\"'")
        return re.sub(r"\s{2,}|\s*,\s*,", " ", name).strip() or (text.strip() or None)

    def is_exactly(self, text: str) -> bool:
        """Whether a text is a known name or role and nothing else."""
        if len(text) > _LONGEST_HEADING:
            return False
        name = plain_name(text, self.house)
        return _plainly(name) in self._plain or self._exactly(name) != "unknown"

    def name(self, heading: str | None) -> str | None:
        """The name in a heading."""
        return (plain_name(heading, self.house) or None) if heading else None


def decided(parts: Sequence[MessagePart], speakers: Speakers, titles: Sequence[Line]) -> list[Who]:
    """Who wrote each part: by name, by the side of its page, and where two talk and one is known, by being the other."""
    known = {name: speakers.of(name) for part in parts if (name := part.name)}
    _services(known, speakers)
    _by_title(known, speakers, titles)
    _by_being_the_other(known, speakers)
    owner: Who = "buyer" if _with_the_seller(speakers, titles) else "seller"
    sides = {page: _sides(page, parts, known, owner) for page in {part.page for part in parts}}
    return [
        part.who or (known[part.name] if part.name and known[part.name] != "unknown" else _by_side(part, sides))
        for part in parts
    ]


def _by_side(part: MessagePart, sides: dict[int, dict[str, Who]]) -> Who:
    return sides[part.page].get(part.side or "", "unknown")


def _services(known: dict[str, Who], speakers: Speakers) -> None:
    """A customer service is the platform's where somebody else speaks for the seller."""
    services = [name for name in known if speakers.is_service(name)]
    if any(who == "seller" and name not in services for name, who in known.items()):
        known.update(dict.fromkeys(services, "platform"))


def _by_title(known: dict[str, Who], speakers: Speakers, titles: Sequence[Line]) -> None:
    """A conversation is headed by the one with whom the owner of the page talks."""
    unknown = [name for name, who in known.items() if who == "unknown" and len(name) >= _SHORTEST]
    heads = [text_folding.word(line.text) for line in titles if speakers.of(line.text) != "seller"]
    named = [name for name in unknown if any(text_folding.word(speakers.name(name) or name) in head for head in heads)]
    if len(named) == 1:
        known[named[0]] = "buyer"


def _by_being_the_other(known: dict[str, Who], speakers: Speakers) -> None:
    """Where two talk and one is the seller or the buyer, the other is the other."""
    plain = {name: text_folding.squeezed(speakers.name(name) or name) for name in known}
    unknown = {plain[name] for name, who in known.items() if who == "unknown"}
    parties = {who for who in known.values() if who in {"buyer", "seller"}}
    if len(unknown) == 1 and len(parties) == 1:
        other: Who = "seller" if "buyer" in parties else "buyer"
        known.update({name: other for name, who in known.items() if who == "unknown"})


def _with_the_seller(speakers: Speakers, titles: Sequence[Line]) -> bool:
    """Whether the conversation is headed by the seller, so that the buyer made the screenshot."""
    heads = [text_folding.squeezed(line.text) for line in titles]
    ours = {text_folding.squeezed(name) for name in speakers.seller}
    theirs = {text_folding.squeezed(name) for name in speakers.buyer}
    return any(head in ours for head in heads) and not any(head in theirs for head in heads)


def _sides(page: int, parts: Sequence[MessagePart], known: dict[str, Who], owner: Who) -> dict[str, Who]:
    """Who writes on which side of a page: as its names say, else the owner of the screenshot on the right."""
    here = [part for part in parts if part.page == page and part.side in {"left", "right"}]
    if not here:
        return {}
    for part in here:
        who = known.get(part.name or "", "unknown")
        if who in {"buyer", "seller"}:
            other: Who = "seller" if who == "buyer" else "buyer"
            return {str(part.side): who, "left" if part.side == "right" else "right": other}
    return {"left": "seller" if owner == "buyer" else "buyer", "right": owner}
