"""Whole numbers as they are typed or stand in an address: ASCII digits, few enough that a row can hold them."""

MOST = 2**31 - 1
"""The largest number that every database holds."""


def whole(text: str) -> int | None:
    """The number that ``text`` is; ``None`` when it is none, or larger than ``MOST``."""
    found = at_most(text, MOST + 1)
    return None if found is None or found > MOST else found


def at_most(text: str, most: int) -> int | None:
    """The number that ``text`` is, ``most`` where it is larger; ``None`` when it is none."""
    if not (text.isascii() and text.isdigit()):
        return None
    return min(int(text), most) if len(text) <= 18 else most
