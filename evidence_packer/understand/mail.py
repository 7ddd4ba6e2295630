"""What a platform's mail says, pasted as it came: where it belongs, the ids, the dates, what is asked for. Pure.

Nothing is guessed silently: every field found is named, so that the form can ask a person to check it.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from casefile.case import Case
from casefile.facts import AmountSeen, FileFacts, TimestampSeen
from casefile.house import House
from casefile.lexicon import MailWords
from casefile.platform import Platform
from casefile.reading import Line, Reading, ReadPage
from evidence_packer.understand.interpret import interpret

_WORD, _HOST, _ID = 1.0, 4.0, 3.0
_MOST_LINES = 400
_BULLET = re.compile(r"^\s*(?:[-*•·–—▪]|[(（]?\d{1,2}[.)、）]|[①-⑳])\s*")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{4,60}")
_DAY = len("2026-11-18")
_HOURS = ("hour", "小时", "stunde")
_BUSINESS = ("business", "工作日", "werktag", "arbeitstag")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mail:
    lines: tuple[str, ...]
    words: tuple[MailWords, ...]
    platform: Platform
    site: str

    def labels(self, name: str) -> tuple[str, ...]:
        return tuple(label for words in self.words for label in getattr(words, name))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.replace("\u00a0", " ").splitlines())[:_MOST_LINES]


def _platform_of(text: str, house: House) -> Platform | None:
    scores = {platform.id: _platform_score(text.casefold(), text, platform) for platform in house.platforms.values()}
    best = max(scores, key=lambda name: scores[name], default=None)
    return house.platforms[best] if best and scores[best] >= _WORD else None


def _platform_score(folded: str, text: str, platform: Platform) -> float:
    score = _WORD * sum(min(folded.count(word.casefold()), 5) for word in platform.words)
    hosts = {*platform.hosts, *(host for site in platform.sites.values() for host in site.hosts)}
    score += _HOST * any(host.casefold() in folded for host in hosts)
    ids = [i for i in platform.identifiers if i.field == "/order/id" and i.in_text]
    return score + _ID * any(re.search(rf"(?<![\w-])(?:{i.pattern})(?![\w-])", text) for i in ids)


def _site_of(folded: str, platform: Platform) -> str:
    found = [
        (len(host), code)
        for code, site in platform.sites.items()
        for host in site.hosts
        if re.search(rf"(?<![\w.-]){re.escape(host.casefold())}(?![\w.-]*\.?[a-z])", folded)
    ]
    own = [(length, code) for length, code in found if code != platform.default_site]
    return max(own or found, default=(0, platform.default_site or min(platform.sites)))[1]


def _weighed(folded: str, table: Iterable[tuple[str, tuple[str, ...]]], allowed: Iterable[str]) -> str | None:
    """The entry whose words weigh most in the text; words weigh by their length."""
    known, scores = set(allowed), dict[str, float]()
    for name, words in table:
        if name in known:
            weight = sum(len(word) * min(folded.count(word.casefold()), 3) for word in words)
            scores[name] = scores.get(name, 0) + weight
    best = max(scores, key=lambda name: scores[name], default=None)
    return best if best and scores[best] > 0 else None


def _facts(lines: tuple[str, ...], platform: Platform, procedure: str, site: str, house: House) -> FileFacts:
    """The mail's dates, amounts and numbers, found by the same interpreters that read screenshots."""
    height = 1 / max(1, len(lines))
    read = tuple(
        Line(text=line, box=(0.0, n * height, 1.0, (n + 1) * height), score=1.0) for n, line in enumerate(lines)
    )
    page = ReadPage(number=1, width=1000, height=1000, lines=read, text_source="text_layer")
    case = Case(platform=platform.id, procedure=procedure, site=None if site == "ZZ" else site)
    reading = Reading(sha256="0" * 64, media_type="text/plain", pages=(page,), has_text_layer=True)
    return interpret("mail.txt", reading, 0, case, house)


def _after_label(line: str, labels: Iterable[str]) -> str | None:
    folded = line.casefold()
    for label in sorted(labels, key=len, reverse=True):
        place = folded.find(label.casefold())
        if place >= 0:
            return line[place + len(label) :]
    return None


def _labelled(mail: _Mail, name: str) -> Iterator[str]:
    """What stands behind a label, on its line or, where that is empty, on the next."""
    for place, line in enumerate(mail.lines):
        rest = _after_label(line, mail.labels(name))
        if rest is not None:
            following = mail.lines[place + 1] if place + 1 < len(mail.lines) else ""
            yield rest if rest.strip(" :：#") else following


def _code(mail: _Mail, name: str, without: str | None) -> str | None:
    for rest in _labelled(mail, name):
        for match in _CODE.finditer(rest.lstrip(" :：#")[:80]):
            if match[0] != without and any(char.isdigit() for char in match[0]):
                return match[0]
    return None


def _row(seen: TimestampSeen | AmountSeen, count: int) -> int:
    return min(count - 1, int((seen.box[1] + seen.box[3]) / 2 * count))


def _near(mail: _Mail, seen: TimestampSeen | AmountSeen, name: str) -> bool:
    """Whether a label of this sort stands on the line of a fact, or alone on the line before it."""
    row, labels = _row(seen, len(mail.lines)), mail.labels(name)
    if _after_label(mail.lines[row], labels) is not None:
        return True
    before = mail.lines[row - 1] if row else ""
    rest = _after_label(before, labels)
    return rest is not None and not rest.strip(" :：")


def _local(seen: TimestampSeen, zone: str, *, end_of_day: bool) -> str | None:
    """The moment as a form takes it, local to the site; a day alone stays one, and a deadline on a day is its end."""
    if seen.at is None or seen.ambiguous:
        return None
    if len(seen.at) == _DAY:
        return seen.at + ("T23:59" if end_of_day else "")
    moment = dt.datetime.fromisoformat(seen.at)
    local = moment.astimezone(ZoneInfo(zone)) if moment.tzinfo else moment
    return local.strftime("%Y-%m-%dT%H:%M")


def _times(mail: _Mail, stamps: tuple[TimestampSeen, ...]) -> dict[str, str]:
    zone = mail.platform.site(mail.site).zone
    found: dict[str, str] = {}
    for name, pointer in (("deadline", "/deadline/at"), ("opened", "/claim/opened_at"), ("sent", "/claim/notified_at")):
        for seen in stamps:
            at = _local(seen, zone, end_of_day=name == "deadline")
            if at and _near(mail, seen, name) and at not in found.values():
                found[pointer] = at
                break
    if "/deadline/at" not in found and (due := _within(mail, found.get("/claim/notified_at"))):
        found["/deadline/at"] = due
    return found


def _within(mail: _Mail, start: str | None) -> str | None:
    """The deadline that "within 48 hours" means, counted from the hour at which the mail was sent; without one it is asked for."""
    if start is None or len(start) == _DAY:
        return None
    for words in mail.words:
        match = re.search(words.within, "\n".join(mail.lines), re.IGNORECASE)
        if match and not any(word in match["unit"].casefold() for word in _BUSINESS):
            hours = int(match["n"]) * (1 if any(word in match["unit"].casefold() for word in _HOURS) else 24)
            return (dt.datetime.fromisoformat(start) + dt.timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M")
    return None


def _items(mail: _Mail) -> tuple[str, ...]:
    """The list that follows "please provide": its bullets, until something else begins."""
    for place, line in enumerate(mail.lines):
        if _after_label(line, mail.labels("required")) is None:
            continue
        found: list[str] = []
        for later in mail.lines[place + 1 : place + 25]:
            if _BULLET.match(later):
                found.append(_BULLET.sub("", later).strip())
            elif later and found:
                break
        if found:
            return tuple(found)
    return ()


def _said(mail: _Mail) -> str | None:
    """What the buyer wrote, as the mail quotes it."""
    for rest in _labelled(mail, "said"):
        text = rest.strip(" :：\"“”「」'")
        if len(text) > 2:
            return text[:2000]
    return None


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
    lines, folded = _lines(text), text.casefold()
    known = house.platforms.get(platform or "") or _platform_of(text, house)
    if known is None or not folded.strip():
        return None
    words = tuple(house.mail_words[tag] for tag in sorted(house.mail_words))
    table = [entry for one in words for entry in one.procedures.items()]
    chosen = procedure or _weighed(folded, table, known.procedures) or next(iter(known.procedures))
    mail = _Mail(lines=lines, words=words, platform=known, site=_site_of(folded, known))
    reasons = [entry for one in words for entry in one.reasons.items()]
    facts = _facts(lines, known, chosen, mail.site, house)
    found = dict(_fields(mail, facts))
    return MailFacts(
        platform=known.id,
        procedure=chosen,
        site=mail.site if len(known.sites) > 1 else None,
        reason=_weighed(folded, reasons, known.procedures[chosen].reasons),
        fields=found,
        items=_items(mail),
    )


def _fields(mail: _Mail, facts: FileFacts) -> Iterator[tuple[str, str]]:
    order = facts.order_ids[0].value if facts.order_ids else _code(mail, "order_id", None)
    if order:
        yield "/order/id", order
    claim = _code(mail, "claim_id", order)
    for pointer in ("/claim/id", "/payment/dispute_id", "/return/id", "/notice/id", "/submission/case_id"):
        if claim:
            yield pointer, claim
    if facts.tracking_numbers:
        yield "/parcels/0/tracking_number", facts.tracking_numbers[0].value
        if carrier := facts.tracking_numbers[0].carrier:
            yield "/parcels/0/carrier", carrier
    times = _times(mail, facts.timestamps)
    yield from times.items()
    for pointer, source in (
        ("/claim/requested_at", "/claim/opened_at"), ("/return/requested_at", "/claim/opened_at"),
        ("/notice/at", "/claim/notified_at"),
    ):  # fmt: skip
        if source in times:
            yield pointer, times[source]
    if said := _said(mail):
        yield "/claim/statement", said
    yield from _amount(mail, facts.amounts)


def _amount(mail: _Mail, amounts: tuple[AmountSeen, ...]) -> Iterator[tuple[str, str]]:
    labelled = [seen for seen in amounts if _near(mail, seen, "amount")]
    best = next(iter(labelled), amounts[0] if len(amounts) == 1 else None)
    if best is not None:
        currency = best.currency or mail.platform.site(mail.site).currency
        for pointer in ("/claim/amount", "/return/amount"):
            yield pointer, best.amount
            yield f"{pointer}.currency", currency
