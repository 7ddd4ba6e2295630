import errno
import json
import os
import platform
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from reading.guarded.guard import ESCAPES, Guard, GuardedFailure, GuardTooWeak, GuardUnavailable, level_here, level_of
from reading.guarded.machines import MACHINES
from reading.limits import ReadingLimits

FILTERED = platform.machine() in MACHINES
UNFILTERED = {"module": "unfiltered_decoder", "folders": (Path(__file__).parent,)}
LIMITS = ReadingLimits(decode_seconds=1.0, result_bytes=64 * 1024 * 1024)


@pytest.fixture(scope="module")
def guard():
    with Guard(LIMITS, module="hostile_decoder", folders=(Path(__file__).parent,)) as guard:
        yield guard


def zygote_of(guard):
    return guard._current()._process.pid


def children_of(process):
    listed = Path(f"/proc/{process}/task/{process}/children")
    return listed.read_text().split()


def alive(process):
    """Whether it runs; who is dead but not yet waited for by its new parent does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_for_the_end_of(process):
    """A killed process takes a moment to go."""
    deadline = time.monotonic() + 5
    while alive(process):
        assert time.monotonic() < deadline, f"{process} lives on"
        time.sleep(0.01)


def job(what, **more):
    """What a made decoder is to do."""
    return json.dumps({"what": what, **more}).encode()


def descriptors_of(process):
    return len(list(Path(f"/proc/{process}/fd").iterdir()))


def test_bytes_travel_to_the_child_and_back(guard):
    (frame,) = guard.run(job("echo"), b"x" * 3_000_000)
    assert frame.header == {"echo": "echo"}
    assert frame.body == b"x" * 3_000_000


@pytest.mark.skipif(not FILTERED, reason="other machine types have limits only")
def test_level_is_what_a_probe_was_refused(guard):
    level = guard.level()
    assert level.number >= 3
    assert set(ESCAPES) <= set(level.refused)
    assert level.open == ()
    assert level.machine == platform.machine()


LIMITED = ("memory",)
APART = (
    "socket", "socketpair", "execute", "execute-memory", "fork", "kill", "ptrace", "io-uring", "mount", "unshare",
    "keyctl", "bpf", "userfaultfd", "perf-event", "x32",
)  # fmt: skip
BLIND = ("open", "create", "stat", "stat-by-number", "statx", "access", "readlink")


@pytest.mark.parametrize(
    ("refused", "number"),
    [
        ((), 0),
        (LIMITED, 1),
        (LIMITED + BLIND, 1),
        (LIMITED + APART, 2),
        *((LIMITED + tuple(name for name in APART if name != missing) + BLIND, 1) for missing in APART),
        *((LIMITED + APART + tuple(name for name in BLIND if name != missing), 2) for missing in BLIND),
        (LIMITED + APART + BLIND, 3),
        ((*LIMITED, *APART, *BLIND, "identity"), 4),
        ((*APART, *BLIND, "identity"), 0),
    ],
)
def test_a_level_needs_all_levels_below(refused, number):
    every = (*LIMITED, *APART, *BLIND, "identity")
    level = level_of({name: name in refused for name in every})
    assert level.number == number
    assert set(level.open) == set(every) - {"identity"} - set(refused)


def test_every_probe_counts_for_a_level():
    assert set(ESCAPES) == {*LIMITED, *APART, *BLIND}


@pytest.mark.skipif(not FILTERED, reason="other machine types have limits only")
@pytest.mark.parametrize(
    "what",
    [
        "fork", "socket", "open", "create", "execute", "kill", "proc", "stat", "lstat", "exists", "list", "link",
        "chdir", "unlink", "socketpair", "memfd", "pipe", "signal",
    ],
)  # fmt: skip
def test_child_is_refused(guard, what):
    (frame,) = guard.run(job(what), b"")
    assert frame.header["errno"] in {errno.EPERM, errno.EACCES}
    assert not Path("/tmp/created-by-a-decoder").exists()


@pytest.mark.skipif(not FILTERED, reason="other machine types have limits only")
@pytest.mark.parametrize("name", ESCAPES)
def test_a_hijacked_decoder_does_not_get_out(guard, name):
    (frame,) = guard.run(job("attempt", name=name, zygote=zygote_of(guard)), b"")
    assert frame.header["refused"]


@pytest.mark.skipif(not FILTERED, reason="other machine types have limits only")
def test_ways_out_can_be_tried_at_any_time(guard):
    assert guard.escapes() == dict.fromkeys(ESCAPES, True)


def test_the_probe_sees_what_is_open():
    """Without a filter the same attempts succeed: a probe that always says "refused" would prove nothing."""
    with Guard(LIMITS, **UNFILTERED) as guard:
        held = guard.escapes()
        # Which of the others a kernel refuses to everybody, or to this user, is its own affair.
        for name in ("socket", "socketpair", "fork", "execute", "execute-memory", "ptrace", *BLIND):
            assert not held[name], name
        assert held["memory"]


def test_a_weak_guard_decodes_nothing_unless_told_to():
    with Guard(LIMITS, **UNFILTERED) as guard:
        with pytest.raises(GuardTooWeak) as refusal:
            guard.run(job("leave"), b"")
        assert (refusal.value.code, refusal.value.params["level"], refusal.value.params["least"]) == (
            "guard-too-weak",
            1,
            3,
        )
        assert "socket" in refusal.value.params["open"]
        with pytest.raises(GuardTooWeak):
            guard.check()
        with guard.again() as another, pytest.raises(GuardTooWeak):
            another.run(job("leave"), b"")
        guard.accept(1)
        assert guard.check().number == 1
        assert guard.outcome(job("leave"), b"").exit == 0


@pytest.mark.skipif(not FILTERED, reason="other machine types have limits only")
def test_the_level_is_measured_in_a_moment():
    assert level_here() == level_here(1)
    assert level_here().number >= 3


def test_child_holds_nothing_of_the_service(guard):
    (frame,) = guard.run(job("descriptors"), b"")
    assert frame.header["open"] == [0, 1, 2, 3, 4]
    assert frame.header["environment"] <= 3


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ("spin", "decode-timeout"),
        ("sleep", "decode-timeout"),
        ("memory", "decode-memory"),
        ("crash", "decode-crashed"),
        ("lie", "decode-crashed"),
        ("half", "decode-crashed"),
        ("flood", ("decode-crashed", "decode-timeout")),  # whichever limit a slow machine meets first
    ],
)
def test_hostile_decoder_costs_one_file(guard, what, code):
    started = time.monotonic()
    with pytest.raises(GuardedFailure) as failure:
        guard.run(job(what), b"")
    assert failure.value.code in ((code,) if isinstance(code, str) else code)
    assert time.monotonic() - started < 60  # whatever else the machine does
    assert guard.run(job("after"), b"fine")[0].body == b"fine"


def test_nothing_is_left_behind(guard):
    zygote, own = zygote_of(guard), os.getpid()
    before = (descriptors_of(zygote), descriptors_of(own))
    for what in ("echo", "crash", "memory", "echo"):
        guard.outcome(job(what), b"x")
    assert children_of(zygote) == []
    assert (descriptors_of(zygote), descriptors_of(own)) == before


def test_threads_share_one_guard(guard):
    def echo(number):
        return guard.run(job(str(number)), bytes(100_000))[0].header["echo"]

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(echo, range(24))) == [str(number) for number in range(24)]


def test_a_slow_neighbour_does_not_hold_up_others(guard):
    with ThreadPoolExecutor(2) as pool:
        slow = pool.submit(guard.outcome, job("sleep"), b"")
        time.sleep(0.1)
        guard.run(job("quick"), b"")
        assert not slow.done()
        assert slow.result().killed


def test_dead_zygote_is_replaced_and_the_file_gets_its_chance(guard):
    dead = zygote_of(guard)
    os.kill(dead, signal.SIGKILL)
    time.sleep(0.05)
    assert guard.run(job("again"), b"1")[0].body == b"1"
    assert zygote_of(guard) != dead


def test_zygote_killed_in_the_middle_of_a_file(guard):
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(guard.outcome, job("sleep"), b"")
        time.sleep(0.2)
        zygote = zygote_of(guard)
        (child,) = children_of(zygote)
        os.kill(zygote, signal.SIGKILL)
        assert running.result().killed  # tried again, and timed out there
    wait_for_the_end_of(child)


def test_a_stopped_zygote_is_ended_and_the_file_gets_its_chance(guard):
    stopped = zygote_of(guard)
    os.kill(stopped, signal.SIGSTOP)
    started = time.monotonic()
    assert guard.run(job("again"), b"1")[0].body == b"1"
    assert time.monotonic() - started < 60  # its child might have idled for minutes
    assert not alive(stopped)


def test_an_unlocked_child_that_stops_its_zygote_costs_one_file():
    with Guard(LIMITS, **UNFILTERED, least=1) as guard:
        with pytest.raises(GuardedFailure) as failure:
            guard.run(job("stop"), b"")
        assert failure.value.code == "decode-crashed"
        assert guard.outcome(job("leave"), b"").exit == 0


def test_zygote_ends_with_the_guard():
    guard = Guard(LIMITS, module="hostile_decoder", folders=(Path(__file__).parent,))
    guard.run(job("echo"), b"")
    zygote = zygote_of(guard)
    guard.close()
    assert not Path(f"/proc/{zygote}").exists()


def test_zygote_ends_when_the_service_is_killed():
    script = (
        "import sys, os, signal\n"
        "from pathlib import Path\n"
        "from reading.guarded.guard import Guard\n"
        "from reading.limits import ReadingLimits\n"
        f"guard = Guard(ReadingLimits(), module='hostile_decoder', folders=(Path({str(Path(__file__).parent)!r}),))\n"
        "guard.run(b'{\"what\": \"echo\"}', b'')\n"
        "print(guard._current()._process.pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, cwd=root)
    wait_for_the_end_of(int(done.stdout))


@pytest.mark.parametrize("what", ["wait", "leave"])
def test_without_filters_limits_remain_and_are_said(what):
    with Guard(LIMITS, **UNFILTERED, least=1) as guard:
        assert guard.level().number == 1
        assert {"socket", "fork"} <= set(guard.level().allowed)
        outcome = guard.outcome(job(what), b"")
        assert outcome.killed == (what == "wait")
        # Whatever a decoder started ends with it: the helper is in its process group.
        wait_for_the_end_of(outcome.frames[0].header["helper"])


def test_a_machine_that_cannot_start_children_is_an_error():
    guard = Guard(LIMITS, module="no_such_decoder")
    with pytest.raises(GuardUnavailable):
        guard.run(b"{}", b"")
