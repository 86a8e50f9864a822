"""A PostgreSQL of a test's own, to be stopped, killed and started again."""

import psycopg
from psycopg.rows import scalar_row

from tests.support.postgres import Server

PATIENCE = 30
"""Seconds that anything may take on a machine that is busy with other things."""


class StruckServer(Server):
    """A server that is stopped, killed and started again, and so is no one else's."""

    def halt(self) -> None:
        """Stop it as its operator does."""
        self._server.stop()

    def go_on(self) -> None:
        """Start it."""
        self._server.ensure_postgres_running()

    def kill(self) -> None:
        """Kill all its processes at once."""
        postmaster = self._server.get_postmaster_info().process
        assert postmaster is not None
        everyone = [postmaster, *postmaster.children(recursive=True)]
        for process in everyone:
            process.kill()
        postmaster.wait(PATIENCE)

    def ask(self, question: str) -> list[int]:
        """Give the numbers in the rows that a question has."""
        with psycopg.connect(self.url(), autocommit=True, row_factory=scalar_row) as connection:
            return connection.execute(question).fetchall()
