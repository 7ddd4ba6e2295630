"""Do the screenshots of a conversation follow each other in time?"""

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise

from casefile.facts import FileFacts
from casefile.fields.files import Kind
from casefile.finding import Finding
from evidence_packer.judge.check import Dossier, Skip

CODE = "chat-in-order"
INPUT = "facts"
_KINDS: frozenset[Kind] = frozenset({"messages"})
_PLAY = dt.timedelta(minutes=2)
"""Two screenshots of one conversation may begin at the same line."""


def _begins(file: FileFacts) -> dt.datetime | None:
    """The earliest moment with a time of day that the file prints, as it is printed."""
    moments = [seen.at for seen in file.timestamps if seen.at and seen.has_time and not seen.ambiguous]
    return min((dt.datetime.fromisoformat(at).replace(tzinfo=None) for at in moments), default=None)


def check(dossier: Dossier) -> Iterator[Finding]:
    """Advice for each screenshot that begins before the one that stands in front of it."""
    dated = [(file, begins) for file in dossier.of_kinds(_KINDS) if (begins := _begins(file))]
    if len(dated) < 2:
        raise Skip("nothing-to-compare")
    for (before, earlier), (file, begins) in pairwise(dated):
        if begins + _PLAY < earlier:
            yield Finding(code="chat-out-of-order", severity="advice", file=file.file, params={"before": before.file})
