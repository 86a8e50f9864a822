"""Search over GraphQL: pages, bounds, points in the past, and plans that are not there."""

from typing import Any

import pytest

from planledger.graphql.register import LONGEST_TEXT
from tests.support.face import Asker, Face, paged

SEARCH = """query($text: String!, $plan: PlanRef, $first: Int! = 100, $after: String,
  $at: LedgerPoint) { ledger(knownAt: $at) { search(text: $text, plan: $plan, first: $first,
  after: $after) { words totalCount pageInfo { hasNextPage endCursor } edges { node { kind thingId
  plan ref area item review withdrawn text closeness matches { field text } } } } } }"""

WORDED = {"material": False, "reason": "It was misspelt."}


def _page(asker: Asker, text: str, **asked: Any) -> dict[str, Any]:
    found: dict[str, Any] = asker.ask(SEARCH, text=text, **asked)["ledger"]["search"]
    return found


def _all(asker: Asker, text: str, **asked: Any) -> list[dict[str, Any]]:
    pages = paged(lambda after: _page(asker, text, after=after, **asked))
    return [edge["node"] for edge in pages]


def test_everything_that_can_be_looked_at_by_itself_is_found(northbridge: Asker) -> None:
    """Who remembers a word of a challenge does not remember at which review it was."""
    texts = ("re-referrals", "board", "2", "2.3", "frost", "northbridge")
    assert {hit["kind"] for text in texts for hit in _all(northbridge, text)} == {
        *("PLAN", "AREA", "STATEMENT", "ACTION", "MILESTONE", "KPI", "PARTY", "REVIEW"),
        *("CHALLENGE", "EVIDENCE", "QUERY"),
    }


def test_the_very_number_comes_first(northbridge: Asker) -> None:
    """An action that is asked for by its number must not be the fourth on the list."""
    first, *others = _all(northbridge, "2.3")
    assert (first["kind"], first["ref"], first["closeness"]) == ("ACTION", "2.3", "NUMBER")
    assert first["matches"] == [{"field": "REF", "text": "2.3"}]
    assert {"2.3/1", "2.3/2"} <= {hit["ref"] for hit in others}
    assert "NUMBER" not in {hit["closeness"] for hit in others}


@pytest.mark.parametrize("first", [1, 3, 100])
def test_pages_of_any_size_give_the_same(northbridge: Asker, first: int) -> None:
    """None is lost between two pages, and all are counted on each."""
    everything = _all(northbridge, "review")
    assert len(everything) > 10
    assert _all(northbridge, "review", first=first) == everything
    assert _page(northbridge, "review", first=first)["totalCount"] == len(everything)


def test_a_page_goes_on_where_the_last_one_ended_although_more_was_recorded(face: Face) -> None:
    """Somebody reads on while others record; the list must not begin again."""
    face.begin()
    for number in range(2, 5):
        face.done(
            "actionAdd",
            {"plan": "alpha", "area": "1", "ref": f"1.{number}", "text": f"Lead {number}"},
        )
    page = _page(face, "lead", first=2)
    face.done("itemReword", {"plan": "alpha", "item": "1.2", "to": "Steer", **WORDED})
    rest = _page(face, "lead", after=page["pageInfo"]["endCursor"])
    seen = [edge["node"]["ref"] for edge in (*page["edges"], *rest["edges"])]
    assert seen == ["1.1", "1.2", "1.3", "1.4", "1"]


def test_a_thing_is_named_by_an_id_that_node_knows(northbridge: Asker) -> None:
    """What was found can be asked for whole, at the point at which it was found."""
    for at in (None, {"endOf": "2024-12-31"}):
        for hit in _all(northbridge, "re-referrals", at=at):
            node = northbridge.ask("query($id: ID!) { node(id: $id) { id } }", id=hit["thingId"])
            assert node["node"] == {"id": hit["thingId"]}


def test_in_the_past_only_what_was_known_then_is_found(face: Face) -> None:
    """An auditor searches the plan that the panel had."""
    face.begin()
    position = face.head()
    face.done("actionAdd", {"plan": "alpha", "area": "1", "ref": "1.2", "text": "A new protocol"})
    face.done("itemReword", {"plan": "alpha", "item": "1.1", "to": "Steer", **WORDED})
    then = {"position": str(position)}
    assert _all(face, "protocol", at=then) == []
    assert [hit["ref"] for hit in _all(face, "protocol")] == ["1.2"]
    assert [hit["text"] for hit in _all(face, "lead", at=then) if hit["ref"] == "1.1"] == ["Lead"]
    assert "1.1" not in {hit["ref"] for hit in _all(face, "lead")}


def test_it_looks_in_one_plan_or_in_all(face: Face) -> None:
    """A ledger holds the plans of years; most questions are about one."""
    face.begin("alpha")
    face.begin("beta")
    assert {hit["plan"] for hit in _all(face, "board meets")} == {"alpha", "beta"}
    assert {hit["plan"] for hit in _all(face, "board meets", plan="beta")} == {"beta"}
    assert [hit["text"] for hit in _all(face, "1.1/1", plan="beta")] == ["A board meets"]


def test_a_plan_that_is_not_there_is_said_and_not_taken_for_nothing_found(face: Face) -> None:
    """ "Nothing found" would look like an answer where somebody mistyped."""
    face.begin()
    code = face.refusal(SEARCH, text="board", plan="gamma")
    assert code == "UNKNOWN_PLAN"
    assert face.refusal(SEARCH, text="x", plan="alpha", at={"position": "0"}) == "UNKNOWN_PLAN"


@pytest.mark.parametrize("length", [LONGEST_TEXT + 1, 10_000])
def test_a_text_that_is_too_long_is_refused(face: Face, length: int) -> None:
    """Every word is looked for in everything; a book would take as long as a book."""
    error = face.error(SEARCH, text="x" * length)
    assert error.message == f"text has {length:,} characters; give {LONGEST_TEXT} at the most."
    assert face.refusal(SEARCH, text="x " * length) == "ARGUMENT_OUT_OF_BOUNDS"
    assert _page(face, "x" * LONGEST_TEXT)["totalCount"] == 0


@pytest.mark.parametrize("cursor", ["x", "words/x", "nearly/Plan:alpha", "words/Plan:gamma", "/"])
def test_a_cursor_of_no_page_is_refused(face: Face, cursor: str) -> None:
    """A wrong cursor that began again would make a client go in circles."""
    face.begin()
    assert face.refusal(SEARCH, text="board", after=cursor) == "CURSOR_UNKNOWN"


def test_names_are_found_and_told_as_texts_of_people(face: Face) -> None:
    """A lead is asked for by name, and the name comes back as it was registered."""
    face.begin()
    name = "Zoë O’Brien <zoe@example.org>"
    face.done("partyRegister", {"plan": "alpha", "kind": "PERSON", "name": name})
    (hit,) = _all(face, "zoe o'brien")
    assert (hit["kind"], hit["text"], hit["item"], hit["area"]) == ("PARTY", name, None, None)
    assert _page(face, "zoe o'brien")["words"] == ["zoe", "o'brien"]
