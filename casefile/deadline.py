"""When an answer is due: two levels per rule, clocks started by fields of the case; the user's own date decides.

Pure: the clock is an argument (``now``). Business days skip the weekends and public holidays of the site's country.
"""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from casefile.as_printed import is_day_alone
from casefile.case import Case
from casefile.platform import Platform, Site
from casefile.pointer import resolve
from casefile.procedure import Procedure
from casefile.rules import DeadlineRule, duration_parts
from casefile.workdays import add_business_days, add_business_hours


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDate:
    """One deadline of the case. ``counts_from`` is the pointer that started the clock; ``ended``: it was already met.

    ``id`` is ``user`` for the date the user named; ``source`` is a source id of the platform's file, or the user's word
    (``notice``, ``back_office``, ``email``, ``user``).
    """

    id: str
    name: dict[str, str]
    counts_from: str | None
    warn_at: dt.datetime | None
    block_at: dt.datetime | None
    source: str
    confidence: str
    ended: bool = False
    who: str = "us"
    """``us``, or the ``platform`` or ``buyer`` whose answer is expected by then."""
    rules: tuple[str, ...] = ()

    @property
    def ends(self) -> dt.datetime | None:
        """The block level, else the warn level; counted from a day whose hour nobody said, the end of the day on which it falls."""
        due = self.block_at or self.warn_at
        return due.replace(hour=23, minute=59, second=59, microsecond=0) if due and is_day_alone(due) else due

    def hours_left(self, now: dt.datetime) -> float | None:
        """Hours until it ends, negative when past, to one decimal."""
        return None if self.ends is None else round((self.ends - now).total_seconds() / 3600, 1)

    @property
    def verified(self) -> bool:
        """Whether the platform itself says so; otherwise the date in the back office has to be looked up."""
        return self.confidence == "P"


def after(start: dt.datetime, duration: str, site: Site, country: str | None = None) -> dt.datetime:
    """``start`` plus ``duration``; days end at the same time of day in the site's zone, business days are the country's."""
    number, unit = duration_parts(duration)
    if unit == "h":
        return start + dt.timedelta(hours=number)
    local = start.astimezone(ZoneInfo(site.zone))
    if unit == "d":
        local += dt.timedelta(days=number)
    elif unit == "bd":
        local = add_business_days(local, number, country)
    else:
        local = add_business_hours(local, number, country, site.open_hours)
    return local.astimezone(start.tzinfo)


def _start(case: Case, rule: DeadlineRule, pointers: tuple[str, ...]) -> tuple[dt.datetime, str] | None:
    times = [(resolve(case, pointer), pointer) for pointer in pointers]
    known = [(time, pointer) for time, pointer in times if isinstance(time, dt.datetime)]
    if not known:
        return None
    return max(known) if rule.start == "latest" else min(known)


def _due(case: Case, rule: DeadlineRule, platform: Platform, site: Site) -> DueDate | None:
    block = _start(case, rule, rule.counts_from)
    warn = _start(case, rule, rule.warn_from or rule.counts_from)
    starts = block or warn
    if starts is None:
        return None
    source = (rule.block_source if rule.block_after else rule.warn_source) or ""
    country = platform.country(case.site)
    return DueDate(
        id=rule.id,
        name=rule.name,
        counts_from=starts[1],
        warn_at=after(warn[0], rule.warn_after, site, country) if warn and rule.warn_after else None,
        block_at=after(block[0], rule.block_after, site, country) if block and rule.block_after else None,
        source=source,
        confidence=platform.confidence(source),
        ended=any(resolve(case, pointer) for pointer in rule.done_by),
        who=rule.who,
        rules=rule.rules,
    )


def due_dates(case: Case, platform: Platform, procedure: Procedure) -> tuple[DueDate, ...]:
    """Every deadline of the case, the user's own date first; rules without a start in the case are left out."""
    site = platform.site(case.site)
    found: list[DueDate] = []
    if case.deadline:
        found.append(
            DueDate(
                id="user",
                name={"en": "Date named by the platform", "zh-Hans": "平台给出的截止时间"},
                counts_from="/deadline/at",
                warn_at=None,
                block_at=case.deadline.at,
                source=case.deadline.source or "user",
                confidence="P",
            )
        )
    for rule in procedure.deadlines:
        here = not rule.sites or (case.site or platform.default_site) in rule.sites
        if here and (not rule.reasons or case.reason in rule.reasons) and rule.when.holds(case):
            due = _due(case, rule, platform, site)
            found += [due] if due else []
    return tuple(found)


def effective_deadline(due: tuple[DueDate, ...]) -> DueDate | None:
    """The deadline that counts: the user's own, else the earliest block level that is not yet met."""
    open_ones = [date for date in due if not date.ended and date.who == "us"]
    own = next((date for date in open_ones if date.id == "user"), None)
    dated = [(at, date) for date in open_ones if (at := date.block_at or date.warn_at)]
    return own or (min(dated, key=lambda one: one[0])[1] if dated else None)
