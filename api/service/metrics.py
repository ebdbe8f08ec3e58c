"""Counters for Prometheus. Addresses are counted by their pattern, never as they were asked for."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from api.storage.tables import STATES


class Metrics:
    """The figures of one service."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        labels = ("method", "route", "status")
        self._requests = Counter("patithin_requests", "Requests answered", labels, registry=self._registry)
        self._seconds = Histogram(
            "patithin_request_seconds", "Time until the answer began", ("route",), registry=self._registry
        )
        self._runs = Gauge("patithin_runs", "Runs by state", ("state",), registry=self._registry)
        self._engine = Gauge("patithin_engine_ready", "1 where runs can be solved", registry=self._registry)

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count an answer."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def page(self, counts: dict[str, int], engine_ready: bool) -> bytes:
        """All figures in Prometheus' text format."""
        for state in STATES:
            self._runs.labels(state).set(counts.get(state, 0))
        self._engine.set(engine_ready)
        return generate_latest(self._registry)
