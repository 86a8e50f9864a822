"""In which orders findings are listed, and what their cursors say."""

from enum import Enum

import strawberry

from planledger.graphql.listing import Listing, day, number, place, text
from planledger.graphql.register import MilestoneOrder
from planledger.projections import findings as found
from planledger.projections.timing import Slippage, SlippageUnit

MONTH = 30
"""Days that a month of slippage counts as where the largest comes first."""


class TimeOrder(Enum):
    """In which order things that came one after the other are listed."""

    OLDEST = strawberry.enum_value("oldest", description="The first to come first.")
    NEWEST = strawberry.enum_value("newest", description="The last to come first.")


class PlanOrSizeOrder(Enum):
    """In which order things of the plan that have a size are listed."""

    PLAN = strawberry.enum_value("plan", description="As the plan has them.")
    LARGEST = strawberry.enum_value(
        "largest", description="The largest first; those of one size as the plan has them."
    )


class TimeOrSizeOrder(Enum):
    """In which order things that came one after the other and have a size are listed."""

    OLDEST = strawberry.enum_value("oldest", description="The first to come first.")
    NEWEST = strawberry.enum_value("newest", description="The last to come first.")
    LARGEST = strawberry.enum_value(
        "largest", description="The largest first; of those of one size, the first to come first."
    )


for _enum in (TimeOrder, PlanOrSizeOrder, TimeOrSizeOrder):
    strawberry.enum(_enum, description=_enum.__doc__)


def _days(slippage: Slippage | None) -> int:
    if slippage is None:
        return 0
    return slippage.amount * (MONTH if slippage.unit is SlippageUnit.MONTHS else 1)


def _moved(move: found.DateMove) -> int:
    return _days(move.slippage)


def _slipped(one: found.Slipped) -> int:
    return _days(one.from_original)


DUE: Listing[found.DueItem] = Listing(
    {"due": day("due_by"), "milestone": place("milestone")},
    {MilestoneOrder.DUE: "due milestone", MilestoneOrder.PLAN: "milestone due"},
)
TBC_AGES: Listing[found.TbcAge] = Listing(
    {"milestone": place("milestone"), "since": day("since"), "days": number("days")},
    {
        PlanOrSizeOrder.PLAN: "milestone since",
        PlanOrSizeOrder.LARGEST: "-days milestone since",
    },
)
_IN_TIME: dict[Enum | None, str] = {
    TimeOrder.OLDEST: "on position",
    TimeOrder.NEWEST: "-on -position",
}
FIRST_SETTINGS: Listing[found.FirstSetting] = Listing(
    {"on": day("on"), "position": number("position")}, _IN_TIME
)
DATE_MOVES: Listing[found.DateMove] = Listing(
    {"on": day("on"), "position": number("position"), "days": number(_moved)},
    {
        TimeOrSizeOrder.OLDEST: "on position",
        TimeOrSizeOrder.NEWEST: "-on -position",
        TimeOrSizeOrder.LARGEST: "-days on position",
    },
)
SLIPPED: Listing[found.Slipped] = Listing(
    {"milestone": place("milestone"), "days": number(_slipped)},
    {PlanOrSizeOrder.PLAN: "milestone", PlanOrSizeOrder.LARGEST: "-days milestone"},
)
LEAD_INTERVALS: Listing[found.LeadInterval] = Listing(
    {"item": place("item"), "since": day("since")}, {None: "item since"}
)
CLAIMS: Listing[found.ClaimFinding] = Listing(
    {"on": day("claim.reported_on"), "position": number("claim.position")}, _IN_TIME
)
REOPENED: Listing[found.ReopenedChain] = Listing(
    {"milestone": place("milestone")}, {None: "milestone"}
)
LATE_ENTRIES: Listing[found.LateEntry] = Listing(
    {"days": number("days"), "position": number("position")},
    {
        TimeOrSizeOrder.LARGEST: "-days position",
        TimeOrSizeOrder.OLDEST: "position",
        TimeOrSizeOrder.NEWEST: "-position",
    },
)
AMENDMENTS: Listing[found.AmendmentFinding] = Listing(
    {"position": number("position")},
    {TimeOrder.OLDEST: "position", TimeOrder.NEWEST: "-position"},
)
CONFLICTS: Listing[found.DateConflict] = Listing(
    {
        "item": place("item"),
        "reference": text("reference"),
        "kind": number(lambda one: list(found.ConflictKind).index(one.kind)),
    },
    {None: "item reference kind"},
)
STALLED: Listing[found.Stalled] = Listing(
    {"since": day("since"), "milestone": place("milestone")}, {None: "since milestone"}
)
CHALLENGES: Listing[found.ChallengeFinding] = Listing(
    {"challenge": place("challenge")},
    {TimeOrder.OLDEST: "challenge", TimeOrder.NEWEST: "-challenge"},
)
OPEN_QUERIES: Listing[found.OpenQuery] = Listing({"query": place("query")}, {None: "query"})
RATING_TRAILS: Listing[found.RatingTrail] = Listing(
    {"item": place("item"), "forum": text("forum.ref")}, {None: "item forum"}
)
ITEMS: Listing[found.NamedItem] = Listing({"item": place()}, {None: "item"})
UNCONFIRMED: Listing[found.Unconfirmed] = Listing(
    {"milestone": place("milestone")}, {None: "milestone"}
)
