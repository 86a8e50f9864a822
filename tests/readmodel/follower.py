"""A process that fills a register until it is killed, from outside or by itself.

`python -m tests.readmodel.follower URL POSITION STEP`: in the batch that reaches a position it
kills itself at a step, one of STEPS; at none where the step is not one of them.
"""

import os
import signal
import sys
from contextlib import closing
from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch

from planledger.readmodel import filling
from planledger.readmodel.batch import Batch
from planledger.readmodel.following import Follower
from planledger.readmodel.opening import open_register
from planledger.readmodel.register import Register
from planledger.storage.open import open_store

STEPS = ("milestones", "leads", "commits", "reviews", "before tracking", "after tracking", "done")
"""Before the rows of a table, before or after the position, each not committed yet; committed."""


class Doomed:
    """A register's own methods, with an end."""

    def __init__(self, register: Register, position: int, step: str) -> None:
        """End in the batch that reaches `position`, at `step`."""
        self._record, self._insert, self._track = (
            register.record,
            register._insert,
            register._track,
        )
        self._position = position
        self._step = step
        self._near = False

    def record(self, batch: Batch, after: int, replaced: int) -> None:
        """Record a batch, and perhaps end after it."""
        self._near = batch.last >= self._position
        self._record(batch, after, replaced)
        self._pass("done")

    def insert(self, cursor: Any, table: Any, rows: Any) -> None:  # noqa: ANN401 - handed on
        """Insert rows, and perhaps end before."""
        self._pass(table)
        self._insert(cursor, table, rows)

    def track(self, cursor: Any, of: str, position: int) -> None:  # noqa: ANN401 - handed on
        """Track a position, and perhaps end before or after it."""
        self._pass("before tracking")
        self._track(cursor, of, position)
        self._pass("after tracking")

    def _pass(self, step: str) -> None:
        if self._near and step == self._step:
            os.kill(os.getpid(), signal.SIGKILL)


def main(url: str, position: int, step: str) -> None:
    """Fill the register of the ledger at `url`, of 15 entries at a time or a few more."""
    filling.BATCH = 15
    with (
        closing(open_store(url, lambda: datetime.now(UTC), create=False)) as store,
        closing(open_register(store, create=True)) as register,
    ):
        doomed = Doomed(register, position, step)
        with (
            patch.object(register, "record", doomed.record),
            patch.object(register, "_insert", doomed.insert),
            patch.object(register, "_track", doomed.track),
        ):
            Follower(store, register).run()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
