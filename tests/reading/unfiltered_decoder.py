"""A decoder on a machine type without filters: only limits, deadline and process group are left. Guarded children only."""

import os
import time

from reading.guarded import landlock, seccomp
from reading.guarded.channel import write_frame

seccomp.supported = lambda: False
landlock.version = lambda: 0


def warm_up():
    pass


def warm_up_rest():
    pass


def decode(job, data, result):
    helper = os.fork()
    if helper == 0:
        time.sleep(60)
    write_frame(result, {"helper": helper})
    if job["what"] == "wait":
        time.sleep(60)
