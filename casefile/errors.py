"""Why we cannot go on: one root class, stable codes, texts in the catalogs.

An *error* is raised; weak evidence is a *finding* (``casefile.finding``) and is returned. Two translators turn errors into
answers: ``api/request/problems.py`` for HTTP, ``api/commands/command_line.py`` for the terminal. Texts live in ``locales/*/`` under
``error.<code>.title``, ``.detail`` and ``.hint``.
"""

from dataclasses import dataclass, field

from casefile.text_value import TextValue, TextValues


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldFault:
    """One wrong field of a request: where (JSON pointer), which rule, and the values its text needs."""

    pointer: str
    code: str
    params: TextValues = field(default_factory=dict)


class EvidencePackerError(Exception):
    """The request or the service cannot go on.

    Args:
        code: kebab-case, stable, documented in ``docs/messages.md``.
        faults: every wrong field at once.
        params: values that the catalog's text names; never customer data.
    """

    status = 500
    exit_code = 1

    def __init__(self, code: str, *, faults: tuple[FieldFault, ...] = (), **params: TextValue) -> None:
        super().__init__(code)
        self.code = code
        self.faults = faults
        self.params = params


class RequestFault(EvidencePackerError):
    """What was asked cannot be done as asked; nothing was stored."""

    status = 422
    exit_code = 2

    def __init__(
        self, code: str, *, status: int = 422, faults: tuple[FieldFault, ...] = (), **params: TextValue
    ) -> None:
        super().__init__(code, faults=faults, **params)
        self.status = status


class DataFault(EvidencePackerError):
    """A data file of the service (platform, carrier, catalog, font) is malformed; found at start, naming the file."""

    def __init__(self, code: str, *, file: str, why: str) -> None:
        super().__init__(code, file=file, why=why)

    def __str__(self) -> str:
        return f"{self.params['file']}: {self.params['why']}"


class ProofFault(EvidencePackerError):
    """A finished document does not keep its promise (a citation dangles, a number disagrees): nothing is handed out."""

    def __str__(self) -> str:
        return f"{self.code}: {self.params}"
