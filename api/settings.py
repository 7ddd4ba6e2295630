"""Settings from the environment (prefix ``EVIDENCE_PACKER_``): the only place that reads or sets environment variables."""

import hashlib
import os
import re
from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from casefile.discovery import default_root
from casefile.errors import EvidencePackerError
from casefile.limits import MAX_FILES
from reading.guarded.guard import LEAST_LEVEL
from reading.ocr.first import FIRST_ENGINE

_TENANT = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_DAYS = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6})?")
_SHA256 = re.compile(r"[0-9a-f]{64}")
FEWEST_SIGNS = 20
"""A key that is shorter could be guessed, and opens nothing."""
LOCAL_TENANT = "local"
"""Whose packs those are that were made without a key, or with the single key."""


class SettingsFault(EvidencePackerError):
    """The service cannot start as it is set up."""

    exit_code = 2


class Settings(BaseSettings):
    """What an operator may change; every value has a default that works on a laptop. Sizes in bytes, times in seconds."""

    model_config = SettingsConfigDict(env_prefix="EVIDENCE_PACKER_", frozen=True)

    data: Path = Path("data")
    """Folder of packs and caches."""
    objects: str = ""
    """Address of the objects, such as ``s3://bucket/prefix``; empty: a folder inside ``data``."""
    database: str = ""
    """Address of the database, such as ``postgresql://user:password@host/name``; empty: SQLite inside ``data``."""
    engine: Literal["durable", "direct"] = "durable"
    """``direct`` does without the engine: one process, work goes straight to its workers and is begun again at start."""
    role: Literal["all", "api", "worker"] = "all"
    """``api`` only takes requests, ``worker`` (the command of that name) only does the work, on any number of machines."""
    host: str = "127.0.0.1"
    port: int = 8000

    api_key: SecretStr = SecretStr("")
    """One key for everybody."""
    api_keys: str = ""
    """Keys by tenant, only their hashes: ``shop-a=<sha256 of the key>,shop-b=<sha256 of the key>``."""

    guard_level: Annotated[int, Field(ge=1, le=4)] = LEAST_LEVEL
    """Least level of the guard at which uploads are opened; below it the service does not start and no command reads."""

    ocr: str = FIRST_ENGINE
    """The OCR engine that reads first: ``faster_paddle``, or ``rapidocr`` where the extra of that name is installed."""

    workers: int = 0
    """Worker processes; 0: one per processor."""
    job_seconds: float = 300.0
    queue: int = 1000
    queue_per_tenant: int = 100

    silent_seconds: float = 60.0
    """A process that has not shown itself for so long is taken for gone, and its work is given to others."""

    proxies: str = ""
    """Addresses or networks of the reverse proxies in front, separated by commas; they name the caller in X-Forwarded-For.

    ``*`` is refused: then everybody could name anybody."""
    public_url: str = ""
    """How others reach this service, such as ``https://evidence.example.com``; put before links in messages."""
    connectors: Path | None = None
    """File of accounts at other services (TOML), see ``docs/connectors.md``; none: no cases come from elsewhere."""
    hook_private: bool = False
    """Webhooks may go to private addresses and over plain HTTP; only where everybody who may add one is trusted."""

    traces: str = ""
    """Address of an OpenTelemetry collector (OTLP over HTTP), such as ``http://127.0.0.1:4318``; empty: no traces."""

    pack_days: float = 180.0
    """Packs are erased after so many days."""
    pack_days_of: str = ""
    """The same for single tenants: ``shop-a=30,shop-b=365``."""

    body_bytes: int = 100_000_000
    batch_bytes: int = 1_000_000_000
    """The same for the form of a batch."""
    files: int = MAX_FILES
    read_idle_seconds: float = 15.0
    read_seconds: float = 300.0
    header_seconds: float = 10.0
    """Request line and headers have to be there within so many seconds."""
    connections: int = 4000
    """Open at once; then the one that has waited longest for a whole request is closed."""
    requests: int = 600
    """Requests answered at once; ``/healthz`` is always answered."""
    requests_per_address: int = 200
    """The same, and half-sent ones, from one address."""
    exempt_addresses: str = "127.0.0.0/8, ::1"
    """Networks whose requests are counted together only: this machine, and the proxy in front of the service."""
    free_bytes: int = 256_000_000
    """Uploads are refused when the disk has less room than this."""

    wait_seconds: float = 25.0
    """A request that takes longer, or has more files, pages or bytes than these, is answered 202."""
    wait_files: int = 10
    wait_pages: int = 20
    wait_bytes: int = 30_000_000

    @property
    def cache(self) -> Path:
        """Where one-off commands keep what can be made again: the data folder if it was named, else the user's cache."""
        named = "data" in self.model_fields_set
        return (
            self.data if named else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "evidence-packer"
        )

    @property
    def notes(self) -> Path:
        """Where the command line remembers, as hashes, what it wrote: the user's cache, wherever the data lies."""
        cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
        return Path(cache) / "evidence-packer" / "written"

    @property
    def slots(self) -> int:
        """How many worker processes run."""
        return self.workers or len(os.sched_getaffinity(0))

    @property
    def objects_url(self) -> str:
        """Where objects lie."""
        return self.objects or f"file://{self.data.resolve()}/objects"

    @property
    def database_url(self) -> str:
        """Where rows lie."""
        return self.database or f"sqlite:///{self.data.resolve()}/app.db"

    @property
    def engine_url(self) -> str:
        """Where the engine keeps its own tables: the same server, or a file of its own."""
        return self.database or f"sqlite:///{self.data.resolve()}/engine.db"

    @property
    def days(self) -> Mapping[str, float]:
        """Days that packs are kept, of tenants that have their own.

        Raises:
            SettingsFault: ``days-malformed``.
        """
        return _days_by_tenant(self.pack_days_of)

    @property
    def keys(self) -> Mapping[str, str]:
        """Tenant by SHA-256 of its key; empty when no key is set.

        Raises:
            SettingsFault: ``keys-malformed``, ``key-too-short``.
        """
        found: dict[str, str] = {}
        if single := self.api_key.get_secret_value().strip():
            if len(single) < FEWEST_SIGNS:
                raise SettingsFault("key-too-short", fewest=FEWEST_SIGNS)
            found[hashlib.sha256(single.encode()).hexdigest()] = LOCAL_TENANT
        for entry in filter(None, (part.strip() for part in self.api_keys.split(","))):
            tenant, _, digest = entry.partition("=")
            if not _TENANT.fullmatch(tenant) or not _SHA256.fullmatch(digest.lower()):
                raise SettingsFault("keys-malformed")
            found[digest.lower()] = tenant
        return found


def _days_by_tenant(text: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for entry in filter(None, (part.strip() for part in text.split(","))):
        tenant, _, days = entry.partition("=")
        if not _TENANT.fullmatch(tenant) or not _DAYS.fullmatch(days):
            raise SettingsFault("days-malformed")
        found[tenant] = float(days)
    return found


_OWN_VARIABLES = ("EVIDENCE_PACKER_", "AWS_", "OTEL_", "PG")


def environment_for(settings: Mapping[str, str | int | Path]) -> dict[str, str]:
    """The environment of a service of its own: of this one's settings and passwords nothing, instead ``settings``."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OWN_VARIABLES)}
    return kept | {f"EVIDENCE_PACKER_{name.upper()}": str(value) for name, value in settings.items()}


class SettingsAlone(Settings):
    """Settings as they are given, whatever the environment says."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003  # the library's own signature, here and below
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Nothing but what is given."""
        return (init_settings,)


def is_loopback(host: str) -> bool:
    """Whether ``host`` (a name or an address, no port) is this machine itself."""
    name = host.strip("[]").lower().rstrip(".")
    if name == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def is_loopback_address(address: str) -> bool:
    """Whether ``address`` is a loopback address itself, IPv4 written as IPv6 included; a name is none, nor is nothing."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return (getattr(found, "ipv4_mapped", None) or found).is_loopback


def prepare_fonts(data: Path) -> None:
    """Point fontconfig at the project's own fonts only; must run before the first letter is set in this process.

    Raises:
        StorageFault: ``data-not-writable``.
    """
    from jobs.records.opening import usable_folder  # noqa: PLC0415  # as below
    from press.fonts import write_fontconfig  # noqa: PLC0415  # keeps the command line's start light

    usable_folder(data.resolve())
    os.environ["FONTCONFIG_FILE"] = str(write_fontconfig(default_root() / "fonts", data.resolve() / "fontconfig"))
