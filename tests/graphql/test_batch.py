"""Several commands in one mutation: all or none, each as the mutation of its name takes it."""

from typing import Any

import pytest

from planledger.graphql.batch import INPUTS
from tests.support.face import SCHEMA, Face

APART = {"planImport", "entryCorrect", "batchRecord"}
"""Mutations that no batch may hold."""
PLAN = "plan { ref milestones { text agreedOn } }"
AUTHORITY = {"forum": "board", "meeting": "2026-02-12", "minute": "4"}


def _area(number: str, **more: Any) -> dict[str, Any]:
    return {"areaAdd": {"plan": "alpha", "number": number, "title": "Practice", **more}}


def _milestone(text: str) -> dict[str, Any]:
    return {"milestonePropose": {"plan": "alpha", "action": "1.1", "text": text}}


def _together(face: Face, *commands: dict[str, Any], **more: Any) -> dict[str, Any]:
    given = {"plan": "alpha", "commands": list(commands), **more}
    return face.do("batchRecord", given, f"... on BatchRecorded {{ {PLAN} }}")


def test_every_mutation_but_those_apart_may_be_among_them() -> None:
    """A mutation that is added and forgotten here would have to be sent alone for ever."""
    mutation = SCHEMA._schema.mutation_type
    act = SCHEMA._schema.type_map["ActInput"]
    assert mutation is not None
    taken = {
        name: str(field.args["input"].type).rstrip("!") for name, field in mutation.fields.items()
    }
    offered = {name: str(field.type) for name, field in act.fields.items()}  # type: ignore[attr-defined]
    assert offered == {name: kind for name, kind in taken.items() if name not in APART}
    assert len(INPUTS) == len(offered)


def test_what_is_recorded_together_is_one_commit_and_is_shown(face: Face) -> None:
    """A clerk who keys in a meeting's decisions sends them once and sees the plan with all."""
    face.begin()
    agree = {"milestoneAgree": {"plan": "alpha", "milestone": "1.1/2", "authority": AUTHORITY}}
    answer = _together(face, _milestone("It meets again"), agree, _area("2"))
    assert answer["__typename"] == "BatchRecorded"
    assert [event["position"] for event in answer["events"]] == ["5", "6", "7"]
    assert answer["plan"]["milestones"] == [
        {"text": "A board meets", "agreedOn": None},
        {"text": "It meets again", "agreedOn": "2026-02-12"},
    ]
    moments = face.ask('{ events(after: "4") { nodes { recordedAt commandId } } }')
    assert len({tuple(node.items()) for node in moments["events"]["nodes"]}) == 1


def test_a_refusal_names_the_command_and_its_field_and_nothing_is_recorded(face: Face) -> None:
    """The row to mend is found by the path, which is that of the input."""
    face.begin()
    answer = _together(face, _area("2"), _milestone("It meets again"), _area("2", title="Other"))
    assert (answer["__typename"], answer["code"]) == ("Refused", "REF_IN_USE")
    assert answer["path"] == "commands.2.areaAdd.number"
    assert answer["message"].startswith("Command 3: ")
    assert face.head() == 4


def test_the_refusal_of_a_single_one_has_the_same_path_as_of_several(face: Face) -> None:
    """A form with one row is no other form."""
    face.begin()
    answer = _together(face, _area("1", title="Other"))
    assert (answer["code"], answer["path"]) == ("REF_IN_USE", "commands.0.areaAdd.number")


@pytest.mark.parametrize(
    ("commands", "code", "path"),
    [
        ([], "BATCH_IMPOSSIBLE", "commands"),
        ([_area("2"), _area("3", plan="beta")], "BATCH_IMPOSSIBLE", "commands.1.areaAdd.plan"),
        ([_area("2", commandId="x")], "BATCH_IMPOSSIBLE", "commands.0.areaAdd.commandId"),
        (
            [_area("2", expectedPosition="4")],
            "BATCH_IMPOSSIBLE",
            "commands.0.areaAdd.expectedPosition",
        ),
    ],
    ids=["none", "another plan", "an id of its own", "a position of its own"],
)
def test_what_a_command_among_others_may_not_state_is_refused(
    face: Face, commands: list[dict[str, Any]], code: str, path: str
) -> None:
    """What was stated and not heeded would be a promise that nobody keeps."""
    face.begin()
    answer = _together(face, *commands)
    assert (answer["__typename"], answer["code"], answer["path"]) == ("Refused", code, path)
    assert face.head() == 4


def test_a_period_that_ends_before_it_begins_is_refused_by_its_place(face: Face) -> None:
    """Some inputs are found impossible before there is a command to carry out."""
    face.begin()
    period = {"first": "2026-03-31", "last": "2026-01-01", "label": "Q4"}
    target = {"plan": "alpha", "kpi": "visits", "period": period, "target": "90"}
    answer = _together(face, _area("2"), {"kpiTargetSet": target})
    assert (answer["code"], answer["path"]) == (
        "DATE_IMPOSSIBLE",
        "commands.1.kpiTargetSet.period",
    )


def test_two_acts_in_one_command_are_no_command(face: Face) -> None:
    """In which order they were meant, nobody could say."""
    face.begin()
    _, errors = face.run(
        "mutation($input: BatchRecordInput!) { batchRecord(input: $input) { __typename } }",
        {"input": {"plan": "alpha", "commands": [{**_area("2"), **_milestone("Again")}]}},
    )
    assert errors
    assert face.head() == 4


def test_sent_again_with_its_id_it_is_recorded_once(face: Face) -> None:
    """The answer may be lost on the way, of all that was sent together too."""
    face.begin()
    first, again = (_together(face, _area("2"), _area("3"), commandId="b-1") for _ in range(2))
    assert (first["repeated"], again["repeated"]) == (False, True)
    assert again["events"] == first["events"]
    assert face.head() == 6


def test_a_plan_that_changed_since_it_was_looked_at_is_a_conflict(face: Face) -> None:
    """Nothing of the batch is recorded on a plan that its sender has not seen."""
    face.begin()
    answer = _together(face, _area("2"), expectedPosition="3")
    assert (answer["__typename"], answer["path"]) == ("Conflict", "expectedPosition")
