"""The feed of one area or item: "tell me when a date in area 9 moves"."""

from typing import Any

import pytest

from tests.support.face import Asker, Face, code_of, paged

FEED = """query($after: Position, $plan: PlanRef, $area: String, $item: String,
  $types: [EventType!], $first: Int! = 100) { events(after: $after, plan: $plan, area: $area,
  item: $item, types: $types, first: $first) { nodes { position type } edges { cursor }
  pageInfo { hasNextPage endCursor } } }"""


def _feed(asker: Asker, **asked: Any) -> list[str]:
    nodes = asker.ask(FEED, **{"plan": "alpha", **asked})["events"]["nodes"]
    return [node["position"] for node in nodes]


def _two_areas(face: Face) -> None:
    """Record area 1 with a milestone (2 to 4), area 2 (5), and a date and its correction (6, 7)."""
    face.begin()
    face.done("areaAdd", {"plan": "alpha", "number": "2", "title": "Practice"})
    face.done("targetDateSet", {"plan": "alpha", "milestone": "1.1/1", "date": "2026-06"})
    change = {"field": "targetDate", "to": "2026-08"}
    given = {"plan": "alpha", "entry": "6", "changes": [change], "reason": "A slip of the pen."}
    face.done("entryCorrect", given)


def test_an_areas_feed_has_what_is_about_it_and_under_it_and_what_puts_that_right(
    face: Face,
) -> None:
    """An integration that follows an area must hear of corrections too."""
    _two_areas(face)
    assert _feed(face, area="1") == ["2", "3", "4", "6", "7"]
    assert _feed(face, area="2") == ["5"]
    assert _feed(face, item="1.1/1") == ["4", "6", "7"]
    assert _feed(face, item="1.1") == ["3", "4", "6", "7"]
    assert _feed(face, area="1", item="1.1/1") == ["4", "6", "7"]
    assert _feed(face, area="2", item="1.1/1") == []
    assert _feed(face, area="1", types=["ENTRY_CORRECTED", "AREA_ADDED"]) == ["2", "7"]


def test_it_goes_on_after_a_position_page_by_page(face: Face) -> None:
    """Resumed from anywhere, none is missed and none comes twice."""
    _two_areas(face)
    for position in range(8):
        left = [each for each in "23467" if int(each) > position]
        assert _feed(face, area="1", after=str(position)) == left
    found: list[str] = []
    after, more = "0", True
    while more:
        page = face.ask(FEED, plan="alpha", area="1", first=2, after=after)["events"]
        found += [node["position"] for node in page["nodes"]]
        more, after = page["pageInfo"].values()
    assert found == list("23467")


def test_the_feeds_of_all_areas_and_no_more_are_within_the_feed_of_the_plan(
    northbridge: Asker,
) -> None:
    """Many entries at once: each area's own feed is the plan's feed without the others."""

    def everything(**asked: Any) -> list[str]:
        found: list[str] = []
        while page := _feed(
            northbridge, plan="northbridge", after=found[-1] if found else "0", **asked
        ):
            found += page
        return found

    whole = everything()
    areas = [everything(area=str(number)) for number in range(1, 7)]
    for feed in areas:
        assert len(feed) > 20
        assert set(feed) < set(whole)
        assert feed == sorted(feed, key=int)


def test_a_kpi_has_a_feed_by_its_short_name(northbridge: Asker) -> None:
    """Whoever follows one figure is to hear of its definitions, targets and corrections too."""
    told = northbridge.ask(FEED, plan="northbridge", item="supervision-on-time")["events"]["nodes"]
    assert {node["type"] for node in told} == {
        "kpi-defined.v1", "kpi-target-set.v1", "kpi-reading-recorded.v1",
        "kpi-reading-revised.v1", "entry-corrected.v1",
    }  # fmt: skip
    assert sum(node["type"] == "kpi-reading-recorded.v1" for node in told) == 8
    only = _feed(northbridge, plan="northbridge", item="eet", types=["KPI_DEFINED"])
    assert len(only) == 2


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"plan": None, "area": "1"}, "PLAN_REQUIRED"),
        ({"plan": None, "item": "1.1"}, "PLAN_REQUIRED"),
        ({"plan": "beta", "area": "1"}, "UNKNOWN_PLAN"),
        ({"area": "9"}, "UNKNOWN_ITEM"),
        ({"area": "1.1"}, "UNKNOWN_ITEM"),
        ({"area": ""}, "UNKNOWN_ITEM"),
        ({"item": "\ud800"}, "UNKNOWN_ITEM"),
        ({"plan": "\0", "item": "1"}, "UNKNOWN_PLAN"),
        ({"area": "1", "first": 0}, "PAGE_SIZE"),
        ({"area": "1", "first": 101}, "PAGE_SIZE"),
    ],
)
def test_a_feed_of_what_is_not_there_is_refused(
    face: Face, asked: dict[str, Any], code: str
) -> None:
    """An empty feed would be waited on for ever."""
    _two_areas(face)
    assert code_of(face.error(FEED, **{"plan": "alpha", **asked})) == code


def test_who_recorded_what_is_asked_by_account(northbridge: Asker) -> None:
    """ "Everything that this account recorded, of these types": an auditor's, after a departure."""
    document = """query($after: Position, $author: ID, $types: [EventType!]) { events(after: $after,
      plan: "northbridge", author: $author, types: $types) { nodes { position type author {
      account } } edges { cursor node { position type author { account } } }
      pageInfo { hasNextPage hasPreviousPage endCursor } } }"""

    def every(**asked: Any) -> list[dict[str, Any]]:
        pages = paged(lambda after: northbridge.ask(document, after=after, **asked)["events"])
        return [edge["node"] for edge in pages]

    everything = every()
    accounts = {one["author"]["account"] for one in everything}
    assert len(accounts) > 3
    for account in accounts:
        own = [one for one in everything if one["author"]["account"] == account]
        assert every(author=account) == own
        signed = [one for one in own if one["type"] == "milestone-signed-off.v1"]
        assert every(author=account, types=["MILESTONE_SIGNED_OFF"]) == signed
        first = northbridge.ask(document, author=account)["events"]["pageInfo"]
        assert first["hasPreviousPage"] is False
        rest = northbridge.ask(document, author=account, after=own[0]["position"])["events"]
        assert rest["pageInfo"]["hasPreviousPage"] is True
    assert every(author="nobody") == []
