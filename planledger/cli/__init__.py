"""The command line. Each command opens the ledger, does one thing and says so in one way.

A file here holds commands that belong together; this one lists them in the order of `--help`.
Exit codes: 0 done, 1 declined or nothing found, 2 the command, a file or an address is no good,
3 trouble with the ledger, 130 interrupted half-way.
"""

import io
import sys
from typing import Any

import typer
from typer.core import TyperGroup

from planledger.cli.caching import cache
from planledger.cli.changes import diff, history, restatements
from planledger.cli.common import UNUSABLE, fail
from planledger.cli.documents import documents
from planledger.cli.findings import findings, milestones
from planledger.cli.importing import import_
from planledger.cli.keeping import backup, check, export, load, restore
from planledger.cli.looking import events, show
from planledger.cli.migrating import migrate
from planledger.cli.querying import query, schema
from planledger.cli.recording import record
from planledger.cli.registering import register
from planledger.cli.reporting import report
from planledger.cli.serving import serve
from planledger.cli.simulating import simulate


class _Program(TyperGroup):
    """All commands together: a file or an output that is no good is told in one line."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - typer's types for it are its own
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise  # whoever reads the output has seen enough; the program ends without a word
        except OSError as error:
            if error.filename is None:
                sys.stdout = None  # what it still holds would fail once more at the very end
            what = error.filename or "A file or the output"
            fail(f"{what} cannot be used: {error.strerror}.", UNUSABLE)


app = typer.Typer(
    name="planledger",
    cls=_Program,
    help="A ledger of public-sector improvement plans: what they say, said and will say.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def main() -> None:
    """Prepare for a terminal or pipe of any encoding: a letter it does not have becomes "?"."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


app.command("import")(import_)
for _command in (
    *(record, serve, query, show, diff, history, restatements, findings, milestones, report),
    *(events, schema, documents, simulate),
    *(check, backup, restore, export, load),
    migrate,
):
    app.command()(_command)
app.add_typer(cache, name="cache")
app.add_typer(register, name="register")
