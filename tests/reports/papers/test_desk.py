"""The desk: lists that are longer than a page are given whole."""

from typing import Any

import pytest

from planledger.graphql.context import Context
from planledger.graphql.trusted import TrustedDocument
from planledger.reports import desk as module
from planledger.reports.desk import DeclinedError, Desk
from tests.support.face import EXECUTION
from tests.support.papers import Press

TEXT = """query Two($plan: PlanRef!, $first: Int!, $a: String, $b: String) {
  ledger(knownAt: { position: "1304" }) {
    findings(plan: $plan) {
      dateMoves(first: $first, after: $a) { ...Moves }
      tbcAges(first: $first, after: $b) {
        totalCount pageInfo { hasNextPage endCursor } nodes { milestone { ref } since }
      }
    }
  }
}
fragment Moves on DateMoveConnection {
  totalCount pageInfo { hasNextPage endCursor } nodes { position }
}"""
DESK = Desk(EXECUTION, [TrustedDocument(id="0" * 64, name="two", operations=("Two",), text=TEXT)])
MOVES = ("ledger", "findings", "dateMoves")
AGES = ("ledger", "findings", "tbcAges")


def _asked(context: Context, **lists: tuple[str, ...]) -> Any:  # noqa: ANN401
    variables = {"plan": "northbridge", "first": 7}
    return DESK.ask_lists("two", variables, context, lists).data["ledger"]["findings"]


@pytest.fixture(name="context")
def _context(press: Press) -> Context:
    return press.context


def test_several_lists_are_followed_to_their_ends_whichever_is_longer(
    context: Context,
) -> None:
    """Each stands in the answer whole, once, and in its order."""
    found = _asked(context, a=MOVES, b=AGES)
    for name in ("dateMoves", "tbcAges"):
        nodes = [str(node) for node in found[name]["nodes"]]
        assert len(nodes) == found[name]["totalCount"] > 7
        assert len(set(nodes)) == len(nodes)
    positions = [int(node["position"]) for node in found["dateMoves"]["nodes"]]
    whole = DESK.ask("two", {"plan": "northbridge", "first": 100}, context).data
    first = whole["ledger"]["findings"]["dateMoves"]["nodes"]
    assert [str(one) for one in positions[:100]] == [node["position"] for node in first]


def test_a_list_that_is_not_followed_stays_at_its_first_page(
    context: Context,
) -> None:
    """As where only the largest are wanted."""
    found = _asked(context, a=MOVES)
    assert len(found["tbcAges"]["nodes"]) == 7
    assert len(found["dateMoves"]["nodes"]) == found["dateMoves"]["totalCount"]


def test_a_list_that_nobody_would_read_is_declined(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rather than cut off: what is missing would not be missed."""
    monkeypatch.setattr(module, "MOST_FOLLOWED", 2)
    with pytest.raises(DeclinedError, match="There are more than 21 to list") as declined:
        _asked(context, a=MOVES)
    assert declined.value.code == "TOO_LONG"
