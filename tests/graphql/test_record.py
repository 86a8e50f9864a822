"""Putting the record right: only what was wrong is stated, and every answer shows what stands."""

from typing import Any

import pytest

from tests.support.face import Face

WHY = {"reason": "It was keyed in wrongly."}
DATE = "targetDate { label asPrinted }"
SHOWN = f"""... on EntryRecorded {{ entry {{ __typename position effectiveOn commandId
  ... on TargetDateSet {{ {DATE} }} ... on MilestoneProposed {{ text }} }}
  events {{ position ... on EntryCorrected {{ entry event {{ __typename position reason
  ... on TargetDateSet {{ {DATE} }} }} }} ... on EntryVoided {{ entry }} }} }}"""


def _begin(face: Face) -> str:
    """Record a plan whose milestone is due by March 2026; give the position of that date."""
    face.begin()
    given = {"plan": "alpha", "milestone": "1.1/1", "date": "2026-03", "commandId": "set"}
    position: str = face.done("targetDateSet", given)["position"]
    return position


def _correct(face: Face, entry: str, *changes: tuple[str, object], **given: Any) -> dict[str, Any]:
    stated = [{"field": field, "to": to} for field, to in changes]
    return face.do(
        "entryCorrect", {"plan": "alpha", "entry": entry, "changes": stated, **WHY, **given}, SHOWN
    )


def _label(face: Face, point: str = "") -> str:
    query = f'{{ ledger{point} {{ plan(ref: "alpha") {{ milestones {{ {DATE} }} }} }} }}'
    (milestone,) = face.ask(query)["ledger"]["plan"]["milestones"]
    label: str = milestone["targetDate"]["label"]
    return label


def test_a_correction_states_only_what_was_wrong_and_shows_what_stands(face: Face) -> None:
    """The clerk mends one field; the auditor sees the entry before, after, and who mended it."""
    entry = _begin(face)
    answer = _correct(face, entry, ("targetDate", "2026-05"))
    date = {"label": "May 2026", "asPrinted": "May 2026"}
    assert answer["entry"] == {
        "__typename": "TargetDateSet", "position": entry, "effectiveOn": "2026-02-12",
        "commandId": "set", "targetDate": date,
    }  # fmt: skip
    assert answer["events"] == [
        {
            "__typename": "EntryCorrected", "position": "6", "entry": entry,
            "event": {
                "__typename": "TargetDateSet", "position": "6", "targetDate": date, **WHY,
            },
        }
    ]  # fmt: skip
    assert (_label(face, '(knownAt: {position: "5"})'), _label(face)) == ("March 2026", "May 2026")
    events = face.ask(
        f'{{ events(after: "4") {{ nodes {{ ... on TargetDateSet {{ {DATE} }} }} }} }}'
    )
    assert events["events"]["nodes"][0]["targetDate"]["label"] == "March 2026"  # as it was recorded


def test_the_day_alone_can_be_corrected(face: Face) -> None:
    """What was wrong may be nothing but when it came to be."""
    entry = _begin(face)
    face.clock.now = face.clock.now.replace(month=3)
    answer = _correct(face, entry, effectiveOn="2026-02-20")
    assert answer["entry"]["effectiveOn"] == "2026-02-20"
    assert _label(face, '(effectiveOn: "2026-02-19")') == "No date stated"
    assert _label(face, '(effectiveOn: "2026-02-20")') == "March 2026"


def test_a_correction_sent_again_after_another_one_gets_its_first_answer(face: Face) -> None:
    """A client that lost an answer asks again, whatever others have put right meanwhile."""
    entry = _begin(face)
    first = _correct(face, entry, ("targetDate", "2026-05"), commandId="one")
    sent_on = {"date": "2026-06", "asPrinted": "by June"}
    second = _correct(face, entry, ("targetDate", sent_on), commandId="two")
    assert second["alreadySo"] is False
    again = _correct(face, entry, ("targetDate", "2026-05"), commandId="one")
    assert again == {**first, "repeated": True}
    other = _correct(face, entry, ("targetDate", "2026-07"), commandId="one")
    assert (other["code"], other["path"]) == ("COMMAND_ID_REUSED", "commandId")
    assert _label(face) == "June 2026"


def test_a_void_takes_an_entry_back_and_a_void_of_the_void_brings_it_again(face: Face) -> None:
    """What was voided by mistake is not typed in anew: it never stopped being on record."""
    entry = _begin(face)
    given = {"plan": "alpha", "entry": entry, **WHY}
    void = face.done("entryVoid", given, SHOWN)
    assert void["entry"] is None
    assert void["events"] == [{"__typename": "EntryVoided", "position": "6", "entry": entry}]
    assert _label(face) == "No date stated"
    again = face.do("entryVoid", given, SHOWN)
    assert (again["alreadySo"], again["entry"]) == (True, None)
    back = face.done("entryVoid", {**given, "entry": void["position"]}, SHOWN)
    assert back["entry"]["targetDate"]["label"] == _label(face) == "March 2026"


def test_a_correction_of_an_old_page_answers_conflict(face: Face) -> None:
    """What was wrong then may have been put right by somebody else since."""
    entry = _begin(face)
    _correct(face, entry, ("targetDate", "2026-05"))
    late = _correct(face, entry, ("targetDate", "2026-06"), expectedPosition=entry)
    assert (late["code"], late["path"]) == ("CONFLICT", "expectedPosition")


def _deep(depth: int) -> object:
    value: object = "x"
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("changes", "code", "path"),
    [
        ([("date", "2026-05")], "FIELD_UNKNOWN", "changes.0.field"),
        ([("\ud800", "2026-05")], "FIELD_UNKNOWN", "changes.0.field"),
        ([("sharedWith", []), ("sharedWith", [])], "VALUE_UNUSABLE", "changes.1.field"),
        ([("targetDate", "soon")], "VALUE_UNUSABLE", "changes.0.to"),
        ([("targetDate", None)], "VALUE_UNUSABLE", "changes.0.to"),
        ([("targetDate", 5.5)], "VALUE_UNUSABLE", "changes.0.to"),
        ([("targetDate", {"date": _deep(10_000)})], "VALUE_UNUSABLE", "changes.0.to"),
        ([("targetDate", "x" * 10_000_000)], "VALUE_UNUSABLE", "changes.0.to"),
        ([("targetDate", {"date": "2026", "asPrinted": "\x07"})], "VALUE_UNUSABLE", "changes.0.to"),
        ([("sharedWith", ["x"] * 100_000)], "VALUE_UNUSABLE", "changes.0.to"),
        ([("sharedWith", []), ("targetDate", "0999-01")], "DATE_IMPOSSIBLE", "changes.1.to"),
        ([("milestone", "another")], "DIFFERENT_EVENT", "changes.0.to"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_at_the_change_and_records_nothing(
    face: Face, changes: list[tuple[str, object]], code: str, path: str
) -> None:
    """Whatever a program sends, the form can say at which line it was wrong."""
    entry = _begin(face)
    answer = _correct(face, entry, *changes)
    assert (answer["__typename"], answer["code"], answer["path"]) == ("Refused", code, path)
    assert len(answer["message"]) < 1_000
    assert face.head() == int(entry)


@pytest.mark.parametrize("mutation", ["entryCorrect", "entryVoid"])
def test_an_entry_of_another_plan_and_a_plan_that_is_not_there_are_refused(
    face: Face, mutation: str
) -> None:
    """Positions count the whole ledger, so that one of another plan is easily taken."""
    entry = _begin(face)
    face.begin("beta")
    for plan, wrong, code, path in (
        ("beta", entry, "UNKNOWN_ENTRY", "entry"),
        ("alpha", "0", "UNKNOWN_ENTRY", "entry"),
        ("alpha", "999", "UNKNOWN_ENTRY", "entry"),
        ("gamma", entry, "UNKNOWN_PLAN", "plan"),
    ):
        answer = face.do(mutation, {"plan": plan, "entry": wrong, **WHY})
        assert (answer["code"], answer["path"]) == (code, path)
    assert face.head() == 9


def test_a_value_may_stand_in_the_document_itself(face: Face) -> None:
    """People try things in the explorer, where there are no variables."""
    entry = _begin(face)
    answer = face.ask(
        f"""mutation {{ it: entryCorrect(input: {{plan: "alpha", entry: "{entry}", reason: "Typed.",
          changes: [{{field: "targetDate", to: {{date: "2026-05", asPrinted: "May"}}}}]}}) {{
          {SHOWN} }} }}"""
    )["it"]
    assert answer["entry"]["targetDate"] == {"label": "May 2026", "asPrinted": "May"}
