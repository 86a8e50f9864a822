"""The eventsourcing library's own contract tests, run against our recorder over PostgreSQL.

Left out is subscribing. The library looks once, and then begins to listen: what is recorded in
between it never tells of, and its test of that waits for ever, about once in a hundred runs here.
Nothing of ours subscribes; `watch` looks again after it listens, and every second in any case.
"""

from contextlib import ExitStack
from uuid import uuid4

from eventsourcing.persistence import ApplicationRecorder
from eventsourcing.tests import persistence as published

from planledger.storage.postgres.address import read_url
from planledger.storage.postgres.pool import LedgerDatastore
from planledger.storage.postgres.recorder import LedgerRecorder
from tests.storage.ledger_check import system_clock
from tests.support.postgres import new_database, writer


class OnOurRecorder(published.RecorderTestCase):
    """Makes our recorder over a new database; our streams have text for ids."""

    def setUp(self) -> None:
        """Make the database."""
        exits = ExitStack()
        self.addCleanup(exits.close)
        _, self.conninfo = read_url(exits.enter_context(new_database(user=writer())))

    def new_originator_id(self) -> str:
        """Give the id of a new stream."""
        return str(uuid4())

    def create_recorder(self) -> ApplicationRecorder:
        """Make the recorder over the empty ledger."""
        datastore = LedgerDatastore(self.conninfo, lock_timeout=30)
        self.addCleanup(datastore.close)
        return LedgerRecorder(datastore, system_clock)


class TestApplicationRecorder(
    OnOurRecorder, published.ApplicationRecorderTestCase[ApplicationRecorder]
):
    """What the library asks of every application recorder."""


class TestNonInterleaving(OnOurRecorder, published.NonInterleavingNotificationIDsBaseCase):
    """Two large commits at once must not mix their positions."""
