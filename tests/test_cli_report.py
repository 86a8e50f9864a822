"""`planledger report`, as people and programs meet it."""

import csv
import io
import json
import os
import shlex
import stat
import subprocess
from pathlib import Path

import pytest

from tests.support.program import PATIENCE, PROGRAM, environment, invoke

NEEDED = {
    "changes": ("--from", "board-2024-q2", "--to", "board-2024-q3"),
    "review": ("--review", "board-2024-q3"),
}


@pytest.mark.parametrize("kind", ["changes", "review", "findings"])
def test_each_report_is_written_to_a_pipe_as_text(northbridge: Path, kind: str) -> None:
    """Markdown, where nothing else is said."""
    done = invoke("report", kind, "northbridge", *NEEDED.get(kind, ()), folder=northbridge)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("# ")
    assert "## In short" in done.stdout


def test_a_file_says_by_its_name_what_it_is(northbridge: Path) -> None:
    """And the name that was asked for is the name that it has."""
    for ending, begins in (("csv", b"\xef\xbb\xbf"), ("PDF", b"%PDF-")):
        path = northbridge / f"kpis.{ending}"
        done = invoke("report", "kpis", "northbridge", "-o", path.name, folder=northbridge)
        assert (done.returncode, done.stdout) == (0, "")
        assert done.stderr.startswith(f"Wrote kpis.{ending}: KPIs at ")
        assert path.read_bytes().startswith(begins)


def test_csv_gives_one_table_and_any_other_by_its_key(northbridge: Path) -> None:
    """The same cells as JSON has them."""
    words = ("report", "kpis", "northbridge", "--at", "board-2025-q2")
    tables = json.loads(invoke(*words, "--format", "json", folder=northbridge).stdout)["tables"]
    for key in ("revisions", None):
        (table,) = [one for one in tables if one["key"] == (key or "kpis")]
        chosen = ("--table", key) if key else ()
        text = invoke(*words, "--format", "csv", *chosen, folder=northbridge).stdout
        read = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
        assert read[0] == [column["key"] for column in table["columns"]]
        assert len(read) == 1 + len(table["rows"])
        assert [row[0] for row in read[1:]] == [row[0] for row in table["rows"]]


def test_a_file_is_replaced_whole_or_stays_as_it_was(northbridge: Path) -> None:
    """A paper that was handed in is not to become half of another one."""
    path = northbridge / "paper.md"
    path.write_text("what was there", encoding="utf-8")
    refused = invoke("report", "plan", "nowhere", "-o", path.name, folder=northbridge)
    assert refused.returncode == 1
    assert path.read_text(encoding="utf-8") == "what was there"
    done = invoke("report", "plan", "northbridge", "-o", path.name, folder=northbridge)
    assert done.returncode == 0
    assert path.read_text(encoding="utf-8").startswith("# The plan at")
    assert not [left for left in northbridge.iterdir() if left.name.startswith(".paper")]
    assert stat.S_IMODE(path.stat().st_mode) & stat.S_IRUSR


def test_a_link_goes_on_leading_where_it_led(northbridge: Path) -> None:
    """Whoever put it there wants the paper in that place."""
    (northbridge / "elsewhere").mkdir()
    link = northbridge / "linked.md"
    link.symlink_to(northbridge / "elsewhere" / "real.md")
    done = invoke("report", "plan", "northbridge", "-o", link.name, folder=northbridge)
    assert done.returncode == 0
    assert link.is_symlink()
    assert (northbridge / "elsewhere" / "real.md").read_bytes().startswith(b"# The plan")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("changs", "northbridge"), 2, "There is no report 'changs'. Nearest: changes."),
        (("plan", "northbrige"), 1, "There is no plan 'northbrige'. Nearest: northbridge."),
        (("changes", "northbridge"), 2, "Say from which point of northbridge ('from')"),
        (("changes", "northbridge"), 2, "board-2025-q4 and scrutiny-2025-q4."),
        (
            ("changes", "northbridge", "--from", "board-2024"),
            1,
            "Nearest: board-2025-q4, board-2024-q4",
        ),
        (("changes", "northbridge", "--from", "@1", "--at", "@2"), 2, "does not go by 'at'"),
        (("plan", "northbridge", "--at", "2b"), 2, "'2b' is not a point."),
        (("plan", "northbridge", "--on", "31/03/15"), 2, "is not a day. Write it as 2015-03-31."),
        (("plan", "northbridge", "--at", "@99999"), 1, "its last is 1304"),
        (("review", "northbridge"), 2, "Say of which review of northbridge"),
        (("review", "northbridge", "--review", "board-24"), 1, "There is no review 'board-24'"),
        (("kpis", "northbridge", "-o", "kpis.docx"), 2, "kpis.docx is named after one"),
        (("kpis", "northbridge", "--format", "xls"), 2, "There is no format 'xls'."),
        (("kpis", "northbridge", "--table", "kpis"), 2, "--table goes with csv"),
        (("kpis", "northbridge", "--format", "csv", "--table", "x"), 1, "There is no table 'x'"),
        (("kpis", "northbridge", "-o", "no/such/kpis.csv"), 2, "There is no such folder"),
    ],
)
def test_what_cannot_be_written_is_told_in_one_line(
    northbridge: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    """What was wrong and what to do, and nothing on the output."""
    done = invoke("report", *words, folder=northbridge)
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.startswith("planledger: ")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_terminal_is_not_sent_what_it_cannot_show(northbridge: Path) -> None:
    """It would be left beeping, and of no use."""
    ours, theirs = os.openpty()
    try:
        done = subprocess.run(
            [PROGRAM, "report", "kpis", "northbridge", "--format", "pdf"],
            cwd=northbridge,
            env=environment(),
            stdout=theirs,
            stderr=subprocess.PIPE,
            check=False,
            timeout=PATIENCE,
        )
    finally:
        os.close(theirs)
        os.close(ours)
    assert done.returncode == 2
    assert done.stderr == b"planledger: A terminal cannot show pdf. Name a file with -o.\n"


def test_a_binary_format_goes_into_a_pipe_as_it_is(northbridge: Path) -> None:
    """So that it can be sent on by another program."""
    done = subprocess.run(
        [PROGRAM, "report", "kpis", "northbridge", "--format", "ods"],
        cwd=northbridge,
        env=environment(),
        capture_output=True,
        check=False,
        timeout=PATIENCE,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"PK")


def test_what_the_annex_says_makes_the_same_paper(northbridge: Path) -> None:
    """Typed as it stands there, by whoever was handed the paper."""
    first = invoke("report", "changes", "northbridge", *NEEDED["changes"], folder=northbridge)
    (command,) = [line[2:] for line in first.stdout.splitlines() if line.startswith("$ ")]
    program, *words = shlex.split(command)
    assert program == "planledger"
    assert invoke(*words, folder=northbridge).returncode == 0
    assert (northbridge / "changes.md").read_text(encoding="utf-8") == first.stdout
