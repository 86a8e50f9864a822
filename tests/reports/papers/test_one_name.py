"""Pages and papers call the same thing by the same name: they are read beside each other."""

from planledger.reports.changing import EARLIER, FIRST_SET, LATER
from planledger.reports.wording import sentence
from tests.support.papers import Press
from tests.support.reading_room import Room, said

Q2, Q3 = "board-2024-q2", "board-2024-q3"
PAGE = f"/plans/northbridge/changes?from={Q2}&to={Q3}"
DATES = {sentence(what) for what in LATER | EARLIER | FIRST_SET}
"""Changes that the page tells in tables of their own."""


def test_a_change_has_one_name_and_one_place(press: Press, room: Room) -> None:
    """Who finds "Progressed" in the paper would look for it in vain on the page."""
    page = room.get(PAGE)
    paper = press.paper("changes", from_=Q2, to=Q3)
    parts = {part.heading: part.tables[0].rows for part in paper.sections[-1].sections}
    assert {said(heading) for heading in page.all("//section/section/h3")} <= parts.keys()
    told = [
        (heading, str(row[1]))
        for heading, rows in parts.items()
        for row in rows
        if str(row[1]).partition(" (")[0] not in DATES
    ]
    assert {"Evidence", "KPIs"} <= {heading for heading, _ in told}
    assert "Progress reported" in {what for _, what in told}
    names = {str(row[0]) for rows in parts.values() for row in rows}
    ratings = {name for name in names if name.startswith("Rating of ")}
    assert "Rating of 1 at Improvement Board, Q2 2024" in ratings
    assert [name for name in ratings if name not in page.text] == []
    assert [(heading, what) for heading, what in told if what not in said(page.part(heading))] == []


def test_two_points_have_one_name(press: Press, room: Room) -> None:
    """A paper is quoted by its title, and looked for by it."""
    page = room.get(PAGE)
    paper = press.paper("changes", from_=Q2, to=Q3)
    names = "Q2 2024 and Q3 2024 of the Improvement Board"
    assert paper.title == f"What changed between {names}"
    assert f"Between {names}" in page.text


def test_points_of_one_day_are_told_apart_by_their_entries(press: Press, room: Room) -> None:
    """Between a day and the same day nobody expects that anything changed."""
    page = room.get("/plans/northbridge/changes?from=@400&to=@500&on=2024-03-01")
    paper = press.paper("changes", from_="@400", to="@500", on="2024-03-01")
    names = "1 March 2024 (entry 400) and 1 March 2024 (entry 500)"
    assert paper.title == f"What changed between {names}"
    assert f"Between {names}" in page.text
