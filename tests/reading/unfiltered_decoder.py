"""A decoder on a machine type without filters: only limits, deadline and process group are left. Guarded children only."""

import json
import os
import signal
import time

from reading.guarded import landlock, lockdown, seccomp
from reading.guarded.channel import write_frame

seccomp.supported = lambda: False
landlock.version = lambda: 0
lockdown._become_nobody = lambda: None


def warm_up():
    pass


def warm_up_rest():
    pass


def decode(job, data, result):
    job = json.loads(job)
    if job["what"] == "stop":
        os.kill(os.getppid(), signal.SIGSTOP)
        return
    helper = os.fork()
    if helper == 0:
        time.sleep(60)
    write_frame(result, {"helper": helper})
    if job["what"] == "wait":
        time.sleep(60)
