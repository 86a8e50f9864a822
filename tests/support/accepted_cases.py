"""What a plan accepts: for every command, what it records and on what past."""

from msgspec import Struct

from planledger.domain.commands import (
    AddAction,
    AddArea,
    AddStatement,
    AgreeMilestone,
    DraftPlan,
    ImportPlan,
    PlanCommand,
    ProposeMilestone,
    RenumberItem,
    ResolvePlaceholder,
    RewordItem,
    WithdrawItem,
)
from planledger.domain.finding import new_id
from planledger.events.catalogue import PlanEvent
from planledger.events.milestone import MilestoneAgreed, MilestoneProposed
from planledger.events.plan import DocumentImported, PlanDrafted
from planledger.events.structure import (
    ActionAdded,
    AreaAdded,
    ItemRenumbered,
    PlaceholderResolved,
    StatementAdded,
    WordingChanged,
)
from planledger.events.values import (
    Definition,
    StatementKind,
)
from tests.support.domain_cases import (
    BEGUN,
    BOARD,
    PLAN,
    REASON,
    Past,
    gone,
)
from tests.support.small_drafts import SMALLEST


class Accepted(Struct, frozen=True):
    """A past, a command, and exactly what it then records."""

    past: Past
    command: PlanCommand
    events: tuple[PlanEvent, ...]


IMPORTED = f"{PLAN}/{SMALLEST.sha256}"
"""What the ids of all that the document brings come from."""


def made(kind: str) -> str:
    """Give the id of the one thing of this kind that the command makes."""
    return new_id(kind, "command-1", 0)


def _renumbered(item: str, before: str, after: str) -> ItemRenumbered:
    return ItemRenumbered(item=item, from_ref=before, to_ref=after)


def _reworded(item: str, before: str, after: str, *, material: bool = False) -> WordingChanged:
    return WordingChanged(item=item, from_text=before, to_text=after, material=material)


def _statement(ordinal: int, kind: StatementKind, parent: str | None = None) -> StatementAdded:
    return StatementAdded(
        statement=made("statement"), area="help", parent=parent, kind=kind, ordinal=ordinal,
        text="Less waiting",
    )  # fmt: skip


def _add_action(ref: str, *, placeholder: bool = False) -> AddAction:
    return AddAction(plan=PLAN, area="1", ref=ref, text="Train all staff", placeholder=placeholder)


def _action(ref: str, *, placeholder: bool = False) -> ActionAdded:
    return ActionAdded(
        action=made("action"), area="help", ref=ref, text="Train all staff",
        placeholder=placeholder,
    )  # fmt: skip


PLANS = {
    "an empty plan is begun": Accepted(
        Past(),
        DraftPlan(plan=PLAN, title="Northbridge improvement plan"),
        (PlanDrafted(title="Northbridge improvement plan"),),
    ),
    "a plan is begun with a document": Accepted(
        Past(),
        ImportPlan(plan=PLAN, draft=SMALLEST),
        (
            PlanDrafted(title="Northbridge improvement plan"),
            DocumentImported(
                sha256="ab" * 32, filename="plan.txt", reader="text/1",
                areas=1, statements=0, actions=1, milestones=0, queries=0,
            ),
            AreaAdded(area=new_id("area", IMPORTED, 0), number="1", ordinal=1, title="Help"),
            ActionAdded(
                action=new_id("action", IMPORTED, 1), area=new_id("area", IMPORTED, 0),
                ref="1.1", text="Begin", placeholder=False,
            ),
        ),
    ),
}  # fmt: skip

STRUCTURE = {
    "an area is added at the end": Accepted(
        BEGUN,
        AddArea(plan=PLAN, number="3", title="Fostering"),
        (AreaAdded(area=made("area"), number="3", ordinal=3, title="Fostering"),),
    ),
    "an area takes the number of one withdrawn": Accepted(
        BEGUN.happened(gone("help")),
        AddArea(plan=PLAN, number="1", title="Early Help"),
        (AreaAdded(area=made("area"), number="1", ordinal=3, title="Early Help"),),
    ),
    "the first statement of its kind is added": Accepted(
        BEGUN,
        AddStatement(plan=PLAN, area="1", kind=StatementKind.OBJECTIVE, text="Less waiting"),
        (_statement(1, StatementKind.OBJECTIVE),),
    ),
    "a statement is added after those of its kind": Accepted(
        BEGUN,
        AddStatement(plan=PLAN, area="1", kind=StatementKind.OUTCOME, text="Less waiting"),
        (_statement(2, StatementKind.OUTCOME),),
    ),
    "a statement is nested in another": Accepted(
        BEGUN,
        AddStatement(
            plan=PLAN, area="1", kind=StatementKind.OUTCOME, text="Less waiting",
            parent="1/outcome/1",
        ),
        (_statement(1, StatementKind.OUTCOME, parent="outcome"),),
    ),
    "an action is added": Accepted(BEGUN, _add_action("1.3"), (_action("1.3"),)),
    "a placeholder is added": Accepted(
        BEGUN, _add_action("1.3", placeholder=True), (_action("1.3", placeholder=True),)
    ),
    "an action takes the ref of one withdrawn": Accepted(
        BEGUN.happened(gone("front-door")), _add_action("1.1"), (_action("1.1"),)
    ),
    "an action gets another ref": Accepted(
        BEGUN,
        RenumberItem(plan=PLAN, item="1.1", to="1.9"),
        (_renumbered("front-door", "1.1", "1.9"),),
    ),
    "an area gets another number": Accepted(
        BEGUN,
        RenumberItem(plan=PLAN, item="II", to="3"),
        (_renumbered("care", "II", "3"),),
    ),
    "an area is reworded": Accepted(
        BEGUN,
        RewordItem(plan=PLAN, item="1", to="Help at once", material=False),
        (_reworded("help", "Early Help", "Help at once"),),
    ),
    "a statement is reworded": Accepted(
        BEGUN,
        RewordItem(plan=PLAN, item="1/measure/1", to="Visits on time", material=False),
        (_reworded("measure", "Visits in time", "Visits on time"),),
    ),
    "an action is reworded": Accepted(
        BEGUN,
        RewordItem(plan=PLAN, item="1.1", to="Open the front door", material=False),
        (_reworded("front-door", "Do front-door", "Open the front door"),),
    ),
    "a milestone comes to promise something else by authority": Accepted(
        BEGUN,
        RewordItem(plan=PLAN, item="1.1/1", to="Review half", material=True, authority=BOARD),
        (_reworded("review", "Reach review", "Review half", material=True),),
    ),
    "a placeholder is defined by another action": Accepted(
        BEGUN,
        ResolvePlaceholder(plan=PLAN, action="1.2", replaced_by=("2.1", "pledge", "1.1")),
        (PlaceholderResolved(action="undefined", replaced_by=("pledge", "front-door")),),
    ),
    "a placeholder is dropped": Accepted(
        BEGUN,
        ResolvePlaceholder(plan=PLAN, action="1.2", replaced_by=()),
        (PlaceholderResolved(action="undefined", replaced_by=()),),
    ),
    "an action is withdrawn for others": Accepted(
        BEGUN,
        WithdrawItem(
            plan=PLAN, item="1.1", replaced_by=("2.1", "pledge", "undefined"),
            reason=REASON, authority=BOARD,
        ),
        (gone("front-door", "pledge", "undefined"),),
    ),
    "a milestone is withdrawn": Accepted(
        BEGUN,
        WithdrawItem(plan=PLAN, item="1.1/2", reason=REASON, authority=BOARD),
        (gone("to-come"),),
    ),
    "an area is withdrawn": Accepted(
        BEGUN,
        WithdrawItem(plan=PLAN, item="II", reason=REASON, authority=BOARD),
        (gone("care"),),
    ),
    "a statement is withdrawn": Accepted(
        BEGUN,
        WithdrawItem(plan=PLAN, item="1/outcome/1", reason=REASON, authority=BOARD),
        (gone("outcome"),),
    ),
    "a milestone is proposed after the others": Accepted(
        BEGUN,
        ProposeMilestone(plan=PLAN, action="1.1", text="Staff trained"),
        (
            MilestoneProposed(
                milestone=made("milestone"), action="front-door", ordinal=3,
                text="Staff trained", definition=Definition.STATED,
            ),
        ),
    ),
    "a milestone in the same words as another action's is proposed": Accepted(
        BEGUN,
        ProposeMilestone(plan=PLAN, action="2.1", text="Reach review"),
        (
            MilestoneProposed(
                milestone=made("milestone"), action="pledge", ordinal=2,
                text="Reach review", definition=Definition.STATED,
            ),
        ),
    ),
    "a milestone withdrawn is proposed as a new one": Accepted(
        BEGUN.happened(gone("review")),
        ProposeMilestone(plan=PLAN, action="front-door", text="Reach review"),
        (
            MilestoneProposed(
                milestone=made("milestone"), action="front-door", ordinal=3,
                text="Reach review", definition=Definition.STATED,
            ),
        ),
    ),
    "a milestone is agreed": Accepted(
        BEGUN,
        AgreeMilestone(plan=PLAN, milestone="1.1/1", authority=BOARD),
        (MilestoneAgreed(milestone="review"),),
    ),
    "a milestone is agreed once it says what to reach": Accepted(
        BEGUN.happened(_reworded("to-come", "TBC", "Front door open")),
        AgreeMilestone(plan=PLAN, milestone="1.1/2", authority=BOARD),
        (MilestoneAgreed(milestone="to-come"),),
    ),
}  # fmt: skip
