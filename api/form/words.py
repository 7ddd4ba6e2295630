"""What the pages say: names of data in the reader's language, sizes, moments."""

import datetime as dt
from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_datetime

from api.form.fields import FormField
from casefile.babel_locale import babel_locale
from casefile.fields.base import any_text, same_language
from casefile.house import House
from casefile.labels import choice_name, field_name, tongue, zone_name
from casefile.letter_language import letter_kinds
from casefile.procedure import Procedure
from casefile.wording import Catalog
from evidence_packer.judge.known_checks import kind_of
from evidence_packer.report.shape import Report, ReportFinding

LANGUAGES = (("zh-Hans", "简体中文"), ("en", "English"))
_BEIJING = ZoneInfo("Asia/Shanghai")
_INPUTS: Mapping[str, str] = {
    "who": "desk.col.who", "reason": "field./reason", "site": "form.site", "language": "form.letter_language",
    "letter": "form.letter_kind", "reading_copy": "form.reading_copy", "confirm": "form.checklist", "rows": "form.files.title",
}  # fmt: skip
"""Inputs that are no field of the case, and what they are called."""
_PATTERNS = {"zh-Hans": "y年M月d日 HH:mm", "en": "d MMM y, HH:mm"}


class PageWords:
    """The words of one page in one language; handed to the templates as ``words``."""

    def __init__(self, catalog: Catalog, house: House) -> None:
        self.catalog = catalog
        self._house = house

    @property
    def _locale(self) -> Locale:
        return babel_locale(self.catalog.language)

    def name(self, names: Mapping[str, str]) -> str:
        """A name of a data file."""
        return any_text(dict(names), self.catalog.language, "en") or ""

    def country(self, code: str) -> str:
        """The country of a site; platforms without sites have ``ZZ``."""
        if code == "ZZ":
            return self.catalog.text("form.site_any")
        return f"{self._locale.territories.get(code, code)} ({code})"

    def tongue(self, tag: str) -> str:
        """A language by its name in the reader's language."""
        return tongue(tag, self.catalog)

    def writing(self, letter_language: str) -> tuple[str, ...]:
        """The languages a text is typed in: the operator's, and the letter's where that is another."""
        own = self.catalog.language
        return (letter_language,) if same_language(own, letter_language) else (own, letter_language)

    def letter_languages(self, kind: str) -> tuple[str, ...]:
        """The languages in which letters of this kind can be written."""
        catalogs = self._house.catalogs.by_language
        return tuple(tag for tag in sorted(catalogs) if catalogs[tag].own(f"letter.title.{kind}"))

    def letter_kinds(self) -> tuple[tuple[str, str], ...]:
        """Every kind of letter with its name."""
        return tuple((kind, self.catalog.text(f"letter.title.{kind}")) for kind in letter_kinds(self._house.catalogs))

    def choice(self, field: FormField, value: str) -> str:
        """One value of a closed list."""
        return choice_name(field.pointer, value, self.catalog)

    def carrier(self, carrier: str) -> str:
        """A carrier by its name; one that is not known stays as it was written."""
        known = self._house.carriers.get(carrier)
        return self.name(known.name) if known else carrier

    def hint(self, field: FormField) -> str:
        """A word of help under a field, or nothing."""
        key = "field_hint." + field.label.removeprefix("field.")
        return self.catalog.text(key) if self.catalog.has(key) else ""

    def field(self, pointer: str) -> str:
        """The name of a field by its pointer, or of the nearest part of the case that has one."""
        return field_name(pointer, self.catalog)

    def inputs(self, names: Iterable[str]) -> str:
        """Inputs of the page by the names of their fields, as one list."""
        return self.catalog.text("form.list_comma").join(dict.fromkeys(self._input(name) for name in names))

    def _input(self, name: str) -> str:
        if name.startswith("letter/"):
            return self.catalog.text("desk.letter")
        own = _INPUTS.get(name.partition(".")[0])
        return self.catalog.text(own) if own else self.field(name.partition("@")[0])

    def any(self, text: str | dict[str, str] | None) -> str:
        """A text that may be said in several languages, in the reader's where it is."""
        return any_text(text, self.catalog.language, "en") or ""

    def slot(self, name: str) -> str:
        """What is to be filled into a ready sentence."""
        key = f"bank_slot.{name}"
        return self.catalog.text(key) if self.catalog.has(key) else name

    def example(self, kind: str) -> str:
        """What a good one of this kind shows."""
        key = f"example.{kind}"
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

    def moment(self, text: str, zone: str | None = None) -> str:
        """A time of the report for people; with ``zone``, in that zone. A date stays a date, an odd text stays itself."""
        try:
            moment = dt.datetime.fromisoformat(text)
        except ValueError:
            return text
        if zone and moment.tzinfo:
            moment = moment.astimezone(ZoneInfo(zone))
        pattern = _PATTERNS.get(self.catalog.language, _PATTERNS["en"])
        if len(text) <= len("2026-11-18"):
            pattern = pattern.replace(" HH:mm", "").rstrip(",")
        return str(format_datetime(moment, pattern, locale=self._locale))

    def zone(self, zone: str) -> str:
        """A time zone by the name that people give it."""
        return zone_name(zone, self.catalog)

    def beijing(self, at: dt.datetime) -> str:
        """A moment in Beijing, said so."""
        local = at.astimezone(_BEIJING).replace(tzinfo=None, second=0, microsecond=0)
        return self.catalog.text("fact.beijing", at=self.moment(local.isoformat()))

    def beijing_of(self, text: str) -> str:
        """A time kept by the service, in Beijing."""
        return self.beijing(dt.datetime.fromisoformat(text))

    def left(self, hours: float) -> str:
        """The time that is left, or since when it is over."""
        whole = abs(hours)
        if whole >= 72:
            span = self.catalog.text("clock.days", days=int(whole // 24))
        else:
            span = self.catalog.text("clock.hours", hours=int(whole), minutes=int(whole * 60) % 60)
        return self.catalog.text("clock.left" if hours >= 0 else "clock.over", span=span)

    def remedy(self, code: str) -> str:
        """What to do about a file that was refused for this reason, or nothing."""
        key = f"not_included.{code}.hint"
        return self.catalog.text(key) if self.catalog.has(key) else ""

    def _told(self, finding: ReportFinding, report: Report) -> ReportFinding:
        """The finding; of a refused file with the remedy for just that reason."""
        if kind_of(finding.code).role != "refused_file":
            return finding
        code = next((line.code for line in report.not_included if line.file == finding.file), "")
        return finding.model_copy(update={"hint": self.remedy(code) or finding.hint})

    def findings(self, report: Report) -> list[ReportFinding]:
        """Every finding, blockers first."""
        ranks = {"blocker": 0, "warning": 1, "advice": 2}
        return sorted((self._told(one, report) for one in report.findings), key=lambda one: ranks[one.severity])
