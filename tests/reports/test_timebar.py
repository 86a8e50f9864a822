"""The bar over a plan: where months, reviews and the point that is looked at stand."""

from typing import Any

import pytest

from planledger.reports.pages.timebar import HEIGHT, LEAST, WIDTH, timebar

MONTHS = [
    {"month": "2024-11", "entries": 100, "lastPosition": "100"},
    {"month": "2024-12", "entries": 1, "lastPosition": "120"},
    {"month": "2025-02", "entries": 50, "lastPosition": "200"},
]
QUARTER = WIDTH / 4
"""November to February are four months, one of them empty."""


def _at(position: int) -> float:
    bar = timebar(MONTHS, [], position)
    assert bar is not None
    return bar.here


def test_months_stand_beside_each_other_also_those_without_any_entry() -> None:
    """A quiet month is a finding too; leaving it out would hide it."""
    bar = timebar(MONTHS, [], 1)
    assert bar is not None
    assert [int(one.x // QUARTER) for one in bar.bars] == [0, 1, 3]
    assert [one.height for one in bar.bars] == [HEIGHT, LEAST, HEIGHT / 2]
    assert [one.said for one in bar.bars][1] == "December 2024: 1 entry"
    assert all(one.y + one.height == HEIGHT for one in bar.bars)


def test_a_point_stands_in_its_month_in_the_order_of_the_ledger() -> None:
    """Reviews and the point are on one line, so what is left of a review was known to it."""
    assert _at(0) == 0
    assert _at(50) == QUARTER / 2
    assert _at(100) == QUARTER
    assert _at(110) == QUARTER * 1.5
    assert QUARTER * 3 < _at(121) < QUARTER * 3.1
    assert _at(200) == WIDTH
    assert _at(9_999) == WIDTH, "What other plans recorded since is no part of this one."
    places = [_at(position) for position in range(201)]
    assert places == sorted(places)


def test_reviews_are_drawn_where_they_closed_and_the_whole_is_said_in_words() -> None:
    """Who cannot see the drawing is told what it shows."""
    reviews: list[dict[str, Any]] = [{"closedAt": "50"}, {"closedAt": "200"}]
    bar = timebar(MONTHS, reviews, 50)
    assert bar is not None
    assert list(bar.reviews) == [QUARTER / 2, WIDTH]
    assert bar.here == bar.reviews[0]
    assert bar.description == "151 entries from November 2024 to February 2025, and 2 reviews."


@pytest.mark.parametrize("months", [[], MONTHS[:1], MONTHS[:2]])
def test_what_fits_into_two_months_is_not_drawn(months: list[dict[str, Any]]) -> None:
    """A plan that was imported an hour ago has no course yet."""
    assert timebar(months, [], 1) is None
