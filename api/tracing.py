"""Traces, where the settings name a collector; a service without one does not even import them."""

from importlib.metadata import version
from typing import TYPE_CHECKING

from api.settings import Settings

if TYPE_CHECKING:
    from jobs.traces import Traces


def opened_traces(settings: Settings) -> "Traces | None":
    """The traces of this process, or ``None``."""
    if not settings.traces:
        return None
    from jobs.traces import Traces  # noqa: PLC0415  # costs a service without a collector nothing

    about = {"service.name": "evidence-packer", "service.version": version("evidence-packer")}
    return Traces(settings.traces, {**about, "service.role": settings.role})
