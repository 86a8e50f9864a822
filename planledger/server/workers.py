"""The processes that serve: this one alone, or workers under one that watches over them.

The listening socket is made once and shared, so that nobody who connects is turned away while
workers come and go. Each worker opens the ledger itself; they know nothing of each other. A worker
that dies is replaced; SIGHUP replaces them one after another, each only once its successor serves;
SIGTERM and Ctrl-C end them all, with what they were asked before answered.
"""

import asyncio
import logging
import multiprocessing
import os
import signal
import socket
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from multiprocessing import resource_tracker
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread, Timer
from types import FrameType
from typing import Any

import msgspec
import uvicorn
from msgspec import Struct
from starlette.applications import Starlette
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import Multiprocess

from planledger.events.values import Author
from planledger.graphql.trusted import UntrustworthyError
from planledger.server.app import make_app
from planledger.server.ending import Ending
from planledger.server.http.reading import MOST_IN_BODY
from planledger.server.logs import Format, set_up
from planledger.server.metrics import FOLDER
from planledger.server.streams.cloud_events import ledger_name
from planledger.server.streams.uvicorn_protocol import ClosingProtocol
from planledger.storage.open import open_store
from planledger.storage.port import Clock, EntryStore, StoreError

GRACE_SECONDS = 30
"""How long requests that came before the end may take."""
SIGN_OF_LIFE_SECONDS = 30
"""How long a worker may be silent before it is taken for dead, and may take until it serves."""
LET_GO_SECONDS = 20.0
"""How long it may take to close the store after that."""
RETRY_SECONDS = 1.0
"""How long a worker that cannot open the ledger waits before it gives way to another one."""

_SERVING = "PLANLEDGER_SERVING"
"""The variable that tells workers what they serve; not for people."""
_ENDING = "ending"
"""The file in the workers' folder that says so."""

_log = logging.getLogger(__name__)


class Serving(Struct, frozen=True, kw_only=True):
    """What is served, and how; each worker is told the same."""

    ledger: str
    """URL of the ledger, which is there already."""
    author: Author
    """Who is named as the author of what is recorded."""
    host: str
    name: str | None
    """What the ledger is called to other systems; None for the name of its file or database."""
    commands: bool
    """Whether commands are taken, or only questions."""
    documents: str | None
    """Folder of trusted documents beside those of the program."""
    trusted_only: bool
    """Whether no other documents are carried out."""
    workers: int
    """How many processes serve; 1 is this one."""
    drain: int
    """For how many seconds it answers on, but is not ready, once it is told to end."""
    log_level: str
    log_format: Format | None


def run(serving: Serving, store: EntryStore, clock: Clock, listening: socket.socket) -> None:
    """Serve until told to end; `store` is the ledger, opened with `clock`.

    Raises StoreError where no worker comes up.
    """
    _log.info(
        "serving",
        extra={
            "version": version("planledger"),
            "store": serving.ledger.partition(":")[0],  # the rest may hold a password
            "workers": serving.workers,
            "commands": serving.commands,
        },
    )
    if serving.workers == 1:
        _run_alone(serving, store, clock, listening)
    else:
        _run_workers(serving, listening)


def _run_alone(serving: Serving, store: EntryStore, clock: Clock, listening: socket.socket) -> None:
    ending = _OwnEnding()
    app = _app(serving, store, clock, ending)
    server = _Alone(uvicorn.Config(app, **CONFIG), ending, serving.drain)
    server.run(sockets=[listening])


def _run_workers(serving: Serving, listening: socket.socket) -> None:
    with TemporaryDirectory(prefix="planledger-") as folder:
        os.environ[FOLDER] = folder
        os.environ[_SERVING] = msgspec.json.encode(serving).decode()
        config = uvicorn.Config(
            f"{__name__}:worker", factory=True, workers=serving.workers, **CONFIG
        )
        supervisor = _Supervisor(config, listening, Path(folder, _ENDING), serving.drain)
        supervisor.run()
    if any(process.exitcode == STARTUP_FAILURE for process in supervisor.processes):
        raise StoreError("No worker came up; the log says why.")


def worker() -> Starlette:
    """Make the app of one worker, from its environment. Called by uvicorn, in the new process."""
    serving = msgspec.json.decode(os.environ[_SERVING], type=Serving)
    set_up(serving.log_level, serving.log_format)
    _end_with_parent()
    try:
        store = open_store(serving.ledger, _now, create=False)
    except StoreError as error:
        # Another one is started in its place, and so on until the ledger is there again.
        _log.error("A worker cannot open the ledger, and is replaced: %s", error)
        time.sleep(RETRY_SECONDS)
        raise SystemExit(1) from None
    ending = _EndingOfAll(Path(os.environ[FOLDER], _ENDING))
    try:
        return _app(serving, store, _now, ending)
    except UntrustworthyError as error:
        # They could be registered when the service was started.
        _log.error("A worker cannot register documents, and is replaced: %s", error)
        store.close()
        time.sleep(RETRY_SECONDS)
        raise SystemExit(1) from None


def _app(serving: Serving, store: EntryStore, clock: Clock, ending: Ending) -> Starlette:
    return make_app(
        store,
        clock,
        serving.author,
        serving.host,
        commands=serving.commands,
        documents=None if serving.documents is None else Path(serving.documents),
        trusted_only=serving.trusted_only,
        name=serving.name or ledger_name(serving.ledger),
        ending=ending,
    )


CONFIG: dict[str, Any] = {
    "access_log": False,  # `requests.py` tells of requests
    "lifespan": "on",
    "log_config": None,  # `logs.py` says how
    "timeout_graceful_shutdown": GRACE_SECONDS,
    "timeout_worker_healthcheck": SIGN_OF_LIFE_SECONDS,
    "ws": ClosingProtocol,
    "ws_max_size": MOST_IN_BODY,
    "ws_per_message_deflate": False,  # for hundreds of subscribers it would take a processor
    "ws_ping_interval": None,  # `streams/transport.py` sees who is still there
}


class _OwnEnding(Ending):
    """The end of a service that is this process."""

    def __init__(self) -> None:
        self.begun = Event()
        self._end_streams: Callable[[], Awaitable[None]] | None = None

    def announced(self) -> bool:
        return self.begun.is_set()

    def closing(self) -> bool:
        return self.begun.is_set()

    def streams_end_by(self, end: Callable[[], Awaitable[None]]) -> None:
        self._end_streams = end

    async def streams_ended(self) -> None:
        """End streams, and wait for it."""
        if self._end_streams is not None:
            await self._end_streams()

    def let_go(self) -> None:
        """End this process soon, whatever still waits for the store: all there was is answered."""
        late = Timer(LET_GO_SECONDS, os._exit, args=(1,))
        late.daemon = True
        late.start()


class _EndingOfAll(_OwnEnding):
    """The end of a service of several processes, which this one may also come to before others."""

    def __init__(self, mark: Path) -> None:
        super().__init__()
        self._mark = mark
        self._ends: asyncio.Task[None] | None = None
        end = signal.getsignal(signal.SIGTERM)  # uvicorn's own, which it has set by now
        loop = asyncio.get_running_loop()

        async def end_in_order(number: int) -> None:
            await self.streams_ended()
            if callable(end):
                end(number, None)

        def begin(number: int) -> None:
            self._ends = loop.create_task(end_in_order(number))

        def note(number: int, _: FrameType | None) -> None:
            self.begun.set()
            loop.call_soon_threadsafe(begin, number)

        signal.signal(signal.SIGTERM, note)

    def announced(self) -> bool:
        return self._mark.exists()


class _Alone(uvicorn.Server):
    """A server in this process, which says that it ends before it does."""

    def __init__(self, config: uvicorn.Config, ending: _OwnEnding, drain: int) -> None:
        super().__init__(config)
        self._ending = ending
        self._drain = drain

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._ending.begun.set()
        await asyncio.sleep(self._drain)
        await self._ending.streams_ended()
        await super().shutdown(sockets)


class _Supervisor(Multiprocess):
    """Watches over workers; says that the service ends before it ends them."""

    def __init__(
        self, config: uvicorn.Config, listening: socket.socket, mark: Path, drain: int
    ) -> None:
        super().__init__(config, [listening])
        self._mark = mark
        self._drain = drain

    def init_processes(self) -> None:
        resource_tracker.ensure_running()  # else the first worker starts it, and it unblocks SIGINT
        with _deaf_to_ctrl_c():
            super().init_processes()

    def handle_signals(self) -> None:
        with _deaf_to_ctrl_c():
            super().handle_signals()

    def keep_subprocess_alive(self) -> None:
        # Each worker has its own copy of its end by now. With ours open too, a worker that dies
        # while it is asked for a sign of life would be waited for until the time is up.
        for process in self.processes:
            process.child_conn.close()
        with _deaf_to_ctrl_c():
            super().keep_subprocess_alive()

    def terminate_all(self) -> None:
        self._mark.touch()
        time.sleep(self._drain)
        # Whoever comes now is turned away, and does not wait for an answer that never comes.
        for listening in self.sockets:
            listening.close()
        super().terminate_all()


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Start workers that do not hear Ctrl-C, and let it wait for us meanwhile.

    A terminal sends it to every process. Only the parent is to hear it, and ends the others in
    good order: by itself a worker would end at once, or amid its imports with a traceback.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _end_with_parent() -> None:
    """End this worker, in good order, should the process that watches over it be killed."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)

    Thread(target=watch, name="planledger-parent", daemon=True).start()


@contextmanager
def ended_as_by_ctrl_c() -> Iterator[None]:
    """Have SIGTERM, and SIGHUP where nobody else takes it, end this process as Ctrl-C does.

    By themselves they would end it on the spot, with the ledger open and files left behind.
    """

    def interrupt(_: int, __: FrameType | None) -> None:
        raise KeyboardInterrupt

    def terminate(_: int, __: FrameType | None) -> None:
        signal.raise_signal(signal.SIGTERM)

    before = {signal.SIGTERM: signal.signal(signal.SIGTERM, interrupt)}
    if signal.getsignal(signal.SIGHUP) is signal.SIG_DFL:  # else somebody said nohup
        before[signal.SIGHUP] = signal.signal(signal.SIGHUP, terminate)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _now() -> datetime:
    return datetime.now(UTC)
