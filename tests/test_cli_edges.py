"""The command line where it is used hastily: pipes, locales, taken ports, spoilt ledgers."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from planledger.projections.points import civil_day
from planledger.storage.port import NewRecord
from planledger.storage.sqlite import SqliteStore
from tests.support.acts import DOCUMENT
from tests.support.program import PROGRAM, environment, invoke, run, serving
from tests.support.told import ROOT

PLYMOUTH = ROOT / "examples" / "plymouth-2015" / "plymouth-2015-improvement-plan.txt"
HEAD = "{ ledger { basis { position } } }"
FULL = Path("/dev/full")


@pytest.fixture(name="folder", scope="module")
def _folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder whose default ledger holds the Plymouth plan."""
    folder = tmp_path_factory.mktemp("plymouth")
    assert invoke("import", PLYMOUTH, "--plan", "plymouth-2015", folder=folder).returncode == 0
    return folder


def _is_one_line(done: subprocess.CompletedProcess[str], *parts: str) -> bool:
    """Whether it said one line of complaint and nothing else."""
    lines = done.stderr.splitlines()
    return not done.stdout and len(lines) == 1 and all(part in lines[0] for part in parts)


def test_every_command_says_what_it_is_for(folder: Path) -> None:
    """The help is the manual that is always at hand."""
    said = invoke("--help", folder=folder).stdout
    for command in ("import", "serve", "query", "show", "events", "schema"):
        assert command in said
        helped = invoke(command, "--help", folder=folder)
        assert (helped.returncode, helped.stderr) == (0, "")
    assert "Where the ledger is" in invoke("show", "--help", folder=folder).stdout


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        (("events",), 0),
        (("events",), 1),
        (("show", "plymouth-2015"), 1),
        (("query", "{ events { nodes { position author { name } source { asPrinted } } } }"), 1),
    ],
)
def test_output_that_nobody_reads_to_the_end_ends_without_a_word(
    folder: Path, words: tuple[str, ...], lines: int
) -> None:
    """`planledger events | head -1` is how people look; a traceback would look like damage."""
    program = subprocess.Popen(
        [PROGRAM, *words],
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with program:
        assert program.stdout is not None
        assert program.stderr is not None
        for _ in range(lines):
            assert program.stdout.readline()
        program.stdout.close()
        assert program.stderr.read() == ""
        assert program.wait(30) in {0, 1}


@pytest.mark.skipif(not FULL.exists(), reason="There is no device here that is always full.")
@pytest.mark.parametrize(
    "words",
    [
        ("show", "plymouth-2015"),
        ("findings", "plymouth-2015", "--json"),
        ("events",),
        ("query", HEAD),
        ("schema",),
    ],
)
def test_output_that_nothing_can_hold_is_told_in_one_line(
    folder: Path, words: tuple[str, ...]
) -> None:
    """`planledger events > file` on a full disk must not look as if the ledger were broken."""
    with FULL.open("wb") as full:
        done = subprocess.run(
            [PROGRAM, *words],
            cwd=folder,
            env=environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=30,
        )
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "output cannot be used: No space left on device" in done.stderr


def test_a_document_from_an_input_that_is_closed_is_told_in_one_line(folder: Path) -> None:
    """A job without a terminal may run with its input closed."""
    done = subprocess.run(
        ["/bin/sh", "-c", '"$0" query - <&-', PROGRAM],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert done.returncode == 2
    assert _is_one_line(done, "Standard input is closed")


def test_an_answer_is_in_utf_8_in_every_locale(folder: Path) -> None:
    """What reads the answer is a program; it knows nothing of this terminal."""
    expected = run("events", folder=folder).stdout
    assert "’" in expected
    for settings in ({"LC_ALL": "C"}, {"PYTHONIOENCODING": "latin-1"}):
        done = run("events", folder=folder, env=environment(**settings))
        assert (done.stdout, done.stderr, done.returncode) == (expected, "", 0)


def test_a_terminal_without_a_letter_shows_the_plan_all_the_same(folder: Path) -> None:
    """An old terminal has no curly quotes; the rest of the plan must not be lost with them."""
    env = environment(PYTHONIOENCODING="ascii")
    done = run("show", "plymouth-2015", folder=folder, env=env)
    assert (done.returncode, done.stderr) == (0, "")
    assert "1.1/1" in done.stdout
    assert "Children?s" in " ".join(done.stdout.split())


def test_a_point_on_the_clock_is_the_same_one_in_every_zone(folder: Path) -> None:
    """The end of a day is midnight in London, wherever the machine stands."""
    words = ("show", "plymouth-2015", "--known-at", str(civil_day(datetime.now(UTC))))
    seen = {
        run(*words, folder=folder, env=environment(TZ=zone)).stdout
        for zone in ("UTC", "America/New_York", "Pacific/Kiritimati")
    }
    assert len(seen) == 1
    assert "As known at position 445" in seen.pop()


def test_a_document_is_read_from_standard_input_in_utf_8(folder: Path) -> None:
    """`planledger query - < question.graphql` is how a long one is asked."""
    text = '{ ledger { plan(ref: "plymouth-2015") { ref } } }'
    asked = f"\ufeff# “ein größerer Kommentar”\n{text}"
    done = run("query", "-", folder=folder, given=asked, env=environment(LC_ALL="C"))
    assert done.returncode == 0
    assert json.loads(done.stdout)["data"]["ledger"]["plan"] == {"ref": "plymouth-2015"}
    for given, part in ((b"{ \xff }", "UTF-8"), (b" \n", "no GraphQL document")):
        done = run("query", "-", folder=folder, given=given)
        assert done.returncode == 2
        assert _is_one_line(done, part)


@pytest.mark.parametrize("variables", ["{", "[]", "1", '"x"', "[" * 100_000, "9" * 5_000])
def test_variables_that_are_no_json_object_are_said_to_be_none(
    folder: Path, variables: str
) -> None:
    """The quotes of a shell go wrong more often than anything else."""
    done = invoke("query", HEAD, "--variables", variables, folder=folder)
    assert done.returncode == 2
    assert _is_one_line(done, "--variables")


def test_an_error_in_a_question_is_json_too_and_the_exit_code_says_so(folder: Path) -> None:
    """A script reads both, and the person the place."""
    done = invoke("query", "{ ledger {\n  nothing } }", folder=folder)
    assert (done.returncode, done.stderr) == (1, "")
    (error,) = json.loads(done.stdout)["errors"]
    assert error["locations"] == [{"line": 2, "column": 3}]
    assert "nothing" in error["message"]


def test_an_import_answers_in_json_whatever_came_of_it(tmp_path: Path) -> None:
    """A script that imports a folder of plans keeps the list of what was not read."""
    document = tmp_path / "roads.txt"
    document.write_text(DOCUMENT)
    words = ("import", document, "--plan", "roads", "--json")
    strict = invoke(*words, "--strict", folder=tmp_path)
    first = invoke(*words, folder=tmp_path)
    again = invoke(*words, folder=tmp_path)
    document.write_text(DOCUMENT.replace("Mend", "Widen"))
    other = invoke(*words, folder=tmp_path)
    answers = [json.loads(done.stdout) for done in (strict, first, again, other)]
    assert [answer["recorded"] for answer in answers] == [0, 10, 0, 0]
    assert [bool(answer["refused"]) for answer in answers] == [True, False, False, True]
    assert [done.returncode for done in (strict, first, again, other)] == [1, 0, 0, 1]
    assert [line["line"] for line in answers[1]["unread"]] == [9]
    assert "1 line could not be read" in answers[0]["refused"]


def test_a_ref_that_cannot_be_one_leaves_no_ledger_behind(tmp_path: Path) -> None:
    """The next command would find an empty ledger, and say that there is no such plan."""
    done = invoke("import", PLYMOUTH, "--plan", "Plymouth 2015", folder=tmp_path)
    assert done.returncode == 1
    assert _is_one_line(done, "cannot be a short name", "lower-case letters")
    assert list(tmp_path.iterdir()) == []


def test_a_file_whose_name_is_no_text_is_refused_without_a_traceback(tmp_path: Path) -> None:
    """Old archives have such names; the message must survive them too."""
    path = os.fsencode(tmp_path) + b"/pl\xe4n.txt"
    Path(os.fsdecode(path)).write_text(DOCUMENT)
    done = run("import", os.fsdecode(path), "--plan", "roads", folder=tmp_path)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "cannot be kept" in done.stderr


@pytest.mark.parametrize(
    ("words", "setting", "code", "parts"),
    [
        (("events",), {"PLANLEDGER_LEDGER": "plans.db"}, 2, ("PLANLEDGER_LEDGER", "sqlite:///")),
        (("events", "--ledger", "plans.db"), {}, 2, ("--ledger", "sqlite:///")),
        (("events",), {"PLANLEDGER_AUTHOR": "  "}, 2, ("PLANLEDGER_AUTHOR",)),
        (("serve", "--ledger", "sqlite:///none.db"), {}, 3, ("none.db",)),
        (("serve", "--example", "nowhere"), {}, 2, ("Examples are: northbridge, plymouth-2015",)),
        (("serve", "--example", "nowhere", "--ledger", "sqlite:///new.db"), {}, 2, ("nowhere",)),
        (("show", "plymouth-2015", "--effective-on", ""), {}, 2, ("not a day", "2015-03-31")),
        (("show", "plymouth-2015", "--effective-on", "2200-01-01"), {}, 1, ("2199",)),
        (("show", "plymouth-2015", "--known-at", "2015-03-31T17:00:00"), {}, 2, ("offset",)),
        (("show", "Plymouth-2015"), {}, 1, ("Nearest: plymouth-2015",)),
    ],
)
def test_a_slip_of_the_keyboard_gets_one_line_that_names_it(
    folder: Path, words: tuple[str, ...], setting: dict[str, str], code: int, parts: tuple[str, ...]
) -> None:
    """It says which setting or word is wrong, and how a right one looks; and it makes no file."""
    before = sorted(folder.iterdir())
    done = invoke(*words, folder=folder, **setting)
    assert done.returncode == code, done.stderr
    assert _is_one_line(done, *parts), done.stderr
    assert sorted(folder.iterdir()) == before


def test_a_port_in_use_is_said_in_one_line(folder: Path) -> None:
    """The old server still runs in another window."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = run("serve", "--port", port, folder=folder)
    assert done.returncode == 2
    assert _is_one_line(done, f"Port {port} of 127.0.0.1", "in use", "--port")


def test_an_unreadable_entry_is_said_in_one_line_by_every_command(tmp_path: Path) -> None:
    """Whoever has to restore a backup needs the place, and no traceback."""
    path = tmp_path / "planledger.db"
    with closing(SqliteStore(path, lambda: datetime.now(UTC), create=True)) as store:
        record = NewRecord(name="plan-shredded.v1", data=b"{}")
        store.append("alpha", 0, [record], command_id="one", digest=b"0" * 32)
    for words in (
        ("show", "alpha"),
        ("events",),
        ("query", '{ ledger { plan(ref: "alpha") { ref } } }'),
        ("query", "{ events { nodes { position } } }"),
    ):
        done = invoke(*words, folder=tmp_path)
        assert done.returncode == 3, done
        assert _is_one_line(done, "Entry 1", "plan-shredded.v1")


def test_a_file_that_is_no_ledger_is_left_as_it_is(tmp_path: Path) -> None:
    """Somebody else's database must survive being mistaken for a ledger."""
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as raw:
        raw.execute("CREATE TABLE mine (a)")
    text = tmp_path / "text.db"
    text.write_text("no database at all\n" * 100)
    for path in (other, text):
        before = path.read_bytes()
        for words in (("import", PLYMOUTH, "--plan", "x"), ("events",)):
            done = invoke(*words, "--ledger", f"sqlite:///{path}", folder=tmp_path)
            assert done.returncode == 3
            assert _is_one_line(done, path.name)
        assert path.read_bytes() == before


def test_entries_after_a_position_go_on_where_the_last_ones_ended(folder: Path) -> None:
    """An integration keeps one number and loses nothing."""
    every = invoke("events", folder=folder).stdout.splitlines()
    assert len(every) == 445
    rest = invoke("events", "plymouth-2015", "--after", "440", folder=folder).stdout.splitlines()
    assert rest == every[440:]
    assert invoke("events", "--after", "445", folder=folder).stdout == ""
    entry = json.loads(every[1])
    assert (entry["type"], entry["event"]["areas"]) == ("document-imported.v1", 17)
    for after in ("-1", "9" * 30, "x"):
        done = invoke("events", "--after", after, folder=folder)
        assert (done.returncode, "Traceback" in done.stderr) == (2, False)


def test_every_way_to_name_a_point_shows_the_plan_there(tmp_path: Path) -> None:
    """As the help says: a review, a position, a day, an instant."""
    invoke("import", PLYMOUTH, "--plan", "plymouth-2015", folder=tmp_path)
    plan = 'plan: "plymouth-2015"'
    for command in (
        f'forumEstablish(input: {{{plan}, forum: "panel", name: "Panel"}})',
        (
            f'reviewOpen(input: {{{plan}, review: "q1", forum: "panel", label: "Q1", '
            'asAt: "2015-03-31"})'
        ),
        f'reviewClose(input: {{{plan}, review: "q1"}})',
    ):
        asked = f"mutation {{ {command} {{ __typename }} }}"
        assert invoke("query", asked, folder=tmp_path).returncode == 0
    now = datetime.now(UTC)
    bases = {}
    for point in ("review:plymouth-2015/q1", "@445", f"{now:%Y-%m-%d}", now.isoformat(), "head"):
        words = ("show", "plymouth-2015", "--known-at", point, "--json")
        done = invoke(*words, folder=tmp_path)
        assert done.returncode == 0, done.stderr
        bases[point] = json.loads(done.stdout)["basis"]
    assert [basis["position"] for basis in bases.values()] == [448, 445, 448, 448, 448]
    review = bases["review:plymouth-2015/q1"]
    assert (review["effective_on"], review["review"]) == ("2015-03-31", "plymouth-2015/q1")


def test_ctrl_c_while_it_starts_leaves_no_traceback(tmp_path: Path) -> None:
    """A person changes their mind at any moment."""
    with serving(tmp_path, "--ledger", "memory:") as served:
        served.process.send_signal(signal.SIGINT)
        time.sleep(0.01)
        served.process.send_signal(signal.SIGINT)
        _, said = served.process.communicate(timeout=20)
    assert "Traceback" not in said
