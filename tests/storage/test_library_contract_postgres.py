"""The eventsourcing library's own contract tests, run against our recorder over PostgreSQL.

With subscribing, which the library offers here: what is recorded by us wakes its subscriptions.
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

    def test_insert_subscribe(self) -> None:
        """What it asks of one that can be subscribed to."""
        self.optional_test_insert_subscribe()


class TestNonInterleaving(OnOurRecorder, published.NonInterleavingNotificationIDsBaseCase):
    """Two large commits at once must not mix their positions."""
