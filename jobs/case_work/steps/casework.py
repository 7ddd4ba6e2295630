"""From uploads to casework: read, then set against the case. Shared by pack, check and letter."""

from collections.abc import Mapping
from dataclasses import dataclass

from casefile.admission import admit
from casefile.casework import CaseView, Evidence, Matter
from casefile.house import House
from casefile.reading import ReadFile
from casefile.upload import Upload
from evidence_packer.assemble import ReadUpload, completed
from jobs.case_work.pack import PackRequest
from jobs.case_work.steps.taking import Progress, Readings, readings, silent
from jobs.case_work.workshop import Workshop


@dataclass(frozen=True, slots=True, kw_only=True)
class Casework(CaseView):
    """One case on the table: the matter, its evidence, and the materials that both were made from.

    ``language`` is the operator's; ``previous`` holds the SHA-256 of what the previous pack held, where there is one.
    """

    matter: Matter
    evidence: Evidence
    language: str
    uploads: tuple[Upload, ...] = ()
    read: Mapping[str, ReadFile]
    previous: frozenset[str] | None = None

    def captions(self, language: str | None = None) -> Mapping[str, str]:
        """Exhibit captions by file, in ``language`` or in that of letter and bundle."""
        return self.evidence.captions(self.matter, language or self.matter.letter_language)


def read(request: PackRequest, workshop: Workshop, progress: Progress = silent) -> Readings:
    """Every file of the request read, once the case is known to be one.

    Raises:
        RequestFault: the platform, procedure or site is unknown, or the subject's id is missing.
    """
    platform, _ = admit(request.case, workshop.house)
    return readings(request, platform.site(request.case.site), workshop, progress)


def set_against(request: PackRequest, house: House, found: Readings) -> Casework:
    """What was read, set against the case.

    Raises:
        RequestFault: the platform, procedure or site is unknown, or the subject's id is missing.
        FileFailed: one file cannot be interpreted; it is named.
    """
    admit(request.case, house)
    matter = Matter.of(request.case, house, request.as_of, {name: file.reading for name, file in found.read.items()})
    files = [ReadUpload(name, file.reading, found.sizes[name]) for name, file in found.read.items()]
    matter, evidence = completed(matter, files, found.refused)
    return Casework(
        matter=matter,
        evidence=evidence,
        language=request.language,
        uploads=found.uploads,
        read=found.read,
        previous=request.previous,
    )


def casework(request: PackRequest, workshop: Workshop, progress: Progress = silent) -> Casework:
    """Read every file of the request and set it against the case.

    Raises:
        RequestFault: the platform, procedure or site is unknown, or the subject's id is missing.
    """
    return set_against(request, workshop.house, read(request, workshop, progress))
