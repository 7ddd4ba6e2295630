"""Everything the service loads once at start: platforms, networks, carriers, catalogs and word lists."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from casefile.carrier import Carrier
from casefile.ground import Ground
from casefile.lexicon import MailWords, ReadingWords, Wording
from casefile.network import Network
from casefile.parcel_words import ParcelWords
from casefile.platform import Platform
from casefile.practice import Practice
from casefile.wording import Catalogs


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class House:
    """The data folders, loaded and proved. ``root`` is the folder that holds them (templates and fonts are read by path).

    Compared by identity: there is one, and what is derived from it may be kept beside it.
    """

    root: Path
    platforms: Mapping[str, Platform]
    networks: Mapping[str, Network]
    practice: Practice
    grounds: Mapping[str, Ground]
    """By id: what an answer can rest on (``practice/grounds/``)."""
    carriers: Mapping[str, Carrier]
    catalogs: Catalogs
    wording: Mapping[str, Wording]
    reading_words: Mapping[str, ReadingWords]
    mail_words: Mapping[str, MailWords]
    parcel_words: Mapping[str, ParcelWords]

    @property
    def templates(self) -> Path:
        """The folder of templates."""
        return self.root / "templates"

    @property
    def fonts(self) -> Path:
        """The folder of fonts."""
        return self.root / "fonts"
