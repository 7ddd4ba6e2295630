"""How often Python looks for values that hold each other: an eighth of the CPU of a case went into it at the usual pace.

Most of what a process of ours makes is data and code that stay until it ends; what is let go of is nearly always let go of at once,
without the collector.
"""

import gc

_PACE = (50_000, 20, 20)
"""New values after which the young ones are looked through, and how many such looks make one of the older ones."""


def seldom() -> None:
    """Look for them seldom. For the start of a process that loads much."""
    gc.set_threshold(*_PACE)


def spare() -> None:
    """Look no more through what is there now: code and data that stay. For a process that is ready and lives long."""
    gc.freeze()
