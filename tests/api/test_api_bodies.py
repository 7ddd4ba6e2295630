"""Bodies beside the loop: small ones in a thread, costly ones in a process that may be killed."""

import asyncio

import pytest

from api.request.bodies import SMALL_BYTES, SMALL_SIGNS, BodyDesk, is_costly
from api.request.numbers import MOST, at_most, whole
from casefile.errors import RequestFault

ENDLESS = b"while True: pass".ljust(SMALL_BYTES + 1)
SOUND = b"None".ljust(SMALL_BYTES + 1)


@pytest.mark.parametrize(
    ("data", "costly"),
    [
        (b"", False),
        (b'{"a":1}', False),
        (b"a" * SMALL_BYTES, False),
        (b"a" * (SMALL_BYTES + 1), True),
        (b"," * SMALL_SIGNS, False),
        (b"[" * (SMALL_SIGNS + 1), True),
        (b'{"a":' * (SMALL_SIGNS + 1), True),
    ],
)
def test_what_may_be_costly_is_known_before_it_is_read(data, costly):
    assert is_costly(data) is costly


def test_a_body_that_takes_too_long_costs_its_process_and_nothing_else():
    desk = BodyDesk()

    async def both():
        with pytest.raises(RequestFault) as refused:
            await desk.read("local", exec, ENDLESS)
        return refused.value, await desk.read("local", len, SOUND)

    try:
        fault, found = asyncio.run(both())
    finally:
        desk.close()
    assert (fault.code, fault.status) == ("body-too-costly", 422)
    assert found == len(SOUND)


@pytest.mark.parametrize(
    ("text", "exact", "clamped"),
    [("0", 0, 0), ("17", 17, 17), (str(MOST), MOST, 20), (str(MOST + 1), None, 20), ("9" * 5000, None, 20), ("²", None, None),
     ("١", None, None), ("", None, None), ("-1", None, None), ("1_0", None, None), (" 1", None, None)],
)  # fmt: skip
def test_numbers_are_ascii_digits_that_a_row_can_hold(text, exact, clamped):
    assert whole(text) == exact
    assert at_most(text, 20) == (clamped if clamped is None or clamped <= 20 else 20)
