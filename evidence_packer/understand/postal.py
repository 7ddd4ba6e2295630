"""Postal addresses as pages write them, taken apart into the fields of a case where town and postcode can be told. Pure.

A postcode alone is enough: it is what a carrier's page repeats. Four digits before a town look like a house number in a street, and
are taken only where the country stands with them.
"""

import functools
import re
from typing import TypedDict

from rapidfuzz import process

_STATES = (
    "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|District of Columbia|Florida|Georgia|Hawaii|Idaho|"
    "Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|"
    "Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|"
    "Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington|West Virginia|Wisconsin|Wyoming|"
    "Puerto Rico"
)
"""States as shops write them out."""
_ALIKE = 90.0
_TOWNS: tuple[tuple[str, str], ...] = (
    ("BR", r"(?:(?P<city>[^,\d\n-]+?)\s*[-/]\s*(?P<region>[A-Z]{2}),?[ ]+)?(?:CEP:? )?(?P<code>\d{5}-\d{3})\b"),
    ("US", r"(?P<city>[^,\d\n]+?),?[ ]+(?P<region>[A-Z]{2}),?[ ]+(?P<code>\d{5}(?:-\d{4})?)(?![-\d])"),
    ("US", rf"(?P<city>[^,\d\n]+?),[ ,]*(?P<region>{_STATES}),?[ ]+(?P<code>\d{{5}}(?:-\d{{4}})?)(?![-\d])"),
    ("CA", r"(?P<city>[^,\d\n]+?),?[ ]+(?P<region>[A-Z]{2}),?[ ]+(?P<code>[A-Z]\d[A-Z] ?\d[A-Z]\d)\b"),
    ("AU", r"(?P<city>[^,\d\n]+?),?[ ]+(?P<region>ACT|NSW|NT|QLD|SA|TAS|VIC|WA),?[ ]+(?P<code>\d{4})\b"),
    ("GB", r"(?P<city>[^,\d\n]+?),?[ ]+(?P<code>[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})\b"),
    ("JP", r"〒?\s?(?<![\d-])(?P<code>\d{3}-\d{4})(?![\d-])"),
    ("NL", r"\b(?P<code>\d{4} ?[A-Z]{2})[ ,]+(?P<city>[^\W\d_][^,\d\n]{2,40})"),
    ("PL", r"\b(?P<code>\d{2}-\d{3})[ ]+(?P<city>[^\W\d_][^,\d\n]{2,40})"),
    ("SE", r"\b(?:SE-)?(?P<code>\d{3} \d{2})[ ]+(?P<city>[^\W\d_][^,\d\n]{2,40})"),
    ("SG", r"(?P<city>Singapore|SINGAPORE|新加坡|新嘉坡)[ ,，]*(?P<code>\d{6})\b"),
    ("", r"(?<![\d-])(?P<code>\d{6}),?[ ]+(?=[А-ЯЁа-яё])(?:(?:г\.|город)[ ]?(?P<city>[^,\d\n]{2,40}))?"),
    ("CN", r"(?:邮编|邮政编码)[:： ]*(?P<code>\d{6})\b"),
    ("IT", r"\b(?P<code>\d{5})[ ]+(?P<city>[^\W\d_][^,\d\n(]{1,40}?)[ ]*\((?P<region>[A-Z]{2})\)"),
    (
        "IT",
        r"\b(?P<code>\d{5})[ ]+(?P<city>[^\W\d_][^,\d\n]{1,40}?)[ ]+(?P<region>[A-Z]{2})(?=[\s,]+(?i:ital(?:ia|y|ien|ie))\b)",
    ),
    ("", r"(?P<code>\d{5})[ ]+(?P<city>[^\W\d_][^,\d\n]{2,40})"),
    ("", r"(?P<city>[^\W\d_][^,\d\n]{2,40}?)[ ,]+(?P<code>\d{5})(?=\s*$|,\s*[^\W\d_])"),
    ("KR", r"[(\[](?P<code>\d{5})[)\]]"),
)
"""How towns and postcodes stand together, by country; six digits before
Cyrillic words are of several; five digits stand before the town in Germany, France, Spain, Italy and
Mexico, and behind it in Malaysia, Thailand, Vietnam and Indonesia."""
_FOUR = re.compile(r"\b(?:[A-Z]{1,2}-)?(?P<code>\d{4})[ ]+(?P<city>[^\W\d_][^,\d\n]{2,40})")
_WITH_FOUR = {
    "AT": ("austria", "österreich", "奥地利"), "CH": ("switzerland", "schweiz", "suisse", "svizzera", "瑞士"),
    "BE": ("belgium", "belgië", "belgique", "比利时"), "DK": ("denmark", "danmark", "丹麦"), "NO": ("norway", "norge", "挪威"),
}  # fmt: skip
"""Countries with postcodes of four digits before the town, by the names that stand in an address."""


_COUNTRIES = {
    "spain": "ES", "españa": "ES", "西班牙": "ES", "france": "FR", "法国": "FR", "germany": "DE", "deutschland": "DE", "德国": "DE",
    "italy": "IT", "italia": "IT", "意大利": "IT", "poland": "PL", "polska": "PL", "波兰": "PL", "portugal": "PT",
    "mexico": "MX", "méxico": "MX", "墨西哥": "MX", "chile": "CL", "colombia": "CO", "brazil": "BR", "brasil": "BR", "巴西": "BR",
    "thailand": "TH", "泰国": "TH", "malaysia": "MY", "马来西亚": "MY", "vietnam": "VN", "越南": "VN", "indonesia": "ID",
    "印尼": "ID", "philippines": "PH", "菲律宾": "PH", "korea": "KR", "韩国": "KR", "japan": "JP", "日本": "JP",
    "australia": "AU", "canada": "CA", "netherlands": "NL", "belgium": "BE", "austria": "AT", "israel": "IL", "美国": "US",
    "英国": "GB",
}  # fmt: skip
"""Countries as addresses end with them: none is a town."""


_town = functools.lru_cache(maxsize=64)(re.compile)
"""Made when an address is asked for."""


class PostalParts(TypedDict, total=False):
    """A postal address in the fields of a case."""

    lines: list[str]
    city: str
    postal_code: str
    region: str
    country: str


def address(text: str) -> PostalParts | None:
    """A postal address in the fields of a case, where its postcode can be told from its other numbers."""
    for country, pattern in _TOWNS:
        if found := list(_town(pattern).finditer(text)):
            return _parts(country, text, found[-1])
    named = next((c for c, names in _WITH_FOUR.items() if any(name in text.casefold() for name in names)), None)
    match = _FOUR.search(text) if named else None
    return _parts(named or "", text, match) if match else None


def _is_state(name: str | None) -> bool:
    """Whether what stands before a postcode is a state of the US, a sign misread or not: then the town stands before it."""
    return bool(name) and process.extractOne(str(name).strip(), _STATES.split("|"), score_cutoff=_ALIKE) is not None


def _parts(country: str, text: str, match: re.Match[str]) -> PostalParts:
    street, found = text[: match.start()].strip(" ,，;\n"), match.groupdict()
    state = found["city"] if not country and _is_state(found.get("city")) else None
    if state:
        street, _, town = street.rpartition(",")
        country, found = "US", {**found, "city": town, "region": state.strip()}
    lines = [line.strip(" ,，") for line in re.split(r"\n|;", street) if line.strip(" ,，")]
    parts: PostalParts = {"lines": lines} if lines else {}
    city = (found.get("city") or "").strip(" ,，")
    if named := _COUNTRIES.get(city.casefold()):  # "Madrid, Spain, 28004": the town stands before it
        country = country or named
        *lines, city = re.split(r"\s*[,，]\s*", ", ".join(lines)) if lines else [""]
        if len(lines) > 1 and lines[-1] != city:  # a region may stand between: which is the town is not told
            lines, city = [*lines, city], ""
        parts = {"lines": [", ".join(dict.fromkeys(lines))]} if lines else {}
    if city:
        parts["city"] = city
    parts["postal_code"] = match["code"]
    if found.get("region"):
        parts["region"] = found["region"]
    if country:
        parts["country"] = country
    return parts
