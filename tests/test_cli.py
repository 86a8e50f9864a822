"""The command line as people meet it: what it says, where it says it, and with which exit code."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.told import ROOT

PLYMOUTH = ROOT / "examples" / "plymouth-2015" / "plymouth-2015-improvement-plan.txt"
NORTHBRIDGE = ROOT / "docs" / "guides" / "first-review-plan.txt"
PROGRAM = Path(sys.executable).with_name("planledger")
ELSEWHERE = {"TZ": "America/New_York", "LC_ALL": "C"}


class Said:
    """What a command said and how it ended."""

    def __init__(self, folder: Path, *words: str, **environment: str) -> None:
        """Run `planledger` in a folder, with the default ledger there."""
        inherited = {name: value for name, value in os.environ.items() if "PLANLEDGER" not in name}
        ran = subprocess.run(
            [PROGRAM, *words],
            cwd=folder,
            env={**inherited, **environment},
            capture_output=True,
            stdin=subprocess.DEVNULL,
            check=False,
            timeout=60,
        )
        self.code = ran.returncode
        self.out = ran.stdout.decode()
        self.err = ran.stderr.decode()

    def is_one_line(self, *parts: str) -> bool:
        """Whether the only word was one line of complaint, with these parts in it."""
        lines = self.err.splitlines()
        return not self.out and len(lines) == 1 and all(part in lines[0] for part in parts)


@pytest.fixture(name="imported", scope="module")
def _imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder whose default ledger holds the fictional plan."""
    folder = tmp_path_factory.mktemp("imported")
    assert Said(folder, "import", str(NORTHBRIDGE), "--plan", "northbridge").code == 0
    return folder


def test_importing_says_what_came_in_and_again_changes_nothing(tmp_path: Path) -> None:
    """A clerk who is unsure whether it worked runs it again."""
    first = Said(tmp_path, "import", str(PLYMOUTH), "--plan", "plymouth-2015")
    assert first.code == 0
    assert "17 areas, 141 statements, 48 actions, 70 milestones" in first.out
    assert "positions 1 to 445" in first.out
    again = Said(tmp_path, "import", str(PLYMOUTH), "--plan", "plymouth-2015")
    assert (again.code, again.out.startswith("Already imported")) == (0, True)
    told = Said(tmp_path, "import", str(PLYMOUTH), "--plan", "plymouth-2015", "--json")
    assert json.loads(told.out)["recorded"] == 0
    other = Said(tmp_path, "import", str(NORTHBRIDGE), "--plan", "plymouth-2015")
    assert other.code == 1
    assert other.is_one_line("There is a plan plymouth-2015 already")
    events = Said(tmp_path, "events", "--after", "444")
    assert [json.loads(line)["position"] for line in events.out.splitlines()] == [445]


def _wrong_files(folder: Path) -> dict[str, Path]:
    files = {name: folder / f"{name}.txt" for name in ("empty", "binary", "letter", "huge")}
    files["empty"].write_bytes(b"")
    files["binary"].write_bytes(bytes(range(256)) * 8)
    files["letter"].write_text("Dear Sir,\n\nthank you for your letter.\n", encoding="utf-8")
    with files["huge"].open("wb") as huge:
        huge.truncate(100_000_000)
    return {**files, "missing": folder / "missing.txt", "folder": folder}


@pytest.mark.parametrize("kind", ["empty", "binary", "letter", "huge", "missing", "folder"])
def test_a_wrong_file_gets_one_clear_line_and_leaves_no_ledger(kind: str, tmp_path: Path) -> None:
    """Whoever took the wrong file must see at once that they did, and find nothing half-made."""
    said = Said(tmp_path, "import", str(_wrong_files(tmp_path)[kind]), "--plan", "northbridge")
    assert said.code == 2
    assert said.is_one_line("planledger: ")
    assert not list(tmp_path.glob("*.db*"))


def test_a_line_that_cannot_be_read_stops_a_strict_import_and_else_is_left_as_a_query(
    tmp_path: Path,
) -> None:
    """Nothing is dropped silently."""
    text = NORTHBRIDGE.read_text(encoding="utf-8").replace("\tMarch 2015\t", "\tsome day\t")
    document = tmp_path / "plan.txt"
    document.write_text(text, encoding="utf-8")
    line = next(n for n, row in enumerate(text.splitlines(), start=1) if "some day" in row)
    strict = Said(tmp_path, "import", str(document), "--plan", "northbridge", "--strict")
    assert strict.code == 1
    assert f"line {line}: " in strict.err
    assert not list(tmp_path.glob("*.db*"))
    rest = Said(tmp_path, "import", str(document), "--plan", "northbridge")
    assert rest.code == 0
    question = '{ledger(effectiveOn:"2015-01-06"){plan(ref:"northbridge"){queries{line}}}}'
    answer = json.loads(Said(tmp_path, "query", question).out)
    assert {"line": line} in answer["data"]["ledger"]["plan"]["queries"]


def test_a_document_without_a_date_is_imported_with_the_day_it_is_given(tmp_path: Path) -> None:
    """The message asks for that day, so there must be a way to give it."""
    document = tmp_path / "plan.txt"
    text = NORTHBRIDGE.read_text(encoding="utf-8").replace("6th January 2015", "")
    document.write_text(text, encoding="utf-8")
    undated = Said(tmp_path, "import", str(document), "--plan", "northbridge")
    assert (undated.code, undated.is_one_line("bears no date")) == (2, True)
    words = ("--plan", "northbridge", "--stated-on", "2015-02-01")
    assert Said(tmp_path, "import", str(document), *words).code == 0
    shown = json.loads(Said(tmp_path, "show", "northbridge", "--json").out)
    assert shown["plan"]["drafted_on"] == "2015-02-01"


@pytest.mark.parametrize(
    ("words", "code", "part"),
    [
        (("show", "nowhere"), 1, "There is no plan 'nowhere'"),
        (("show", "northbridge", "--known-at", "soon"), 1, "no review 'soon'"),
        (("show", "northbridge", "--known-at", "2015-3-1"), 2, "is not a point"),
        (("show", "northbridge", "--known-at", "@9999"), 1, "no position 9999 yet"),
        (("show", "northbridge", "--known-at", "review:northbridge/none"), 1, "no review"),
        (("show", "northbridge", "--effective-on", "31/03/2015"), 2, "is not a day"),
        (("events", "nowhere"), 1, "There is no plan 'nowhere'"),
        (("query", "{ledger{basis{position}}}", "--variables", "{"), 2, "not JSON"),
        (("show", "northbridge", "--ledger", "sqlite:///mistyped.db"), 3, "no ledger at"),
        (("show", "northbridge", "--ledger", "mysql://here/there"), 2, "not the URL of a store"),
        (("serve", "--host", "0.0.0.0"), 2, "without sign-in"),  # noqa: S104 - to be refused
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    imported: Path, words: tuple[str, ...], code: int, part: str
) -> None:
    """One line that says what was wrong and what to do; scripts tell them apart by the code."""
    said = Said(imported, *words)
    assert said.code == code, said.err
    assert said.is_one_line(part), said.err
    assert not (imported / "mistyped.db").exists()


def test_a_plan_is_shown_as_it_is_and_was(imported: Path) -> None:
    """People who never write GraphQL look here first."""
    shown = Said(imported, "show", "northbridge", "--effective-on", "2015-03-01")
    assert shown.code == 0
    for part in (
        "1.1/1",
        "To be confirmed",
        "Priya Nowak",
        "overdue",
        "without a lead",
        "1 March 2015",
    ):
        assert part in " ".join(shown.out.split())  # lines break where the terminal ends
    before = Said(imported, "show", "northbridge", "--known-at", "@0")
    assert (before.code, before.is_one_line("no plan 'northbridge' yet")) == (1, True)


def test_another_zone_and_locale_change_no_answer(imported: Path) -> None:
    """A day is a day in London, wherever the machine stands."""
    for words in (
        ("show", "northbridge", "--effective-on", "2015-03-01"),
        ("events", "northbridge"),
        ("show", "northbridge", "--known-at", "@40", "--json", "--effective-on", "2015-03-01"),
    ):
        here, there = Said(imported, *words), Said(imported, *words, **ELSEWHERE)
        assert (there.code, there.out, there.err) == (here.code, here.out, here.err)


def test_a_query_answers_with_json_and_an_error_with_its_code(imported: Path) -> None:
    """Scripts read both."""
    asked = "query ($ref: PlanRef!) { ledger { plan(ref: $ref) { ref } } }"
    good = Said(imported, "query", asked, "--variables", '{"ref": "northbridge"}')
    assert json.loads(good.out) == {"data": {"ledger": {"plan": {"ref": "northbridge"}}}}
    bad = Said(imported, "query", '{ledger(knownAt:{position:"999"}){basis{position}}}')
    assert bad.code == 1
    assert json.loads(bad.out)["errors"][0]["extensions"]["code"] == "POINT_IN_FUTURE"
