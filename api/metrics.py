"""What is counted and measured, in the Prometheus text format; nothing is labelled with an order, a name or a tenant."""

import time
from collections.abc import Callable, Iterator, Mapping

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from casefile.care import failures
from jobs.engine.job_queue import QueuedTask

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_PREFIX = "evidence_packer"
_SECONDS = (0.005, 0.02, 0.05, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0)


class _Now(Collector):
    """Values that are asked for when somebody looks."""

    def __init__(self, gauges: Callable[[], Mapping[str, float]], counts: Callable[[], Iterator[Metric]]) -> None:
        self._gauges = gauges
        self._counts = counts

    def collect(self) -> Iterator[Metric]:
        """Every gauge, every counter."""
        for name, value in self._gauges().items():
            yield GaugeMetricFamily(f"{_PREFIX}_{name}", name.replace("_", " "), value=value)
        yield from self._counts()


class Metrics:
    """One process's measurements."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry(auto_describe=False)
        self._requests: dict[tuple[str, int], int] = {}
        self._seconds = Histogram(
            f"{_PREFIX}_request_seconds", "Time to the answer", ("route",), buckets=_SECONDS, registry=self.registry
        )

        self._stages = Histogram(
            f"{_PREFIX}_stage_seconds",
            "Time of a stage of a pack",
            ("stage",),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._failed = Counter(
            f"{_PREFIX}_attempts_failed", "Attempts at a pack that failed, by code", ("code",), registry=self.registry
        )

    def watch(
        self, gauges: Callable[[], Mapping[str, float]], ended: Callable[[], Mapping[tuple[str, str], int]]
    ) -> None:
        """Ask these for gauges by name, and for packs by state and verdict."""

        def counts() -> Iterator[Metric]:
            requests = CounterMetricFamily(f"{_PREFIX}_requests", "Answers", labels=("route", "status"))
            for (route, status), count in sorted(self._requests.items()):
                requests.add_metric((route, str(status)), count)
            yield requests
            packs = GaugeMetricFamily(f"{_PREFIX}_packs", "Packs kept", labels=("state", "verdict"))
            for labels, count in sorted(ended().items()):
                packs.add_metric(labels, count)
            yield packs
            failed = CounterMetricFamily(f"{_PREFIX}_failures", "Failures logged, by event", labels=("event",))
            for event, count in sorted(failures.items()):
                failed.add_metric((event,), count)
            yield failed

        self.registry.register(_Now(gauges, counts))

    def attempt(self, ticket: QueuedTask) -> None:
        """An attempt at a pack that has ended: how long each stage took, and the code of why it failed."""
        stages = tuple(ticket.stages)  # none of an attempt that was stopped in the line
        ends = (*(stage.at for stage in stages[1:]), time.time_ns())
        for stage, end in zip(stages, ends, strict=False):
            self._stages.labels(stage.name).observe((end - stage.at) / 1e9)
        error = None if ticket.future.cancelled() else ticket.future.exception()
        if error is not None:
            self._failed.labels(str(getattr(error, "code", "job-failed"))).inc()

    def record(self, route: str, status: int, seconds: float) -> None:
        """One answer."""
        self._requests[route, status] = self._requests.get((route, status), 0) + 1
        self._seconds.labels(route).observe(seconds)

    def text(self) -> bytes:
        """Everything, as Prometheus reads it."""
        return generate_latest(self.registry)
