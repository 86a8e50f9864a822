"""What an entry is about: things of its plan, under the names they go by now."""

from typing import NamedTuple, cast

import strawberry

from planledger.events.envelope import Entry
from planledger.events.values import Personal
from planledger.graphql.common import described
from planledger.graphql.context import Info
from planledger.graphql.naming import id_of
from planledger.projections.changes.shapes import Kind


@strawberry.type(description="A thing of a plan, under the name it goes by now.")
class NamedThing:
    kind: Kind = described("What kind of thing it is.")
    thing_id: strawberry.ID | None = described(
        "Global id of the thing as it is now; null for a rating key with all its versions."
    )
    ref: str = described('What people call it: "1.4/2", "plan/review"; its id where it has no ref.')
    area: str | None = described("Ref of the area it belongs to, if to one.")
    title: Personal | None = described("Its wording, title or name, as last known.")


class _Named(NamedTuple):
    kind: Kind
    thing_id: str | None
    ref: str
    area: str | None
    title: Personal | None


def things_about(root: Entry, info: Info) -> list[NamedThing]:
    """Name what an entry is about."""
    info.context.grounds.note(final=False)  # what a thing is called may change
    found = [
        _Named(thing[0], id_of(root.plan, thing), said.ref, said.area, said.title)
        for thing, said in info.context.ledger.about(root)
    ]
    return cast("list[NamedThing]", found)
