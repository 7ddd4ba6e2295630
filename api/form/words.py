"""What the pages say: names of data in the reader's language, sizes, moments, the chips of an exhibit."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from babel import Locale

from api.form.fields import FormField
from casefile.fields.base import any_text
from casefile.platform import Procedure
from casefile.wording import Catalog

LANGUAGES = (("zh-Hans", "简体中文"), ("en", "English"))
_LOCALES = {"zh-Hans": "zh_Hans_CN"}


class PageWords:
    """The words of one page in one language; handed to the templates by name."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    def name(self, names: Mapping[str, str]) -> str:
        """A name of a data file."""
        return any_text(dict(names), self.catalog.language, "en") or ""

    def country(self, code: str) -> str:
        """The country of a site; platforms without sites have ``ZZ``."""
        if code == "ZZ":
            return self.catalog.text("form.site_any")
        locale = Locale.parse(_LOCALES.get(self.catalog.language, self.catalog.language))
        return f"{locale.territories.get(code, code)} ({code})"

    def choice(self, field: FormField, value: str) -> str:
        """One value of a closed list."""
        key = "choice." + ".".join(part for part in field.pointer.strip("/").split("/") if not part.isdigit())
        return self.catalog.text(f"{key}.{value}") if self.catalog.has(f"{key}.{value}") else value

    def hint(self, field: FormField) -> str:
        """A word of help under a field, or nothing."""
        key = "field_hint." + field.label.removeprefix("field.")
        return self.catalog.text(key) if self.catalog.has(key) else ""

    @staticmethod
    def size(count: int) -> str:
        """A size for people."""
        return f"{count / 1_000_000:.1f} MB" if count >= 100_000 else f"{max(1, round(count / 1000))} KB"

    def limits(self, procedure: Procedure) -> str:
        """What may be sent, in one sentence."""
        largest = procedure.limits.max_file_bytes
        if largest:
            return self.catalog.text("form.limit.file", size=self.size(largest))
        return self.catalog.text("form.limit.none")

    def deadlines(self, report: Mapping[str, Any]) -> list[str]:
        """Each deadline of a report in one line."""
        lines = []
        for due in report["deadlines"]:
            at, left = due["block_at"] or due["warn_at"], due["hours_left"]
            if at is None or left is None:
                continue
            key = "form.due" if left >= 0 else "form.due_past"
            moment = dt.datetime.fromisoformat(at)
            lines.append(
                self.catalog.text(key, name=due["name"], at=f"{moment:%Y-%m-%d %H:%M} (UTC{moment:%z})", hours=left)
            )
        return lines

    def findings(self, report: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Every finding, blockers first."""
        ranks = {"blocker": 0, "warning": 1, "advice": 2}
        found = [finding for check in report["checks"] for finding in check["findings"]]
        return sorted(found, key=lambda finding: ranks[finding["severity"]])

    def chips(self, exhibit: Mapping[str, Any]) -> list[dict[str, str]]:
        """What was read from an exhibit, in words."""
        facts = exhibit["facts"]
        verdict = facts["sharpness"]["verdict"]
        tones = {"sharp": "good", "soft": "soft", "blurred": "bad", "no_content": "soft"}
        found = [(f"form.chip.{verdict}", tones[verdict])]
        if facts["timestamps"]:
            found.append(("form.chip.time", "good"))
        if any(seen["matches"] for seen in facts["order_ids"]):
            found.append(("form.chip.order", "good"))
        if any(not seen["matches"] for seen in facts["order_ids"]):
            found.append(("form.chip.foreign", "bad"))
        if any(seen["matches"] for seen in facts["tracking_numbers"]):
            found.append(("form.chip.tracking", "good"))
        return [{"text": self.catalog.text(key), "tone": tone} for key, tone in found]
