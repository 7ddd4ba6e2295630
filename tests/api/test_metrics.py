"""What is measured of attempts at packs, of those too that ended before they began."""

import pytest

from api.metrics import Metrics
from jobs.engine.job_queue import QueuedTask
from jobs.faults import JobFault


@pytest.mark.parametrize("stages", [(), ("read",), ("read", "bind")])
def test_an_attempt_that_was_stopped_counts_with_the_stages_that_it_had(stages):
    metrics, ticket = Metrics(), QueuedTask(None)
    if stages:
        ticket.begin()
    for stage in stages:
        ticket.advance(stage, 0.5)
    ticket.future.set_exception(JobFault("job-stopped"))
    metrics.attempt(ticket)
    told = metrics.text().decode()
    assert 'attempts_failed_total{code="job-stopped"} 1.0' in told
    for stage in ("begin", "read", "bind"):
        assert (f'stage_seconds_count{{stage="{stage}"}} 1.0' in told) is (stage in {"begin", *stages} and bool(stages))
