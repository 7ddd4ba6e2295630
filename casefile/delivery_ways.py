"""The ways in which evidence is handed over, and the types of file that each makes: what a platform's file may ask for. Pure.

The making itself is a plug-in of ``evidence_packer/bind/deliveries/`` under the same name; here stands what its receiver has to
take, so that a platform's file which asks for a PDF where only pictures are taken is refused at start, and not by the platform.
"""

from collections.abc import Iterable, Mapping

from casefile.network import Network, with_network
from casefile.platform import Platform

MAKES: Mapping[str, tuple[str, ...]] = {
    "single_pdf": ("pdf",),
    "field_files": ("pdf",),
    "page_images": ("jpg", "png"),
}
"""Way → the types it can make, the preferred first; one of them is enough."""


def contradictions(platform: Platform, networks: Iterable[Network]) -> list[str]:
    """What of a platform's procedures cannot be delivered as its file says, alone or narrowed by a card network."""
    found = []
    for name, procedure in platform.procedures.items():
        if procedure.delivery not in MAKES:
            ways = ", ".join(MAKES)
            found.append(f"procedures.{name}: delivery {procedure.delivery!r} is not one of {ways}")
            continue
        for network in (None, *networks):
            narrowed = with_network(platform, procedure, network)[1].limits.formats
            if not set(MAKES[procedure.delivery]) & set(narrowed):
                found.append(_refusal(name, procedure.delivery, narrowed, network))
                break
    return found


def _refusal(name: str, way: str, formats: tuple[str, ...], network: Network | None) -> str:
    by = f" under network {network.id}" if network else ""
    made = " or ".join(MAKES[way])
    return f"procedures.{name}: delivery {way!r} makes {made}, but the formats it takes{by} are {', '.join(formats) or 'none'}"
