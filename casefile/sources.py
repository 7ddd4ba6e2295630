"""Where a value in a data file comes from and how far to trust it."""

import datetime as dt
from typing import Literal

from casefile.fields.base import Words

Confidence = Literal["P", "P-old", "T", "S", "K"]
"""P: the platform's or carrier's own page; P-old: an older copy of it; T: third party; S: seller practice; K: common knowledge."""

SourceId = str
"""A key of the file's ``[sources]`` table."""


class Source(Words):
    """A source: its title, where it stands (address or number), confidence and the day it was checked."""

    title: str
    chinese: str | None = None
    """The title in Chinese, where reports show it."""
    where: str | None = None
    confidence: Confidence
    checked_on: dt.date

    def titled(self, language: str) -> str:
        """The title for readers of ``language``."""
        return self.chinese if self.chinese and language.startswith("zh") else self.title
