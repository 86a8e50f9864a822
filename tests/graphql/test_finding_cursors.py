"""Where the next page of findings begins, while others record what joins them and what leaves."""

from collections.abc import Mapping
from datetime import timedelta
from itertools import product
from random import Random
from typing import Any

import pytest

from tests.support.depth import rounds
from tests.support.face import Face, code_of
from tests.support.found import LISTS

CURSORS = ("", "/", "x", "2026-02-12", "1/2/3/4", "9999-99-99/1/1", "9" * 5_000)
Node = Mapping[str, Any]


def test_a_cursor_of_no_page_is_an_error_and_not_an_empty_page(face: Face) -> None:
    """An empty page would say that the list ends here."""
    face.begin()
    for name, cursor in product(LISTS, CURSORS):
        around, _, field = name.rpartition(".")
        page = f'{field}(first: 1, after: "{cursor}") {{ totalCount }}'
        shown = f"{around} {{ {page} }}" if around else page
        data, (error,) = face.run(f'{{ ledger {{ findings(plan: "alpha") {{ {shown} }} }} }}')
        assert data == {"ledger": {"findings": None}}
        assert code_of(error) == "CURSOR_UNKNOWN", (name, cursor)


OFFICER = {"authority": {"officer": "The director"}}
PAGE = """query($first: Int!, $after: String, $order: MilestoneOrder!) { ledger {
  findings(plan: "alpha") { overdue(first: $first, after: $after, order: $order) { totalCount
  nodes { dueBy milestone { ref } } pageInfo { hasNextPage hasPreviousPage endCursor } } } } }"""


def _late(face: Face, after: str | None = None, first: int = 2, order: str = "DUE") -> Any:  # noqa: ANN401
    asked = face.ask(PAGE, first=first, after=after, order=order)
    return asked["ledger"]["findings"]["overdue"]


def _refs(page: Node) -> list[str]:
    return [node["milestone"]["ref"] for node in page["nodes"]]


def _with_late_milestones(face: Face) -> None:
    """Record six milestones of which the first is due last, all of them long overdue."""
    face.begin()
    for number in range(2, 7):
        given = {"plan": "alpha", "action": "1.1", "text": f"Step {number}"}
        face.done("milestonePropose", given)
    for number in range(1, 7):
        _date(face, number, f"2026-02-{20 - number:02}")
    face.clock.now += timedelta(days=30)


def _date(face: Face, number: int, day: str) -> None:
    given = {"plan": "alpha", "milestone": f"1.1/{number}", "date": day}
    face.done("targetDateSet", {**given, **OFFICER})


def _reach(face: Face, number: int) -> None:
    given = {"milestone": f"1.1/{number}", "achievedOn": "2026-03-01"}
    face.done("milestoneAgree", {"plan": "alpha", "milestone": f"1.1/{number}", **OFFICER})
    face.done("milestoneReportComplete", {"plan": "alpha", **given})


def test_a_page_goes_on_although_the_last_of_the_page_before_left_the_list(face: Face) -> None:
    """What is overdue is worked on while somebody reads the list; that is what it is for."""
    _with_late_milestones(face)
    page = _late(face)
    assert _refs(page) == ["1.1/6", "1.1/5"]
    assert page["pageInfo"]["hasPreviousPage"] is False
    _reach(face, 5)
    page = _late(face, page["pageInfo"]["endCursor"])
    assert (_refs(page), page["totalCount"]) == (["1.1/4", "1.1/3"], 5)
    assert page["pageInfo"]["hasPreviousPage"] is True


def test_what_joins_a_list_before_or_after_a_page_moves_nothing_else(face: Face) -> None:
    """A number in the list would have one thing come twice and another never."""
    _with_late_milestones(face)
    cursor = _late(face)["pageInfo"]["endCursor"]
    for text, day in (("Earlier", "2026-02-01"), ("Later", "2026-02-17")):
        face.done("milestonePropose", {"plan": "alpha", "action": "1.1", "text": text})
        number = 7 if text == "Earlier" else 8
        _date(face, number, day)
    rest = _late(face, cursor, first=100)
    assert (_refs(rest), rest["totalCount"]) == (["1.1/4", "1.1/3", "1.1/8", "1.1/2", "1.1/1"], 8)


def test_a_page_goes_on_although_the_last_of_the_page_before_was_renumbered(face: Face) -> None:
    """The cursor holds an id and no ref, which is another one tomorrow."""
    _with_late_milestones(face)
    cursor = _late(face, order="PLAN")["pageInfo"]["endCursor"]
    face.done("itemRenumber", {"plan": "alpha", "item": "1.1", "to": "1.5"})
    rest = _late(face, cursor, first=100, order="PLAN")
    assert _refs(rest) == ["1.5/3", "1.5/4", "1.5/5", "1.5/6"]


def test_a_cursor_holds_in_every_order_of_its_list(face: Face) -> None:
    """Whoever sorts the table anew half-way sees what comes after where they stood."""
    _with_late_milestones(face)
    cursor = _late(face)["pageInfo"]["endCursor"]  # 1.1/5
    assert _refs(_late(face, cursor, first=100, order="PLAN")) == ["1.1/6"]


def test_a_page_goes_on_after_midnight(face: Face) -> None:
    """Everything overdue is a day later then, and it must not change what was read."""
    _with_late_milestones(face)
    cursor = _late(face)["pageInfo"]["endCursor"]
    face.clock.now += timedelta(days=1)
    assert _refs(_late(face, cursor, first=100)) == ["1.1/4", "1.1/3", "1.1/2", "1.1/1"]


@pytest.mark.parametrize("seed", range(rounds(2, 60)))
def test_whoever_pages_while_others_record_misses_nothing_that_stays(face: Face, seed: int) -> None:
    """What is in the list from the first page to the last is on one of them, and only once."""
    chance = Random(seed)  # noqa: S311 - the same every time
    _with_late_milestones(face)
    seen: list[str] = []
    there = set(_refs(_late(face, first=100)))
    stayed = set(there)
    added, after = 6, None
    while True:
        page = _late(face, after, first=chance.randint(1, 2))
        seen += _refs(page)
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
        if chance.random() < 0.5:
            added += 1
            face.done("milestonePropose", {"plan": "alpha", "action": "1.1", "text": f"N {added}"})
            _date(face, added, f"2026-02-{chance.randint(1, 28):02}")
        else:
            gone = chance.choice(sorted(stayed))
            stayed.discard(gone)
            if gone in set(_refs(_late(face, first=100))):
                _reach(face, int(gone.rpartition("/")[2]))
        assert stayed <= set(_refs(_late(face, first=100)))
    assert len(seen) == len(set(seen))
    assert stayed <= set(seen)
