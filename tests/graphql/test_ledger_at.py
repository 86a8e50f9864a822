"""The ledger at a point: each kind of point, what was read, ids, and what is refused."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.support.face import Face, code_of

BASIS = "basis { position recordedAt review { ref closedAt } effectiveOn final }"
PLAN = f'{{ {BASIS} plan(ref: "alpha") {{ title }} }}'
AT = f"query($at: LedgerPoint, $on: Date) {{ ledger(knownAt: $at, effectiveOn: $on) {PLAN} }}"
AUTHORITY = {"authority": {"forum": "board"}}


def _begun(face: Face) -> None:
    """Begin a plan on 12 February, agree on the 20th, close a review, and reword in March."""
    face.begin()
    face.clock.now = datetime(2026, 2, 20, 9, tzinfo=UTC)
    face.done("milestoneAgree", {"plan": "alpha", "milestone": "1.1/1", **AUTHORITY})
    face.done("forumEstablish", {"plan": "alpha", "forum": "board", "name": "The Board"})
    opened = {"review": "q1", "forum": "board", "label": "Q1", "asAt": "2026-02-15"}
    face.done("reviewOpen", {"plan": "alpha", **opened})
    face.done("reviewClose", {"plan": "alpha", "review": "q1"})
    face.clock.now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    words = {"item": "1.1/1", "to": "A board meets weekly", "material": False}
    face.done("itemReword", {"plan": "alpha", **words})


def _basis(face: Face, at: dict[str, Any] | None, on: str | None = None) -> dict[str, Any]:
    basis: dict[str, Any] = face.ask(AT, at=at, on=on)["ledger"]["basis"]
    return basis


def test_an_empty_ledger_has_a_position_of_nought_and_no_plan(face: Face) -> None:
    """The first thing anybody asks a new ledger must not be an error."""
    assert face.ask(AT)["ledger"] == {
        "basis": {
            "position": "0",
            "recordedAt": None,
            "review": None,
            "effectiveOn": "2026-02-12",
            "final": False,
        },
        "plan": None,
    }


@pytest.mark.parametrize(
    ("at", "position", "day", "final"),
    [
        (None, "9", "2026-03-02", False),
        ({"position": "3"}, "3", "2026-02-12", True),
        ({"position": "0"}, "0", "2026-03-02", False),
        ({"review": "alpha/q1"}, "8", "2026-02-15", True),
        ({"endOf": "2026-02-19"}, "4", "2026-02-19", True),
        ({"endOf": "2026-02-20"}, "8", "2026-02-20", True),
        ({"endOf": "2026-03-02"}, "9", "2026-03-02", False),
        ({"recordedAt": "2026-02-20T08:59:59Z"}, "4", "2026-02-20", True),
        ({"recordedAt": "2026-02-20T10:00:00+01:00"}, "5", "2026-02-20", True),
        ({"recordedAt": "2026-01-01T00:00:00Z"}, "0", "2026-01-01", True),
        ({"recordedAt": "0001-01-01T00:00:00+14:00"}, "0", "0001-01-01", True),
    ],
)
def test_every_kind_of_point_is_resolved_to_a_position_and_its_own_day(
    face: Face, at: dict[str, Any] | None, position: str, day: str, final: object
) -> None:
    """An auditor quotes the basis; it must say what was read, whatever was asked by."""
    _begun(face)
    basis = _basis(face, at)
    assert (basis["position"], basis["effectiveOn"], basis["final"]) == (position, day, final)
    review = (at or {}).get("review")
    assert basis["review"] == (review and {"ref": review, "closedAt": "8"})
    assert (basis["recordedAt"] is None) == (position == "0")


def test_a_moment_is_answered_in_utc_with_its_offset(face: Face) -> None:
    """A time without an offset is an hour off for half of the year."""
    face.clock.now = datetime(2026, 7, 1, 12, tzinfo=UTC)
    face.begin()
    assert _basis(face, {"position": "1"})["recordedAt"] == "2026-07-01T12:00:00+00:00"


def test_the_effective_day_asked_for_counts_instead_of_the_points_own(face: Face) -> None:
    """What is agreed for a later day is shown by asking for that day."""
    _begun(face)
    later = {"milestone": "1.1/1", "date": "2026-12", "effectiveOn": "2026-06-01"}
    face.done("targetDateSet", {"plan": "alpha", **later})
    query = """query($on: Date) { ledger(effectiveOn: $on) {
      basis { effectiveOn } plan(ref: "alpha") { milestones { dueBy } } } }"""
    for on, due in (("2026-05-31", None), ("2026-06-01", "2026-12-31")):
        seen = face.ask(query, on=on)["ledger"]
        assert seen["basis"]["effectiveOn"] == on
        assert seen["plan"]["milestones"] == [{"dueBy": due}]


def test_an_answer_at_a_point_stays_the_same_whatever_is_recorded_later(face: Face) -> None:
    """This is what the ledger is for."""
    _begun(face)
    whole = """query($at: LedgerPoint) { ledger(knownAt: $at) { basis { position final } plans(
      first: 9) { nodes { id title milestones { id text agreedOn timeliness } } } } }"""
    points = [{"position": "4"}, {"review": "alpha/q1"}, {"endOf": "2026-02-19"}]
    before = [face.ask(whole, at=at) for at in points]
    face.clock.now = datetime(2026, 4, 2, 9, tzinfo=UTC)
    words = {"item": "1.1/1", "to": "Nothing", "material": False, "effectiveOn": "2026-02-13"}
    face.done("itemReword", {"plan": "alpha", **words})
    assert [face.ask(whole, at=at) for at in points] == before


@pytest.mark.parametrize(
    ("at", "on", "code"),
    [
        ({"position": "10"}, None, "POINT_IN_FUTURE"),
        ({"position": "999999999999999"}, None, "POINT_IN_FUTURE"),
        ({"endOf": "2026-03-03"}, None, "POINT_IN_FUTURE"),
        ({"endOf": "9999-12-31"}, None, "POINT_IN_FUTURE"),
        ({"recordedAt": "2026-03-02T09:00:01Z"}, None, "POINT_IN_FUTURE"),
        ({"recordedAt": "9999-12-31T23:59:59-14:00"}, None, "POINT_IN_FUTURE"),
        ({"review": "alpha/q9"}, None, "UNKNOWN_REVIEW"),
        ({"review": "q1"}, None, "UNKNOWN_REVIEW"),
        ({"review": "\ud800/q1"}, None, "UNKNOWN_REVIEW"),
        ({"review": "alpha/q2"}, None, "REVIEW_NOT_CLOSED"),
        (None, "2200-01-01", "DATE_IMPOSSIBLE"),
    ],
)
def test_a_point_that_cannot_be_answered_for_is_refused_with_a_code(
    face: Face, at: dict[str, Any] | None, on: str | None, code: str
) -> None:
    """A wrong answer would be worse; the message says what to ask instead."""
    _begun(face)
    opened = {"review": "q2", "forum": "board", "label": "Q2", "asAt": "2026-05-15"}
    if at == {"review": "alpha/q2"}:
        face.done("reviewOpen", {"plan": "alpha", **opened})
    error = face.error(AT, at=at, on=on)
    assert code_of(error) == code
    assert error.path == ["ledger"]
    assert error.message.endswith(".")


@pytest.mark.parametrize(
    "point",
    [
        "{}",
        '{position: "1", review: "alpha/q1"}',
        '{position: "1", endOf: null}',
        "{position: null}",
    ],
)
def test_a_point_is_named_in_exactly_one_way(face: Face, point: str) -> None:
    """Of two that disagree the ledger must not pick one."""
    _begun(face)
    data, errors = face.run(f"{{ ledger(knownAt: {point}) {{ basis {{ position }} }} }}")
    assert data is None
    assert errors
    assert all(error.locations for error in errors)


def test_a_thing_keeps_its_id_at_the_head_and_has_another_at_every_other_point(
    face: Face,
) -> None:
    """A client's cache that saw two points under one id shows one value in both columns."""
    _begun(face)
    ids = """query($at: LedgerPoint, $on: Date) { ledger(knownAt: $at, effectiveOn: $on) {
      plan(ref: "alpha") { id areas { id actions { id milestones { id } } } } } }"""

    def of(at: dict[str, Any] | None, on: str | None = None) -> list[str]:
        plan = face.ask(ids, at=at, on=on)["ledger"]["plan"]
        (area,) = plan["areas"]
        (action,) = area["actions"]
        (milestone,) = action["milestones"]
        return [plan["id"], area["id"], action["id"], milestone["id"]]

    head = of(None)
    assert all("@" not in each for each in head)
    assert [each.partition(":")[0] for each in head] == ["Plan", "Area", "Action", "Milestone"]
    assert head[0] == "Plan:alpha"
    assert of({"position": "7"}) == [f"{each}@7,2026-02-20" for each in head]
    assert of(None, "2026-05-01") == [f"{each}@9,2026-05-01" for each in head]
    assert of({"position": "9"}) == [f"{each}@9,2026-03-02" for each in head]
    face.clock.now = datetime(2026, 3, 20, tzinfo=UTC)
    face.done("areaAdd", {"plan": "alpha", "number": "2", "title": "Two"})
    head_later = """{ ledger { plan(ref: "alpha") { areas { id actions { id } } } } }"""
    first, _ = face.ask(head_later)["ledger"]["plan"]["areas"]
    assert [first["id"], first["actions"][0]["id"]] == head[1:3]


def test_two_points_are_asked_for_side_by_side(face: Face) -> None:
    """ "What did it say then, and what does it say now" is one question."""
    _begun(face)
    data = face.ask(
        """{ then: ledger(knownAt: {review: "alpha/q1"}) { ...words }
             now: ledger(knownAt: {position: "9"}, effectiveOn: "2026-02-15") { ...words }
             today: ledger { ...words } }
        fragment words on Ledger { plan(ref: "alpha") { milestones { text agreedOn } } }"""
    )
    texts = {name: data[name]["plan"]["milestones"][0]["text"] for name in data}
    assert texts == {
        "then": "A board meets",
        "now": "A board meets",
        "today": "A board meets weekly",
    }
    # Agreed on the 20th, after the review's cut-off on the 15th.
    assert data["then"]["plan"]["milestones"][0]["agreedOn"] is None


def test_a_plan_that_is_not_there_is_null_and_no_error(face: Face) -> None:
    """Before it began there was none, which is an answer."""
    _begun(face)
    assert face.ask(AT, at={"position": "0"})["ledger"]["plan"] is None
    query = "query($ref: PlanRef!) { ledger { plan(ref: $ref) { ref } } }"
    for ref in ("beta", "", "a" * 100, "\ud800", "\0", "alpha'; DROP TABLE entry"):
        assert face.ask(query, ref=ref)["ledger"]["plan"] is None


@pytest.mark.parametrize(
    ("literal", "said"),
    [
        ('position: "-1"', "position"),
        ("position: 5.5", "position"),
        ('position: "٣"', "position"),
        ("position: true", "position"),
        ('position: "1234567890123456"', "position"),
        ('endOf: "2015-02-30"', "day is out of range"),
        ('endOf: "20150331"', "2015-03-31"),
        ('endOf: "2015-03"', "2015-03-31"),
        ("endOf: 2015", "2015-03-31"),
        ('recordedAt: "2015-03-31T17:00:00"', "offset"),
        ('recordedAt: "yesterday"', "yesterday"),
        ("recordedAt: 5", "offset"),
        ("recordedAt: [1]", "offset"),
    ],
)
def test_a_literal_that_cannot_be_read_is_an_error_with_its_place(
    face: Face, literal: str, said: str
) -> None:
    """Whoever typed it needs the line and column, and what to type instead."""
    error = face.error(f"{{\n  ledger(knownAt: {{{literal}}}) {{ basis {{ position }} }} }}")
    assert error.locations is not None
    assert error.locations[0].line == 2
    assert said in error.message.lower()


@pytest.mark.parametrize(
    "date", ["2015-13", "2015-37", "15-03", "March 2015", "2015-02-29", "0000"]
)
def test_a_partial_date_that_cannot_be_read_is_an_error_with_its_place(
    face: Face, date: str
) -> None:
    """As above, for literals and for variables; nothing is recorded."""
    face.begin()
    fields = 'plan: "alpha", milestone: "1.1/1"'
    error = face.error(
        f'mutation {{ targetDateSet(input: {{{fields}, date: "{date}"}}) {{ __typename }} }}'
    )
    assert error.locations
    mutation = "mutation($date: PartialDate) { targetDateSet(input: {%s, date: $date}) {%s} }"
    error = face.error(mutation % (fields, "__typename"), date=date)
    assert "$date" in error.message
    assert face.head() == 4


@pytest.mark.parametrize(
    "figure", ["12.5", "1e3", '"NaN"', '"Infinity"', '"1e400"', '"12,5"', '""', "true"]
)
def test_a_decimal_that_would_lose_digits_or_is_no_number_is_refused(
    face: Face, figure: str
) -> None:
    """A figure once published is quoted for years; it is kept as it was written."""
    face.begin()
    period = '{first: "2026-01-01", last: "2026-01-31", label: "January"}'
    error = face.error(
        f'mutation {{ kpiTargetSet(input: {{plan: "alpha", kpi: "k", target: {figure}, '
        f"period: {period}}}) {{ __typename }} }}"
    )
    assert error.locations
    assert '"12.5"' in error.message
