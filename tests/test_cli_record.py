"""`planledger record`: a sheet of changes, all of it or nothing, and once however often sent."""

import json
import os
import pty
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.depth import rounds
from tests.support.program import PROGRAM, environment, invoke, joined, run
from tests.support.sheets import EVERY_ACT, as_csv, as_xlsx

BEFORE = 1_304
"""Entries of Northbridge as it is simulated."""
LAST = BEFORE + 1
"""With the query that a row of the sheet with every act settles."""
PROGRESS = {"act": "progress", "milestone": "1.3/4", "state": "in progress"}
ON = {"effective_on": "4/2/2026"}


@pytest.fixture(name="folder")
def _folder(northbridge: Path, tmp_path: Path) -> Path:
    """Give a folder with a copy of Northbridge to record in."""
    shutil.copy(northbridge / "planledger.db", tmp_path)
    return tmp_path


def _entries(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "planledger.db")) as ledger:
        return int(ledger.execute("SELECT max(position) FROM entries").fetchone()[0])


def _write(folder: Path, rows: Sequence[Mapping[str, str]], name: str = "sheet.csv") -> Path:
    path = folder / name
    path.write_bytes(as_xlsx(rows) if name.endswith("xlsx") else as_csv(rows))
    return path


def _record(folder: Path, sheet: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return invoke("record", sheet, "--plan", "northbridge", *more, folder=folder, COLUMNS="200")


def _with_a_query(folder: Path) -> Sequence[Mapping[str, str]]:
    """Give every act once, for a ledger in which there is a query to settle."""
    raised = {"act": "raise-query", "question": "Who?", "taken": "Her.", "instead": "Him.", **ON}
    assert _record(folder, _write(folder, [raised]), "--yes").returncode == 0
    events = invoke("events", "--after", str(BEFORE), folder=folder)
    query = json.loads(events.stdout)["event"]["query"]
    rows = [{**row, "effective_on": "5/2/2026"} for row in EVERY_ACT]
    return [{k: query if v == "QUERY" else v for k, v in row.items()} for row in rows]


@pytest.mark.parametrize("name", ["sheet.csv", "sheet.xlsx"])
def test_every_act_can_be_recorded_by_one_sheet(folder: Path, name: str) -> None:
    """Each row is judged as those before leave the plan: a review is opened, used and closed."""
    sheet = _write(folder, _with_a_query(folder), name)
    checked = _record(folder, sheet, "--check")
    assert checked.returncode == 0, checked.stdout
    assert "July to September 2026" in checked.stdout
    assert "date slipped" in joined(checked.stdout)
    assert _entries(folder) == LAST
    done = _record(folder, sheet, "--yes")
    assert done.stdout.endswith("Recorded 20 changes in northbridge: positions 1306 to 1325.\n")
    assert (done.returncode, _entries(folder)) == (0, LAST + 20)


def test_one_wrong_row_and_nothing_is_recorded(folder: Path) -> None:
    """Half a sheet recorded is worse than none: nobody knows which half."""
    rows = [dict(row) for row in _with_a_query(folder)]
    rows[-2]["review"] = "board-2026-q9"
    done = _record(folder, _write(folder, rows), "--yes")
    assert done.returncode == 1
    assert "board-2026-q9" in done.stdout
    assert done.stderr.endswith(
        "planledger: 1 problem in 1 row; nothing was recorded. Mend the sheet and send it again.\n"
    )
    assert _entries(folder) == LAST


def test_everything_wrong_is_told_at_once_by_row_and_column(folder: Path) -> None:
    """A tired clerk mends a sheet once, not once for each mistake in it."""
    moved = {"act": "move-date", "milestone": "2.3/2", "from_date": "May 2024", "reason": "Late."}
    rows = [
        {**moved, "to_date": "soon"},
        {**moved, "to_date": "May 2027"},
        {**PROGRESS, "milestone": "9.9/9"},
        {**PROGRESS, **ON},
        {"act": "lead", "item": "2.3", "from_parties": "Delia Forst"},
        {"act": "close-review", "review": "board-2025-q4"},
        {"act": "agre"},
    ]
    done = _record(folder, _write(folder, rows), "--check", "--json")
    answer = json.loads(done.stdout)
    found = [(p["row"], p["column"], p["code"]) for p in answer["problems"]]
    assert found == [
        (2, "E to_date", None),
        (3, "C from_date", "FROM_DIFFERS"),
        (4, "B milestone", "UNKNOWN_ITEM"),
        (6, "I from_parties", None),
        (7, None, "BATCH_IMPOSSIBLE"),
        (8, "A act", None),
    ]
    assert (done.returncode, answer["recorded"], answer["rows"]) == (1, 0, [])
    assert "Delia Frost" in answer["problems"][3]["message"]


def test_the_same_sheet_again_records_nothing_more_whatever_saved_it(folder: Path) -> None:
    """Whoever is not sure that it went through sends it again, perhaps saved anew."""
    rows = [{**PROGRESS, "narrative": f"Step {n}"} for n in range(3)]
    first = json.loads(_record(folder, _write(folder, rows), "--yes", "--json").stdout)
    assert (first["recorded"], first["repeated"]) == (3, False)
    again = _write(folder, rows, "again.xlsx")
    second = json.loads(_record(folder, again, "--yes", "--json").stdout)
    assert (second["recorded"], second["repeated"]) == (0, True)
    assert second["positions"] == first["positions"]
    told = _record(folder, again, "--check")
    assert told.returncode == 0
    assert "Already recorded, on " in told.stdout
    assert _entries(folder) == BEFORE + 3


def test_what_is_so_already_is_told_and_adds_nothing(folder: Path) -> None:
    """A sheet may say what somebody recorded by hand meanwhile."""
    row = {"act": "lead", "item": "2.3", "from_parties": "Delia Frost", "to_parties": "Delia Frost"}
    done = _record(folder, _write(folder, [row]), "--yes")
    assert done.returncode == 0, done.stderr
    assert "It is so already by row 2." in done.stdout
    assert done.stdout.endswith("It is so already: nothing was recorded in northbridge.\n")
    assert _entries(folder) == BEFORE


def test_two_sent_at_once_are_recorded_once_each(folder: Path) -> None:
    """Two clerks send their sheets at five o'clock, and one of them sends it twice."""
    sheets = [
        _write(folder, [{**PROGRESS, "narrative": f"{name} {n}"} for n in range(20)], f"{name}.csv")
        for name in ("one", "two")
    ]
    running = [
        subprocess.Popen(
            [PROGRAM, "record", sheet, "--plan", "northbridge", "--yes", "--json"],
            cwd=folder,
            env=environment(),
            stdout=subprocess.PIPE,
        )
        for sheet in (*sheets, sheets[0])
    ]
    answers = [json.loads(process.communicate()[0]) for process in running]
    assert [process.returncode for process in running] == [0, 0, 0]
    assert sorted(answer["recorded"] for answer in answers) == [0, 20, 20]
    assert _entries(folder) == BEFORE + 40


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ((), "Say which sheet and which plan"),
        (("sheet.csv",), "Say which sheet and which plan"),
        (("sheet.csv", "--plan", "northbridge"), "Nobody is there to ask"),
        (("sheet.csv", "--plan", "northbridge", "--json"), "Nobody is there to ask"),
        (("none.csv", "--plan", "northbridge", "--yes"), "none.csv cannot be used: No such file"),
        (("sheet.csv", "--plan", "northbridge", "--yes", "--sheet", "x"), "Leave --sheet out"),
        (("plan.pdf", "--plan", "northbridge", "--yes"), "plan.pdf: It is a PDF"),
        (("--template", "t.ods"), "Name it NAME.xlsx or NAME.csv"),
        (("--template", "t.csv", "--act", "mvoe-date"), "Nearest: move-date"),
    ],
)
def test_a_command_that_is_no_good_says_so_in_a_line(
    folder: Path, words: tuple[str, ...], wrong: str
) -> None:
    """Exit code 2: nothing was looked at, and nothing happened."""
    _write(folder, [PROGRESS])
    (folder / "plan.pdf").write_bytes(b"%PDF-1.7\n")
    done = invoke("record", *words, folder=folder)
    assert done.returncode == 2
    assert wrong in done.stderr
    assert _entries(folder) == BEFORE


def test_an_unknown_plan_is_declined(folder: Path) -> None:
    """A plan is begun by a document or a draft, never by a slip in a command."""
    done = invoke(
        "record", _write(folder, [PROGRESS]), "--plan", "northbrige", "--yes", folder=folder
    )
    assert done.returncode == 1
    assert "Nearest: northbridge" in done.stderr


@pytest.mark.parametrize(("said", "recorded"), [("y\n", 1), ("\n", 0), ("\x04", 0)])
def test_a_person_is_asked_and_no_answer_is_no(folder: Path, said: str, recorded: int) -> None:
    """What is recorded stays for ever: only a plain yes counts."""
    sheet = _write(folder, [PROGRESS])
    theirs, ours = pty.openpty()
    process = subprocess.Popen(
        [PROGRAM, "record", sheet, "--plan", "northbridge"],
        cwd=folder,
        env=environment(),
        stdin=ours,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    os.close(ours)
    os.write(theirs, said.encode())
    shown, told = process.communicate(timeout=30)
    os.close(theirs)
    assert b"Record 1 change? [y/N]" in shown + told
    assert process.returncode == (0 if recorded else 1)
    assert recorded or b"Nothing was recorded." in told
    assert _entries(folder) == BEFORE + recorded


def test_a_run_killed_at_any_time_records_all_or_nothing(folder: Path) -> None:
    """`kill -9` half-way: the same sheet again completes it, and never doubles it."""
    sheet = _write(folder, [{**PROGRESS, "narrative": f"Step {n}"} for n in range(100)])
    fresh = shutil.copy(folder / "planledger.db", folder / "fresh.db")
    words = ("record", sheet, "--plan", "northbridge", "--yes")
    start = time.monotonic()
    assert run(*words, folder=folder).returncode == 0
    whole = time.monotonic() - start
    found = set()
    times = rounds(2, 16)
    for number in range(times):
        shutil.copy(fresh, folder / "planledger.db")
        # The latter half of a run: before it the program is still being loaded.
        running = subprocess.Popen(
            [PROGRAM, *words], cwd=folder, env=environment(), stdout=subprocess.DEVNULL
        )
        time.sleep(whole * (0.6 + 0.4 * number / times))
        running.send_signal(signal.SIGKILL)
        running.communicate()
        found.add(_entries(folder))
        assert invoke(*words, folder=folder).returncode == 0
        assert _entries(folder) == BEFORE + 100
    assert found <= {BEFORE, BEFORE + 100}
