"""Writes docs/grounds.md from practice/grounds/: what an answer can rest on, what that needs, what is asked and what to avoid."""

import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "docs")]

from data_words import AND, Cited, Words, both, cell, duration, trust  # noqa: E402  # the path comes first

from casefile.discovery import load_house  # noqa: E402  # as above
from casefile.ground import Ground, Need, Question, Window  # noqa: E402  # as above
from casefile.house import House  # noqa: E402  # as above
from casefile.wording import as_shown  # noqa: E402  # as above

INTRO = """# Letters and grounds

A letter answers first: one sentence says why the seller should not answer for the claim. That is the **ground**. Then come what
happened and what proves it, exhibit by exhibit, and at the end what is asked for. All grounds that come into question are judged in
every case; those that hold are sorted by weight, and the heaviest leads. Where none holds, the letter tells the facts, and the
report names what the nearest ground still lacks. `report.json` lists them under `grounds`.

A ground that lacks something it needs does not hold; what only helps makes it stronger. “Shown” means that a page of an exhibit
says it; “attached”, that an exhibit of such a kind is there. Values in braces are filled in from the case, and a sentence is not
written where one of its values is not known. Requests follow the money: a ground that asks “by the ledger” asks to close the claim,
to release what is held or to pay back what was taken, whichever is open, and never for a sum that is not.

How far a source is trusted:

{trust}

This page is written by `python docs/make_grounds.py` from `practice/grounds/` and `locales/`; a test compares them.
"""
HELD = {None: "", True: "the buyer's bank or wallet took the money back", False: "it is no chargeback"}


class Page:
    """The grounds in words."""

    def __init__(self, house: House) -> None:
        self.house, self.words = house, Words(house)
        self.texts = [house.catalogs.of(language).texts for language in ("en", "zh-Hans")]
        asked = tomllib.loads((ROOT / "docs" / "questions.toml").read_text(encoding="utf-8"))
        self.questions: Mapping[str, tuple[str, str]] = {
            name: (english, asked["zh-Hans"][name]) for name, english in asked["en"].items()
        }

    def question(self, name: Question) -> str:
        """A question as what has to be so."""
        return " · ".join(self.questions[name])

    def text(self, key: str) -> str:
        """A text of the catalogs in both languages."""
        return " · ".join(as_shown(texts[key]) for texts in self.texts)

    def scope(self, one: Ground) -> Iterator[str]:
        """Where a ground comes into question at all."""
        names = {"procedure": one.procedures, "platform": one.platforms}
        said = [f"the {name} is {', '.join(f'`{each}`' for each in ids)}" for name, ids in names.items() if ids]
        if one.subjects:
            said.append(f"the matter is one {' or '.join(self.words.any_of('subject', one.subjects).split(', '))}")
        if one.seeks:
            said.append({"decision": "a claim is answered", "reimbursement": "money is asked back"}[one.seeks])
        said += [each for each in (HELD[one.chargeback], self.words.condition(one.when)) if each]
        if one.reasons:
            yield f"- For: {self.words.any_of('reason', one.reasons)}"
        if said:
            yield f"- Only where {AND.join(said)}"
        if one.questions:
            yield "- Holds only where:"
            yield from (f"    - {self.question(name)}" for name in one.questions)
        if one.odds:
            yield f"- Cannot hold beside: {', '.join(self.name(other) for other in one.odds)}"
        if one.outweighs:
            yield "- Leads even where the platform's own data advise to give in"

    def name(self, ground_id: str) -> str:
        """The ground as a link."""
        return f"[{self.house.grounds[ground_id].name['en']}](#{ground_id})"

    def need(self, one: Need) -> str:
        """A row of the table of needs."""
        if one.question:
            what, enough = self.question(one.question), "so"
        else:
            what, enough = self.text(f"proposition.{one.proposition}"), one.enough
        kinds = self.words.any_of("kind", one.kinds)
        cells = (what, f"{enough}, helps" if one.helps else f"**{enough}**", kinds, both(one.get, " "))
        return f"| {' | '.join(map(cell, cells))} |"

    def window(self, one: Window, cited: Cited) -> str:
        """How long a buyer may claim, and where."""
        ids = [*one.platforms, *one.networks]
        known = {**self.house.platforms, **self.house.networks}
        where = ", ".join(known[each].name["en"] if each in known else each for each in ids) or "everywhere"
        fields = " or ".join(dict.fromkeys(self.words.field(pointer) for pointer in one.counts_from))
        return f"    - {where}: {duration(one.after)} from {fields}{cited.mark(one.source)}"

    def ground(self, one: Ground) -> Iterator[str]:
        """One ground, whole."""
        cited = Cited(f"ground-{one.id}", one.sources, self.words)
        yield f'\n<a id="{one.id}"></a>\n'
        yield f"### {both(one.name)}\n"
        yield f"- Ground `{one.id}`, weight {one.weight}{cited.mark(one.source)}"
        yield from self.scope(one)
        if one.windows:
            yield "- Windows for claims:"
            yield from (self.window(each, cited) for each in one.windows)
        yield "- Says: " + self.text(f"ground.{one.id}.{one.answers[0]}")
        yield from (f"- Asks: {self.text(ask.key)}" for ask in (one.ask, *one.also_ask) if ask.verb != "by_ledger")
        if one.ask.verb == "by_ledger":
            yield "- Asks: by the ledger"
        yield from (f"- Avoid: {self.avoided(one, place)}" for place in range(len(one.avoid)))
        if one.needs:
            yield "\n| needs | has to be | by | get |\n|---|---|---|---|"
            yield from map(self.need, one.needs)
        yield ""
        yield from cited.table()

    def avoided(self, one: Ground, place: int) -> str:
        """What must not be done where the ground holds, and when."""
        warned = one.avoid[place]
        when = self.words.condition(warned.when)
        return both(warned.text, " ") + (f" (where {when})" if when else "")


def page() -> str:
    """The whole page as Markdown."""
    house = load_house(ROOT)
    written = Page(house)
    lines = [INTRO.format(trust=trust(written.words)), "\n## Grounds, the heaviest first"]
    for one in sorted(house.grounds.values(), key=lambda one: (-one.weight, one.id)):
        lines += written.ground(one)
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    (ROOT / "docs" / "grounds.md").write_text(page(), encoding="utf-8")
