"""Tasks for tests of the pool."""

import os
import time


def process_id(workshop, progress):
    return os.getpid()


def die(workshop, progress):
    os._exit(11)


def sleep(workshop, progress, *, for_seconds):
    time.sleep(for_seconds)


def fail(workshop, progress):
    raise ValueError("a customer's name")


def advance(workshop, progress):
    progress("read", 0.5)
