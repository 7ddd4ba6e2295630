"""Check digits of tracking numbers: arithmetic by name; which carrier uses which is data (``carriers/*.toml``).

Methods follow the carriers' published rules (UPU S10, UPS, USPS Publication 199, FedEx, DHL with its Identcode, ISO 7064) and are
proved on public test numbers in the carriers' files. Each takes a whole normalised number of the right pattern.
"""

from collections.abc import Callable, Mapping, Sequence

from stdnum import luhn
from stdnum.iso7064 import mod_37_36


def _s10(number: str) -> bool:
    weights = (8, 6, 4, 2, 3, 5, 9, 7)
    total = 11 - _weighted(number[2:10], weights) % 11
    return {10: 0, 11: 5}.get(total, total) == int(number[10])


def _weighted(digits: str, weights: Sequence[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))


def _ups(number: str) -> bool:
    body = number.removeprefix("1Z")
    values = [int(char) if char.isdigit() else (ord(char) - 3) % 10 for char in body]
    return values[-1] == -sum(value * (2 if place % 2 else 1) for place, value in enumerate(values[:-1])) % 10


def _ups_waybill(number: str) -> bool:
    """The letter in front does not count."""
    values = [int(char) for char in number[1:]]
    return values[-1] == -sum(value * (2 if place % 2 else 1) for place, value in enumerate(values[:-1])) % 10


def _mod10_from_right(number: str) -> bool:
    total = sum(int(digit) * (1 if place % 2 else 3) for place, digit in enumerate(reversed(number[:-1])))
    return -total % 10 == int(number[-1])


def _mod10_from_right_after_91(number: str) -> bool:
    return _mod10_from_right("91" + number)


def _mod10_from_right_after_92(number: str) -> bool:
    return _mod10_from_right("92" + number)


def _usps_routed(number: str) -> bool:
    """A number of 22 or 26 digits that begins with 9, alone or behind 420 and a ZIP code of 5 or 9 digits."""
    bodies = [number[start:] for start in (0, 8, 12) if start == 0 or number.startswith("420")]
    return any(len(body) in {22, 26} and body[0] == "9" and _mod10_from_right(body) for body in bodies)


def _fedex_express(number: str) -> bool:
    weights = (3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1)
    return _weighted(number[-12:-1], weights) % 11 % 10 == int(number[-1])


def _fedex_34(number: str) -> bool:
    weights = (1, 7, 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1)
    return _weighted(number[-14:-1], weights) % 11 % 10 == int(number[-1])


def _fedex_ground_96(number: str) -> bool:
    return _mod10_from_right(number[7:])


def _mod7(number: str) -> bool:
    return int(number[:-1]) % 7 == int(number[-1])


def _identcode(number: str) -> bool:
    """German parcel numbers of 12 digits: from the left, digits count four and nine times in turn."""
    total = sum(int(digit) * (9 if place % 2 else 4) for place, digit in enumerate(number[:-1]))
    return -total % 10 == int(number[-1])


def _ontrac(number: str) -> bool:
    """The letter stands for a digit (C for 4, D for 5); from the right every second digit counts twice."""
    digits = str("CD".index(number[0]) + 4) + number[1:]
    total = sum(int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits[:-1])))
    return -total % 10 == int(digits[-1])


CHECK_DIGITS: Mapping[str, Callable[[str], bool]] = {
    "s10": _s10,
    "ups": _ups,
    "ups_waybill": _ups_waybill,
    "mod10_from_right": _mod10_from_right,
    "mod10_from_right_after_91": _mod10_from_right_after_91,
    "mod10_from_right_after_92": _mod10_from_right_after_92,
    "usps_20": _mod10_from_right,
    "usps_routed": _usps_routed,
    "fedex_express": _fedex_express,
    "fedex_ground": _mod10_from_right,
    "fedex_ground_96": _fedex_ground_96,
    "fedex_34": _fedex_34,
    "mod7": _mod7,
    "identcode": _identcode,
    "mod37_36": mod_37_36.is_valid,
    "luhn": luhn.is_valid,
    "ontrac": _ontrac,
}
"""Each takes a whole number of the right pattern and says whether its check digit holds."""
