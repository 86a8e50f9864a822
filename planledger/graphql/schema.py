"""The schema: every noun put together."""

from typing import Any

import strawberry
from strawberry.schema.config import StrawberryConfig

from planledger.graphql import (
    action,
    area,
    batch,
    challenge,
    delivery_mutations,
    event,
    evidence,
    inspection,
    item,
    kpi,
    milestone,
    party,
    plan,
    query,
    rating,
    record,
    review,
    target_date,
    target_date_mutations,
    version,
)
from planledger.graphql.by_id import node
from planledger.graphql.change import ChangeConnection, changes, restatements
from planledger.graphql.common import POINT, sized
from planledger.graphql.connection import Connection
from planledger.graphql.event import PlanEvent
from planledger.graphql.feed import entries
from planledger.graphql.history import HistoryConnection, history
from planledger.graphql.ledger import Ledger, ledger_at
from planledger.graphql.node import Node
from planledger.graphql.scalars import SCALARS
from planledger.graphql.subscription import Subscription


@strawberry.type(
    description="Questions. The root field pins the time; nothing below takes a point."
)
class Query:
    ledger: Ledger = strawberry.field(
        resolver=ledger_at,
        description="The ledger at one point; left out, as it stands.",
        metadata=sized(work=POINT),
    )
    changes: ChangeConnection = strawberry.field(
        resolver=changes,
        description="What changed in a plan between two points.",
        metadata=sized(work=4_000, dearer={"STEPS": 12_000}),
    )
    restatements: ChangeConnection = strawberry.field(
        resolver=restatements,
        description="What differs from a review as reported to it as now known: what was put "
        "right since, and what was entered late.",
        metadata=sized(work=4_000),
    )
    history: HistoryConnection = strawberry.field(
        resolver=history,
        description="Every entry that touches a thing: who set what, when, why, and by what right.",
    )
    events: Connection[PlanEvent] = strawberry.field(
        resolver=entries,
        description="The entries themselves, in the order of recording.",
        metadata=sized(work=1_000),
    )
    node: Node | None = strawberry.field(
        resolver=node,
        description="Anything by its id; null where there is nothing of it at its point.",
        metadata=sized(work=POINT),
    )


def _mutation(resolver: Any) -> Any:  # noqa: ANN401 - as strawberry.mutation itself
    made = strawberry.mutation(
        resolver=resolver, description=f"{resolver.__doc__} Safe to repeat with its commandId."
    )
    (argument,) = made.arguments
    argument.description = "What the command states."
    return made


@strawberry.type(
    description="Commands, one for each act. Each answers with a union. Every text that is stated "
    "is 1 to 10,000 characters, not all of them blank and none a control character, but for the "
    "document of `planImport`, which may be longer. Every day lies in the years 1900 to 2199."
)
class Mutation:
    plan_draft: plan.PlanResult = _mutation(plan.plan_draft)
    plan_import: plan.PlanImportResult = _mutation(plan.plan_import)
    plan_version_issue: version.VersionResult = _mutation(version.plan_version_issue)
    plan_version_approve: version.VersionResult = _mutation(version.plan_version_approve)
    plan_version_submit: version.VersionResult = _mutation(version.plan_version_submit)
    plan_baseline_set: version.BaselineResult = _mutation(version.plan_baseline_set)
    plan_close: plan.PlanResult = _mutation(plan.plan_close)
    inspection_report_receive: inspection.InspectionResult = _mutation(
        inspection.inspection_report_receive
    )
    area_add: area.AreaResult = _mutation(area.area_add)
    statement_add: area.StatementResult = _mutation(area.statement_add)
    action_add: action.ActionResult = _mutation(action.action_add)
    placeholder_resolve: action.ActionResult = _mutation(action.placeholder_resolve)
    item_reword: item.ItemResult = _mutation(item.item_reword)
    item_renumber: item.ItemResult = _mutation(item.item_renumber)
    item_withdraw: item.ItemResult = _mutation(item.item_withdraw)
    lead_assign: item.ItemResult = _mutation(item.lead_assign)
    lead_reassign: item.ItemResult = _mutation(item.lead_reassign)
    milestone_propose: milestone.MilestoneResult = _mutation(milestone.milestone_propose)
    milestone_agree: milestone.MilestoneResult = _mutation(milestone.milestone_agree)
    milestone_progress_report: milestone.MilestoneResult = _mutation(
        delivery_mutations.milestone_progress_report
    )
    milestone_report_complete: milestone.MilestoneResult = _mutation(
        delivery_mutations.milestone_report_complete
    )
    milestone_sign_off: milestone.MilestoneResult = _mutation(delivery_mutations.milestone_sign_off)
    milestone_sign_off_refuse: milestone.MilestoneResult = _mutation(
        delivery_mutations.milestone_sign_off_refuse
    )
    milestone_reopen: milestone.MilestoneResult = _mutation(delivery_mutations.milestone_reopen)
    target_date_set: milestone.MilestoneResult = _mutation(target_date_mutations.target_date_set)
    target_date_defer: milestone.MilestoneResult = _mutation(
        target_date_mutations.target_date_defer
    )
    target_date_move: milestone.MilestoneResult = _mutation(target_date_mutations.target_date_move)
    recurrence_set: milestone.MilestoneResult = _mutation(target_date_mutations.recurrence_set)
    party_register: party.PartyResult = _mutation(party.party_register)
    party_rename: party.PartyResult = _mutation(party.party_rename)
    party_alias: party.PartyResult = _mutation(party.party_alias)
    kpi_define: kpi.KpiResult = _mutation(kpi.kpi_define)
    kpi_target_set: kpi.KpiResult = _mutation(kpi.kpi_target_set)
    kpi_reading_record: kpi.KpiResult = _mutation(kpi.kpi_reading_record)
    kpi_reading_revise: kpi.KpiResult = _mutation(kpi.kpi_reading_revise)
    forum_establish: review.ForumResult = _mutation(review.forum_establish)
    review_open: review.ReviewResult = _mutation(review.review_open)
    review_close: review.ReviewResult = _mutation(review.review_close)
    rating_key_adopt: rating.RatingKeyResult = _mutation(rating.rating_key_adopt)
    rating_give: rating.RatingResult = _mutation(rating.rating_give)
    challenge_raise: challenge.ChallengeResult = _mutation(challenge.challenge_raise)
    challenge_answer: challenge.ChallengeResult = _mutation(challenge.challenge_answer)
    evidence_register: evidence.EvidenceResult = _mutation(evidence.evidence_register)
    evidence_withdraw: evidence.EvidenceResult = _mutation(evidence.evidence_withdraw)
    query_raise: query.QueryResult = _mutation(query.query_raise)
    query_resolve: query.QueryResult = _mutation(query.query_resolve)
    reference_record: query.ReferenceResult = _mutation(query.reference_record)
    entry_correct: record.EntryResult = _mutation(record.entry_correct)
    entry_void: record.EntryResult = _mutation(record.entry_void)
    batch_record: batch.BatchResult = _mutation(batch.batch_record)


def make_schema(*, commands: bool = True) -> strawberry.Schema:
    """Make the schema; without `commands` it has none, and only answers questions."""
    return strawberry.Schema(
        query=Query,
        mutation=Mutation if commands else None,
        subscription=Subscription,
        types=[*target_date.KINDS, *event.EVENTS],
        config=StrawberryConfig(scalar_map=SCALARS),
    )
