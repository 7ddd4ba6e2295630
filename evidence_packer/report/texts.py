"""Findings in words: the catalog's texts with their values, in the operator's language."""

from collections.abc import Mapping

from casefile.fields.base import any_text
from casefile.finding import CheckResult, Finding
from casefile.labels import field_name, tongue
from casefile.text_value import TextValue, TextValues
from casefile.wording import Catalog
from evidence_packer.report.shape import ReportCheck, ReportFinding


def value(raw: TextValue, catalog: Catalog) -> TextValue:
    """A parameter in words: a mapping holds one text per language, a list is joined, ``@key`` is a text of the catalog.

    ``@field./parcels/0/carrier`` is the name of a field of the case, ``@tongue.de`` that of a language.
    """
    if isinstance(raw, str) and raw.startswith("@"):
        return _keyed(raw[1:], catalog)
    if isinstance(raw, Mapping):
        return any_text({str(k): str(v) for k, v in raw.items()}, catalog.language, "en") or ""
    if isinstance(raw, (list, tuple)):
        return catalog.text("report.comma").join(str(value(item, catalog)) for item in raw)
    return raw


def _keyed(key: str, catalog: Catalog) -> str:
    if key.startswith("field./"):
        return field_name(key.removeprefix("field."), catalog)
    if key.startswith("tongue."):
        return tongue(key.removeprefix("tongue."), catalog)
    return catalog.text(key) if catalog.has(key) else key.rsplit(".", maxsplit=1)[-1]


def named(sentence: str, catalog: Catalog) -> str:
    """What was left out of a letter: a field of the case by its name, a sentence as it is."""
    return field_name(sentence, catalog) if sentence.startswith("/") else sentence


def params(raw: TextValues, catalog: Catalog) -> dict[str, TextValue]:
    """Every parameter in words."""
    return {name: value(item, catalog) for name, item in raw.items()}


def finding_in_words(finding: Finding, catalog: Catalog) -> ReportFinding:
    """A finding in the report's shape, with its texts."""
    words = {"file": finding.file or "", "page": finding.page or "", **params(finding.params, catalog)}
    return ReportFinding(
        code=finding.code,
        severity=finding.severity,
        title=catalog.text(f"finding.{finding.code}.title", words),
        detail=catalog.text(f"finding.{finding.code}.detail", words),
        hint=catalog.text(f"finding.{finding.code}.hint", words),
        file=finding.file,
        page=finding.page,
        box=finding.box or None,
        pointer=finding.pointer,
        rules=finding.rules,
    )


def check_in_words(result: CheckResult, catalog: Catalog) -> ReportCheck:
    """A check in the report's shape."""
    why = catalog.text(f"skip.{result.why}", params(result.params, catalog)) if result.why else None
    return ReportCheck(
        code=result.code,
        status=result.status,
        why=why,
        findings=tuple(finding_in_words(finding, catalog) for finding in result.findings),
    )
