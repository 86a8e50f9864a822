"""Points as they stand in addresses, and what of an address goes along to the next page."""

from typing import Any

import pytest

from planledger.reports.desk import DeclinedError
from planledger.reports.pages.page import Visit
from planledger.reports.points import day_of, point_of, written

POINTS: list[tuple[str, dict[str, Any] | None]] = [
    ("head", None),
    ("@788", {"position": "788"}),
    ("2024-10-22", {"endOf": "2024-10-22"}),
    ("alpha/board-q1", {"review": "alpha/board-q1"}),
]


@pytest.mark.parametrize(("text", "point"), POINTS)
def test_a_point_is_written_as_it_is_read(text: str, point: dict[str, Any] | None) -> None:
    """An address that a paper names must lead to what the paper was made of."""
    assert point_of("alpha", text) == point
    assert written(point) == text
    assert point_of("alpha", f"  {text} ") == point


def test_a_review_may_go_by_its_short_name() -> None:
    """That is what people call it; another plan's has to be named whole."""
    assert point_of("alpha", "board-q1") == {"review": "alpha/board-q1"}
    assert point_of("alpha", "review:board-q1") == {"review": "alpha/board-q1"}
    assert point_of("alpha", "beta/board-q1") == {"review": "beta/board-q1"}


@pytest.mark.parametrize("text", ["", "  ", None])
def test_nothing_is_the_ledger_as_it_stands(text: str | None) -> None:
    """A form sends its boxes empty."""
    assert point_of("alpha", text) is None
    assert day_of(text) is None


@pytest.mark.parametrize("text", ["@x", "2024-13-01", "12 May", "2024-10-22T10:00:00", "@-1"])
def test_what_is_no_point_is_declined_with_how_to_write_one(text: str) -> None:
    """The message stands on the page, and there is no other help."""
    with pytest.raises(DeclinedError, match=r"Write .*@123.*2015-03-31"):
        point_of("alpha", text)


def test_what_is_no_day_is_declined_with_how_to_write_one() -> None:
    """As above."""
    with pytest.raises(DeclinedError, match="Write it as 2015-03-31"):
        day_of("31/03/2015")


def test_only_the_point_goes_along_to_other_pages() -> None:
    """A filter of one page would be nonsense on the next."""
    visit = Visit(path={"plan": "alpha"}, query={"known": "@5", "on": "2026-02-12", "after": "x"})
    assert visit.carried == {"known": "@5", "on": "2026-02-12"}
    assert visit.again(after="y") == "?known=@5&on=2026-02-12&after=y"
    assert visit.again(after=None, known=None, on=None) == "?"
    item = visit.items()
    assert item("1.4/2") == "/plans/alpha/items/1.4/2?known=@5&on=2026-02-12"
    assert item("a b?#%") == "/plans/alpha/items/a%20b%3F%23%25?known=@5&on=2026-02-12"
    assert Visit(path={"plan": "alpha"}).items()("1") == "/plans/alpha/items/1"
