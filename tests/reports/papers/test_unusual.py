"""Papers of plans that hardly are, and of texts that mean harm."""

import json
from pathlib import Path

import pytest

from planledger.reports.desk import DeclinedError
from planledger.reports.formats import FORMATS
from planledger.reports.papers import REPORTS
from tests.support.papers import Press, new_press, tables
from tests.support.reading_room import Room
from tests.support.unruly import UNRULY

TEXTS = [form for form in FORMATS.values() if form.is_text]


def test_a_plan_that_was_only_drafted_has_every_paper_but_that_of_a_review(
    tmp_path: Path,
) -> None:
    """The first thing that somebody tries is a report of an empty plan."""
    with new_press(tmp_path) as (press, _):
        press.asker.done("planDraft", {"plan": "alpha", "title": "A plan"})
        for paper in press.all("alpha"):
            assert paper.plan_title == "A plan"
            assert all(table.empty for table in tables(paper))
            assert all(form.write(paper) for form in TEXTS)


@pytest.mark.parametrize(
    ("kind", "words", "code", "said"),
    [
        ("plan", {"at": "@0"}, "NOT_THERE", "There is no plan 'northbridge' at this point"),
        ("plan", {"at": "@99999"}, "POINT_IN_FUTURE", "its last is 1304"),
        ("plan", {"at": "b:c"}, "POINT_UNREADABLE", "is not a point"),
        ("plan", {"on": "tomorrow"}, "DAY_UNREADABLE", "Write it as 2015-03-31"),
        ("plan", {"from_": "@1"}, "NOT_TAKEN", "it goes by at and on"),
        ("kpis", {"at": "board-1999-q1"}, "UNKNOWN_REVIEW", "There is no review"),
        ("changes", {}, "POINT_MISSING", "its reviews are board-2025-q1"),
        ("review", {}, "REVIEW_MISSING", "its reviews are board-2025-q1"),
        ("review", {"review": "@5"}, "POINT_UNREADABLE", "'@5' is no review of northbridge"),
        ("review", {"review": "nobody"}, "UNKNOWN_REVIEW", "There is no review"),
        ("review", {"review": "board-2024-q3", "at": "@700"}, "NOT_THERE", "not closed yet"),
        ("changes", {"from_": "@0", "to": "@0"}, "NOT_THERE", "There is no plan"),
    ],
)
def test_what_cannot_be_written_is_declined_with_what_to_do(
    press: Press, kind: str, words: dict[str, str], code: str, said: str
) -> None:
    """An error that names no way out ends with a call to whoever runs the service."""
    with pytest.raises(DeclinedError) as declined:
        press.paper(kind, **words)
    assert (declined.value.code, said in declined.value.message) == (code, True)


@pytest.mark.parametrize("kind", sorted(set(REPORTS) - {"review"}))
def test_a_plan_that_is_not_there_is_declined(press: Press, kind: str) -> None:
    """Not an empty paper: that would say that the plan is empty."""
    with pytest.raises(DeclinedError, match="There is no plan 'nowhere'"):
        press.paper(kind, "nowhere", **({"from_": "@1"} if kind == "changes" else {}))


def test_texts_that_mean_harm_stay_texts_in_every_paper(tmp_path: Path) -> None:
    """They come from documents of others; a report that breaks on one is none."""
    with new_press(tmp_path) as (press, _):
        press.asker.done("planDraft", {"plan": "alpha", "title": "<script>alert(1)</script>"})
        press.asker.done("areaAdd", {"plan": "alpha", "number": "1", "title": "=1+1"})
        kept = []
        for number, text in enumerate(UNRULY.values(), 1):
            given = {"plan": "alpha", "area": "1", "ref": f"1.{number}", "text": text}
            answer = press.asker.do("actionAdd", given)
            if answer["__typename"] == "ActionRecorded":
                kept.append(f"1.{number}")
        assert len(kept) > len(UNRULY) // 2
        for paper in press.all("alpha"):
            html, rest = (FORMATS[name].write(paper) for name in ("html", "json"))
            assert b"<script" not in html
            assert json.loads(rest)["plan_title"] == "<script>alert(1)</script>"
            assert all(form.write(paper) for form in TEXTS)


def test_the_plymouth_plan_is_whole_and_every_tbc_is_said_in_full(plymouth: Room) -> None:
    """It is the real one: 48 actions and 70 milestones, and no date gains a day."""
    answer = plymouth.client.get("/plans/plymouth-2015/report.json?on=2015-01-06")
    sheet = answer.json()["tables"][0]
    keys = [column["key"] for column in sheet["columns"]]
    rows = [dict(zip(keys, row, strict=True)) for row in sheet["rows"]]
    kinds = [row["kind"] for row in rows]
    counted = {kind: kinds.count(kind) for kind in set(kinds)}
    assert counted == {
        "Area": 17,
        "Objective": 28,
        "Outcome": 60,
        "Measure": 53,
        "Action": 48,
        "Milestone": 70,
    }
    dates = [
        (row["date_as_printed"], row["date_as_read"]) for row in rows if row["kind"] == "Milestone"
    ]
    read = [date for _, date in dates]
    assert sum(date.startswith("To be confirmed") for date in read) == 26
    assert all("TBC" not in date for date in read)
    assert ("Dec 2014", "December 2014") in dates
    assert not [date for date in read if date[:1].isdigit()]
