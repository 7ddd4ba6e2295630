"""What data files say in plain English, shared by the pages that are written from them."""

import sys
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from casefile.condition import Condition  # noqa: E402  # the path comes first
from casefile.house import House  # noqa: E402  # as above
from casefile.labels import field_name  # noqa: E402  # as above
from casefile.rules import DeadlineRule, Limits, duration_parts  # noqa: E402  # as above
from casefile.sources import Source  # noqa: E402  # as above

UNITS = {"h": "hour", "d": "day", "bd": "business day", "bh": "business hour"}
OR, AND = " or ", " and "


def duration(text: str) -> str:
    """``"48h"`` as "48 hours"."""
    count, unit = duration_parts(text)
    return f"{count} {UNITS[unit]}{'' if count == 1 else 's'}"


def size(count: int) -> str:
    """Bytes as people write them."""
    for unit, worth in (("MB", 1_000_000), ("kB", 1_000)):
        if count >= worth:
            return f"{count / worth:g} {unit}"
    return f"{count} bytes"


def cell(text: str) -> str:
    """A text that does not end its cell of a table."""
    return text.replace("|", "\\|").replace("\n", " ")


def code(text: str) -> str:
    """A text as code in a cell."""
    return f"`{cell(text)}`"


def both(texts: Mapping[str, str], between: str = " · ") -> str:
    """A text in English and Chinese, once where both are the same."""
    return between.join(dict.fromkeys((texts["en"], texts.get("zh-Hans", texts["en"]))))


class Words:
    """Names of what data files name by id, in English."""

    def __init__(self, house: House) -> None:
        self.english = house.catalogs.of("en")

    def field(self, pointer: str) -> str:
        """A field of the case by its name."""
        return field_name(pointer, self.english).partition(" (no.")[0]

    def any_of(self, prefix: str, ids: Iterable[str], between: str = ", ") -> str:
        """Names from the catalog, such as those of reasons."""
        return between.join(self.english.text(f"{prefix}.{one}") for one in ids)

    @cached_property
    def confidence(self) -> Mapping[str, str]:
        """The letter of a confidence and what it stands for."""
        return {sign: self.english.text(f"confidence.{sign}") for sign in ("P", "P-old", "T", "S", "K")}

    def condition(self, when: Condition) -> str:
        """What has to hold; empty where nothing has to."""
        said = []
        if when.reasons:
            said.append(f"the reason is {self.any_of('reason', when.reasons, OR)}")
        if when.sites:
            said.append(f"the site is {OR.join(when.sites)}")
        said += [f"“{self.field(pointer)}” is filled" for pointer in when.set]
        said += [f"“{self.field(pointer)}” is empty" for pointer in when.unset]
        said += [f"“{self.field(p)}” is {self._choices(p, values)}" for p, values in when.values.items()]
        said += [f"“{self.field(p)}” is at most {m.amount} {m.currency}" for p, m in when.at_most.items()]
        said += [f"“{self.field(p)}” is over {m.amount} {m.currency}" for p, m in when.over.items()]
        said += [f"shown: “{self.english.text(f'proposition.{one}')}”" for one in when.shown]
        said += [f"no evidence yet: “{self.english.text(f'proposition.{one}')}”" for one in when.lacking]
        return AND.join(said)

    def _choices(self, pointer: str, values: Iterable[str]) -> str:
        path = ".".join(part for part in pointer.strip("/").split("/") if not part.isdecimal())
        keys = {value: f"choice.{path}.{value}" for value in values}
        return OR.join(self.english.text(key) if self.english.has(key) else value for value, key in keys.items())

    def limits(self, limits: Limits) -> str:
        """What may be uploaded and typed, as far as it is known."""
        told = {
            "{} a file": limits.max_file_bytes and size(limits.max_file_bytes),
            "{} files": limits.max_files,
            "{} together": limits.max_total_bytes and size(limits.max_total_bytes),
            "{} pages": limits.max_pages,
            "{} dpi": limits.max_dpi,
            "text of {} characters": limits.text_chars,
            "all texts together {} characters": limits.total_text_chars,
            "paragraphs of {} lines": limits.paragraph_lines,
        }
        said = [", ".join(limits.formats)] if limits.formats else []
        said += [form.format(value) for form, value in told.items() if value]
        said += {"grey": ["printed in grey"], "bw": ["printed in black and white"]}.get(limits.colour, [])
        said += [f"file names like {code(limits.file_name_pattern)}"] if limits.file_name_pattern else []
        said += [f"letter in {', '.join(limits.languages)}"] if limits.languages else []
        return "; ".join(said)


class Cited:
    """The sources of one data file: marks that lead to them, and their table."""

    def __init__(self, name: str, sources: Mapping[str, Source], words: Words) -> None:
        self.name, self.sources, self.words = name, sources, words

    def mark(self, *ids: str | None) -> str:
        """The confidence of each source, leading to its line of the table."""
        known = dict.fromkeys(one for one in ids if one)
        return "".join(f" [{self.sources[one].confidence}](#{self.name}-{one})" for one in known)

    def deadline(self, rule: DeadlineRule) -> str:
        """A time limit: how long from what, when it is warned of, whose it is."""
        fields = OR.join(dict.fromkeys(self.words.field(pointer) for pointer in rule.counts_from))
        start = f"the {rule.start} of {fields}" if OR in fields else fields
        said = [f"{duration(rule.block_after)} from {start}{self.mark(rule.block_source)}"] if rule.block_after else []
        if rule.warn_after:
            early = OR.join(dict.fromkeys(self.words.field(pointer) for pointer in rule.warn_from))
            begin = f" from {early or start}" if early or not said else ""
            said.append(f"warned of after {duration(rule.warn_after)}{begin}{self.mark(rule.warn_source)}")
        only = [self.words.any_of("reason", rule.reasons)] if rule.reasons else []
        only += [f"on {', '.join(rule.sites)}"] if rule.sites else []
        only += [f"where {told}"] if (told := self.words.condition(rule.when)) else []
        whose = {"platform": " (the platform's own time)", "buyer": " (the buyer's time)"}.get(rule.who, "")
        held = f" Only {'; '.join(only)}." if only else ""
        return f"{both(rule.name)}{whose}: {'; '.join(said) or f'the day is told from {start}'}.{held}"

    def table(self) -> list[str]:
        """Every source with where it stands, how far it is trusted, and the day it was checked."""
        lines = ["| source | what it says | where | trust | checked |", "|---|---|---|---|---|"]
        for key, one in self.sources.items():
            says = " · ".join(dict.fromkeys(filter(None, (one.title, one.chinese))))
            row = (f'<a id="{self.name}-{key}"></a>{key}', cell(says), cell(one.where or ""), one.confidence)
            lines.append(f"| {' | '.join(row)} | {one.checked_on} |")
        return lines


def trust(words: Words) -> str:
    """What the letters of confidence stand for, as a list."""
    return "\n".join(f"- **{sign}**: {meaning}" for sign, meaning in words.confidence.items())
