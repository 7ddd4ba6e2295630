"""Traces, where the settings name a collector; a service without one does not even import them."""

from importlib.metadata import version
from typing import TYPE_CHECKING

from api.settings import Settings, SettingsFault

if TYPE_CHECKING:
    from jobs.traces import Traces


def opened_traces(settings: Settings) -> "Traces | None":
    """The traces of this process, or ``None``.

    Raises:
        SettingsFault: ``traces-not-installed``: a collector is named, and the extra ``traces`` is not there.
    """
    if not settings.traces:
        return None
    try:
        from jobs.traces import Traces  # noqa: PLC0415  # costs a service without a collector nothing
    except ModuleNotFoundError as missing:
        if not (missing.name or "").startswith("opentelemetry"):
            raise
        raise SettingsFault("traces-not-installed") from None

    about = {"service.name": "evidence-packer", "service.version": version("evidence-packer")}
    return Traces(settings.traces, {**about, "service.role": settings.role})
