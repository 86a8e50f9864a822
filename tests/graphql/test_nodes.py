"""Ids: each names one thing at one point, for ever, and can be asked for again."""

from collections.abc import Iterator
from typing import Any

import pytest

from planledger.graphql.execution import Execution, Question
from planledger.projections.changes.shapes import Kind
from tests.support.face import SCHEMA, Asker, Face
from tests.support.walking import Walk, nodes_in

UNLIMITED = Execution(SCHEMA, limits=None)
WALK = Walk(
    SCHEMA._schema,
    {
        ("first", "Int"): "100",
        ("plan", "PlanRef"): "$plan",
        ("ref", "PlanRef"): "$plan",
    },
)
AT_ONCE = 50
AGAIN = f"""query({", ".join(f"$n{n}: ID!" for n in range(AT_ONCE))}) {{
  {" ".join(f"n{n}: node(id: $n{n}) {{ ...leaves }}" for n in range(AT_ONCE))} }}
{WALK.leaves()}"""
ALL = f"""query($plan: PlanRef!, $at: LedgerPoint, $on: Date) {{
  ledger(knownAt: $at, effectiveOn: $on) {{ ...Ledger_all }} }}
{WALK.everything("Ledger")}"""
ENTRIES = f"""query($after: Position) {{ events(after: $after) {{
  nodes {{ ...PlanEvent_all }} pageInfo {{ hasNextPage endCursor }} }} }}
{WALK.everything("PlanEvent")}"""
WHY = {"plan": "alpha", "reason": "It was wrong.", "authority": {"forum": "board"}}


def _asked(asker: Asker, document: str, **variables: Any) -> Any:  # noqa: ANN401 - JSON
    outcome = UNLIMITED.answer(Question(document, variables), asker.context)
    assert outcome.errors == ()
    return outcome.data


def _shown(asker: Asker, **asked: Any) -> list[dict[str, Any]]:
    """Give every node that is shown of a plan at a point, wherever it is shown."""
    return list(nodes_in(_asked(asker, ALL, **asked)))


def _again(asker: Asker, ids: list[str]) -> Iterator[dict[str, Any] | None]:
    """Ask for things by their ids."""
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        filled = [*some, *some[:1] * (AT_ONCE - len(some))]
        answer = _asked(asker, AGAIN, **{f"n{n}": each for n, each in enumerate(filled)})
        yield from list(answer.values())[: len(some)]


def _node(asker: Asker, id_: str, shown: str = "id") -> Any:  # noqa: ANN401 - JSON
    return asker.ask(f"query($id: ID!) {{ node(id: $id) {{ {shown} }} }}", id=id_)["node"]


@pytest.mark.parametrize(
    ("asked", "kinds"),
    [
        ({"plan": "northbridge"}, 30),
        ({"plan": "northbridge", "at": {"review": "northbridge/board-2024-q2"}}, 20),
        ({"plan": "northbridge", "at": {"position": "150"}, "on": "2030-01-01"}, 10),
        ({"plan": "northbridge", "on": "2025-01-31"}, 20),
        ({"plan": "plymouth-2015"}, 7),
        ({"plan": "plymouth-2015", "at": {"position": "7"}, "on": "2015-02-01"}, 2),
    ],
)
def test_what_is_shown_anywhere_is_the_same_when_it_is_asked_for_by_its_id(
    northbridge: Asker, plymouth: Asker, asked: dict[str, Any], kinds: int
) -> None:
    """A client that kept an id a year ago gets what it saw, and not what came of it since."""
    asker = northbridge if asked["plan"] == "northbridge" else plymouth
    shown = {node["id"]: node for node in _shown(asker, **asked)}
    assert len({node["__typename"] for node in shown.values()}) >= kinds
    for node in _again(asker, list(shown)):
        assert node is not None
        there = shown[node["id"]]
        assert node == {name: there[name] for name in node}


def test_an_id_never_says_two_things(northbridge: Asker) -> None:
    """A client's cache keeps one object an id: what two columns show must not meet in it.

    Two points, the same review as now known, the changes between them, the feed.
    """
    points: list[dict[str, Any]] = [
        {},
        {"at": {"review": "northbridge/board-2024-q1"}},
        {"at": {"review": "northbridge/board-2024-q2"}},
        {"at": {"review": "northbridge/board-2024-q2"}, "on": "2024-03-01"},
        {"at": {"position": "150"}},
    ]
    nodes = [node for at in points for node in _shown(northbridge, plan="northbridge", **at)]
    nodes += _entries(northbridge)
    kept: dict[str, dict[str, Any]] = {}
    for node in nodes:
        before = kept.setdefault(node["id"], node)
        both = before.keys() & node.keys()
        assert {name: before[name] for name in both} == {name: node[name] for name in both}
    things = [id_ for id_ in kept if not id_.startswith("PlanEvent:")]
    names = {id_.partition("@")[0] for id_ in things}
    assert len(things) > 2 * len(names), "the points were not told apart"


def _entries(asker: Asker) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    more, after = True, None
    while more:
        page = _asked(asker, ENTRIES, after=after)["events"]
        found += nodes_in(page["nodes"])
        more, after = page["pageInfo"].values()
    return found


def test_every_entry_and_what_a_correction_puts_in_place_can_be_asked_for(
    northbridge: Asker,
) -> None:
    """What an auditor quotes is an entry, and each has an id, also what is inside another."""
    shown = {node["id"]: node for node in _entries(northbridge)}
    inside = [id_ for id_ in shown if id_.endswith("/event")]
    corrections = [n for n in shown.values() if n["__typename"] == "EntryCorrected"]
    assert len(inside) == len(corrections) > 0
    assert len(shown) == northbridge.head() + len(inside)
    for node in _again(northbridge, list(shown)):
        assert node is not None
        there = shown[node["id"]]
        assert node == {name: there[name] for name in node}


def test_everything_that_has_an_id_of_its_own_is_a_node_and_nothing_else_has_one() -> None:
    """Clients keep whatever has an `id` by it, whether or not it means to be kept."""
    schema = SCHEMA._schema
    nodes = {kind.name for kind in schema.get_possible_types(schema.type_map["Node"])}  # type: ignore[arg-type]
    with_id = {
        name for name, kind in schema.type_map.items() if "id" in getattr(kind, "fields", {})
    }
    assert with_id - nodes == {"Node", "Item", "PlanEvent"}
    assert nodes <= with_id


def test_the_id_of_anything_but_an_entry_begins_with_the_name_of_its_type(
    northbridge: Asker,
) -> None:
    """Whoever reads an id in a log sees at once what it is of."""
    shown = _shown(northbridge, plan="northbridge")
    named = {node["__typename"]: node["id"].partition(":")[0] for node in shown}
    entries = {name for name, said in named.items() if said == "PlanEvent"}
    others = {name: said for name, said in named.items() if name not in entries}
    assert others == {name: name for name in others}
    assert len(others) == len(Kind)


def test_what_a_correction_answers_with_is_not_taken_for_the_entry_as_it_was(face: Face) -> None:
    """Else a cache would show in the feed, too, what was never recorded in that place."""
    face.begin()
    given = {"plan": "alpha", "milestone": "1.1/1", "date": "2026-05"}
    set_at = face.done("targetDateSet", given)["position"]
    shown = "... on EntryRecorded { entry { id ... on TargetDateSet { targetDate { label } } } }"
    ids = []
    for month, label in (("2026-06", "June 2026"), ("2026-07", "July 2026")):
        change = {"field": "targetDate", "to": month}
        done = face.done("entryCorrect", {**WHY, "entry": set_at, "changes": [change]}, shown)
        assert done["entry"]["targetDate"]["label"] == label
        assert done["entry"]["id"] == f"PlanEvent:{set_at}@{done['position']}"
        ids.append((done["entry"]["id"], label))
    voided = face.done("entryVoid", {**WHY, "entry": set_at}, shown)
    assert voided["entry"] is None
    fields = "id ... on TargetDateSet { targetDate { label } }"
    for id_, label in [(f"PlanEvent:{set_at}", "May 2026"), *ids]:
        assert _node(face, id_, fields) == {"id": id_, "targetDate": {"label": label}}
    assert _node(face, f"PlanEvent:{set_at}@{voided['position']}") is None


def test_an_id_without_a_basis_is_that_of_the_thing_as_it_stands(face: Face) -> None:
    """A client that asks again after a change must see the change."""
    face.begin()
    text = "id ... on Milestone { text }"
    where = '{ ledger { plan(ref: "alpha") { milestones { id } } } }'
    id_ = face.ask(where)["ledger"]["plan"]["milestones"][0]["id"]
    assert _node(face, id_, text) == {"id": id_, "text": "A board meets"}
    head = face.head()
    face.done("itemReword", {**WHY, "item": "1.1/1", "to": "It met", "material": True})
    assert _node(face, id_, text) == {"id": id_, "text": "It met"}
    then = f"{id_}@{head},2026-02-12"
    assert _node(face, then, text) == {"id": then, "text": "A board meets"}


@pytest.mark.parametrize(
    "id_",
    [
        "Plan:beta",
        "Milestone:beta/milestone-1",
        "Milestone:alpha/milestone-0",
        "Milestone:alpha/1.1/1",
        "GivenRating:alpha/milestone-0/q1",
        "GivenRating:alpha/milestone-0",
        "RatingKey:alpha/rag",
        "Plan:alpha@0,2026-02-12",
        "Plan:alpha@1,2026-02-11",
        "PlanEvent:0",
        "PlanEvent:1/event",
        "PlanEvent:3@2",
        "Plan:\ud800",
        "Plan:\0",
    ],
)
def test_what_is_not_there_at_its_point_is_null(face: Face, id_: str) -> None:
    """Nothing of that id is an answer, as for a plan that is not there."""
    face.begin()
    assert _node(face, id_) is None


@pytest.mark.parametrize(
    ("id_", "code"),
    [
        ("", "UNKNOWN_ITEM"),
        (":", "UNKNOWN_ITEM"),
        ("alpha", "UNKNOWN_ITEM"),
        ("alpha/1.1/1", "UNKNOWN_ITEM"),
        ("Board:alpha/x", "UNKNOWN_ITEM"),
        ("Query:alpha/x", "UNKNOWN_ITEM"),
        ("Milestone:alpha", "UNKNOWN_ITEM"),
        ("Plan:alpha/x", "UNKNOWN_ITEM"),
        ("Plan:alpha@1", "UNKNOWN_ITEM"),
        ("Plan:alpha@1,2026-02-30", "UNKNOWN_ITEM"),
        ("MilestoneAgreed:1", "UNKNOWN_ITEM"),
        ("PlanEvent:one", "UNKNOWN_ITEM"),
        ("PlanEvent:1234567890123456", "UNKNOWN_ITEM"),
        ("PlanEvent:1@2/event", "UNKNOWN_ITEM"),
        ("PlanEvent:٣", "UNKNOWN_ITEM"),
        ("a" * 10_000, "UNKNOWN_ITEM"),
        ("Plan:alpha@99,2026-02-12", "POINT_IN_FUTURE"),
        ("PlanEvent:99", "POINT_IN_FUTURE"),
        ("PlanEvent:1@99", "POINT_IN_FUTURE"),
        ("Plan:alpha@1,9999-12-31", "DATE_IMPOSSIBLE"),
    ],
)
def test_what_is_no_id_or_not_yet_one_is_refused_with_a_code(
    face: Face, id_: str, code: str
) -> None:
    """A client that mixed up its columns must not be told that its milestone is gone."""
    face.begin()
    document = "query($id: ID!) { ledger { basis { position } } node(id: $id) { id } }"
    data, (error,) = face.run(document, {"id": id_})
    assert data["node"] is None
    assert (error.extensions or {})["code"] == code
