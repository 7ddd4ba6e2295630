"""What may stand between a date and its time of day, in the words of the languages that are read."""

import functools
import re
from dataclasses import dataclass

from evidence_packer.understand.calendar_words import CalendarWords


@dataclass(frozen=True, slots=True)
class DateGaps:
    """What may stand between a date and its time, behind and before it, and what says that a time follows."""

    behind: re.Pattern[str]
    before: re.Pattern[str]
    says_time: re.Pattern[str]
    weekday_before: re.Pattern[str]
    weekday_behind: re.Pattern[str]
    half: re.Pattern[str]


@functools.lru_cache(maxsize=4)
def gaps(words: CalendarWords) -> DateGaps:
    """What may stand between dates and times in the languages of ``words``."""
    return DateGaps(
        behind=re.compile(
            rf"(?:\s*(?:,|·|\||-|–|—|@|T(?=\d)|{words.before_time}\.?\s*:?|{words.links}\.?|{words.weekday}\.?|\([^)]{{1,9}}\))\s*|\s*){{1,4}}",
            re.IGNORECASE,
        ),
        before=re.compile(rf"(?:[\s,·|/-]|{words.before_date}|{words.weekday}\.?)*", re.IGNORECASE),
        says_time=re.compile(words.before_time, re.IGNORECASE),
        weekday_before=re.compile(rf"(?P<day>{words.weekday})[\s.,]*\Z", re.IGNORECASE),
        weekday_behind=re.compile(rf"[\s,.]*[(（]?(?P<day>{words.weekday})", re.IGNORECASE),
        half=re.compile(rf"\s*{words.half}\s*", re.IGNORECASE),
    )
