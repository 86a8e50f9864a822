"""Northbridge: the two-year history of a fictional plan, told as acts.

Nobody and nothing in it exists. Each file tells one thread of the story, and `story` puts their
acts in the order of days; on one day the threads follow each other in the order given there.
"""

from collections.abc import Iterator
from itertools import chain

from planledger.domain.draft import Draft
from planledger.simulation.acts import Act
from planledger.simulation.northbridge import (
    dates,
    delivery,
    kpis,
    late_work,
    opening,
    people,
    record,
    refusals,
    returned,
    reviews,
    structure,
)
from planledger.simulation.northbridge.accounts import ACCOUNTS

__all__ = ["ACCOUNTS", "story"]


def story(draft: Draft) -> tuple[Act, ...]:
    """Give the whole history, from the draft that the plan document states, in order."""
    threads: Iterator[Act] = chain(
        opening.acts(draft),
        structure.acts(),
        people.acts(),
        dates.acts(),
        delivery.acts(),
        returned.acts(),
        late_work.acts(),
        kpis.acts(),
        record.acts(),
        refusals.acts(),
        reviews.acts(),
    )
    return tuple(sorted(threads, key=lambda act: act.day))
