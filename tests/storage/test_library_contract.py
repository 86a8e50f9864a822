"""The eventsourcing library's own contract tests, run against our recorder.

They need `pycryptodome`, which the library's test module imports. Left out is subscribing, which
no SQLite recorder of the library offers. `test_performance` and `test_concurrent_throughput`
mostly print rates, but they also fail on errors under load, so they run, with pytest keeping what
they print.
"""

from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from eventsourcing.persistence import ApplicationRecorder
from eventsourcing.tests import persistence as published

from planledger.storage.sqlite.file import LedgerDatastore
from planledger.storage.sqlite.recorder import LedgerRecorder
from tests.storage.ledger_check import system_clock


class OnOurRecorder(published.RecorderTestCase):
    """Makes our recorder over a new file; our streams have text for ids."""

    def setUp(self) -> None:
        """Make a folder for the file."""
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def new_originator_id(self) -> str:
        """Give the id of a new stream."""
        return str(uuid4())

    def create_recorder(self) -> ApplicationRecorder:
        """Make an empty ledger, and the recorder over it."""
        datastore = LedgerDatastore(self.folder / "plans.db", "rwc", lock_timeout=5)
        self.addCleanup(datastore.close)
        recorder = LedgerRecorder(datastore, system_clock)
        recorder.create_table()
        return recorder


class TestApplicationRecorder(
    OnOurRecorder, published.ApplicationRecorderTestCase[ApplicationRecorder]
):
    """What the library asks of every application recorder."""


class TestNonInterleaving(OnOurRecorder, published.NonInterleavingNotificationIDsBaseCase):
    """Two large commits at once must not mix their positions."""
