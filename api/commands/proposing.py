"""The command that proposes a case from a heap of files and a mail."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.command_parts import (
    AsJson,
    Files,
    Force,
    Language,
    Now,
    app,
    targets,
    telling,
    terminal_of,
    waking_guard,
    workshop_here,
)

if TYPE_CHECKING:
    from api.commands.terminal import Terminal
    from casefile.house import House
    from casefile.wording import Catalog
    from evidence_packer.report.proposal import Proposal, ProposedCase


@app.command()
def propose(  # noqa: PLR0913  # each is an option of the command
    files: Files = None,
    *,
    text: Annotated[
        Path | None,
        typer.Option("--text", metavar="FILE", help="A mail or notice of the platform; - reads standard input"),
    ] = None,
    known: Annotated[
        Path | None, typer.Option("--case", metavar="CASE.json", help="What is already known of the case")
    ] = None,
    target: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="CASE.json", help="Where to write the proposed case")
    ] = None,
    force: Force = False,
    language: Language = "en",
    as_json: AsJson = False,
    now: Now = None,
) -> None:
    """Propose the case that files and a mail are about: what was read where, what is to be asked, what is missing."""
    with waking_guard() as guard:
        from api.commands.direct import proposal_request  # noqa: PLC0415
        from api.request.targets import keep_off  # noqa: PLC0415
        from jobs.case_work.kinds.case_proposal import propose as proposed  # noqa: PLC0415

        terminal = terminal_of(language, plain=as_json)
        with telling(terminal):
            place, given = targets(force=force), [*(files or []), *(path for path in (text, known) if path)]
            if target is not None:
                keep_off([target], given)
            request = proposal_request(files or [], text, known, now=now, language=terminal.catalog.language)
            with workshop_here(guard) as workshop, terminal.progress() as progress:
                proposal, house = proposed(request, workshop, progress), workshop.house
            if as_json:
                terminal.json(proposal.plain())
            else:
                _tell(terminal, proposal, house)
            for number, case in enumerate(proposal.cases if target else (), start=1):
                path = _numbered(target, number, len(proposal.cases)) if target else Path()
                place.write(path, [(json.dumps(case.case, ensure_ascii=False, indent=2) + "\n").encode()])
                terminal.say("written", file=str(path))


def _numbered(target: Path, number: int, count: int) -> Path:
    return target if count == 1 else target.with_name(f"{target.stem}_{number}{target.suffix}")


def _tell(terminal: "Terminal", proposal: "Proposal", house: "House") -> None:
    for case in proposal.cases:
        _tell_case(terminal, case, house)
    for line in proposal.not_included:
        terminal.say("proposal.refused", file=line.file, reason=line.reason)


def value_named(pointer: str, value: str, platform_id: object, house: "House", catalog: "Catalog") -> str:
    """A value as people call it: platform, procedure, reason, carrier and what a closed list holds by their names."""
    from casefile.fields.base import any_text  # noqa: PLC0415
    from casefile.labels import choice_name  # noqa: PLC0415

    platform, names = house.platforms.get(str(platform_id)), None
    if pointer == "/reason" and catalog.has(f"reason.{value}"):
        return catalog.text(f"reason.{value}")
    if pointer == "/platform" and value in house.platforms:
        names = house.platforms[value].name
    elif pointer == "/procedure" and platform and value in platform.procedures:
        names = platform.procedures[value].name
    elif pointer.endswith("/carrier") and value in house.carriers:
        names = house.carriers[value].name
    named = any_text(dict(names), catalog.language, "en") if names else None
    return named or choice_name(pointer, value, catalog)


def _tell_case(terminal: "Terminal", case: "ProposedCase", house: "House") -> None:
    from rich.markup import escape  # noqa: PLC0415

    from casefile.labels import field_name  # noqa: PLC0415

    rows = [
        (
            escape(field_name(one.pointer, terminal.catalog)),
            escape(
                " / ".join(
                    value_named(one.pointer, value, case.case.get("platform"), house, terminal.catalog)
                    for value in ([one.value] if one.value else [choice.value for choice in one.candidates])
                )[:80]
            ),
            terminal.toned(one.state, f"filled.state.{one.state}"),
            escape("; ".join(dict.fromkeys(f"{place.file}, {place.page}" for place in one.exhibits))),
            escape(one.source),
        )
        for one in case.filled
    ]
    terminal.table(("col.field", "col.value", "col.state", "col.where", "col.source"), rows, "proposal.filled")
    for question in case.questions:
        terminal.say("proposal.question", text=question.text)
        for choice in question.candidates:
            where = "; ".join(f"{place.file}, {place.page}" for place in choice.exhibits)
            named = value_named(question.pointer, choice.value, case.case.get("platform"), house, terminal.catalog)
            terminal.say("proposal.choice" if where else "proposal.choice_alone", value=named, where=where)
    for gap in case.missing:
        terminal.say("proposal.missing", statement=gap.statement)
