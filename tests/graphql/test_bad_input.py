"""Every field of every mutation, given what does not belong there: answered with a code, no more.

The inputs are made from the schema; see `tests.support.bad_input`.
"""

from collections.abc import Iterator
from contextlib import closing
from typing import Any, NamedTuple

import pytest

from planledger.ledger import Ledger
from planledger.storage.sqlite import SqliteStore
from tests.support.acts import ACTS, DOCUMENT, Act, filled
from tests.support.bad_input import Bad, bad_inputs, input_of
from tests.support.face import ERROR, Asker, Face
from tests.support.ledgers import InterruptedStore, SettableClock

TAKEN = {
    # A plan that has not changed since is as it was looked at, whoever says from where.
    (None, "expectedPosition", "impossible"),
    # A document may come from where it has no name; its digest tells it from others.
    ("planImport", "filename", "blank"),
    # These give the thing its name, and do not look for one of it.
    ("kpiDefine", "kpi", "unknown"),
    ("planVersionIssue", "version", "unknown"),
}
"""What is odd and may be said all the same: the mutation (any), the field and what is odd."""
MUTATIONS = sorted({act.mutation for act in ACTS})


class Answer(NamedTuple):
    """What a bad input was answered with."""

    bad: Bad
    code: object
    recorded: bool


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, list[Answer]]]:
    """Play all acts through, and before each first one of a mutation try what it must not take."""
    clock = SettableClock()
    path = tmp_path_factory.mktemp("bad") / "plans.db"
    store = InterruptedStore(SqliteStore(path, clock, create=True))
    with closing(Ledger(store, clock)) as ledger:
        face = Asker(ledger)
        names: dict[str, str] = {}
        found: dict[str, list[Answer]] = {}
        for act in ACTS:
            given = {"plan": act.plan, **filled(act.given, names)}
            if act.mutation not in found:
                found[act.mutation] = [
                    _answer(face, store, act.mutation, bad)
                    for bad in bad_inputs(act.mutation, given)
                ]
            _play(face, act, given, names)
        yield found


class RecordedError(Exception):
    """The ledger set about to record what no field may take."""


def _answer(face: Asker, store: InterruptedStore, mutation: str, bad: Bad) -> Answer:
    recorded = []

    def stop() -> None:
        recorded.append(bad)
        raise RecordedError

    store.before_append = stop
    kind = f"{mutation[0].upper()}{mutation[1:]}Input!"
    document = f"mutation($input: {kind}) {{ it: {mutation}(input: $input) {{ {ERROR} }} }}"
    data, errors = face.run(document, {"input": bad.given})
    codes = [(error.extensions or {}).get("code") for error in errors]
    code = codes[0] if codes else ((data or {}).get("it") or {}).get("code")
    store.before_append = None
    return Answer(bad, code, recorded=bool(recorded))


def _play(face: Asker, act: Act, given: dict[str, Any], names: dict[str, str]) -> None:
    which = "position" if act.noun == "entry" else "id"
    kind = "PlanImported" if act.mutation == "planImport" else _recorded(act)
    shown = f"... on {kind} {{ {act.noun} {{ {which} }} }}"
    answer = face.done(act.mutation, given, shown)
    if act.save:
        thing = answer[act.noun][which]
        names[act.save] = thing.partition("/")[2].partition("@")[0] if which == "id" else thing
    if act.save_position:
        names[act.save_position] = answer["position"]
    if act.mutation == "planImport":
        plan = face.ask('{ ledger { plan(ref: "roads") { queries { ref } } } }')["ledger"]["plan"]
        names["asked"] = plan["queries"][0]["ref"]


def _may_be_taken(mutation: str, bad: Bad) -> bool:
    return bool({(mutation, bad.path[0], bad.why), (None, bad.path[0], bad.why)} & TAKEN)


def _recorded(act: Act) -> str:
    return f"{act.noun[0].upper()}{act.noun[1:]}Recorded"


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_what_no_field_may_take_is_answered_with_a_code_and_nothing_is_recorded(
    answers: dict[str, list[Answer]], mutation: str
) -> None:
    """A clerk's slip, a broken client and an attacker all get an answer, and leave no trace."""
    tried = [one for one in answers[mutation] if not _may_be_taken(mutation, one.bad)]
    assert len(tried) > 20
    assert [str(one.bad) for one in tried if one.recorded] == []
    assert [str(one.bad) for one in tried if one.code in {None, "INTERNAL_SERVER_ERROR"}] == []


def test_what_may_be_taken_after_all_is_taken(answers: dict[str, list[Answer]]) -> None:
    """An exception that is none any more would hide what comes after it."""
    taken = {
        (mutation, one.bad.path[0], one.bad.why)
        for mutation, tried in answers.items()
        for one in tried
        if one.recorded
    }
    assert {(field, why) for _, field, why in taken} == {(field, why) for _, field, why in TAKEN}


def test_every_field_of_every_mutation_is_tried(answers: dict[str, list[Answer]]) -> None:
    """A field that the inputs are not made for would never be tried at all."""
    for mutation in MUTATIONS:
        tried = {one.bad.path[0] for one in answers[mutation]}
        assert tried == set(input_of(mutation).fields)


def test_nothing_comes_to_depend_on_itself_however_far_round(face: Face) -> None:
    """A circle of three would leave all of them waiting for ever."""
    face.begin()
    for text in ("Second", "Third"):
        face.done("milestonePropose", {"plan": "alpha", "action": "1.1", "text": text})
    waits = {"plan": "alpha", "kind": "DEPENDS_ON"}
    face.done("referenceRecord", {**waits, "item": "1.1/1", "target": "1.1/2"})
    face.done("referenceRecord", {**waits, "item": "1.1/2", "target": "1.1/3"})
    before = face.head()
    answer = face.do("referenceRecord", {**waits, "item": "1.1/3", "target": "1.1/1"})
    assert (answer["__typename"], answer["code"]) == ("Refused", "DEPENDENCY_CYCLE")
    assert face.head() == before


def test_a_command_id_is_up_to_a_hundred_characters(face: Face) -> None:
    """As the schema says; and two clients that send a blank one would get each other's answers."""
    begun = {"plan": "alpha", "title": "A"}
    for command_id, code in (
        ("a" * 101, "TEXT_UNUSABLE"),
        ("", "TEXT_UNUSABLE"),
        ("a" * 100, None),
    ):
        answer = face.do("planDraft", {**begun, "commandId": command_id})
        assert (answer.get("code"), answer.get("path")) == (code, code and "commandId")


def test_a_document_without_a_date_is_imported_as_of_the_day_that_is_stated(face: Face) -> None:
    """The reader cannot know it, and whoever sends the document does."""
    given = {"plan": "roads", "filename": "roads.txt", "statedOn": "2025-01-06"}
    document = DOCUMENT.replace("3 March 2024\n", "")
    shown = "... on PlanImported { plan { draftedOn } }"
    answer = face.done("planImport", {**given, "document": document}, shown)
    assert answer["plan"] == {"draftedOn": "2025-01-06"}
