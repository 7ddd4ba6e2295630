"""A platform in short, as lists show it: the same for HTTP and the command line."""

from typing import Any

from casefile.admission import NO_SITES
from casefile.platform import Platform


def brief(platform: Platform, language: str) -> dict[str, Any]:
    """A platform as a list shows it; names in ``language`` where the file has them, else in English."""

    def name(names: dict[str, str]) -> str:
        return names.get(language, names["en"])

    return {
        "id": platform.id,
        "name": name(platform.name),
        "kind": platform.kind,
        "default_site": platform.default_site,
        "sites": sorted(site for site in platform.sites if site != NO_SITES),
        "procedures": [
            {
                "id": key,
                "name": name(procedure.name),
                "subject": procedure.subject,
                "reasons": list(procedure.reasons),
                "letter": procedure.letter,
            }
            for key, procedure in platform.procedures.items()
        ],
        "links": {"self": f"/v1/platforms/{platform.id}"},
    }
