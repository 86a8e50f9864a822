"""Killing an import leaves the whole import or nothing: `kill -9` gives no time to tidy up."""

import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from planledger.ledger import Ledger
from planledger.projections.points import AtHead
from planledger.storage.port import StoreError
from planledger.storage.sqlite import SqliteStore
from tests.support.told import ROOT

DOCUMENT = ROOT / "examples" / "plymouth-2015" / "plymouth-2015-improvement-plan.txt"
WHOLE = 445
"""Entries that importing the document records."""
ROUNDS = 12

IMPORT = """
import sys
from planledger.cli import app
app(["import", sys.argv[1], "--plan", "plymouth-2015", "--ledger", sys.argv[2], "--new"])
"""


def _begin(ledger: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", IMPORT, str(DOCUMENT), f"sqlite:///{ledger}"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def _entries(ledger: Path) -> int:
    """Count the entries of a ledger; a file that is no ledger yet has none."""
    try:
        books = Ledger(SqliteStore(ledger, _now, create=False), _now)
    except StoreError:
        return 0
    position = books.at(AtHead()).basis.position
    books.close()
    return position


def _now() -> datetime:
    return datetime.now(UTC)


def test_an_import_killed_at_any_time_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    """Half a plan would look like a plan; and importing again must complete what was lost."""
    start = time.monotonic()
    _begin(tmp_path / "whole.db").communicate()
    whole = time.monotonic() - start
    assert _entries(tmp_path / "whole.db") == WHOLE

    found = []
    for number in range(ROUNDS):
        ledger = tmp_path / f"killed-{number}.db"
        # The latter half of a run: before it the program is still being loaded.
        running = _begin(ledger)
        time.sleep(whole * (0.5 + number / ROUNDS / 2))
        running.send_signal(signal.SIGKILL)
        running.communicate()
        found.append(_entries(ledger))
        if found[-1] != WHOLE:
            _begin(ledger).communicate()
        assert _entries(ledger) == WHOLE
    assert set(found) <= {0, WHOLE}
