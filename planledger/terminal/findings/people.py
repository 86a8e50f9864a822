"""Findings about who leads what, and how much."""

from collections import Counter
from collections.abc import Iterable, Iterator

from planledger.projections.findings import LeadInterval, LeadLoad
from planledger.projections.timing import day_label
from planledger.terminal.findings.section import ITEM, Section, item
from planledger.terminal.layout import Cell, Column, counted, day, names, said

Row = tuple[Cell, ...]


def _loads(found: Iterable[LeadLoad]) -> Iterator[Row]:
    for one in found:
        figures = (one.actions, one.milestones, one.overdue, one.without_date)
        yield (said(one.party.name) if one.party else "nobody", *map(str, figures))


def _intervals(found: tuple[LeadInterval, ...]) -> Iterator[Row]:
    changed = _changed(found)
    for one in found:
        if one.item.id in changed:
            above = " (as its action)" if one.inherited else ""
            yield (
                *item(one.item),
                day_label(one.since),
                day(one.until) or "today",
                f"{names(one.leads, 'nobody')}{above}",
                f"@{one.position}",
            )


def _others(found: tuple[LeadInterval, ...]) -> str:
    others = len({one.item.id for one in found} - _changed(found))
    return (
        f"{counted(others, 'other item')} under the same lead, or led as their action throughout."
        if others
        else ""
    )


def _changed(found: Iterable[LeadInterval]) -> set[str]:
    """Give the ids of items whose lead changed; what is led as its action is told of there."""
    stretches = Counter(one.item.id for one in found)
    own = {one.item.id for one in found if not one.inherited}
    return {name for name, number in stretches.items() if number > 1 and name in own}


SECTIONS = (
    Section(
        "lead-loads",
        "How much each lead has to see to",
        "A joint lead counts for each of them; milestones are those of their actions too.",
        lambda findings: findings.lead_loads,
        (
            *(Column("Lead", 18), Column("Actions", 7), Column("Milestones", 10)),
            *(Column("Overdue", 7), Column("Without a date", 7)),
        ),
        _loads,
        head=1,
    ),
    Section(
        "lead-intervals",
        "Items whose lead changed",
        "Names are the present ones. What only changed with its action is not listed again.",
        lambda findings: findings.lead_intervals,
        (
            *ITEM,
            *(Column("Since", 12), Column("Until", 12), Column("Lead", 18), Column("Entry", 5)),
        ),
        _intervals,
        rest=_others,
    ),
)
