"""What changed between two points, as a panel member reads it."""

from collections import Counter
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.support.reading_room import Read, Room, rows, said

PAGE = "/plans/northbridge/changes"
Q2_TO_Q3 = {"from": "board-2024-q2", "to": "board-2024-q3"}
ASKED = """query($from: LedgerPoint!, $to: LedgerPoint, $after: String) {
  changes(plan: "northbridge", from: $from, to: $to, first: 100, figures: PUBLIC, after: $after) {
    totals { changes corrections counts { what count } }
    pageInfo { hasNextPage endCursor }
    nodes { kind ref title track what isCorrection before after causes { position } } } }"""
MOVED, FIRST_SET, PUT_RIGHT = (
    "Dates moved later or earlier",
    "Dates set for the first time",
    "Put right in the record",
)


def _asked(room: Room, **ends: Any) -> dict[str, Any]:
    """Ask GraphQL for all changes."""
    found = room.ask(ASKED, **ends)["changes"]
    while found["pageInfo"]["hasNextPage"]:
        more = room.ask(ASKED, **ends, after=found["pageInfo"]["endCursor"])["changes"]
        found = {**more, "nodes": found["nodes"] + more["nodes"]}
    return dict(found)


def _review(name: str) -> dict[str, str]:
    return {"review": f"northbridge/{name}"}


def _read(room: Room, query: dict[str, str], status: int = 200) -> Read:
    return room.get(f"{PAGE}?{urlencode(query)}", status=status)


def _between(room: Room, start: str, end: str) -> Read:
    return _read(room, {"from": start, "to": end})


def _table(page: Read, heading: str) -> list[list[str]]:
    """Give the rows of the table under a heading, without the headings of its columns."""
    return [row for table in page.part(heading).xpath(".//table") for row in rows(table)[1:]]


@pytest.fixture(name="page", scope="module")
def _page(room: Room) -> Read:
    """Give what changed from the second review of 2024 to the third."""
    return _read(room, Q2_TO_Q3)


@pytest.fixture(name="asked", scope="module")
def _asked_of(room: Room) -> dict[str, Any]:
    """Give the same as GraphQL answers it."""
    return _asked(room, **{"from": _review("board-2024-q2"), "to": _review("board-2024-q3")})


def test_it_says_in_a_sentence_how_much_changed(page: Read, asked: dict[str, Any]) -> None:
    """A panel that reads one line must read the right number."""
    totals = asked["totals"]
    assert (
        f"Between Q2 2024 and Q3 2024 of the Improvement Board, {totals['changes']} things changed"
        in page.text
    )
    counts = {one["what"]: one["count"] for one in totals["counts"]}
    assert f"{counts['SLIPPED']} target dates moved later and 0 earlier" in page.text
    assert f"{counts['DATE_SET']} target date was set for the first time" in page.text


def test_every_change_of_the_answer_is_on_the_page_once(page: Read, asked: dict[str, Any]) -> None:
    """A change that is left out is one that nobody scrutinises."""
    told = [said(part) for part in page.all("//article[@class='changed']")]
    entries = "\n".join(told)
    in_tables = ("SLIPPED", "BROUGHT_FORWARD", "DATE_SET")
    others = [one for one in asked["nodes"] if one["what"] not in in_tables]
    assert len(page.all("//article[@class='changed']/div[@class='change']")) == len(others)
    for one in others:
        for line in (*one["before"], *one["after"]):
            assert " ".join(line.split()) in entries
        for cause in one["causes"]:
            assert f"entry {cause['position']}" in entries


def test_slippage_first_settings_and_corrections_are_never_mixed(room: Room) -> None:
    """A date that was keyed in wrongly did not slip, and one that was set first did not either."""
    page = _between(room, "board-2024-q3", "head")
    asked = _asked(room, **{"from": _review("board-2024-q3")})
    by_kind: dict[str, Counter[str]] = {}
    for one in asked["nodes"]:
        kind = "CORRECTED" if one["isCorrection"] else one["what"]
        by_kind.setdefault(kind, Counter())[one["ref"]] += 1
    moved = by_kind.get("SLIPPED", Counter()) + by_kind.get("BROUGHT_FORWARD", Counter())
    corrections = sum(by_kind.get("CORRECTED", Counter()).values())
    assert moved, "something slipped, or this test says nothing"
    assert corrections
    assert Counter(row[0].split()[0] for row in _table(page, MOVED)) == moved
    first = _table(page, FIRST_SET)
    assert Counter(row[0].split()[0] for row in first) == by_kind["DATE_SET"]
    assert len(_table(page, PUT_RIGHT)) == corrections == asked["totals"]["corrections"]
    assert f"{corrections} correction" in page.text


def test_a_date_that_moved_says_from_when_to_when_why_and_by_whose_authority(page: Read) -> None:
    """The four things an inspector asks of a date."""
    (row,) = [row for row in _table(page, MOVED) if row[0].startswith("5.1/2 ")]
    assert row[1:4] == ["July 2024", "October 2024", "3 months later"]
    assert "The strategy now covers care leavers too." in row[4]
    assert "(Improvement Board, 17 September 2024, minute 5)" in row[4]
    assert page.links["History of 5.1/2"] == "/plans/northbridge/history/5.1/2"


def test_left_alone_it_compares_the_last_two_reviews_of_the_board(room: Room) -> None:
    """Who only follows the link has the question that is asked most already answered."""
    page = room.get(PAGE)
    chosen = [str(x.get("value")) for x in page.all("//select//option[@selected]")]
    assert chosen == ["board-2025-q3", "board-2025-q4"]
    assert "Between Q3 2025 and Q4 2025 of the Improvement Board" in page.text


def test_a_plan_without_reviews_is_compared_with_its_beginning(plymouth: Room) -> None:
    """The real plan of 2015 has no review yet, and all of it is new."""
    page = plymouth.get("/plans/plymouth-2015/changes")
    assert "Between the beginning and " in page.text
    assert page.part("Dates set for the first time") is not None
    assert len(page.all("//article[@class='changed']")) > 0


@pytest.mark.parametrize("point", ["board-2024-q3", "@788", "2024-10-22"])
def test_the_same_point_twice_is_no_change(room: Room, point: str) -> None:
    """An empty page must say that it is empty, and what to do."""
    page = _between(room, point, point)
    assert "nothing changed and nothing was put right" in page.text
    assert "Choose two different ones" in page.text
    assert page.all("//h2[@id='moved']") == []


def test_backwards_is_said_and_can_be_turned_round(room: Room, page: Read) -> None:
    """Two points the wrong way round are told backwards, and must not be read as the way it was."""
    turned = _between(room, "board-2024-q3", "board-2024-q2")
    assert "told backwards" in turned.text
    link = turned.links["Turn the points round"]
    assert link == f"{PAGE}?from=board-2024-q2&to=board-2024-q3"
    assert room.get(link).text == page.text


def test_what_is_typed_counts_before_what_is_picked(room: Room) -> None:
    """The form works without scripts: a select always sends what it shows."""
    page = _read(room, {**Q2_TO_Q3, "from-typed": "@681", "to-typed": "2024-10-22"})
    chosen = [said(x) for x in page.all("//select//option[@selected]")]
    assert chosen == ["Entry 681", "The end of 22 October 2024"]


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        ({"from": "board-2024-q33"}, 404, "board-2024-q3"),
        ({"from": "no point"}, 400, "is not a point"),
        ({"from": "@9999999"}, 400, "1304"),
        ({"on": "yesterday"}, 400, "is not a day"),
    ],
)
def test_a_point_that_is_none_is_said_in_a_sentence(
    room: Room, query: dict[str, str], status: int, says: str
) -> None:
    """A wrong address says what is wrong with it, and what is near."""
    assert says in _read(room, query, status).text


def test_papers_are_asked_for_the_same_points(room: Room) -> None:
    """The paper must say what the page says."""
    page = _read(room, {**Q2_TO_Q3, "on": "2024-10-01"})
    query = "from=board-2024-q2&to=board-2024-q3&on=2024-10-01"
    assert page.links["PDF"] == f"{PAGE}/report.pdf?{query}"


def test_small_figures_are_nowhere_on_the_page(room: Room) -> None:
    """The year of emergency accommodation less its other quarters would tell the small one."""
    page = _between(room, "@0", "head")
    (kpi,) = [
        said(part)
        for part in page.all("//article[@class='changed']")
        if "moved into emergency accommodation History" in said(part)
        or said(part).startswith("KPI: Care leavers who moved into emergency")
    ]
    assert kpi.count("c (suppressed)") == 4
    assert "25, final" not in kpi, "the year, which is hidden since it would tell a quarter"
    assert "Before: c" in kpi


def test_too_many_changes_are_shown_part_by_part(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page of thousands serves nobody; it says so, and every part can be asked for."""
    monkeypatch.setattr("planledger.reports.pages.changes.MOST", 50)
    page = _read(room, {**Q2_TO_Q3, "part": "area-2"})
    assert "too many for one page" in page.text
    assert {str(x.get("id")) for x in page.all("//h3")} == {"area-2"}
    parts = page.all("//nav[@aria-label='Parts of what changed']//a")
    assert len(parts) > 5
    other = next(str(x.get("href")) for x in parts if "area-3" in str(x.get("href")))
    assert "3.2" in said(
        room.get(f"{PAGE}{other}").part("Area 3: Make the front door safe and swift")
    )
