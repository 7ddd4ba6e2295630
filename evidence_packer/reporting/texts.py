"""Findings in words: the catalog's texts with their values, in the operator's language."""

from collections.abc import Mapping

from casefile.fields.base import any_text
from casefile.finding import CheckResult, Finding
from casefile.wording import Catalog


def value(raw: object, catalog: Catalog) -> object:
    """A parameter in words: ``@key`` is a text of the catalog, a mapping holds one text per language, a list is joined."""
    if isinstance(raw, str) and raw.startswith("@"):
        key = raw[1:]
        return catalog.text(key) if catalog.has(key) else key.rsplit(".", maxsplit=1)[-1]
    if isinstance(raw, Mapping):
        return any_text({str(k): str(v) for k, v in raw.items()}, catalog.language, "en") or ""
    if isinstance(raw, (list, tuple)):
        return catalog.text("report.comma").join(str(value(item, catalog)) for item in raw)
    return raw


def params(raw: Mapping[str, object], catalog: Catalog) -> dict[str, object]:
    """Every parameter in words."""
    return {name: value(item, catalog) for name, item in raw.items()}


def finding_dict(finding: Finding, catalog: Catalog) -> dict[str, object]:
    """A finding in the report's shape, with its texts."""
    words = {"file": finding.file or "", "page": finding.page or "", **params(finding.params, catalog)}
    return {
        "code": finding.code,
        "severity": finding.severity,
        "title": catalog.text(f"finding.{finding.code}.title", words),
        "detail": catalog.text(f"finding.{finding.code}.detail", words),
        "hint": catalog.text(f"finding.{finding.code}.hint", words),
        "file": finding.file,
        "page": finding.page,
        "box": list(finding.box) if finding.box else None,
        "pointer": finding.pointer,
        "rules": list(finding.rules),
    }


def check_dict(result: CheckResult, catalog: Catalog) -> dict[str, object]:
    """A check in the report's shape."""
    why = catalog.text(f"skip.{result.why}", params(result.params, catalog)) if result.why else None
    return {
        "code": result.code,
        "status": result.status,
        "why": why,
        "findings": [finding_dict(finding, catalog) for finding in result.findings],
    }
