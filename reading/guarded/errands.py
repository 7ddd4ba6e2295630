"""What the service and its zygote say to each other about one child, as JSON: what is wanted, and how it ended."""

from typing import TypedDict


class ErrandOrder(TypedDict):
    """A child that is wanted: the probe or a decoder, whether for a rare type, and what it may use (seconds, bytes)."""

    probe: bool
    rare: bool
    seconds: float
    memory: int


class ErrandEnd(TypedDict):
    """How a child ended: its status (negative: the signal), whether it was killed, CPU in seconds, peak memory in bytes."""

    exit: int
    killed: bool
    cpu: float
    memory: int
