"""The feed from its end, and what each entry is about."""

from typing import Any

from tests.support.face import Asker, Face

FEED = """query($after: Position, $plan: PlanRef, $types: [EventType!], $area: String,
  $newest: Boolean! = true, $first: Int! = 100) {
  events(after: $after, plan: $plan, types: $types, area: $area, newestFirst: $newest,
    first: $first) {
    nodes { position type about { kind thingId ref area title } }
    pageInfo { hasNextPage hasPreviousPage endCursor } } }"""


def _feed(asker: Asker, **asked: Any) -> dict[str, Any]:
    found: dict[str, Any] = asker.ask(FEED, **{"plan": "alpha", **asked})["events"]
    return found


def _positions(found: dict[str, Any]) -> list[str]:
    return [node["position"] for node in found["nodes"]]


def test_a_plans_entries_come_newest_first_page_by_page(face: Face) -> None:
    """Who looks for what happened last must not turn every page."""
    face.begin("beta")
    face.begin()
    first = _feed(face, first=3)
    assert _positions(first) == ["8", "7", "6"]
    assert first["pageInfo"] == {
        "hasNextPage": True,
        "hasPreviousPage": False,
        "endCursor": "6",
    }
    last = _feed(face, first=3, after="6")
    assert _positions(last) == ["5"]
    assert last["pageInfo"] == {"hasNextPage": False, "hasPreviousPage": True, "endCursor": "5"}
    assert _positions(_feed(face, types=["AREA_ADDED"])) == ["6"]
    assert _positions(_feed(face, area="1")) == ["8", "7", "6"]
    assert _positions(_feed(face, after="1")) == []


def test_backwards_is_the_reverse_of_forwards(northbridge: Asker) -> None:
    """One feed, two ways to read it."""
    for asked in ({}, {"types": ["ENTRY_CORRECTED", "ENTRY_VOIDED"]}, {"area": "2"}):
        of = {"plan": "northbridge", **asked}
        there = _positions(_feed(northbridge, **of, newest=False, first=60))
        back = _positions(_feed(northbridge, **of, after=str(int(there[-1]) + 1)))
        assert back == there[::-1]


def test_only_a_plan_is_read_backwards(face: Face) -> None:
    """The whole ledger may be too long for it: say which plan."""
    face.begin()
    assert face.refusal(FEED, plan=None) == "PLAN_REQUIRED"


def test_an_entry_names_what_it_is_about_as_it_is_called_now(face: Face) -> None:
    """Ids say nothing to people, and what was renamed is looked for under its new name."""
    face.begin()
    face.done("targetDateSet", {"plan": "alpha", "milestone": "1.1/1", "date": "2026-06"})
    change = {"field": "targetDate", "to": "2026-08"}
    given = {"plan": "alpha", "entry": "5", "changes": [change], "reason": "A slip of the pen."}
    face.done("entryCorrect", given)
    reworded = {"plan": "alpha", "item": "1.1/1", "to": "The board meets", "material": False}
    face.done("itemReword", {**reworded, "reason": "Shorter."})
    about = {node["position"]: node["about"] for node in _feed(face)["nodes"]}
    (named,) = about["5"]
    assert (named["kind"], named["ref"], named["area"]) == ("MILESTONE", "1.1/1", "1")
    assert named["title"] == "The board meets"
    assert about["6"] == about["5"], "a correction is about what the entry is about"
    assert [one["kind"] for one in about["1"]] == ["PLAN"]
    assert [one["kind"] for one in about["2"]] == ["AREA"]


def test_every_entry_of_two_years_is_about_something_that_has_a_name(northbridge: Asker) -> None:
    """A feed with blanks in it sends people to the database."""
    found = _feed(northbridge, plan="northbridge")
    while True:
        for node in found["nodes"]:
            assert node["about"], node
            assert all(one["ref"] for one in node["about"])
        if not found["pageInfo"]["hasNextPage"]:
            return
        found = _feed(northbridge, plan="northbridge", after=found["pageInfo"]["endCursor"])
