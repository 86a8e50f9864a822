"""The feed for people: everything that was recorded of a plan, the newest first."""

import pytest

from tests.support.reading_room import Read, Room, rows

PAGE = "/plans/northbridge/events"
ASKED = """query($after: Position, $types: [EventType!], $area: String, $item: String) {
  events(plan: "northbridge", newestFirst: true, first: 50, after: $after, types: $types,
    area: $area, item: $item) { nodes { position reason author { name } about { ref title } } } }"""


def _positions(page: Read) -> list[str]:
    return [row[0] for table in page.all("//main//table") for row in rows(table)[1:]]


def test_the_newest_entries_come_first_and_all_of_them_can_be_reached(room: Room) -> None:
    """Nothing is lost between two pages, and the first entry is on the last."""
    page = room.get(PAGE)
    found = _positions(page)
    assert len(found) == 50
    pages = 1
    while "Older entries" in page.links:
        page = room.get(f"{PAGE}{page.links['Older entries']}")
        found += _positions(page)
        pages += 1
    positions = [int(position) for position in found]
    assert positions == list(range(positions[0], 0, -1))
    assert page.links["Newest entries"] == "?"
    assert pages == -(-positions[0] // 50)


def test_each_says_what_happened_about_what_by_whom_and_why(room: Room) -> None:
    """A feed of codes is for programs; this one is for people."""
    asked = room.ask(ASKED, after="849")["events"]["nodes"]
    page = room.get(f"{PAGE}?after=849")
    told = {row[0]: row for table in page.all("//main//table") for row in rows(table)[1:]}
    assert list(told) == [node["position"] for node in asked]
    for node in asked:
        row = told[node["position"]]
        assert node["author"]["name"] in row[4]
        assert (node["reason"] or "") in row[4]
    right = told["848"]
    assert right[1] == "Entry corrected a correction of the record"
    assert right[2].startswith("6.3/2 Mentors in place")
    assert "/plans/northbridge/items/6.3/2" in page.links.values()


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("kind=entry-voided", {"types": ["ENTRY_VOIDED"]}),
        ("area=3", {"area": "3"}),
        ("item=2.3", {"item": "2.3"}),
        ("item=re-referrals&kind=kpi-reading-revised",
         {"item": "re-referrals", "types": ["KPI_READING_REVISED"]}),
    ],
)  # fmt: skip
def test_it_is_narrowed_as_graphql_narrows_it(
    room: Room, query: str, asked: dict[str, object]
) -> None:
    """What the form asks for is what GraphQL is asked for."""
    found = [node["position"] for node in room.ask(ASKED, **asked)["events"]["nodes"]]
    assert found
    assert _positions(room.get(f"{PAGE}?{query}")) == found


def test_what_one_person_recorded_can_be_followed(room: Room) -> None:
    """From one entry of somebody's to all of them, and back to everybody's."""
    page = room.get(PAGE)
    link = page.links["Mina Torres, performance analyst"]
    theirs = room.get(f"{PAGE}{link}")
    assert "Only what Mina Torres, performance analyst recorded." in theirs.text
    cells = [row[4] for row in rows(theirs.one("//main//table"))[1:]]
    assert all("Mina Torres" in cell for cell in cells)
    assert theirs.links["Show what anybody recorded"] == "?"


def test_figures_are_not_told(room: Room) -> None:
    """An entry of a small figure says that there is one, and not how small."""
    page = room.get(f"{PAGE}?item=emergency-accommodation")
    for row in rows(page.one("//main//table"))[1:]:
        assert row[1].startswith("KPI ")
    assert "suppressed" not in page.text
    assert "numerator" not in page.html


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        ("item=zz", 404, "There is no 'zz'"),
        ("kind=nonsense", 404, "There is no kind of entry 'nonsense'"),
        ("after=soon", 400, "'soon' is no entry"),
        ("author=nobody", 200, "Nothing that was recorded is like that"),
    ],
)
def test_what_is_asked_wrongly_is_said_in_a_sentence(
    room: Room, query: str, status: int, says: str
) -> None:
    """An address can be mistyped like anything else."""
    assert says in room.get(f"{PAGE}?{query}", status=status).text


def test_programs_are_told_where_theirs_is(room: Room) -> None:
    """A page is not to be read by programs: there is something better for them."""
    links = room.get(PAGE).links.values()
    assert "/events?plan=northbridge&after=0" in links


def test_a_rating_is_said_to_be_given_at_a_review_as_people_call_it(room: Room) -> None:
    """The short name of a review is for addresses; the same holds for what changed."""
    feed = room.get(f"{PAGE}?kind=rating-given&area=1").text
    assert "Rating of 1 at Improvement Board, Q1 2024" in feed
    assert " at board-" not in feed
    changes = room.get("/plans/northbridge/changes?from=board-2024-q1&to=board-2024-q2").text
    assert "Rating of 1 at Improvement Board, Q1 2024" in changes
