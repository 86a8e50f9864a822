"""Every mutation: accepted once, safe to repeat, refused in words, and late to a changed plan."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any, NamedTuple

import pytest

from tests.support.acts import ACTS, PLAN, Act, filled
from tests.support.face import SCHEMA, Face

NO_EXPECTED_POSITION = {"planImport"}
NO_ID = {"entry"}
"""What is told from others by the position of its entry."""
IDS = [f"{number}-{act.mutation}" for number, act in enumerate(ACTS)]


class Came(NamedTuple):
    """What came of an act, sent in five ways one after the other."""

    first: dict[str, Any]
    again: dict[str, Any]
    with_its_id: dict[str, Any]
    refused: dict[str, Any]
    late: dict[str, Any] | None
    heads: tuple[int, int, int]
    """The last position before, after the first time, and after all the others."""


@pytest.fixture(scope="module")
def came(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Came]]:
    """Play all acts through on one ledger."""
    with closing(Face(tmp_path_factory.mktemp("acts") / "plans.db")) as face:
        names: dict[str, str] = {}
        yield {name: _play(face, act, name, names) for name, act in zip(IDS, ACTS, strict=True)}


def _play(face: Face, act: Act, name: str, names: dict[str, str]) -> Came:
    given = {"plan": act.plan, **filled(act.given, names)}
    which = "position" if act.noun in NO_ID else "id"
    object_and_events = (
        f"{act.noun} {{ {which} {act.shown} }} events {{ __typename {act.payload} }}"
    )
    shown = f"... on {_recorded(act)} {{ {object_and_events} }}"
    before = face.head()
    first = face.do(act.mutation, {**given, "commandId": name}, shown)
    after = face.head()
    if act.save:
        names[act.save] = _which(act, first)
    if act.save_position:
        names[act.save_position] = first["position"]
    if act.mutation == "planImport":
        plan = face.ask('{ ledger { plan(ref: "roads") { queries { ref } } } }')["ledger"]["plan"]
        names["asked"] = plan["queries"][0]["ref"]
    again = face.do(act.mutation, given, shown)
    with_its_id = face.do(act.mutation, {**given, "commandId": name}, shown)
    changed = {**given, **filled(act.refused[0], names)}
    refused = face.do(act.mutation, changed)
    late = None
    if act.mutation not in NO_EXPECTED_POSITION:
        late = face.do(act.mutation, {**given, "expectedPosition": str(max(0, after - 1))})
    return Came(first, again, with_its_id, refused, late, (before, after, face.head()))


def _recorded(act: Act) -> str:
    if act.mutation == "planImport":
        return "PlanImported"
    return f"{act.noun[0].upper()}{act.noun[1:]}Recorded"


def _which(act: Act, answer: dict[str, Any]) -> str:
    """Give what tells the object of an answer from others: its id within the plan, or position."""
    shown = answer[act.noun]
    if act.noun in NO_ID:
        return str(shown["position"])
    return str(shown["id"]).partition("/")[2].partition("@")[0]


@pytest.fixture(params=zip(IDS, ACTS, strict=True), ids=IDS)
def act_came(request: pytest.FixtureRequest, came: dict[str, Came]) -> tuple[Act, Came]:
    """Give each act with what came of it."""
    name, act = request.param
    return act, came[name]


def test_there_is_an_act_for_every_mutation() -> None:
    """A mutation nobody tries here could be broken for months."""
    graphql_schema = SCHEMA._schema
    assert graphql_schema.mutation_type is not None
    together = {"batchRecord"}  # see test_batch
    assert {act.mutation for act in ACTS} | together == set(graphql_schema.mutation_type.fields)


def test_an_accepted_command_answers_with_its_events_and_the_object_as_it_is_then(
    act_came: tuple[Act, Came],
) -> None:
    """A client shows the answer at once; it must not need to ask again, or guess."""
    act, came = act_came
    first = came.first
    assert first["__typename"] == _recorded(act)
    assert (first["alreadySo"], first["repeated"]) == (False, False)
    shown = first[act.noun]
    assert {field: shown[field] for field in act.then} == act.then
    assert [dict(event) for event in first["events"]] == [
        {**event, "position": place, **expected}
        for place, event, expected in zip(
            map(str, range(came.heads[0] + 1, came.heads[1] + 1)),
            first["events"],
            act.events,
            strict=True,
        )
    ]
    assert first["position"] == str(came.heads[1])


def test_the_same_command_again_is_already_so_and_shows_the_same_object(
    act_came: tuple[Act, Came],
) -> None:
    """Two clerks key in one decision; the second is told that it stands, and is shown it."""
    act, came = act_came
    again = came.again
    assert (again["alreadySo"], again["repeated"], again["events"]) == (True, False, [])
    assert again[act.noun] is not None
    assert _which(act, again) == _which(act, came.first)
    assert {field: again[act.noun][field] for field in act.then} == act.then


def test_the_same_command_id_again_is_given_the_first_answer(act_came: tuple[Act, Came]) -> None:
    """A client that lost the answer on the way must be able to ask for it again."""
    act, came = act_came
    repeated = {**came.with_its_id, "repeated": False}
    assert came.with_its_id["repeated"] is True
    assert repeated == came.first
    assert repeated[act.noun] == came.first[act.noun]


def test_a_refused_command_says_why_and_where(act_came: tuple[Act, Came]) -> None:
    """The code is for programs, the path for the form, and the message for the clerk."""
    act, came = act_came
    _, code, path = act.refused
    refused = came.refused
    assert (refused["__typename"], refused["code"], refused["path"]) == ("Refused", code, path)
    assert refused["message"].endswith(".")
    assert len(refused["message"]) > 20


def test_a_plan_changed_since_it_was_looked_at_answers_conflict(
    act_came: tuple[Act, Came],
) -> None:
    """Whoever decides on an old page must look again, also where the outcome would be the same."""
    act, came = act_came
    if came.late is None:
        assert act.mutation in NO_EXPECTED_POSITION
        return
    late = came.late
    assert late["__typename"] == "Conflict"
    assert (late["code"], late["path"]) == ("CONFLICT", "expectedPosition")
    assert f"position {came.heads[1]}" in late["message"] or "is at" in late["message"]


def test_nothing_is_recorded_by_any_answer_but_the_first(act_came: tuple[Act, Came]) -> None:
    """Repeats, refusals and conflicts leave the ledger as it was."""
    _, came = act_came
    before, after, last = came.heads
    assert before < after == last


def test_a_command_id_used_for_something_else_is_refused(face: Face) -> None:
    """Otherwise the second command would be lost behind the first one's answer."""
    face.done("planDraft", {"plan": PLAN, "title": "One", "commandId": "same"})
    answer = face.do("planDraft", {"plan": "other", "title": "Two", "commandId": "same"})
    assert (answer["code"], answer["path"]) == ("COMMAND_ID_REUSED", "commandId")


def test_an_expected_position_that_is_the_latest_is_no_conflict(face: Face) -> None:
    """The guard is for changed plans; another plan's change is none."""
    face.begin("alpha")
    position = face.head()
    face.begin("beta")
    answer = face.do(
        "areaAdd",
        {"plan": "alpha", "number": "2", "title": "Two", "expectedPosition": str(position)},
    )
    assert answer["alreadySo"] is False


def test_several_mutations_in_one_document_are_each_answered(face: Face) -> None:
    """One refusal among them must not take the answers of the others with it."""
    data = face.ask(
        """mutation {
          a: planDraft(input: {plan: "alpha", title: "A"}) { __typename }
          b: planDraft(input: {plan: "NO", title: "B"}) { __typename }
          c: kpiTargetSet(input: {plan: "alpha", kpi: "k", target: "1", period:
             {first: "2026-02-01", last: "2026-01-01", label: "x"}}) { __typename }
          d: areaAdd(input: {plan: "alpha", number: "1", title: "One"}) { __typename }
        }"""
    )
    kinds = [data[name]["__typename"] for name in "abcd"]
    assert kinds == ["PlanRecorded", "Refused", "Refused", "AreaRecorded"]


def test_already_so_shows_the_one_still_in_the_plan_among_two_of_one_ref(face: Face) -> None:
    """A ref may be used again once its first bearer is withdrawn."""
    face.begin()
    why = {"reason": "Over.", "authority": {"officer": "The director"}}
    face.done("itemWithdraw", {"plan": "alpha", "item": "1.1", **why})
    action = {"plan": "alpha", "area": "1", "ref": "1.1", "text": "Lead anew"}
    shown = "... on ActionRecorded { action { text withdrawn { on } } }"
    assert face.done("actionAdd", action, shown)["action"]["text"] == "Lead anew"
    again = face.do("actionAdd", action, shown)
    assert again["alreadySo"] is True
    assert again["action"] == {"text": "Lead anew", "withdrawn": None}


def test_already_so_shows_the_milestone_of_the_action_named_among_equal_words(face: Face) -> None:
    """ "Agree the plan" may well be a milestone of every action."""
    face.begin()
    face.done("actionAdd", {"plan": "alpha", "area": "1", "ref": "1.2", "text": "Follow"})
    second = {"plan": "alpha", "action": "1.2", "text": "A board meets"}
    shown = "... on MilestoneRecorded { milestone { ref } }"
    assert face.done("milestonePropose", second, shown)["milestone"]["ref"] == "1.2/1"
    again = face.do("milestonePropose", second, shown)
    assert again["alreadySo"] is True
    assert again["milestone"]["ref"] == "1.2/1"


def test_already_so_on_an_earlier_day_finds_what_it_was_called_then(face: Face) -> None:
    """A late entry names things by the refs of its day."""
    face.begin()
    face.clock.now = face.clock.now.replace(month=4)
    face.done("itemRenumber", {"plan": "alpha", "item": "1.1", "to": "1.7"})
    answer = face.do(
        "itemReword",
        {
            "plan": "alpha", "item": "1.1", "to": "Lead", "material": False,
            "effectiveOn": "2026-03-01",
        },
        "... on ItemRecorded { item { ref } }",
    )  # fmt: skip
    assert answer["alreadySo"] is True
    assert answer["item"] == {"ref": "1.7"}


def test_a_change_for_a_later_day_answers_with_the_object_as_it_is_on_that_day(
    face: Face,
) -> None:
    """On today the object would look as if nothing had been recorded."""
    face.begin()
    answer = face.done(
        "milestoneAgree",
        {
            "plan": "alpha", "milestone": "1.1/1", "authority": {"forum": "board"},
            "effectiveOn": "2026-09-01",
        },
        "... on MilestoneRecorded { milestone { agreedOn } }",
    )  # fmt: skip
    assert answer["milestone"] == {"agreedOn": "2026-09-01"}
    now = face.ask('{ ledger { plan(ref: "alpha") { milestones { agreedOn } } } }')
    assert now["ledger"]["plan"]["milestones"] == [{"agreedOn": None}]


def test_a_document_of_a_later_day_still_shows_its_plan(face: Face) -> None:
    """A plan adopted ahead of its day exists from that day; the importer wants to see it now."""
    document = next(act for act in ACTS if act.mutation == "planImport").given["document"]
    later = document.replace("2024", "2027")
    given = {"plan": "roads", "filename": "roads.txt", "document": later}
    shown = "... on PlanImported { plan { draftedOn } unread { line message } }"
    for _ in range(2):
        answer = face.do("planImport", given, shown)
        assert answer["plan"] == {"draftedOn": "2027-03-03"}
        (unread,) = answer["unread"]
        assert unread["line"] == 9


def test_a_strict_import_names_the_first_line_and_records_nothing(face: Face) -> None:
    """The document is to be mended, so its sender needs the line."""
    document = next(act for act in ACTS if act.mutation == "planImport").given["document"]
    answer = face.do(
        "planImport",
        {"plan": "roads", "filename": "roads.txt", "document": document, "strict": True},
    )
    assert (answer["code"], answer["path"]) == ("UNREAD_LINES", "document")
    assert answer["message"].startswith("1 line could not be read, the first is line 9: ")
    assert face.head() == 0


def test_half_a_character_in_a_document_is_refused(face: Face) -> None:
    """JSON can carry what no text can; it must not come out as an error of Python's."""
    answer = face.do(
        "planImport", {"plan": "roads", "filename": "roads.txt", "document": "a \ud800 b"}
    )
    assert (answer["code"], answer["path"]) == ("NOT_A_PLAN", "document")
