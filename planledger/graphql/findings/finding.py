"""Findings about milestones and actions: what is due, left open, claimed, stalled, in conflict."""

from datetime import date
from decimal import Decimal

import strawberry

from planledger.domain.delivery import Delivery
from planledger.events.values import ItemKind, Rating
from planledger.graphql.challenge import Challenge
from planledger.graphql.common import described
from planledger.graphql.delivery import Completion
from planledger.graphql.evidence import Evidence
from planledger.graphql.party import Party
from planledger.graphql.query import PlanQuery
from planledger.graphql.rating import GivenRating
from planledger.graphql.review import Forum
from planledger.graphql.scalars import EdtfDate
from planledger.projections.findings import ConflictKind, Denominator


@strawberry.type(description="An item of the plan, as a finding names it.")
class NamedItem:
    kind: ItemKind = described("What it is.")
    # Not `id`: that is for the item itself, which has more fields.
    id: strawberry.ID = strawberry.field(
        name="itemId", description="Its global id at this basis; `node` gives the item itself."
    )
    ref: str = described("What people call it, and commands accept.")
    text: str = described("Its wording; an area's title.")


@strawberry.type(
    description="A milestone, or one time of a recurring one, that is overdue or falls due."
)
class DueItem:
    milestone: NamedItem = described("The milestone.")
    action: NamedItem = described("Its action.")
    occurrence: EdtfDate | None = described("Which time of a recurring milestone; else null.")
    due_by: date = described("The last day in time.")
    days_overdue: int = described("Days since then; 0 where it has not passed.")
    leads: list[Party] = described("Who leads it; empty where nobody does.", about=2)
    leads_inherited: bool = described("The leads are the action's, as it has none of its own.")
    lead_to_be_confirmed: str | None = described(
        'What is printed in place of a lead that is still to be confirmed: "TBC"; else null.'
    )
    delivery: Delivery = described("How far it has been delivered.")
    agreed: bool = described("It is agreed, and not only proposed.")
    rating: GivenRating | None = described("What the last review that rated it judged.")


@strawberry.type(description="A milestone whose date is to be confirmed.")
class Unconfirmed:
    milestone: NamedItem = described("The milestone.")
    decide_by: EdtfDate | None = described(
        "By when the date is to be decided, if stated: a decision due, and no target date."
    )
    decider: str | None = described("The body that is to decide, if stated.")
    decision_overdue: bool = described("The last day for deciding has passed.")


@strawberry.type(
    description="One claim that a milestone is reached, with what an auditor asks of it."
)
class ClaimFinding:
    milestone: NamedItem = described("The milestone.")
    claim: Completion = described("The claim, and everything that came of it.")
    evidence: list[Evidence] = described(
        "What it and its sign-offs name, and what was registered for the milestone or its action.",
        about=2,
    )
    without_evidence: bool = described("There is none of any of these.")
    dated_after: list[Evidence] = described(
        "Evidence certainly dated after what rests on it: a sign-off, or else the claim. Where no "
        "evidence that these name counts any more, also what was only registered for the milestone "
        "or its action, if all of that is dated after.",
        about=1,
    )
    withdrawn_since: list[Evidence] = described(
        "Evidence that the claim or a sign-off names and that no longer counts.", about=1
    )
    waived: bool = described("A sign-off was given with a waiver.")


@strawberry.type(description="A milestone whose claims were refused or taken back.")
class ReopenedChain:
    milestone: NamedItem = described("The milestone.")
    claims: list[Completion] = described("Every claim, the oldest first.", about=2)
    refused: int = described("Claims that were refused.")
    reopened: int = described("Claims that were accepted and taken back.")


@strawberry.type(
    description="One thing wrong between an item and one it depends on; a pair can have several."
)
class DateConflict:
    kind: ConflictKind = described("What is wrong.")
    item: NamedItem = described("The item that waits.")
    due_by: date | None = described("The latest due day under it, if there is one.")
    waits_for: NamedItem = described("What it cannot be done before.")
    waits_for_due_by: date | None = described("The latest due day under that, if there is one.")
    reference: str = described("Id of the recorded dependence, within the plan.")


@strawberry.type(description="So many out of so many.")
class Share:
    count: int = described("How many have come so far.")
    out_of: int = described("How many there are.")
    percent: Decimal | None = described("To one decimal place, halves up; null out of nothing.")
    label: str = described('In words, such as "12 of 48 actions".')


@strawberry.type(
    description="How far everything of one kind has come; what is further has come as far as this, "
    "too. What is withdrawn does not count, nor do placeholders that are resolved, with the "
    "milestones under them, since what took their place does; the plan's `totals` count these, and "
    "so may be higher."
)
class Completeness:
    out_of: Denominator = described("What the shares are out of.")
    agreed: Share = described("Agreed.")
    reported_complete: Share = described("Claimed to be reached, signed off or not.")
    signed_off: Share = described("Claimed to be reached, and accepted.")


@strawberry.type(description="A milestone that a partner leads, with no word of it for some time.")
class Stalled:
    milestone: NamedItem = described("The milestone.")
    action: NamedItem = described("Its action.")
    leads: list[Party] = described("All who lead it, of whatever kind.", about=2)
    delivery: Delivery = described("How far it has been delivered.")
    last_report_on: date | None = described(
        "The civil day of the last report of progress or claim; null where there never was one."
    )
    since: date = described("That day, or the one on which the milestone came to be.")
    days: int = described("Days since then.")
    due_by: date | None = described("The last day in time, if it has a date.")


@strawberry.type(description="A challenge that is open, or was answered after its answer was due.")
class ChallengeFinding:
    challenge: Challenge = described("The challenge.")
    item: NamedItem | None = described("What it is about, if it is about one item.")
    is_open: bool = described("Nobody has answered it.")
    days_late: int = described(
        "Days from the day an answer was due to the answer, or to the effective day; 0 in time."
    )


@strawberry.type(description="A query that nobody has resolved.")
class OpenQuery:
    query: PlanQuery = described("The query.")
    item: NamedItem | None = described("What it is about, if it is about one item.")
    days_open: int = described("Days since it was raised.")


@strawberry.type(description="That a forum judged an item otherwise than at its review before.")
class RatingChange:
    before: Rating = described("What it judged before.")
    after: Rating = described("What it judged then.")
    to: GivenRating = described("The later rating, with its rationale.")
    key_changed: bool = described(
        "It was given under another key or version, so that the two may not compare."
    )


@strawberry.type(description="What one forum judged of an item, review by review.")
class RatingTrail:
    item: NamedItem = described("The item.")
    forum: Forum = described("The forum.")
    ratings: list[GivenRating] = described("Its ratings, by the reviews' cut-offs.")
    changes: list[RatingChange] = described("Where it judged otherwise than before.")


@strawberry.type(
    description="How far an area is covered: whether it has actions with owners and periods."
)
class AreaCoverage:
    area: NamedItem = described("The area.")
    actions: int = described("Actions in the plan; placeholders that are resolved are left out.")
    placeholders: list[NamedItem] = described("Actions that promise something not yet defined.")
    without_owner: list[NamedItem] = described(
        "Actions that nobody leads, neither the action nor all of its milestones."
    )
    without_period: list[NamedItem] = described(
        "Actions of which no milestone has a date, or is ongoing."
    )
    is_covered: bool = described("There is an action, and none of the above.")


@strawberry.type(
    description="How much a party leads on the effective day; a joint lead counts for each. "
    "Placeholders that are resolved do not count, with what stands under them."
)
class LeadLoad:
    party: Party | None = described("The party; null counts what nobody leads.")
    actions: int = described("Actions it leads.")
    milestones: int = described("Milestones it leads, by themselves or by their action.")
    overdue: int = described("Milestones of these that are overdue.")
    without_date: int = described("Milestones of these that have no date.")
