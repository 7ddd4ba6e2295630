"""Matter and evidence from flat fields, for tests that care about one of them."""

import dataclasses
import datetime as dt

from casefile.casework import Evidence, Matter

NOW = dt.datetime(2026, 11, 19, tzinfo=dt.UTC)
MATTER = {field.name for field in dataclasses.fields(Matter)}
EVIDENCE = {field.name for field in dataclasses.fields(Evidence)}


def matter_of(case, house, as_of=None, **changes):
    return dataclasses.replace(Matter.of(case, house, as_of or case.as_of or NOW, {}), **changes)


def parted(fields):
    """Fields of the matter, of the evidence (``facts`` are its files), and all others."""
    fields = {"files" if name == "facts" else name: value for name, value in fields.items()}
    return (
        {name: value for name, value in fields.items() if name in MATTER},
        {name: value for name, value in fields.items() if name in EVIDENCE},
        {name: value for name, value in fields.items() if name not in MATTER | EVIDENCE},
    )


def changed(holder, **changes):
    """A value that carries matter and evidence, with fields of these, or its own, replaced by name."""
    of_matter, of_evidence, rest = parted(changes)
    matter = dataclasses.replace(holder.matter, **of_matter)
    return dataclasses.replace(
        holder, matter=matter, evidence=dataclasses.replace(holder.evidence, **of_evidence), **rest
    )
