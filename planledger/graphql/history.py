"""How one thing came to be what it is: who set what, when, why and by whose authority."""

from datetime import date
from typing import Annotated, Any, NamedTuple

import strawberry

from planledger.events.values import Personal
from planledger.graphql.change import Change, shown
from planledger.graphql.common import described
from planledger.graphql.connection import After, Counted, First, cut
from planledger.graphql.context import Info
from planledger.graphql.entries import Entries
from planledger.graphql.event import PlanEvent
from planledger.graphql.figures import Figures, Told, shown_of
from planledger.graphql.naming import id_of, thing_named
from planledger.graphql.point import Basis, answering
from planledger.graphql.scalars import Position
from planledger.projections.changes.public import Shows
from planledger.projections.changes.shapes import (
    EntryStanding,
    ItemHistory,
    Kind,
    Track,
)
from planledger.projections.changes.shapes import (
    HistoryEntry as HistoryEntryValue,
)
from planledger.projections.changes.words import name_thing


@strawberry.type(description="One entry in the history of a thing, and what it did to it.")
class HistoryEntry:
    event: PlanEvent = strawberry.field(
        resolver=lambda root: root.entries.at(root.position),
        description="The entry as it was recorded: who, when, why and by what right.",
        graphql_type=PlanEvent,
    )
    late_days: int = described(
        "Days from the day it took effect to the day it was recorded; 0 where it was not late, or "
        "puts the record right."
    )
    standing: EntryStanding = described("How it stands at this basis.")
    in_force_from: date | None = described(
        "The civil day on which it takes its place among what was in force; null for a void."
    )
    by: Position | None = described("Position of the entry that corrected or voided it, if any.")
    about: Position | None = described(
        "Of a correction or void: position of the entry it is about."
    )
    changes: list[Change] = described(
        "What it did to the thing; nothing where it does not stand, or not yet, or only voids.",
        about=2,
    )
    former_changes: list[Change] = described(
        "Of an entry that was corrected or voided: what it did to the thing as it was recorded. "
        "It counts no more, and is told so that nothing is lost; empty for one that stands.",
        about=1,
    )


class _Shown(NamedTuple):
    """An entry of a history as it is shown, with all that its page names at hand."""

    position: int
    late_days: int
    standing: EntryStanding
    in_force_from: date | None
    by: int | None
    about: int | None
    changes: list[object]
    former_changes: list[object]
    entries: Entries


@strawberry.type(
    description="A page of the history of a thing, in the order of recording. Of the entries that "
    "stand, ordered by `inForceFrom` and then as here, what each left is what the next one found."
)
class HistoryConnection(Counted[HistoryEntry]):
    basis: Basis = described("What the history was read from.")
    kind: Kind = described("What kind of thing it is.")
    thing_id: strawberry.ID | None = described("Global id of the thing as it is now.")
    ref: str = described("What people call the thing; its id where it has no ref.")
    title: Personal | None = described("Its wording, title or name, as last known.")


ThingName = Annotated[
    strawberry.ID,
    strawberry.argument(
        description='Global id of anything, such as "Milestone:plymouth-2015/milestone-7", or '
        'a plan with the ref of an item, "plymouth-2015/1.4/2". An id that bears its basis '
        "asks for the history as it was known there; else it is that known now."
    ),
]


def history(  # noqa: PLR0913, PLR0917 - the arguments of the field
    info: Info,
    item: ThingName,
    first: First,
    field: Annotated[
        Track | None, strawberry.argument(description="Only this of it; left out, all.")
    ] = None,
    inside: Annotated[  # noqa: FBT002 - an argument of the field
        bool,
        strawberry.argument(
            description="Of an item, also what is under it and about it: ratings, challenges, "
            "evidence, references and queries. With `field` it adds nothing."
        ),
    ] = False,
    figures: Told = Figures.FULL,
    after: After = None,
) -> HistoryConnection:
    """Give the history of a thing."""
    asked = thing_named(item)
    ledger = info.context.ledger
    with answering():
        found = ledger.item_history(
            asked.plan, asked.thing, field, asked.point, asked.effective_on, inside=inside
        )
    info.context.grounds.note(final=found.basis.final)
    entries = Entries(ledger)
    shows = shown_of(figures, (found.basis, found.known))
    fields = cut(
        found.entries,
        lambda entry: str(entry.position),
        first,
        after,
        shown=lambda entry: _shown(asked.plan, found, entry, entries, shows),
    )
    return HistoryConnection(**fields, **_named(asked.plan, found))


def _named(plan: str, found: ItemHistory) -> dict[str, Any]:
    thing = (found.kind, found.id)
    said = name_thing(found.known, thing)
    return {
        "basis": found.basis,
        "kind": found.kind,
        "thing_id": id_of(plan, thing),
        "ref": said.ref,
        "title": said.title,
    }


def _shown(
    plan: str, found: ItemHistory, entry: HistoryEntryValue, entries: Entries, shows: Shows
) -> _Shown:
    entries.name([entry.position])
    return _Shown(
        position=entry.position,
        late_days=entry.late_days,
        standing=entry.standing,
        in_force_from=entry.place[0] if entry.place else None,
        by=entry.by,
        about=entry.about,
        changes=[shown(plan, change, found.known, entries, shows) for change in entry.changes],
        former_changes=[
            shown(plan, change, found.known, entries, shows) for change in entry.former
        ],
        entries=entries,
    )
