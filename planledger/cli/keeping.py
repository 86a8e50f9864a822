"""The commands that keep a ledger: look whether it is whole, copy it, and put a copy in place."""

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from io import BufferedReader
from pathlib import Path
from typing import Annotated, cast

import typer

from planledger.answers import plain, to_json
from planledger.cli.common import (
    DECLINED,
    UNUSABLE,
    AsJson,
    LedgerUrl,
    New,
    fail,
    may_make,
    now,
    opened_store,
    telling,
    watching,
)
from planledger.keeping import copying
from planledger.keeping.checking import Checked
from planledger.keeping.checking import check as check_store
from planledger.keeping.copying import NotWholeError
from planledger.keeping.reading import DamagedExportError, Export
from planledger.keeping.walking import MOST_FINDINGS
from planledger.storage.port import EntryStore
from planledger.terminal.layout import counted

STANDARD = Path("-")
"""The name for what comes in from a pipe, or goes out to one."""


def check(ledger: LedgerUrl = None, as_json: AsJson = False) -> None:
    """Check that the ledger is whole: order, times, receipts, every entry and every plan.

    Others may go on recording meanwhile. What it says of its SHA-256 is the same for every copy.
    """
    with telling(), opened_store(ledger, create=False) as store, watching("Checking") as watch:
        checked = check_store(store, progress=watch)
    if as_json:
        typer.echo(to_json({**plain(checked), "whole": checked.whole}))
    else:
        _tell_findings(checked)
    if not checked.whole:
        told = f"; the first {MOST_FINDINGS} are told" if checked.wrong > MOST_FINDINGS else ""
        fail(f"The ledger is not whole: {counted(checked.wrong, 'finding')}{told}.", DECLINED)
    if not as_json:
        typer.echo(f"The ledger is whole: {_held(checked)}.\nSHA-256: {checked.sha256}")


def backup(
    file: Annotated[
        Path, typer.Argument(help="The new file; one that is there is never replaced.")
    ],
    ledger: LedgerUrl = None,
    as_json: AsJson = False,
) -> None:
    """Copy the ledger to a new file while others record, and check the copy.

    The file is itself a ledger, an SQLite one whatever the store, for reading only; `planledger
    restore` puts it in place. It has its name only once it is checked.
    """
    with (
        _telling(file),
        opened_store(ledger, create=False) as store,
        watching("Backing up") as watch,
    ):
        checked = copying.backup(store, file, now, watch)
    _tell_copied(f"Backed up to {file}", checked, as_json=as_json)


def restore(
    file: Annotated[Path, typer.Argument(help="A backup or an export; it is left as it is.")],
    ledger: LedgerUrl = None,
    new: New = False,
    as_json: AsJson = False,
) -> None:
    """Fill a new or empty ledger from a backup, byte for byte, and check what is there then."""
    make = may_make(ledger, new=new)
    with _telling(file):
        checked = _fill("Restoring", copying.opened_copy(file, now), ledger, create=make)
    _tell_copied(f"Restored {file}", checked, as_json=as_json)


def export(
    output: Annotated[
        Path, typer.Option("--output", "-o", help="A new file, smaller if named .gz; else a pipe.")
    ] = STANDARD,
    ledger: LedgerUrl = None,
) -> None:
    """Write the whole ledger as lines of JSON, to keep it for long or move it to another store.

    The same ledger always gives the same bytes. What is there is written as it is, whole or not.
    """
    with (
        _telling(output),
        opened_store(ledger, create=False) as store,
        watching("Exporting") as watch,
    ):
        if output == STANDARD:
            copying.export(store, sys.stdout.buffer.write, watch)
            sys.stdout.buffer.flush()
            return
        lines = copying.export_to(store, output, watch)
    typer.echo(
        f"Exported to {output}: {counted(lines.entries, 'entry', 'entries')} by "
        f"{counted(lines.receipts, 'command')}.\nSHA-256: {lines.sha256}"
    )


def load(
    file: Annotated[Path, typer.Argument(help="An export, or - for one that comes by a pipe.")],
    ledger: LedgerUrl = None,
    new: New = False,
    as_json: AsJson = False,
) -> None:
    """Fill a new or empty ledger from an export, byte for byte, and check what is there then."""
    make = may_make(ledger, new=new)
    with _telling(file):
        checked = _fill("Loading", _read(file), ledger, create=make)
    _tell_copied(f"Loaded {file}", checked, as_json=as_json)


def _fill(
    doing: str,
    opened_copy: AbstractContextManager[Export | EntryStore],
    ledger: str | None,
    *,
    create: bool,
) -> Checked:
    with (
        opened_copy as copy,  # first: a file that is no good leaves no ledger behind
        opened_store(ledger, create=create) as store,
        watching(doing) as watch,
    ):
        return copying.fill(store, copy, watch)


@contextmanager
def _read(file: Path) -> Iterator[Export | EntryStore]:
    if file == STANDARD:
        yield Export(cast("BufferedReader", sys.stdin.buffer))
        return
    with file.open("rb") as opened:
        yield Export(opened)


@contextmanager
def _telling(file: Path) -> Iterator[None]:
    """Tell of trouble, with a copy that is no good by its name."""
    with telling():
        try:
            yield
        except DamagedExportError as error:
            fail(f"{file}: {error} Nothing was recorded.", UNUSABLE)
        except NotWholeError as error:
            if error.checked is not None:
                _tell_findings(error.checked, err=True)
            fail(str(error), DECLINED)


def _tell_findings(checked: Checked, *, err: bool = False) -> None:
    for finding in checked.findings:
        kind = "warning: " if finding.warning else ""
        where = f"position {finding.position}: " if finding.position is not None else ""
        typer.echo(f"{kind}{where}{finding.problem}", err=err)


def _tell_copied(what: str, checked: Checked, *, as_json: bool) -> None:
    if as_json:
        typer.echo(to_json(plain(checked)))
        return
    typer.echo(f"{what}: {_held(checked)}; checked.\nSHA-256: {checked.sha256}")


def _held(checked: Checked) -> str:
    if not checked.entries:
        return "an empty ledger"
    return (
        f"{counted(checked.entries, 'entry', 'entries')} of {counted(checked.plans, 'plan')} by "
        f"{counted(checked.commits, 'command')}"
    )
