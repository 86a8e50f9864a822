"""The schema: every noun put together, and nothing else."""

from typing import Any

import strawberry
from graphql import GraphQLError
from strawberry.extensions import MaskErrors, ParserCache, ValidationCache
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext

from planledger.graphql import (
    action,
    area,
    event,
    item,
    kpi,
    milestone,
    party,
    plan,
    query,
    review,
    target_date,
    target_date_mutations,
)
from planledger.graphql.event import PlanEvent
from planledger.graphql.ledger import Connection, Ledger, entries, ledger_at
from planledger.graphql.scalars import SCALARS


@strawberry.type(description="Questions. One root field pins the time, nothing below takes one.")
class Query:
    ledger: Ledger = strawberry.field(
        resolver=ledger_at, description="The ledger at one point; left out, as it stands."
    )
    events: Connection[PlanEvent] = strawberry.field(
        resolver=entries, description="The entries themselves, in the order of recording."
    )


def _mutation(resolver: Any) -> Any:  # noqa: ANN401 - as strawberry.mutation itself
    return strawberry.mutation(
        resolver=resolver, description=f"{resolver.__doc__} Safe to repeat with its commandId."
    )


@strawberry.type(description="Commands, one for each act. Each answers with a union.")
class Mutation:
    plan_draft: plan.PlanResult = _mutation(plan.plan_draft)
    plan_import: plan.PlanImportResult = _mutation(plan.plan_import)
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
    query_resolve: query.QueryResult = _mutation(query.query_resolve)


class Schema(strawberry.Schema):
    """A schema that logs only what nobody expected; users' mistakes are in their answers."""

    masks = True

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        """Hand only unexpected errors to the log, and those only if the answer will mask them."""
        unexpected = [error for error in errors if self.masks and is_unexpected(error)]
        if unexpected:
            super().process_errors(unexpected, execution_context)


def is_unexpected(error: GraphQLError) -> bool:
    """Whether an error is trouble or a bug of ours, and no mistake in what was asked."""
    cause = error.original_error
    if cause is None or isinstance(cause, GraphQLError):
        return False
    # A literal or variable that cannot be read is a ValueError, found before anything runs.
    return error.path is not None or not isinstance(cause, ValueError)


def make_schema(*, mask: bool = True) -> Schema:
    """Make the schema.

    What clients must not see is masked and logged; without `mask` it is left to the caller, as
    the `original_error` of the error.
    """
    masking = [lambda: MaskErrors(should_mask_error=is_unexpected)] if mask else []
    schema = Schema(
        query=Query,
        mutation=Mutation,
        types=[*target_date.KINDS, *event.EVENTS],
        extensions=[ParserCache, ValidationCache, *masking],
        config=StrawberryConfig(scalar_map=SCALARS),
    )
    schema.masks = mask
    return schema
