"""The feed as it grows: the past first, then each entry as it is recorded."""

from collections.abc import AsyncGenerator
from typing import Annotated

import strawberry

from planledger.graphql.context import Info
from planledger.graphql.errors import declined
from planledger.graphql.event import EventType, PlanEvent
from planledger.graphql.point import answering
from planledger.graphql.scalars import PlanRef, Position


async def plan_events(
    info: Info,
    after: Annotated[
        Position | None,
        strawberry.argument(
            description="Only entries after this position; left out, all. For those from now on, "
            "ask for the position of `ledger { basis { position } }` first."
        ),
    ] = None,
    plan: Annotated[
        PlanRef | None,
        strawberry.argument(description="Only this plan's, which need not have begun."),
    ] = None,
    types: Annotated[
        list[EventType] | None, strawberry.argument(description="Only these; left out, all.")
    ] = None,
) -> AsyncGenerator[PlanEvent, None]:
    """Give entries in the order they were recorded, and wait for more."""
    feed = info.context.feed
    if feed is None:
        raise declined("OPERATION_NOT_POSSIBLE", "Nothing can be followed here. Ask a service.")
    wanted = None if types is None else frozenset(kind.value for kind in types)
    resumed = info.context.resumed_after
    with answering():
        async for page in feed.follow((after or 0) if resumed is None else resumed, plan=plan):
            for entry in page:
                if wanted is None or type(entry.event) in wanted:
                    yield entry  # type: ignore[misc] # shown as it is; see `graphql.event`


@strawberry.type(
    description="What is told as it happens, over a WebSocket or as text/event-stream."
)
class Subscription:
    plan_events: AsyncGenerator[PlanEvent, None] = strawberry.subscription(
        resolver=plan_events,
        description="The entries as in `events`, first the past ones and then each as it is "
        "recorded: in order, none missed, and each at least once. Store the position of the last "
        "one with whatever it had you do, and drop what comes at or before it: a client that "
        "connects anew by itself gives the `after` it began with. Ends only in trouble, or with "
        "the service.",
    )
