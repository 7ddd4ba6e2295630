"""A few threads for what computes: however many ask, the loop waits for the interpreter behind these few only."""

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import anyio
import anyio.to_thread
from anyio.lowlevel import RunVar

_THREADS = 4
_limiter: RunVar[anyio.CapacityLimiter] = RunVar("computing")

Arguments = ParamSpec("Arguments")
Found = TypeVar("Found")


async def computed(call: Callable[Arguments, Found], *arguments: Arguments.args, **named: Arguments.kwargs) -> Found:
    """``call(…)``, done in one of these threads; what waits for others (rows, objects) goes to the many threads instead."""
    try:
        limiter = _limiter.get()
    except LookupError:
        limiter = anyio.CapacityLimiter(_THREADS)
        _limiter.set(limiter)
    return await anyio.to_thread.run_sync(functools.partial(call, *arguments, **named), limiter=limiter)
