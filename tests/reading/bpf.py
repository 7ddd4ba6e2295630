"""A small interpreter of classic BPF, as the kernel runs it over a system call (linux/filter.h, linux/seccomp.h)."""

import struct

LOAD, JUMP, RETURN = 0x20, 0x05, 0x06
TESTS = {
    0x15: lambda accumulator, value: accumulator == value,
    0x25: lambda accumulator, value: accumulator > value,
    0x35: lambda accumulator, value: accumulator >= value,
    0x45: lambda accumulator, value: bool(accumulator & value),
}
ALLOW, KILL = 0x7FFF0000, 0x80000000


def verdict(program, audit, number, arguments=()):
    """What the filter answers: ``ALLOW``, ``KILL``, or the error number of a refusal."""
    six = (*arguments, 0, 0, 0, 0, 0, 0)[:6]
    data = struct.pack("<IIQ6Q", number, audit, 0, *(value & (1 << 64) - 1 for value in six))
    steps = list(struct.iter_unpack("HBBI", program))
    assert 0 < len(steps) <= 4096
    accumulator = place = 0
    while True:
        code, when_true, when_false, value = steps[place]
        place += 1
        if code == LOAD:
            assert value % 4 == 0
            (accumulator,) = struct.unpack_from("<I", data, value)
        elif code == JUMP:
            place += value
        elif code == RETURN:
            return value if value in {ALLOW, KILL} else value - 0x00050000
        else:
            place += when_true if TESTS[code](accumulator, value) else when_false
