import os
import time
from pathlib import Path

import pytest
from fake_trade import TRADE

from jobs.engine.job_queue import JobQueue, QueuedTask
from jobs.engine.worker_process import Task
from jobs.engine.workers import PoolLimits, WorkerPool
from jobs.faults import Busy, JobFault


@pytest.fixture(scope="module")
def pool():
    pool = WorkerPool(TRADE.open_workshop, PoolLimits(slots=1))
    pool.start()
    yield pool
    pool.close()


def task(name, run, seconds=20.0, **arguments):
    return Task(id=name, tenant="t", run=run, arguments=arguments, seconds=seconds)


def test_a_task_is_done_in_another_process(pool):
    mine = pool.submit(task("pid", "fake_work:process_id")).future.result(120)
    assert mine != os.getpid()
    assert pool.ready == 1


def test_a_crash_costs_one_task(pool):
    crash = pool.submit(task("crash", "fake_work:die")).future
    after = pool.submit(task("after", "fake_work:process_id")).future
    with pytest.raises(JobFault, match="job-crashed"):
        crash.result(120)
    assert after.result(120) > 0


def test_a_hanging_task_ends_at_its_limit(pool):
    start = time.monotonic()
    with pytest.raises(JobFault, match="job-timeout"):
        pool.submit(task("hang", "fake_work:sleep", seconds=0.5, for_seconds=120)).future.result(120)
    assert time.monotonic() - start < 100
    assert pool.submit(task("next", "fake_work:process_id")).future.result(120) > 0


def test_a_failure_tells_its_code_and_nothing_else(pool):
    with pytest.raises(JobFault) as caught:
        pool.submit(task("bad", "fake_work:fail")).future.result(120)
    assert (caught.value.code, caught.value.params) == ("job-failed", {})


def test_cancelling_ends_a_running_and_a_waiting_task(pool):
    running = pool.submit(task("running", "fake_work:sleep", for_seconds=120))
    waiting = pool.submit(task("waiting", "fake_work:sleep", for_seconds=120))
    while running.state == "queued":
        time.sleep(0.02)
    assert pool.cancel("waiting")
    assert pool.cancel("running")
    for ticket in (running, waiting):
        with pytest.raises(JobFault, match="job-cancelled"):
            ticket.future.result(120)
    assert not pool.cancel("running")
    assert pool.submit(task("free", "fake_work:process_id")).future.result(120) > 0


def test_progress_is_told(pool):
    ticket = pool.submit(task("progress", "fake_work:advance"))
    ticket.future.result(120)
    assert (ticket.stage, ticket.share) == ("read", 0.5)


def test_closing_ends_processes_and_says_so():
    pool = WorkerPool(TRADE.open_workshop, PoolLimits(slots=1))
    pool.start()
    child = pool.submit(task("pid", "fake_work:process_id")).future.result(120)
    ticket = pool.submit(task("long", "fake_work:sleep", for_seconds=120))
    pool.close()
    with pytest.raises(JobFault, match="job-stopped"):
        ticket.future.result(10)
    assert not Path(f"/proc/{child}").exists()


def test_workers_die_with_their_parent(tmp_path):
    import subprocess
    import sys

    script = tmp_path / "service.py"
    script.write_text(
        "import os, signal, sys\n"
        f"sys.path[:0] = {[str(Path(__file__).parent), str(Path(__file__).parents[2])]!r}\n"
        "from fake_trade import TRADE\n"
        "from jobs.engine.workers import PoolLimits, WorkerPool\n"
        "from jobs.engine.worker_process import Task\n"
        "if __name__ == '__main__':\n"
        "    pool = WorkerPool(TRADE.open_workshop, PoolLimits(slots=1)); pool.start()\n"
        "    task = Task(id='a', tenant='t', run='fake_work:process_id')\n"
        "    print(pool.submit(task).future.result(120), flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    run = subprocess.run([sys.executable, str(script)], check=False, capture_output=True, text=True, timeout=60)
    child = Path(f"/proc/{int(run.stdout)}")
    for _ in range(100):
        if not child.exists():
            return
        time.sleep(0.05)
    pytest.fail("the worker outlived its service")


def test_of_what_somebody_looks_at_the_newest_goes_first():
    line = JobQueue(length=9, per_tenant=9)
    for name, newest in (("pack", False), ("first", True), ("second", True)):
        line.put(QueuedTask(Task(id=name, tenant="one", run="", urgent=True, newest=newest)))
    assert [line.take().task.id for _ in range(3)] == ["second", "first", "pack"]


def test_the_line_takes_urgent_tasks_first_and_is_bounded():
    line = JobQueue(length=3, per_tenant=2)
    for name, tenant, urgent in (("a", "one", False), ("b", "one", False), ("c", "two", True)):
        line.room(tenant)
        line.put(QueuedTask(Task(id=name, tenant=tenant, run="", urgent=urgent)))
        if name == "b":
            with pytest.raises(Busy) as yours:
                line.room("one")
            assert (yours.value.status, yours.value.retry_after > 0) == (429, True)
    with pytest.raises(Busy) as ours:
        line.room("three")
    assert ours.value.status == 503
    taken = [line.take() for _ in range(3)]
    assert [ticket.task.id for ticket in taken] == ["c", "a", "b"]
    line.close()
    assert line.take() is None
