"""The same point gives the same paper, whoever asks, wherever, and however much later."""

import os
import subprocess
import sys
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from planledger.reports.formats import FORMATS
from planledger.reports.papers import REPORTS
from tests.support.ledgers import NOON
from tests.support.papers import Press, new_press, words_of

TEXTS = [name for name, form in FORMATS.items() if form.is_text]
NEEDED = {"changes": {"from_": "board-2024-q2"}, "review": {"review": "board-2024-q3"}}


@pytest.mark.parametrize("kind", REPORTS)
def test_a_paper_of_now_can_be_made_again_from_what_it_says(press: Press, kind: str) -> None:
    """Its annex names a position and a day, and with these it is the same to the last byte."""
    now = press.paper(kind, **NEEDED.get(kind, {}))
    again = press.paper(kind, **words_of(now))
    assert again.answered.variables == now.answered.variables
    for name in TEXTS:
        assert FORMATS[name].write(again) == FORMATS[name].write(now), name


@pytest.mark.parametrize("kind", ["changes", "plan", "milestones", "kpis", "findings"])
def test_what_is_recorded_later_does_not_reach_into_an_earlier_paper(
    tmp_path: Path, kind: str
) -> None:
    """A paper that was handed on is to be compared with its ledger in years."""
    with new_press(tmp_path) as (press, clock):
        _begin(press)
        first = press.paper(kind, "alpha", **({"from_": "@0"} if kind == "changes" else {}))
        clock.now = NOON + timedelta(days=40)
        press.asker.done("areaAdd", {"plan": "alpha", "number": "2", "title": "Later"})
        again = press.paper(kind, "alpha", **words_of(first))
        assert FORMATS["json"].write(again) == FORMATS["json"].write(first)
        later = press.paper(kind, "alpha", **({"from_": "@0"} if kind == "changes" else {}))
        assert FORMATS["json"].write(later) != FORMATS["json"].write(first)


def _begin(press: Press) -> None:
    press.asker.done("planDraft", {"plan": "alpha", "title": "A plan"})
    press.asker.done("areaAdd", {"plan": "alpha", "number": "1", "title": "First"})


SCRIPT = """
import sys
from pathlib import Path
from tests.reports.papers.test_again import hashes
from tests.support.papers import pressing

with pressing(Path(sys.argv[1])) as press:
    print(*hashes(press), sep="\\n")
"""


def hashes(press: Press) -> list[str]:
    """Say of each kind of paper, in each format that is text, which bytes it has."""
    papers = [*press.all(), press.paper("review", review="board-2024-q3", at="@1304")]
    return [
        f"{paper.kind} {name} {sha256(FORMATS[name].write(paper)).hexdigest()}"
        for paper in papers
        for name in TEXTS
    ]


def test_another_process_in_another_place_writes_the_same_bytes(
    press: Press, northbridge_file: Path
) -> None:
    """Neither the order of sets, nor the locale, nor the time zone is part of a paper."""
    elsewhere = {"PYTHONHASHSEED": "1", "TZ": "Pacific/Auckland", "LANG": "C", "LC_ALL": "C"}
    there = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(northbridge_file)],
        env={**os.environ, **elsewhere},
        capture_output=True,
        check=True,
        text=True,
    ).stdout.splitlines()
    assert len(there) == len(REPORTS) * len(TEXTS)
    assert there == hashes(press)


def test_a_quiet_day_is_the_day_that_now_is(tmp_path: Path) -> None:
    """What was recorded for a later day counts from that day, also where nothing came since."""
    with new_press(tmp_path) as (press, clock):
        _begin(press)
        title = {"plan": "alpha", "item": "1", "to": "Renamed", "material": False}
        press.asker.done("itemReword", {**title, "effectiveOn": "2026-03-01"})
        assert len(press.paper("changes", "alpha", from_="@2").sheet.rows) == 0
        clock.now = NOON + timedelta(days=40)
        paper = press.paper("changes", "alpha", from_="@2")
        assert [row[7] for row in paper.sheet.rows] == ["Reworded"]
        assert press.paper("changes", "alpha", **words_of(paper)).sheet == paper.sheet
