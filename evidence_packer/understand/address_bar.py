"""What the address bar of a screenshot says about its page: hosts, and the kind of page that its path names. Pure."""

import re

from casefile.fields.files import Kind
from casefile.reading import Line, ReadPage

TOP = 0.14
"""Where address bars stand, as a share of the page's height."""
_HOST = re.compile(r"\b((?:[a-z0-9-]+\.)+(?:com|net|org|cn|co|io|[a-z]{2})(?:\.[a-z]{2})?)\b", re.IGNORECASE)
_WORDS: tuple[tuple[Kind, str], ...] = (
    ("messages", "messages?|messaging|conversations?|chat|webchat|mesg|inbox"),
    ("tracking", "track|tracking|trackings|fedextrack|rastreamento|suivi|sendungsverfolgung"),
    ("prior_orders", "order-history|your-orders"),
    ("order_page", "orders?(?:-v3)?|order_?id|sales?|sold|ventas?|payments?|transactions?"),
    ("listing", "(?<=/)(?:listing|itm|dp|item|products?|goods)(?=[/.?=]|$)|(?<=/)gp/product"),
)
"""Kinds of page by the words of their addresses, the most telling first."""
_PATHS = tuple((kind, re.compile(rf"[/?&.](?:{words})(?![a-z])", re.IGNORECASE)) for kind, words in _WORDS)


def bars(page: ReadPage) -> list[Line]:
    """The lines in which an address stands."""
    return [line for line in page.lines if line.box[1] < TOP and _HOST.search(line.text)]


def hosts(page: ReadPage) -> tuple[str, ...]:
    """Every host of the bar, each once."""
    found = (match[1].lower() for line in bars(page) for match in _HOST.finditer(line.text))
    return tuple(dict.fromkeys(found))


def kind_of_path(page: ReadPage) -> Kind | None:
    """The kind of page that the address itself names."""
    for line in bars(page):
        path = line.text[max(line.text.find("//") + 2, 0) if "//" in line.text else 0 :]
        path = path[path.find("/") :] if "/" in path else ""
        for kind, words in _PATHS:
            if words.search(path):
                return kind
    return None
