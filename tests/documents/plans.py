"""The plans that the tests of the reader read, and ways to look into a draft."""

from collections.abc import Iterator
from pathlib import Path

from planledger.documents import Reading, read_document
from planledger.domain.draft import (
    Draft,
    DraftAction,
    DraftMilestone,
    DraftParty,
    DraftQuery,
    DraftReference,
    DraftStatement,
)

ROOT = Path(__file__).parents[2]
PLYMOUTH = ROOT / "examples" / "plymouth-2015" / "plymouth-2015-improvement-plan.txt"
NORTHBRIDGE = Path(__file__).parent / "northbridge_other_layout.txt"
HEADER = "ACTION\t\tPROGRESS MILESTONES\tTARGET DATE\tDELIVERY LEAD"


def small_plan(*lines: str, title: str = "Better roads") -> str:
    """Give a plan of one area whose table holds these lines."""
    top = ("ROADS PLAN", "3 March 2024", "", f"AREA FOR IMPROVEMENT 1: {title}")
    return "\n".join((*top, "OBJECTIVES:", "- Roads are safe", "", HEADER, *lines, ""))


def row(ref: str, action: str, milestones: str, date: str, lead: str) -> str:
    """Give a row of a table."""
    return f"{ref}\t{action}\t{milestones}\t{date}\t{lead}"


def read(text: str) -> Reading:
    """Read a plan given as text."""
    return read_document(text.encode(), "plan.txt")


def actions(draft: Draft) -> dict[str, DraftAction]:
    """Give the actions of a draft by their keys."""
    return {action.key: action for area in draft.areas for action in area.actions}


def milestones(draft: Draft) -> dict[str, DraftMilestone]:
    """Give the milestones of a draft by their keys."""
    return {
        milestone.key: milestone
        for action in actions(draft).values()
        for milestone in action.milestones
    }


def statements(draft: Draft) -> Iterator[DraftStatement]:
    """Give every statement of a draft, those nested in others too."""

    def within(statement: DraftStatement) -> Iterator[DraftStatement]:
        yield statement
        for child in statement.children:
            yield from within(child)

    for area in draft.areas:
        for statement in area.statements:
            yield from within(statement)


def parties(draft: Draft) -> dict[str, DraftParty]:
    """Give the parties of a draft by their names."""
    return {party.name: party for party in draft.parties}


def leads(draft: Draft, ref: str) -> list[str]:
    """Give the names of the leads of an action."""
    names = {party.key: party.name for party in draft.parties}
    return [names[key] for key in actions(draft)[ref].leads]


def queries(draft: Draft, item: str | None) -> list[DraftQuery]:
    """Give the queries about an item."""
    return [query for query in draft.queries if query.item == item]


def references(draft: Draft, item: str) -> list[DraftReference]:
    """Give the pointers that stand in an item."""
    return [reference for reference in draft.references if reference.item == item]


def problem_lines(reading: Reading) -> list[int]:
    """Give the lines that have problems."""
    return [problem.line for problem in reading.problems]
