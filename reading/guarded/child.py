"""The life of one guarded child: close what it must not hold, lock down, work, answer, leave.

It never returns to the zygote's loop. Python's own clean-up is skipped: the child has nothing to clean.
"""

import fcntl
import os
import resource
import sys
from collections.abc import Callable

from reading.guarded.channel import ChannelFault, FrameReader, Wait, write_frame
from reading.guarded.lockdown import Allowance, lock_down
from reading.guarded.probe import Outside, findings

Decoder = Callable[[bytes, bytes, int], None]
"""Reads a job (JSON of the decoder's own shape) and the bytes of a file and writes frames to the descriptor."""

OUT_OF_MEMORY = 12
"""Exit status of a child that ran into its memory limit."""

_INPUT, _RESULT = 3, 4


def live(decoder: Decoder | None, descriptors: tuple[int, int], allowance: Allowance) -> None:
    """Run ``decoder`` over the input descriptor, or the probe where there is none; ends the process in every case."""
    status = 1
    try:
        _keep_only(*descriptors)
        outside = Outside(process=os.getppid(), user=os.getuid())
        # Read before the lockdown: polling a descriptor is none of a decoder's calls.
        job, data = _input() if decoder else (b"", b"")
        lock_down(allowance)
        if decoder is None:
            write_frame(_RESULT, {"probe": findings(outside)})
        else:
            decoder(job, data, _RESULT)
        status = 0
    except MemoryError:
        status = OUT_OF_MEMORY
    except BaseException:  # noqa: BLE001  # nothing may unwind into the zygote
        status = 1
    finally:
        os._exit(status)


def _keep_only(source: int, result: int) -> None:
    nothing = os.open(os.devnull, os.O_RDWR)
    # Above every target first, so that no copy overwrites another.
    source, result, nothing = (_high(descriptor) for descriptor in (source, result, nothing))
    for descriptor, target in ((nothing, 0), (nothing, 1), (nothing, 2), (source, _INPUT), (result, _RESULT)):
        os.dup2(descriptor, target)
    os.closerange(_RESULT + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    sys.stderr = sys.stdout = None  # libraries that print must not find a stale buffer


def _high(descriptor: int) -> int:
    return fcntl.fcntl(descriptor, fcntl.F_DUPFD, 32)


def _input() -> tuple[bytes, bytes]:
    size = os.fstat(_INPUT).st_size
    os.lseek(_INPUT, 0, os.SEEK_SET)
    match tuple(FrameReader(_INPUT, size, Wait(float("inf"))).frames()):
        case (job, file):
            return job.body, file.body
    raise ChannelFault("no job")
