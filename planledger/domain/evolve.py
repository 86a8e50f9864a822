"""How one entry changes a plan: the steps of all nouns in one table.

No rule lives here and nothing fails: rules are in `decide`. A table from event to step, rather than
one long match, keeps a step's cost the same for every event; a test holds that it is complete.
Entries that correct or void another have no step: they change which entries are folded, see
`planledger.domain.record`.
"""

from collections.abc import Iterable

from planledger.domain.plan import Plan
from planledger.domain.steps import kpi, milestone, party, query, review, structure, target_date
from planledger.domain.steps import plan as plan_steps
from planledger.domain.steps.common import Steps
from planledger.events.envelope import Fact
from planledger.events.plan import PlanDrafted

FOLD_VERSION = 3
"""Raised whenever a step comes to mean something else, so that kept folds are made anew."""

STEPS: Steps = {
    **plan_steps.STEPS,
    **structure.STEPS,
    **milestone.STEPS,
    **target_date.STEPS,
    **party.STEPS,
    **kpi.STEPS,
    **review.STEPS,
    **query.STEPS,
}


def evolve(plan: Plan | None, entry: Fact) -> Plan | None:
    """Give the plan after one more entry about the world; None as long as no plan was drafted."""
    event = entry.envelope.event
    if plan is not None:
        return STEPS[type(event)](plan, event, entry)
    if isinstance(event, PlanDrafted):
        return Plan(ref=entry.plan, title=event.title, drafted_on=entry.effective_on)
    return None


def fold(facts: Iterable[Fact], plan: Plan | None = None) -> Plan | None:
    """Fold facts in the order given, onto a plan or from nothing; None where none is drafted."""
    for fact in facts:
        if plan is None:
            plan = evolve(plan, fact)
        else:  # what `evolve` does, without a call more for every fact ever read
            event = fact.envelope.event
            plan = STEPS[type(event)](plan, event, fact)
    return plan
