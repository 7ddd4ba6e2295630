"""Processes that keep every processor busy beside a test, each ended by its own id."""

import subprocess
import sys
from contextlib import ExitStack, contextmanager


@contextmanager
def busy(count):
    with ExitStack() as stack:
        for _ in range(count):
            one = subprocess.Popen([sys.executable, "-S", "-c", "while True: pass"])
            stack.callback(one.wait)
            stack.callback(one.kill)
        yield
