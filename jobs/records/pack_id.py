"""Names of packs: sortable by time, impossible to guess, safe in addresses and file names (the ULID layout, lower case)."""

import datetime as dt
import re
import secrets

_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"
_FORM = re.compile(f"[{_DIGITS}]{{26}}")
_RANDOM_BITS = 80


def new_pack_id(now: dt.datetime) -> str:
    """A fresh id: 48 bits of milliseconds, then 80 random bits."""
    number = (int(now.timestamp() * 1000) << _RANDOM_BITS) | secrets.randbits(_RANDOM_BITS)
    return "".join(_DIGITS[(number >> shift) & 31] for shift in range(125, -1, -5))


def is_pack_id(text: str) -> bool:
    """Whether ``text`` could name a pack."""
    return _FORM.fullmatch(text) is not None
