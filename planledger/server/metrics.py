"""What can be counted and timed, for Prometheus. Names begin `planledger_`; see the guide.

Several workers count into files in the folder that PROMETHEUS_MULTIPROC_DIR names, which must be
set before prometheus_client is imported; whichever worker is asked answers for all of them.
"""

import os
import platform
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Literal, get_args

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
)
from prometheus_client.exposition import choose_encoder
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

from planledger.ledger.feed import Feed
from planledger.ledger.observing import Outcome

Kept = Literal["found", "made", "no"]
"""Whether an answer was found among those that are kept, or made, and then kept or not."""

StreamKind = Literal["websocket", "event-stream"]

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""The variable that names the workers' folder; prometheus_client reads it itself."""

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds of the histogram's buckets: a millisecond is a plan seen again, seconds trouble."""


class Metrics:
    """Counts what a ledger does and how long requests take; an Observer of the ledger."""

    def __init__(self) -> None:
        """Begin at nothing."""
        # When each was first counted would be twice as many series for nothing.
        disable_created_metrics()  # type: ignore[no-untyped-call] # it has no types
        own = self._own = CollectorRegistry()
        self._entries = Counter(
            "planledger_entries_recorded", "Entries recorded by commands.", registry=own
        )
        self._commands = Counter(
            "planledger_commands", "Commands, by what came of them.", ["outcome"], registry=own
        )
        self._conflicts = Counter(
            "planledger_conflicts",
            "Times that a command was decided again, since somebody else recorded first.",
            registry=own,
        )
        self._opened = Counter(
            "planledger_plans_opened",
            "Plans opened: from a snapshot, or by reading all their entries.",
            ["from_snapshot"],
            registry=own,
        )
        self._make_service(own)
        self._make_gauges(own)
        # What never happened is 0 and not missing, so that nothing has to be said twice in alerts.
        for outcome in get_args(Outcome):
            self._commands.labels(outcome)
        for kept in get_args(Kept):
            self._answers.labels(kept)
        for from_snapshot in ("true", "false"):
            self._opened.labels(from_snapshot)
        for kind in get_args(StreamKind):
            self._streams.labels(kind)

    def _make_service(self, own: CollectorRegistry) -> None:
        self._requests = Histogram(
            "planledger_request_seconds",
            "How long HTTP requests took until their answer was sent.",
            ["route", "method", "status"],
            buckets=SECONDS,
            registry=own,
        )
        self._answers = Counter(
            "planledger_answers",
            "Answers to documents: found among those kept, made and kept, or not kept.",
            ["kept"],
            registry=own,
        )
        self._sent = Counter(
            "planledger_stream_events_sent", "Entries sent in streams.", registry=own
        )

    def _make_gauges(self, own: CollectorRegistry) -> None:
        # The head never falls, so the highest that any worker ever saw is right; of what is
        # amiss, the worst among the workers that live.
        self._head = Gauge(
            "planledger_head_position",
            "Position of the last entry that the feed has told of.",
            multiprocess_mode="max",
            registry=own,
        )
        self._lag = Gauge(
            "planledger_feed_lag_seconds",
            "How long after it was recorded the newest entry was noticed by the feed.",
            multiprocess_mode="livemax",
            registry=own,
        )
        self._trouble = Gauge(
            "planledger_feed_trouble",
            "1 while the feed cannot follow the ledger, else 0.",
            multiprocess_mode="livemax",
            registry=own,
        )
        self._streams = Gauge(
            "planledger_streams_open",
            "WebSockets and event streams that are open.",
            ["kind"],
            multiprocess_mode="livesum",
            registry=own,
        )
        build = Gauge(
            "planledger_build_info",
            "Always 1; the versions are in its labels.",
            ["version", "python"],
            multiprocess_mode="livemax",
            registry=own,
        )
        build.labels(version("planledger"), platform.python_version()).set(1)

    def recorded(self, entries: int) -> None:
        """Count entries; see the Observer."""
        self._entries.inc(entries)

    def conflicted(self) -> None:
        """Count a command that is decided again; see the Observer."""
        self._conflicts.inc()

    def submitted(self, outcome: Outcome) -> None:
        """Count a command; see the Observer."""
        self._commands.labels(outcome).inc()

    def opened(self, *, from_snapshot: bool) -> None:
        """Count a plan that was opened; see the Observer."""
        self._opened.labels(str(from_snapshot).lower()).inc()

    def answered(self, route: str, method: str, status: str, seconds: float) -> None:
        """Time a request; each label must be one of few values."""
        self._requests.labels(route, method, status).observe(seconds)

    def given(self, kept: Kept) -> None:
        """Count an answer to a document."""
        self._answers.labels(kept).inc()

    def stream_opened(self, kind: StreamKind) -> None:
        """Count a stream that opens."""
        self._streams.labels(kind).inc()

    def stream_ended(self, kind: StreamKind) -> None:
        """Count it no more."""
        self._streams.labels(kind).dec()

    def sent(self, entries: int) -> None:
        """Count entries that were sent in streams."""
        self._sent.inc(entries)

    def look(self, feed: Feed) -> None:
        """Take over how far the feed is."""
        self._head.set(feed.head)
        self._lag.set(feed.lag or 0)
        self._trouble.set(feed.trouble is not None)

    def shown(self, accept: str) -> tuple[bytes, str]:
        """Give all of it as a body with its media type, in the format that the asker accepts."""
        encode, media_type = choose_encoder(accept)
        return encode(_of_all_workers() or self._own), media_type


def _of_all_workers() -> CollectorRegistry | None:
    folder = os.environ.get(FOLDER)
    if not folder:
        return None
    for process in _gone(Path(folder)):
        mark_process_dead(process, folder)  # type: ignore[no-untyped-call] # it has no types
    registry = CollectorRegistry()
    MultiProcessCollector(registry, folder)  # type: ignore[no-untyped-call] # the same
    return registry


def _gone(folder: Path) -> Iterator[int]:
    """Give the processes that ended and left what is true only of living ones."""
    for process in {int(path.stem.rpartition("_")[2]) for path in folder.glob("gauge_live*.db")}:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            yield process
