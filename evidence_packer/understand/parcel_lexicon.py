"""The words by which pages speak of parcels, of every language and carrier, ready to be looked for. Pure."""

import functools
from dataclasses import dataclass

from casefile.house import House
from casefile.parcel_words import ParcelWords
from evidence_packer.understand.parcel_lexing import Chain, Vocabulary, chain

_FLAT = (
    "against",
    "collected",
    "waiting",
    "toward",
    "by",
    "until",
    "of",
    "weak",
    "near",
    "title",
    "surname",
    "district",
    "plain",
)


@dataclass(frozen=True, slots=True, eq=False)
class ParcelLexicon:
    """The first signs by which a line of each language is known, words of days that are only expected, and of no signer."""

    triggers: Vocabulary
    foretold: Vocabulary
    unsigned: Vocabulary


@functools.lru_cache(maxsize=4)
def lexicon(house: House) -> ParcelLexicon:
    """What is looked for in every line; the words of a language are made ready when a line speaks it."""
    triggers = {
        language: [word for table in (words.states, words.labels) for spelt in table.values() for word in spelt]
        for language, words in house.parcel_words.items()
    }
    for said in (said for carrier in house.carriers.values() for said in carrier.states):
        triggers[said.language] += said.words
    ahead = Vocabulary({"ahead": [word for words in house.parcel_words.values() for word in words.foretold]})
    nobody = Vocabulary({"unsigned": [word for words in house.parcel_words.values() for word in words.unsigned]})
    return ParcelLexicon(Vocabulary(triggers), ahead, nobody)


@functools.lru_cache(maxsize=64)
def vocabulary(house: House, language: str) -> Vocabulary:
    """The words of a language, with what carriers write in it and how they are called.

    How carriers word a delivery is read by the words of its language, which tell to whom it came.
    """
    words = house.parcel_words[language]
    brands = [word for carrier in house.carriers.values() for word in carrier.words]
    brands += [word for one in house.parcel_words.values() for word in one.brands]
    days = [*_days(house, language), *_days(house, "en"), *words.days]
    tagged = _tagged(words) | {"brand": brands, "day": days}
    for said in (said for carrier in house.carriers.values() for said in carrier.states):
        if said.language == language and said.state != "delivered":
            tagged[f"state:{said.state}"] = [*tagged.get(f"state:{said.state}", ()), *said.words]
    return Vocabulary(tagged)


def _days(house: House, language: str) -> list[str]:
    """The names of weekdays and months."""
    calendar = house.reading_words[language].calendar
    return [name for names in (*calendar.weekdays, *calendar.months.values()) for name in names]


def _tagged(words: ParcelWords) -> dict[str, list[str]]:
    """A tag → the words that have it."""
    found = {f"state:{name}": list(spelt) for name, spelt in words.states.items()}
    found |= {f"label:{name}": list(spelt) for name, spelt in words.labels.items()}
    found |= {f"undo:{name}": list(spelt) for name, spelt in words.undone.items()}
    found |= {f"to:{name}": list(spelt) for name, spelt in words.to.items()}
    return found | {name: list(getattr(words, name)) for name in _FLAT}


def speaking(line: Chain, known: ParcelLexicon) -> frozenset[str]:
    """The languages in which a word of a state stands somewhere in a line."""
    found: set[str] = set()
    for place, kind in enumerate(line.kinds):
        if kind == "letter":
            for _, tags in known.triggers.at(line, place):
                found |= tags
    return frozenset(found)


def foretold(text: str, house: House) -> bool:
    """Whether a line speaks of a day that is only expected or promised ("Estimated delivery Nov 12")."""
    return _holds(text, lexicon(house).foretold)


def unsigned(text: str, house: House) -> bool:
    """Whether what stands in the place of a signer says that nobody signed ("Driver release, no signature required")."""
    return _holds(text, lexicon(house).unsigned)


def _holds(text: str, known: Vocabulary) -> bool:
    """Whether a word of a vocabulary stands in a text, as a word of its own."""
    line = chain(text)
    return any(
        line.begins[end]
        for place, kind in enumerate(line.kinds)
        if kind == "letter" and line.begins[place]
        for end, _ in known.at(line, place)
    )
