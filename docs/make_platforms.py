"""Writes docs/platforms.md from platforms/, networks/ and carriers/: procedures, deadlines, limits, and their sources."""

import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "docs")]

from data_words import Cited, Words, both, cell, code, trust  # noqa: E402  # the path comes first

from casefile.carrier import Carrier  # noqa: E402  # as above
from casefile.discovery import load_house  # noqa: E402  # as above
from casefile.network import Network  # noqa: E402  # as above
from casefile.platform import Platform  # noqa: E402  # as above
from casefile.procedure import Procedure  # noqa: E402  # as above

INTRO = """# Platforms, networks, carriers

What is known of each receiver of evidence: the ways to answer, their time limits and what may be uploaded. Every value names its
source by a letter that leads to its line of the table below; the letter says how far it is trusted:

{trust}

Where the platform's own notice names a day, that day counts (`deadline.at` of the case), whatever stands here. “Warned of” is when
the report begins to press. A limit that is not listed is not known, and then nothing is cut. `GET /v1/platforms` gives all of it to
programs, with steps, shut ways and recommendations. This page is written by `python docs/make_platforms.py` from `platforms/`,
`networks/` and `carriers/`; a test compares them.
"""
GROUPS = (("marketplace", "Marketplaces"), ("processor", "Payment processors"))


def procedure(name: str, one: Procedure, cited: Cited) -> Iterator[str]:
    """One way to answer: for which reasons, until when, with what."""
    yield f"#### {both(one.name)}\n"
    yield f"- Procedure `{name}`{cited.mark(one.source)}"
    yield f"- For: {cited.words.any_of('reason', one.reasons)}"
    if one.sites:
        yield f"- Only on: {', '.join(one.sites)}"
    if one.deadlines:
        yield "- Time limits:"
        yield from (f"    - {cited.deadline(rule)}" for rule in one.deadlines)
    yield f"- Takes: {cited.words.limits(one.limits)}{cited.mark(one.limits.source, one.limits.text_source)}"
    if one.ceiling:
        money = one.ceiling.amount
        yield f"- At most {money.amount} {money.currency} can be claimed{cited.mark(one.ceiling.source)}"
    yield ""


def platform(one: Platform, words: Words) -> Iterator[str]:
    """A marketplace or processor with its procedures and sources."""
    cited = Cited(one.id, one.sources, words)
    yield f"\n### {both(one.name)}\n"
    sites = ", ".join(site for site in sorted(one.sites) if site != "ZZ")
    yield f"`{one.id}`" + (f", on the sites {sites}" if sites else "") + ".\n"
    for name, way in one.procedures.items():
        yield from procedure(name, way, cited)
    yield from cited.table()


def network(one: Network, words: Words) -> Iterator[str]:
    """A card network: what it narrows and adds."""
    cited = Cited(f"network-{one.id}", one.sources, words)
    yield f"\n### {both(one.name)}\n"
    yield f"`{one.id}` in `claim.network`.\n"
    yield from (f"- {cited.deadline(rule)}" for rule in one.deadlines)
    if one.limits:
        yield f"- Takes: {words.limits(one.limits)}{cited.mark(one.limits.source, one.limits.text_source)}"
    codes = [
        f"{each.code} ({words.any_of('reason', [each.reason])}){cited.mark(each.source)}" for each in one.reason_codes
    ]
    if codes:
        yield f"- Reason codes: {', '.join(codes)}"
    yield from (f"- {both(step.text, ' ')}{cited.mark(step.source)}" for step in one.steps)
    yield ""
    yield from cited.table()


def carrier(one: Carrier, words: Words) -> Iterator[str]:
    """A carrier: how its numbers look, how a parcel is claimed from it."""
    cited = Cited(f"carrier-{one.id}", one.sources, words)
    yield f"\n### {both(one.name)}\n"
    where = f", {one.country}" if one.country else ""
    also = f". Also numbers of {', '.join(f'`{other}`' for other in one.also)}" if one.also else ""
    yield f"`{one.id}`{where}{also}.\n"
    if one.numbers:
        yield "| numbers | form | check digit | example | source |"
        yield "|---|---|---|---|---|"
        for form in one.numbers:
            known = f"`{form.check}`" if form.check else "none"
            yield f"| {cell(form.name)} | {code(form.pattern)} | {known} | {code(form.valid[0])} |{cited.mark(form.source)} |"
        yield ""
    if one.claims:
        yield "Claims for lost and damaged parcels:\n"
        yield from (f"- {both(step.text, ' ')}{cited.mark(step.source)}" for step in one.claims)
        yield ""
    yield from cited.table()


def page() -> str:
    """The whole page as Markdown."""
    house = load_house(ROOT)
    words = Words(house)
    lines = [INTRO.format(trust=trust(words))]
    for kind, heading in GROUPS:
        lines.append(f"\n## {heading}")
        for one in house.platforms.values():
            lines += platform(one, words) if one.kind == kind else ()
    lines.append(
        "\n## Card networks\n\nWhat the buyer's bank takes, besides the limits of whoever passes the dispute on."
    )
    for known in house.networks.values():
        lines += network(known, words)
    lines.append("\n## Carriers")
    for courier in house.carriers.values():
        lines += carrier(courier, words)
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    (ROOT / "docs" / "platforms.md").write_text(page(), encoding="utf-8")
