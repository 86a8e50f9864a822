"""Anything that has an id, by its id alone, at the head or as it was at a point."""

import re
from typing import Annotated, cast

import strawberry

from planledger.events.envelope import Entry
from planledger.graphql.about import local_id, things
from planledger.graphql.context import Info
from planledger.graphql.entries import as_it_stands
from planledger.graphql.event import replaced
from planledger.graphql.naming import GlobalId, global_id
from planledger.graphql.node import Node
from planledger.graphql.point import answering
from planledger.projections.changes.shapes import Kind
from planledger.projections.points import AtPosition

_ENTRY_ID = re.compile(r"PlanEvent:([0-9]{1,15})(?:(/event)|@([0-9]{1,15}))?")

AnyId = Annotated[
    strawberry.ID,
    strawberry.argument(
        description="An id as answers have it. One that bears a basis asks for the thing as it "
        "was known there; else it is that known now, for today."
    ),
]


def node(info: Info, id: AnyId) -> Node | None:
    """Give what has an id; None where there is nothing of it at its point."""
    entry = _ENTRY_ID.fullmatch(id)
    with answering():
        found = _entry(info, *entry.groups()) if entry else _thing(info, global_id(id))
    return cast("Node | None", found)


def _thing(info: Info, asked: GlobalId) -> object:
    then = info.context.ledger.at(asked.point, asked.effective_on)
    info.context.grounds.note(final=then.basis.final)
    plan = then.plan(asked.plan)
    if plan is None or asked.kind is Kind.PLAN:
        return plan
    alike = things(plan, asked.kind.name.lower())
    return next((thing for thing in alike if local_id(thing) == asked.name), None)


def _entry(info: Info, at: str, event: str | None, by: str | None) -> Entry | None:
    ledger, position, known = info.context.ledger, int(at), int(by or at)
    ledger.at(AtPosition(max(position, known)))  # which refuses what is not reached
    info.context.grounds.note(final=True)  # an entry never changes
    entry = ledger.entries_at([position]).get(position)
    if entry is None or event is not None:
        return entry and replaced(entry)
    return entry if by is None else as_it_stands(ledger.record(entry.plan), entry, known)
