"""`planledger findings` and `milestones`, as people and programs meet them."""

import json
import re
from pathlib import Path

import pytest

from planledger.terminal import SECTIONS
from tests.support.program import asked, environment, invoke, joined, run, shown
from tests.support.reviewed import LEAD, PLAN, Reviewed

AT = ("--at", "q2")
"""Cut off on 30 June 2024: 1.1/1 is overdue by then, and 1.1/2 due that day."""
NAMES = tuple(SECTIONS)


def test_what_is_overdue_stands_in_a_table_that_says_who_calculated_it(small: Reviewed) -> None:
    """A passed date is arithmetic; that a council failed is a judgement, and not ours."""
    text = shown(small.folder, "findings", PLAN, *AT)
    assert "All of this is calculated by planledger" in text
    assert "none of it is the council's judgement" in text
    overdue = next(line for line in text.splitlines() if line.startswith("1.1/1  Agree it"))
    assert ("31 March 2024" in overdue, " 91 " in overdue, LEAD in overdue) == (True, True, True)
    titles = [SECTIONS[name].title for name in NAMES]
    told = [title for title in titles if f"\n{title}\n" in text]
    assert told
    assert text.count("Calculated by planledger.") == len(told)


def test_a_percentage_names_what_it_is_out_of(small: Reviewed) -> None:
    """A quarter of the milestones is none of the actions."""
    text = joined(shown(small.folder, "findings", PLAN, *AT, "--only", "completeness"))
    assert "1 of 4 stated milestones (25.0%)" in text
    assert "0 of 2 actions (0.0%)" in text


def test_what_was_not_found_is_named_in_one_line_at_the_end(small: Reviewed) -> None:
    """No empty tables; and no doubt whether one was looked for."""
    text = shown(small.folder, "findings", PLAN, *AT, columns="2000")
    last = text.splitlines()[-1]
    assert last.startswith("Nothing found: ")
    for name in NAMES:
        title = SECTIONS[name].title
        assert (title in last) is not (f"\n{title}\n" in text), title
    nothing = shown(small.folder, "findings", PLAN, *AT, "--only", "challenges")
    assert nothing.splitlines()[-1] == "Nothing found: Challenges open, or answered late."


@pytest.mark.parametrize("name", NAMES)
def test_one_finding_can_be_asked_for(small: Reviewed, name: str) -> None:
    """A program asks for what it needs; a person for what a page has room for."""
    answer = asked(small.folder, "findings", PLAN, *AT, "--only", name)
    assert list(answer) == ["plan", "basis", "calculated_by", "findings"]
    assert answer["calculated_by"] == "planledger"
    assert list(answer["findings"]) == [name.replace("-", "_")]
    under = shown(small.folder, "findings", PLAN, *AT, "--only", name.replace("-", "_"))
    assert SECTIONS[name].title in under


def test_what_was_found_is_the_same_in_words_and_in_json(small: Reviewed) -> None:
    """The paper and the dashboard must not disagree."""
    found = asked(small.folder, "findings", PLAN, *AT)["findings"]
    assert list(found) == [name.replace("-", "_") for name in NAMES]
    assert [one["milestone"]["ref"] for one in found["due"]] == ["1.1/1", "1.1/2", "2.1/1"]
    (move,) = found["date_moves"]
    assert (move["position"], move["after_it_passed"]) == (small.positions["slipped"], True)
    text = joined(shown(small.folder, "findings", PLAN, *AT, "--only", "date-moves"))
    assert "April 2024 -> June 2024 2 months later" in text
    assert "moved after it had passed" in text
    assert f"@{move['position']}" in text
    kinds = [(one["position"], one["kind"]) for one in found["amendments"]]
    assert kinds == [
        (small.positions["correction"], "corrected"),
        (small.positions["void"], "voided"),
    ]
    (late,) = found["late_entries"]
    assert (late["position"], late["days"]) == (small.positions["late"], 63)


def test_findings_are_those_of_the_point_and_day_asked_for(small: Reviewed) -> None:
    """What was overdue when the board met, not what is overdue today."""
    for words, refs in (
        (("--at", "q1"), []),
        (("--at", "q1", "--effective-on", "2024-05-01"), ["1.1/1", "1.1/2"]),
        (("--at", "q2"), ["1.1/1"]),
        (("--at", f"{PLAN}/q2", "--effective-on", "2024-08-01"), ["1.1/1", "1.1/2", "2.1/1"]),
    ):
        found = asked(small.folder, "findings", PLAN, *words, "--only", "due")["findings"]["due"]
        assert [one["milestone"]["ref"] for one in found if one["days_overdue"]] == refs


def test_the_register_lists_the_milestones_of_every_plan(small: Reviewed) -> None:
    """A corporate office sees all plans at once, and which plan each line is of."""
    answer = asked(small.folder, "milestones", "--at", f"{PLAN}/q2")
    refs = [(one["plan"], one["area"], one["action"], one["ref"]) for one in answer["milestones"]]
    assert refs == [
        (PLAN, "1", "1.1", "1.1/1"),
        (PLAN, "1", "1.1", "1.1/2"),
        (PLAN, "2", "2.1", "2.1/1"),
        (PLAN, "2", "2.1", "2.1/2"),
    ]
    text = shown(small.folder, "milestones", "--at", f"{PLAN}/q2")
    assert "Timeliness (calculated)" in text
    assert "June 2024 (moved 2 months later)" in text
    assert "4 milestones in 1 plan; as calculated by planledger for 30 June 2024" in joined(text)


@pytest.mark.parametrize(
    ("words", "refs"),
    [
        (("--plan", PLAN), ["1.1/1", "1.1/2", "2.1/1", "2.1/2"]),
        (("--lead", LEAD), ["1.1/1", "1.1/2"]),
        (("--lead", LEAD.lower()), ["1.1/1", "1.1/2"]),
        (("--state", "overdue"), ["1.1/1"]),
        (("--state", "overdue", "--state", "no-date"), ["1.1/1", "2.1/2"]),
        (("--state", "no date", "--state", "not_started"), ["2.1/2"]),
        (("--state", "signed-off"), []),
        (("--state", "withdrawn"), []),
        (("--due-before", "2024-06-30"), ["1.1/1"]),
        (("--due-before", "2024-07-01", "--lead", LEAD), ["1.1/1", "1.1/2"]),
    ],
)
def test_the_register_is_cut_by_what_one_looks_for(
    small: Reviewed, words: tuple[str, ...], refs: list[str]
) -> None:
    """A lead asks what they owe, a director what is late."""
    answer = asked(small.folder, "milestones", "--at", f"{PLAN}/q2", *words)
    assert [one["ref"] for one in answer["milestones"]] == refs
    text = shown(small.folder, "milestones", "--at", f"{PLAN}/q2", *words)
    assert re.findall(rf"^{PLAN} +(\S+)", text, re.MULTILINE) == refs
    assert ("No milestone" in text) is (not refs)


@pytest.mark.parametrize(
    ("words", "code", "parts"),
    [
        (("findings", "riverside-2"), 1, ("'riverside-2'", "Nearest: riverside")),
        (("findings", "hillside", "--at", f"{PLAN}/q2"), 1, ("'hillside' yet",)),
        (("findings", PLAN, "--only", "overdue"), 1, ("no finding 'overdue'",)),
        (("findings", PLAN, "--only", "date-move"), 1, ("Nearest: date-moves",)),
        (("findings", PLAN, "--at", "q7"), 1, ("no review 'q7'",)),
        (("findings", PLAN, "--effective-on", "soon"), 2, ("not a day",)),
        (("milestones", "--state", "overdu"), 1, ("Nearest: overdue",)),
        (("milestones", "--state", "!"), 1, ("States: no-date", "withdrawn")),
        (("milestones", "--lead", "Bo"), 1, ("'Bo'",)),
        (("milestones", "--plan", "nowhere"), 1, ("'nowhere'", "riverside")),
        (("milestones", "--due-before", "June"), 2, ("not a day",)),
        (("milestones", "--at", "whenever"), 2, ("not a point",)),
        (("milestones", "--at", f"{PLAN}/q9"), 1, ("no review",)),
    ],
)
def test_a_slip_gets_one_line_that_says_what_there_is(
    small: Reviewed, words: tuple[str, ...], code: int, parts: tuple[str, ...]
) -> None:
    """An empty answer to a misspelt question would look like good news."""
    done = invoke(*words, folder=small.folder)
    assert (done.returncode, done.stdout) == (code, "")
    assert len(done.stderr.splitlines()) == 1
    assert all(part in done.stderr for part in parts), done.stderr


@pytest.mark.parametrize("columns", ["40", "60", "80", "100", "150"])
def test_nothing_is_cut_off_at_any_width(northbridge: Path, columns: str) -> None:
    """A table too wide for its page loses the column that says why."""
    for words in (("findings", "northbridge", "--at", "board-2025-q2"), ("milestones",)):
        narrow = shown(northbridge, *words, columns=columns)
        assert max(map(len, narrow.splitlines())) <= int(columns)
        letters = "".join(narrow.split())
        rows = set(re.findall(r"@\d+|\d+\.\d+/\d+", shown(northbridge, *words, columns="2000")))
        assert rows
        assert {cell for cell in rows if cell not in letters} == set()


def test_everything_found_in_northbridge_can_be_read_and_parsed(northbridge: Path) -> None:
    """A long history has something for every finding; none may end in a traceback."""
    found = asked(northbridge, "findings", "northbridge", "--at", "board-2025-q2")["findings"]
    full = {name for name, what in found.items() if what}
    assert full == {name.replace("-", "_") for name in NAMES}
    for name in NAMES:
        text = shown(
            northbridge, "findings", "northbridge", "--at", "board-2025-q2", "--only", name
        )
        assert f"\n{SECTIONS[name].title}\n" in text


def test_a_pipe_gets_plain_text_whatever_the_locale(small: Reviewed) -> None:
    """What is piped into a paper or a search has no colours in it, and the same words."""
    for words in (("findings", PLAN, *AT), ("milestones", "--at", f"{PLAN}/q2")):
        said = [
            run(*words, folder=small.folder, env=environment(LC_ALL=locale, TZ=zone)).stdout
            for locale, zone in (("C", "America/New_York"), ("C.UTF-8", "Asia/Tokyo"))
        ]
        assert said[0] == said[1]
        assert "\x1b" not in said[0]
        assert LEAD in joined(said[0])
        done = run(*words, "--json", folder=small.folder)
        assert len(done.stdout.splitlines()) == 1
        assert json.loads(done.stdout)["basis"]["effective_on"] == "2024-06-30"
