"""Settings from the environment (prefix ``EVIDENCE_PACKER_``): the only place that reads or sets environment variables."""

import os
from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict

from casefile.discovery import default_root


class Settings(BaseSettings):
    """What an operator may change; every value has a default that works on a laptop."""

    model_config = SettingsConfigDict(env_prefix="EVIDENCE_PACKER_", frozen=True)

    data: Path = Path("data")
    """Folder of packs and caches."""


def prepare_fonts(data: Path) -> None:
    """Point fontconfig at the project's own fonts only; must run before the first letter is set in this process."""
    from press.fonts import write_fontconfig  # noqa: PLC0415  # keeps the command line's start light

    os.environ["FONTCONFIG_FILE"] = str(write_fontconfig(default_root() / "fonts", data.resolve() / "fontconfig"))
