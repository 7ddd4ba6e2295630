"""What a platform's mail says, pasted as it came: where it belongs, the ids, the dates, what is asked for. Pure.

Nothing is guessed silently: every field found is named, so that the form can ask a person to check it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from casefile.case import Case
from casefile.facts import AmountSeen, FileFacts, TimestampSeen
from casefile.house import House
from casefile.lexicon import MailWords
from casefile.platform import Platform
from casefile.procedure import Procedure
from casefile.reading import Line, Reading, ReadPage
from evidence_packer.understand.interpret import Interpretation
from evidence_packer.understand.mail_dates import named, places, row_of
from evidence_packer.understand.mail_metrics import metric_of
from evidence_packer.understand.mail_numbers import CLAIMS, charge_number, claim_number, order_number
from evidence_packer.understand.mail_sender import is_of_another
from evidence_packer.understand.mail_text import (
    MailText,
    after_label,
    items_of,
    lines_of,
    plain,
    said_in,
    unread_lines,
    without_long_lines,
)
from evidence_packer.understand.mail_times import MailDates, dates_of, due_in, open_times, times_of
from evidence_packer.understand.money import moneys, signs

_WORD, _HOST, _ID, _DIGITS = 1.0, 4.0, 3.0, 0.5
"""What a platform's name, its address and the form of its order ids weigh; a number of digits alone may be anything of anybody."""
_WANTED = frozenset({"amounts", "order_ids", "timestamps", "tracking_numbers"})
_DAY = len("2026-11-18")
_METRICS = {"odr": "order_defect_rate"}
"""Metrics that are called otherwise than the reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailFacts:
    """What the mail says, and where it belongs.

    ``fields`` are values by JSON pointer as a form takes them: times local to the site, a day where no hour is said, amounts as
    digits under the pointer with the currency under ``<pointer>.currency``; ``items`` is what the platform asks for.
    """

    platform: str
    procedure: str
    site: str | None = None
    reason: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    items: tuple[str, ...] = ()
    end_of_day: frozenset[str] = frozenset()
    """Pointers of times of which only the day was said, and its end was taken."""
    unread: tuple[str, ...] = ()
    """Lines that state something under a label, and were not understood."""
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Dates that can mean two days: pointer → each as a form takes it."""


def _platform_of(text: str, house: House) -> Platform | None:
    scores = {platform.id: _platform_score(text.casefold(), text, platform) for platform in house.platforms.values()}
    best = max(scores, key=lambda name: scores[name], default=None)
    return house.platforms[best] if best and scores[best] >= _WORD else None


def _platform_score(folded: str, text: str, platform: Platform) -> float:
    score = _WORD * sum(min(folded.count(word.casefold()), 5) for word in platform.words)
    hosts = {*platform.hosts, *(host for site in platform.sites.values() for host in site.hosts)}
    score += _HOST * any(host.casefold() in folded for host in hosts)
    ids = [i for i in platform.identifiers if i.field == "/order/id" and i.in_text]
    found = [one[0] for i in ids for one in re.finditer(rf"(?<![\w-])(?:{i.pattern})(?![\w-])", text)]
    if found and all(number.isdigit() for number in found):
        return score + _DIGITS
    return score + _ID * bool(found)


def names_platform(text: str, platform: Platform) -> bool:
    """Whether a text says by name or address that it is of the platform: the form of a number says nothing of who wrote it."""
    return _platform_score(text.casefold(), "", platform) >= _WORD


def _site_of(folded: str, text: str, platform: Platform, house: House) -> str | None:
    """The site that a mail is of: by its own hosts, else the only one with the currency it writes; ``None`` where neither tells."""
    sites = platform.sites
    hosts = {host for site in sites.values() for host in site.hosts}
    shared = {host for host in hosts if sum(host in site.hosts for site in sites.values()) > 1}
    found = [
        (len(host), code)
        for code, site in sites.items()
        for host in site.hosts
        if host not in shared and re.search(rf"(?<![\w-]){re.escape(host.casefold())}(?![\w.-]*\.?[a-z])", folded)
    ]
    own = [(length, code) for length, code in found if code != platform.default_site]
    if own or found:
        return max(own or found)[1]
    written = {money.currencies[0] for money in moneys(text, signs(house)) if len(money.currencies) == 1}
    paid = [code for code, site in sites.items() if {site.currency} == written]
    return paid[0] if len(paid) == 1 else None


def _weighed(folded: str, table: Iterable[tuple[str, tuple[str, ...]]], allowed: Iterable[str]) -> str | None:
    """The entry whose words weigh most in the text; words weigh by their length."""
    known, scores = set(allowed), dict[str, float]()
    for name, words in table:
        if name in known:
            weight = sum(len(word) * min(folded.count(plain(word)), 3) for word in words)
            scores[name] = scores.get(name, 0) + weight
    best = max(scores, key=lambda name: scores[name], default=None)
    return best if best and scores[best] > 0 else None


def _procedure_in(folded: str, words: Iterable[MailWords], platform: Platform) -> str | None:
    return _weighed(folded, (entry for one in words for entry in one.procedures.items()), platform.procedures)


def _reason_in(folded: str, words: Iterable[MailWords], procedure: Procedure) -> str | None:
    return _weighed(folded, (entry for one in words for entry in one.reasons.items()), procedure.reasons)


def _facts(lines: tuple[str, ...], platform: Platform, procedure: str, site: str, house: House) -> FileFacts:
    """The mail's dates, amounts and numbers, found by the same interpreters that read screenshots."""
    height = 1 / max(1, len(lines))
    read = tuple(
        Line(text=line, box=(0.0, n * height, 1.0, (n + 1) * height), score=1.0) for n, line in enumerate(lines)
    )
    page = ReadPage(number=1, width=1000, height=1000, lines=read, text_source="text_layer")
    case = Case(platform=platform.id, procedure=procedure, site=None if site == "ZZ" else site)
    reading = Reading(sha256="0" * 64, media_type="text/plain", pages=(page,), has_text_layer=True)
    return Interpretation("mail.txt", reading, 0, house).facts(case, _WANTED)


def read_mail(
    text: str, house: House, *, platform: str | None = None, procedure: str | None = None
) -> MailFacts | None:
    """The facts of a pasted mail, or ``None`` when it is not known from which platform it comes.

    Args:
        text: the mail as it was pasted, with or without its headers.
        house: the data folders.
        platform: the receiver where it is already known; its procedures are the only ones considered.
        procedure: the procedure where it is already known.
    """
    text = without_long_lines(text)
    lines, folded = lines_of(text), plain(text)
    known = house.platforms.get(platform or "") or _platform_of(text, house)
    words = tuple(house.mail_words[tag] for tag in sorted(house.mail_words))
    headers = tuple(plain(word) for one in words for word in one.sender)
    if known is None or not folded.strip() or is_of_another(text, headers, known):
        return None
    chosen = procedure or _procedure_in(folded, words, known) or next(iter(known.procedures))
    site = _site_of(folded, text, known, house)
    usual = known.default_site or min(known.sites)
    mail = MailText(lines=lines, words=words, platform=known, site=site or usual)
    facts = _facts(tuple(map(mail.without_by, lines)), known, chosen, mail.site, house)
    dates = dates_of(mail, facts.timestamps)
    found = dict(_fields(mail, facts, dates))
    due = due_in(mail, found, facts.timestamps)
    fields = found | ({"/deadline/at": due.at} if due else {})
    return MailFacts(
        platform=known.id,
        procedure=chosen,
        site=site if len(known.sites) > 1 else None,
        reason=_reason_in(folded, words, known.procedures[chosen]) or _of_metric(found, known, chosen),
        fields=fields,
        items=items_of(mail),
        end_of_day=frozenset({"/deadline/at"} if due and due.end_of_day else ()),
        unread=unread_lines(mail, found.values()),
        choices=open_times(mail, dates, fields),
    )


def _of_metric(found: Mapping[str, str], platform: Platform, procedure: str) -> str | None:
    """The reason of a notice that gives the figure of a metric: they are called alike."""
    name = _METRICS.get(found.get("/metric/name", ""), found.get("/metric/name"))
    return next((one for one in platform.procedures[procedure].reasons if one == name), None)


def said_of(text: str, platform: Platform, house: House, usual: str, *, sure: bool) -> dict[str, str]:
    """``procedure`` and ``reason`` as far as the words of a text name them; the procedure only where ``usual`` is not ``sure``."""
    words, folded = tuple(house.mail_words.values()), plain(text)
    chosen = None if sure else _procedure_in(folded, words, platform)
    reason = _reason_in(folded, words, platform.procedures[chosen or usual])
    return {name: value for name, value in (("procedure", chosen), ("reason", reason)) if value}


def _fields(mail: MailText, facts: FileFacts, dates: MailDates) -> Iterator[tuple[str, str]]:
    order = facts.order_ids[0].value if facts.order_ids else order_number(mail)
    if order:
        yield "/order/id", order
    claim = claim_number(mail, order)
    for pointer in CLAIMS:
        if claim:
            yield pointer, claim
    if charge := charge_number(mail):
        yield "/payment/charge_id", charge
    if facts.tracking_numbers:
        yield "/parcels/0/tracking_number", facts.tracking_numbers[0].value
        if carrier := facts.tracking_numbers[0].carrier:
            yield "/parcels/0/carrier", carrier
    times = times_of(mail, dates)
    yield from times.items()
    for pointer, source in (
        ("/claim/requested_at", "/claim/opened_at"), ("/return/requested_at", "/claim/opened_at"),
        ("/notice/at", "/claim/notified_at"),
    ):  # fmt: skip
        if source in times:
            yield pointer, times[source]
    if wanted := _wanted_back(mail):
        yield "/return/requested", wanted
    if said := said_in(mail):
        yield "/claim/statement", said
    yield from _amount(mail, facts.amounts)
    text = "\n".join(mail.lines)
    yield from metric_of(text, _period_days(mail, facts.timestamps), mail.words)


def _wanted_back(mail: MailText) -> str | None:
    """Whether a request is for the money alone or for a return, where one of both is the value of a field."""
    values = {plain(line).replace("：", ":").rpartition(":")[2].strip(" .。") for line in mail.lines}
    called = [one for one in ("refund_only", "return_refund") if values & set(map(plain, mail.labels(one)))]
    return called[0] if len(called) == 1 else None


def _period_days(mail: MailText, stamps: tuple[TimestampSeen, ...]) -> tuple[str, ...]:
    """The days on the line that names a metric, the earlier first."""
    metrics = tuple(word for words in mail.words for many in words.metrics.values() for word in many)
    for place, line in enumerate(mail.lines):
        days = {
            str(seen.at)[:_DAY]
            for seen in stamps
            if seen.at and not seen.ambiguous and row_of(seen, len(mail.lines)) == place
        }
        if len(days) > 1 and "%" in line and after_label(line, metrics) is not None:
            return tuple(sorted(days))
    return ()


def _amount(mail: MailText, amounts: tuple[AmountSeen, ...]) -> Iterator[tuple[str, str]]:
    where = places(mail, amounts)
    labelled = [seen for seen, place in zip(amounts, where, strict=True) if named(mail, place, where, ("amount",))]
    same = len({(seen.amount, seen.currency) for seen in amounts}) == 1
    best = next(iter(labelled), amounts[0] if same else None)
    if best is not None:
        currency = best.currency or mail.platform.site(mail.site).currency
        for pointer in ("/claim/amount", "/return/amount"):
            yield pointer, best.amount
            yield f"{pointer}.currency", currency
