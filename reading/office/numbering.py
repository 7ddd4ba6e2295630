"""What stands before the items of lists: bullets, numbers, letters, Roman numbers, as their program counts them."""

from collections.abc import Mapping

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"),
    (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_CHINESE = "零一二三四五六七八九"
_MOST_ROMAN = 4000


def roman(number: int) -> str:
    """``number`` in small Roman letters; beyond what they are used for, in digits."""
    if not 0 < number < _MOST_ROMAN:
        return str(number)
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def letters(number: int) -> str:
    """From a to z, then aa, bb … as word processors count."""
    return str(number) if number < 1 else chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def chinese(number: int) -> str:
    """一 to 九十九; other numbers in digits."""
    if not 0 < number < 100:  # what two places hold
        return str(number)
    tens, ones = divmod(number, 10)
    return (("" if tens == 1 else _CHINESE[tens]) + "十" if tens else "") + (_CHINESE[ones] if ones else "")


def _whole(text: str | None) -> int | None:
    text = (text or "").strip()
    return int(text) if text.removeprefix("-").isdecimal() and len(text) < 8 else None  # as pages count


class Lists:
    """The lists of a page that stand open, the innermost last."""

    def __init__(self) -> None:
        self._open: list[tuple[str, int]] = []
        """The kind of its numbers (empty: bullets), and the number that comes next."""

    def begin(self, tag: str, attributes: Mapping[str, str]) -> str:
        """What stands before the element: nothing unless it is an item."""
        if tag == "ul":
            self._open.append(("", 1))
        elif tag == "ol":
            self._open.append((attributes.get("type", "1"), _whole(attributes.get("start")) or 1))
        elif tag == "li":
            return self._item(_whole(attributes.get("value")))
        return ""

    def end(self, tag: str) -> None:
        """A list closes."""
        if tag in {"ul", "ol"} and self._open:
            self._open.pop()

    def _item(self, stated: int | None) -> str:
        if not self._open or not self._open[-1][0]:
            return "• "
        kind, following = self._open[-1]
        number = following if stated is None else stated
        self._open[-1] = (kind, number + 1)
        counted = letters(number) if kind in "aA" else roman(number) if kind in "iI" else str(number)
        return f"{counted.upper() if kind.isupper() else counted}. "
