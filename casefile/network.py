"""Card networks as data: what the buyer's bank takes, besides the limits of the platform that passes it on.

A network is no platform; ``claim.network`` of a case names a file in ``networks/``.
"""

from casefile.case import Reason
from casefile.fields.base import Words
from casefile.platform import Platform
from casefile.procedure import Procedure, Step
from casefile.rules import DeadlineRule, Limits, LocalName
from casefile.sources import Source, SourceId

_PLAINER = ("colour", "grey", "bw")
_SMALLER = ("max_file_bytes", "max_files", "max_total_bytes", "max_pages", "max_dpi", "text_chars")


class ReasonCode(Words):
    """One reason code of the network and the reason it means here."""

    code: str
    reason: Reason
    source: SourceId


class Network(Words):
    """One card network; ``id`` is the name of its file and the value of ``claim.network``."""

    id: str
    name: LocalName
    limits: Limits | None = None
    reason_codes: tuple[ReasonCode, ...] = ()
    deadlines: tuple[DeadlineRule, ...] = ()
    """The network's own days, beside those of whoever passes the dispute on."""
    steps: tuple[Step, ...] = ()
    sources: dict[str, Source]


def _smaller(first: int | None, second: int | None) -> int | None:
    known = [value for value in (first, second) if value is not None]
    return min(known) if known else None


def _narrowed(own: Limits, network: Limits) -> Limits:
    """The limits that satisfy both; the formats of both, or the platform's where they share none."""
    shared = tuple(form for form in own.formats if form in network.formats)
    numbers = {name: _smaller(getattr(own, name), getattr(network, name)) for name in _SMALLER}
    plainer = max(own.colour, network.colour, key=_PLAINER.index)
    return own.model_copy(update={"formats": shared or own.formats, "colour": plainer, **numbers})


def _own_source(source: SourceId | None) -> SourceId | None:
    """A source of the network's file, as it is named beside the platform's."""
    return f"network.{source}" if source else None


def _dated(rule: DeadlineRule) -> DeadlineRule:
    named = {"warn_source": _own_source(rule.warn_source), "block_source": _own_source(rule.block_source)}
    return rule.model_copy(update=named)


def with_network(platform: Platform, procedure: Procedure, network: Network | None) -> tuple[Platform, Procedure]:
    """Platform and procedure with the network's limits, days, steps and sources added; sources stand under ``network.<key>``."""
    if network is None:
        return platform, procedure
    sources = {f"network.{key}": source for key, source in network.sources.items()}
    steps = tuple(s.model_copy(update={"source": _own_source(s.source)}) for s in network.steps)
    days = tuple(_dated(rule) for rule in network.deadlines)
    limits = _narrowed(procedure.limits, network.limits) if network.limits else procedure.limits
    return (
        platform.model_copy(update={"sources": platform.sources | sources}),
        procedure.model_copy(
            update={
                "limits": limits,
                "steps": (*procedure.steps, *steps),
                "deadlines": (*procedure.deadlines, *days),
            }
        ),
    )
