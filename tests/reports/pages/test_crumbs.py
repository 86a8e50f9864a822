"""The way back stands on every page, and is called the same on each."""

import pytest

from tests.support.reading_room import Room, said

PAGES = (
    "", "items/1.1", "history/1.1", "changes", "reviews", "reviews/board-2024-q3", "kpis",
    "kpis/re-referrals", "findings", "findings/overdue", "queries", "events", "record",
    "record/reading",
)  # fmt: skip
"""Of a plan."""


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_a_plan_names_the_plan_alike(room: Room, page: str) -> None:
    """A plan that is called by its ref here and by its title there looks like two."""
    crumbs = room.get(f"/plans/northbridge/{page}".rstrip("/")).all(
        "//nav[@aria-label='Breadcrumbs']//li"
    )
    assert [said(crumb) for crumb in crumbs[:2]] == ["Plans", "northbridge"]
    assert crumbs[-1].get("aria-current") == "page"
