"""A platform in short, as lists show it: the same for HTTP and the command line."""

from api.http.service_answers import PlatformBrief, ProcedureBrief
from casefile.admission import NO_SITES
from casefile.platform import Platform


def brief(platform: Platform, language: str) -> PlatformBrief:
    """A platform as a list shows it; names in ``language`` where the file has them, else in English."""

    def name(names: dict[str, str]) -> str:
        return names.get(language, names["en"])

    return PlatformBrief(
        id=platform.id,
        name=name(platform.name),
        kind=platform.kind,
        default_site=platform.default_site,
        sites=tuple(sorted(site for site in platform.sites if site != NO_SITES)),
        procedures=tuple(
            ProcedureBrief(
                id=key,
                name=name(procedure.name),
                subject=procedure.subject,
                reasons=tuple(procedure.reasons),
                letter=procedure.letter,
            )
            for key, procedure in platform.procedures.items()
        ),
        links={"self": f"/v1/platforms/{platform.id}"},
    )
