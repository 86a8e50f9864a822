"""A process that appends while it is interrupted: `python -m tests.storage.interrupted URL SHOTS`.

Fails where anything that was acknowledged is not there once, or anything is there by half.
"""

import os
import random
import signal
import sys
import time
from contextlib import closing, suppress
from threading import Thread

from planledger.storage.open import open_store
from planledger.storage.port import CommandAlreadyRecordedError, EntryStore, StoreError
from tests.storage.ledger_check import add, check_ledger, command_of, system_clock

PATIENCE = 60
"""Seconds in which what was interrupted must work again."""


def main(url: str, shots: int) -> None:
    """Append to the ledger at `url` until so many interrupts were sent, and a little longer."""
    shooting, aim = Thread(target=_shoot, args=(shots,)), _Aim()
    acknowledged: list[str] = []
    with closing(open_store(url, system_clock, create=True)) as store:
        shooting.start()
        while shooting.is_alive():
            command = f"c{len(acknowledged)}"
            with suppress(KeyboardInterrupt):
                aim.open = True
                _append(store, command)
                aim.open = False
                acknowledged.append(command)
        _append(store, "after")
        entries = check_ledger(store)
    commands = list(dict.fromkeys(map(command_of, entries)))
    assert [command for command in commands if command in acknowledged] == acknowledged
    assert commands[-1] == "after"
    assert set(commands) - {*acknowledged, "after"} <= {f"c{len(acknowledged)}"}


class _Aim:
    """Lets an interrupt through while it is open, and closes then."""

    def __init__(self) -> None:
        self.open = False
        signal.signal(signal.SIGINT, self._interrupt)

    def _interrupt(self, *_: object) -> None:
        if self.open:
            self.open = False
            raise KeyboardInterrupt


def _shoot(shots: int) -> None:
    chance = random.Random(shots)  # noqa: S311 - when to interrupt, not a secret
    for _ in range(shots):
        time.sleep(chance.random() * 0.01)
        os.kill(os.getpid(), signal.SIGINT)


def _append(store: EntryStore, command: str) -> None:
    """Append a commit to a plan of its own, again and again until it is there."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            add(store, command, 0, command, 3)
        except CommandAlreadyRecordedError:
            return
        except StoreError:
            if time.monotonic() > deadline:
                raise
        else:
            return


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
