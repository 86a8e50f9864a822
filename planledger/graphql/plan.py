"""Plans, and the mutations that begin and close them."""

from datetime import date
from typing import Annotated, cast

import strawberry

from planledger.domain.commands import ClosePlan, DraftPlan
from planledger.domain.refusals import Refusal
from planledger.events.values import Personal
from planledger.graphql import lookups
from planledger.graphql.action import Action
from planledger.graphql.area import Area, Statement
from planledger.graphql.challenge import Challenge
from planledger.graphql.common import described, resolved
from planledger.graphql.context import Info
from planledger.graphql.evidence import Evidence
from planledger.graphql.inspection import Inspection
from planledger.graphql.item import Item
from planledger.graphql.kpi import Kpi
from planledger.graphql.milestone import Milestone
from planledger.graphql.node import Node
from planledger.graphql.party import Party
from planledger.graphql.query import PlanQuery, Reference
from planledger.graphql.rating import RatingKey
from planledger.graphql.recording import (
    CommandInput,
    Conflict,
    Recorded,
    Refused,
    answered,
    record,
    refused,
    seen_after,
    stated,
)
from planledger.graphql.review import Forum, Review
from planledger.graphql.scalars import PlanRef, Position
from planledger.graphql.version import Baseline, PlanVersion
from planledger.importing import NotAPlanError, Prepared, import_prepared, prepare
from planledger.ledger import ConflictError


@strawberry.type(
    description="Counts of what is in the plan at this point; what was withdrawn does not count."
)
class Totals:
    areas: int = described("Areas for improvement.")
    objectives: int = described("Objectives, nested ones included.")
    outcomes: int = described("Outcomes, nested ones included.")
    measures: int = described("Measures, nested ones included.")
    actions: int = described("Actions, placeholders included.")
    placeholder_actions: int = described("Actions that promise something not yet defined.")
    actions_without_lead: int = described("Actions that nobody leads.")
    milestones: int = described("Milestone slots, undefined ones included.")
    stated_milestones: int = described("Milestones that say what is to be reached.")
    agreed_milestones: int = described("Milestones that have been agreed.")
    one_off: int = described("Milestones due once, by a stated date.")
    to_be_confirmed: int = described("Milestones whose date is to be confirmed.")
    recurring: int = described("Milestones due again and again.")
    not_stated: int = described("Milestones without any date, not even TBC.")
    overdue: int = described("Milestones whose due day has passed. Calculated by planledger.")
    open_queries: int = described("Queries that nobody has settled.")
    not_started: int = described("Milestones of which nothing is reported, or no start.")
    in_progress: int = described("Milestones in progress.")
    on_hold: int = described("Milestones on hold.")
    reported_complete: int = described("Milestones claimed complete and not accepted yet.")
    signed_off: int = described("Milestones signed off and not assured.")
    assured: int = described("Milestones signed off as assured.")


@strawberry.type(description="That a plan came to its end.")
class Closing:
    on: date = described("The civil day it was closed.")
    position: Position = described("Position of the entry.")
    outcome: Personal = described("How it ended, in words.")
    successor: PlanRef | None = described("Ref of the plan that follows it, if any.")


_SHORT_NAME = "Its short name in the plan."
_ID = "Its id within the plan."
_REF_OR_ID = "Its ref or its id within the plan."


@strawberry.type(description="One improvement plan at this point.")
class Plan(Node):
    ref: PlanRef = described("What people call it, and commands accept.")
    title: str = described("Its title as printed.")
    drafted_on: date = described("The civil day it came to be.")
    documents: list[str] = described("SHA-256 of every document imported into it.", about=2)
    introduction: list[Personal] = described(
        "What stands before the first area of these, a text a paragraph; empty where nothing does, "
        "or where they were imported before introductions were read.",
        about=10,
    )
    totals: Totals = described("Counts over the plan.")
    areas: list[Area] = described("Its areas for improvement, in order.", about=17)
    milestones: list[Milestone] = described(
        "All its milestones, in the order of the plan.", about=150
    )
    parties: list[Party] = described(
        "Who leads or decides, in the order they were registered.", about=30
    )
    kpis: list[Kpi] = described("Its KPIs, by short name.", about=12)
    forums: list[Forum] = described("The bodies that review it, by short name.", about=3)
    reviews: list[Review] = resolved(
        lookups.reviews, "Its reviews, by data cut-off.", kind=list[Review], about=12
    )
    references: list[Reference] = described(
        "Its cross-references, by the item that points.", about=40
    )
    queries: list[PlanQuery] = resolved(
        lookups.queries,
        "What nobody could decide, by line of the document.",
        kind=list[PlanQuery],
        about=20,
    )
    versions: list[PlanVersion] = described("The versions given out, the oldest first.", about=4)
    baselines: list[Baseline] = described(
        "What slippage is also measured from, the oldest first.", about=2
    )
    inspections: list[Inspection] = described(
        "The reports it answers, the first received first.", about=2
    )
    rating_keys: list[RatingKey] = described(
        "Every version of every key, by name, then version.", about=2
    )
    challenges: list[Challenge] = resolved(
        lookups.challenges,
        "What its reviews asked, the oldest first.",
        kind=list[Challenge],
        about=30,
    )
    evidence: list[Evidence] = resolved(
        lookups.evidence,
        "All its evidence; also what was withdrawn.",
        kind=list[Evidence],
        about=60,
    )
    closed: Closing | None = described("Set once it came to its end.")
    item: Item | None = lookups.one(
        "item", Item, "Its ref, its id within the plan, or an area's printed number."
    )
    area: Area | None = lookups.one("area", Area, "Its ref, printed number or id within the plan.")
    statement: Statement | None = lookups.one("statement", Statement, _REF_OR_ID)
    action: Action | None = lookups.one("action", Action, _REF_OR_ID)
    milestone: Milestone | None = lookups.one("milestone", Milestone, _REF_OR_ID)
    party: Party | None = lookups.one("party", Party, _ID)
    kpi: Kpi | None = lookups.one("kpi", Kpi, _SHORT_NAME)
    forum: Forum | None = lookups.one("forum", Forum, _SHORT_NAME)
    review: Review | None = lookups.one("review", Review, "Its short name in the plan, or its ref.")
    challenge: Challenge | None = lookups.one("challenge", Challenge, _ID)
    query: PlanQuery | None = lookups.one("query", PlanQuery, _ID)
    version: PlanVersion | None = lookups.one("version", PlanVersion, _SHORT_NAME)
    baseline: Baseline | None = lookups.one("baseline", Baseline, _SHORT_NAME)
    inspection: Inspection | None = lookups.one("inspection", Inspection, _SHORT_NAME)


@strawberry.type(description="A plan was begun or closed, or had been already.")
class PlanRecorded(Recorded):
    plan: Plan | None = described("The plan afterwards.")


PlanResult = Annotated[
    PlanRecorded | Refused | Conflict,
    strawberry.union("PlanResult", description="What came of a command about a plan."),
]


@strawberry.input(description="Begin an empty plan.")
class PlanDraftInput(CommandInput):
    title: str = described("The plan's title.")

    def command(self) -> DraftPlan:
        """Give what it asks."""
        return DraftPlan(**stated(self), title=self.title)


@strawberry.input(
    description="End a plan. Needs authority; only the record can be put right from then on."
)
class PlanCloseInput(CommandInput):
    outcome: Personal = described("How it ended, in words.")
    successor: PlanRef | None = strawberry.field(
        default=None, description="Ref of the plan that follows it, if any."
    )

    def command(self) -> ClosePlan:
        """Give what it asks."""
        return ClosePlan(**stated(self), outcome=self.outcome, successor=self.successor)


@strawberry.type(description="A line of a document that could not be read.")
class UnreadLine:
    line: int = described("The line, from 1.")
    message: str = described("What could not be read there and what to do, for people.")


@strawberry.type(description="A document was imported, or had been already.")
class PlanImported(PlanRecorded):
    unread: list[UnreadLine] = described(
        "What could not be read; each is left as a query.", about=20
    )


PlanImportResult = Annotated[
    PlanImported | Refused | Conflict,
    strawberry.union("PlanImportResult", description="What came of importing a document."),
]


@strawberry.input(description="Begin a plan with everything that a document states.")
class PlanImportInput:
    plan: PlanRef = described("A ref for the plan, that no other plan has.")
    filename: str = described("The document's file name.")
    document: str = described("The document's text.")
    strict: bool = strawberry.field(
        default=False, description="Import nothing when any line cannot be read."
    )
    stated_on: date | None = strawberry.field(
        default=None, description="The day it was stated on, where the document bears no date."
    )
    command_id: strawberry.ID | None = strawberry.field(
        default=None, description="An id of your own for this command."
    )


def plan_draft(info: Info, input: PlanDraftInput) -> PlanResult:
    """Begin an empty plan."""
    return record(info, input, PlanRecorded, "plan", input.plan)


def plan_close(info: Info, input: PlanCloseInput) -> PlanResult:
    """Close a plan."""
    return record(info, input, PlanRecorded, "plan", input.plan)


def plan_import(info: Info, input: PlanImportInput) -> PlanImportResult:
    """Import a document."""
    try:
        data = input.document.encode()
        prepared = prepare(
            data, filename=input.filename, plan=input.plan, stated_on=input.stated_on
        )
    except UnicodeEncodeError:
        return _not_a_plan("The document holds half of a character. Send it as UTF-8 text.")
    except NotAPlanError as error:
        return _not_a_plan(str(error))
    if input.strict and prepared.problems:
        return _unread(prepared)
    ledger = info.context.ledger
    try:
        outcome = import_prepared(
            ledger,
            prepared,
            author=info.context.author,
            command_id=input.command_id,
            correlation_id=info.context.correlation_id,
        )
    except ConflictError as conflict:
        return Conflict(code="CONFLICT", message=str(conflict), path=None)
    if isinstance(outcome, Refusal):
        return refused(outcome)
    unread = [UnreadLine(line=p.line, message=p.message) for p in prepared.problems]
    on = prepared.command.effective_on or ledger.today
    plan = seen_after(ledger, outcome, input.plan, on)
    return PlanImported(**answered(outcome), plan=cast("Plan | None", plan), unread=unread)


def _not_a_plan(message: str) -> Refused:
    return Refused(code="NOT_A_PLAN", message=message, path="document")


def _unread(prepared: Prepared) -> Refused:
    first, count = prepared.problems[0], len(prepared.problems)
    lines = "1 line" if count == 1 else f"{count} lines"
    return Refused(
        code="UNREAD_LINES",
        message=f"{lines} could not be read, the first is line {first.line}: {first.message} "
        "Mend the document, or import without strict.",
        path="document",
    )
