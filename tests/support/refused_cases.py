"""What a plan refuses of its structure, milestones and target dates, and what it then says."""

from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from planledger.domain.commands import (
    AddAction,
    AddArea,
    AddStatement,
    AgreeMilestone,
    DeferTargetDate,
    DraftPlan,
    ImportPlan,
    MoveTargetDate,
    PlanCommand,
    ProposeMilestone,
    RenumberItem,
    ResolvePlaceholder,
    RewordItem,
    SetRecurrence,
    SetTargetDate,
    WithdrawItem,
)
from planledger.domain.refusals import Code
from planledger.events.dates import Day, Month, Year
from planledger.events.structure import ActionAdded, PlaceholderResolved
from planledger.events.values import StatementKind
from tests.support.accepted_dates import IS_ONGOING, MAY, RECURS
from tests.support.domain_cases import BEGUN, BOARD, PLAN, REASON, Past, gone
from tests.support.small_drafts import SMALLEST


class Refused(Struct, frozen=True):
    """A past, a command, and the refusal it gets: its code, its field and what it says to do."""

    past: Past
    command: PlanCommand
    code: Code
    path: str
    says: str


MEANWHILE = date(2025, 2, 10)


def _reword(item: str) -> RewordItem:
    return RewordItem(plan=PLAN, item=item, to="Anything", material=True)


def _withdraw(item: str, *replaced_by: str) -> WithdrawItem:
    return WithdrawItem(
        plan=PLAN, item=item, replaced_by=replaced_by, reason=REASON, authority=BOARD
    )


def _nested(parent: str, kind: StatementKind, area: str = "1") -> AddStatement:
    return AddStatement(plan=PLAN, area=area, kind=kind, text="Less waiting", parent=parent)


def _move(from_date: Month, item: str = "1.1/1") -> MoveTargetDate:
    return MoveTargetDate(plan=PLAN, milestone=item, from_date=from_date, to_date=MAY)


PLANS = {
    "a plan under a ref that is taken": Refused(
        BEGUN, DraftPlan(plan=PLAN, title="Another"),
        Code.PLAN_EXISTS, "plan", "Choose another ref.",
    ),
    "an empty plan in place of an imported one": Refused(
        Past().did(ImportPlan(plan=PLAN, draft=SMALLEST)),
        DraftPlan(plan=PLAN, title=SMALLEST.title),
        Code.PLAN_EXISTS, "plan", "Choose another ref.",
    ),
    "another document for the same plan": Refused(
        Past().did(ImportPlan(plan=PLAN, draft=SMALLEST)),
        ImportPlan(plan=PLAN, draft=replace(SMALLEST, sha256="cd" * 32)),
        Code.PLAN_EXISTS, "plan", "Import it under another ref.",
    ),
    "a document for a plan begun without one": Refused(
        BEGUN, ImportPlan(plan=PLAN, draft=SMALLEST),
        Code.PLAN_EXISTS, "plan", "Import it under another ref.",
    ),
    "a document without an action": Refused(
        Past(), ImportPlan(plan=PLAN, draft=replace(SMALLEST, areas=())),
        Code.NOTHING_TO_IMPORT, "draft", "Check that it is an improvement plan.",
    ),
    "anything of a plan that is not there": Refused(
        Past(), AddArea(plan=PLAN, number="1", title="Help"),
        Code.UNKNOWN_PLAN, "plan", "Check the ref, or import or draft it.",
    ),
}  # fmt: skip

STRUCTURE = {
    "an area under a number in use": Refused(
        BEGUN, AddArea(plan=PLAN, number="1", title="Another"),
        Code.REF_IN_USE, "number", "Choose another, or withdraw or renumber that one.",
    ),
    "an area under the ref of one with a roman number": Refused(
        BEGUN, AddArea(plan=PLAN, number="2", title="Another"),
        Code.REF_IN_USE, "number", "Choose another, or withdraw or renumber that one.",
    ),
    "an area under a number that is in use until later": Refused(
        BEGUN.happened(gone("help"), on=date(2025, 9, 1)),
        AddArea(plan=PLAN, number="1", title="Another"),
        Code.REF_IN_USE, "number", "Choose another, or withdraw or renumber that one.",
    ),
    "an area under no number": Refused(
        BEGUN, AddArea(plan=PLAN, number="number 3", title="Another"),
        Code.NAME_UNUSABLE, "number", 'such as "1.4"',
    ),
    "a statement in an area that is not there": Refused(
        BEGUN, AddStatement(plan=PLAN, area="9", kind=StatementKind.OUTCOME, text="Better"),
        Code.UNKNOWN_ITEM, "area", "Check the name, or add it first.",
    ),
    "a statement nested in one of another kind": Refused(
        BEGUN, _nested("outcome", StatementKind.MEASURE),
        Code.PARENT_DIFFERS, "parent", "Nest a statement in one of its own kind and area.",
    ),
    "a statement nested in one of another area": Refused(
        BEGUN, _nested("outcome", StatementKind.OUTCOME, area="II"),
        Code.PARENT_DIFFERS, "parent", "Nest a statement in one of its own kind and area.",
    ),
    "a statement nested in an action": Refused(
        BEGUN, _nested("1.1", StatementKind.OUTCOME),
        Code.PARENT_DIFFERS, "parent", "Nest a statement in one of its own kind and area.",
    ),
    "a statement nested in one that is not there": Refused(
        BEGUN, _nested("1/outcome/9", StatementKind.OUTCOME),
        Code.UNKNOWN_ITEM, "parent", "Check the name, or add it first.",
    ),
    "an action in an area that is not there": Refused(
        BEGUN, AddAction(plan=PLAN, area="9", ref="9.1", text="Begin"),
        Code.UNKNOWN_ITEM, "area", "Check the name, or add it first.",
    ),
    "an action under a ref in use": Refused(
        BEGUN, AddAction(plan=PLAN, area="1", ref="1.1", text="Another"),
        Code.REF_IN_USE, "ref", "Choose another, or withdraw or renumber that one.",
    ),
    "the same action in another area": Refused(
        BEGUN, AddAction(plan=PLAN, area="II", ref="1.1", text="Do front-door"),
        Code.REF_IN_USE, "ref", "Choose another, or withdraw or renumber that one.",
    ),
    "the same action as a placeholder": Refused(
        BEGUN, AddAction(plan=PLAN, area="1", ref="1.1", text="Do front-door", placeholder=True),
        Code.REF_IN_USE, "ref", "Choose another, or withdraw or renumber that one.",
    ),
    "an action under a ref that is in use until later": Refused(
        BEGUN.happened(gone("front-door"), on=date(2025, 9, 1)),
        AddAction(plan=PLAN, area="1", ref="1.1", text="Another"),
        Code.REF_IN_USE, "ref", "Choose another, or withdraw or renumber that one.",
    ),
    "an action under no ref": Refused(
        BEGUN, AddAction(plan=PLAN, area="1", ref="1.1/2", text="Another"),
        Code.NAME_UNUSABLE, "ref", 'such as "1.4"',
    ),
    "another ref for what is not there": Refused(
        BEGUN, RenumberItem(plan=PLAN, item="9.9", to="9.8"),
        Code.UNKNOWN_ITEM, "item", "Check the name, or add it first.",
    ),
    "another ref for a milestone": Refused(
        BEGUN, RenumberItem(plan=PLAN, item="1.1/1", to="1.1/3"),
        Code.UNKNOWN_ITEM, "item", "no action or area '1.1/1'",
    ),
    "the ref of another action": Refused(
        BEGUN, RenumberItem(plan=PLAN, item="1.1", to="1.2"),
        Code.REF_IN_USE, "to", "Choose another, or withdraw or renumber that one.",
    ),
    "the number of another area": Refused(
        BEGUN, RenumberItem(plan=PLAN, item="II", to="1"),
        Code.REF_IN_USE, "to", "Choose another, or withdraw or renumber that one.",
    ),
    "a ref that an action takes later": Refused(
        BEGUN.happened(
            ActionAdded(action="later", area="help", ref="1.9", text="Later", placeholder=False),
            on=date(2025, 9, 1),
        ),
        RenumberItem(plan=PLAN, item="1.1", to="1.9"),
        Code.REF_IN_USE, "to", "Choose another, or withdraw or renumber that one.",
    ),
    "a ref that is none": Refused(
        BEGUN, RenumberItem(plan=PLAN, item="1.1", to="x" * 17),
        Code.NAME_UNUSABLE, "to", 'such as "1.4"',
    ),
    "other words for what is not there": Refused(
        BEGUN, RewordItem(plan=PLAN, item="9.9", to="Anything", material=False),
        Code.UNKNOWN_ITEM, "item", "Check the name, or add it first.",
    ),
    "a material rewording without authority": Refused(
        BEGUN, _reword("1.1"),
        Code.AUTHORITY_REQUIRED, "authority", "Name the forum and meeting, or the officer",
    ),
    "a placeholder that is not there resolved": Refused(
        BEGUN, ResolvePlaceholder(plan=PLAN, action="9.9", replaced_by=()),
        Code.UNKNOWN_ITEM, "action", "Check the name, or add it first.",
    ),
    "a milestone resolved as if it were a placeholder": Refused(
        BEGUN, ResolvePlaceholder(plan=PLAN, action="1.1/1", replaced_by=()),
        Code.UNKNOWN_ITEM, "action", "no action '1.1/1'",
    ),
    "an action that promises something resolved": Refused(
        BEGUN, ResolvePlaceholder(plan=PLAN, action="1.1", replaced_by=()),
        Code.NOT_A_PLACEHOLDER, "action", "Withdraw or reword it instead",
    ),
    "a placeholder resolved in two ways": Refused(
        BEGUN.happened(PlaceholderResolved(action="undefined", replaced_by=("pledge",))),
        ResolvePlaceholder(plan=PLAN, action="1.2", replaced_by=("1.1",)),
        Code.NOT_A_PLACEHOLDER, "action", "Withdraw or reword it instead",
    ),
    "a placeholder resolved by an action that is not there": Refused(
        BEGUN, ResolvePlaceholder(plan=PLAN, action="1.2", replaced_by=("9.9",)),
        Code.UNKNOWN_ITEM, "replacedBy", "Check the name, or add it first.",
    ),
    "a placeholder resolved by a milestone": Refused(
        BEGUN, ResolvePlaceholder(plan=PLAN, action="1.2", replaced_by=("1.1/1",)),
        Code.UNKNOWN_ITEM, "replacedBy", "no action '1.1/1'",
    ),
    "a placeholder resolved by itself": Refused(
        BEGUN, ResolvePlaceholder(plan=PLAN, action="1.2", replaced_by=("undefined",)),
        Code.REPLACED_BY_ITSELF, "replacedBy", "Name what replaces it, or nothing.",
    ),
    "what is not there withdrawn": Refused(
        BEGUN, _withdraw("9.9"),
        Code.UNKNOWN_ITEM, "item", "Check the name, or add it first.",
    ),
    "an item withdrawn for what is not there": Refused(
        BEGUN, _withdraw("1.1", "9.9"),
        Code.UNKNOWN_ITEM, "replacedBy", "Check the name, or add it first.",
    ),
    "a placeholder resolved before it was resolved": Refused(
        BEGUN.happened(PlaceholderResolved(action="undefined", replaced_by=()), on=MEANWHILE),
        ResolvePlaceholder(
            plan=PLAN, action="1.2", replaced_by=(), effective_on=MEANWHILE - timedelta(days=1)
        ),
        Code.NOT_A_PLACEHOLDER, "action", "or correct the entry that resolved it.",
    ),
    "an item withdrawn for itself": Refused(
        BEGUN, _withdraw("1.1", "2.1", "front-door"),
        Code.REPLACED_BY_ITSELF, "replacedBy", "Name what replaces it, or nothing.",
    ),
    "an item withdrawn without a reason": Refused(
        BEGUN, WithdrawItem(plan=PLAN, item="1.1", authority=BOARD),
        Code.REASON_REQUIRED, "reason", "Give the reason for it.",
    ),
    "an item withdrawn without authority": Refused(
        BEGUN, WithdrawItem(plan=PLAN, item="1.1", reason=REASON),
        Code.AUTHORITY_REQUIRED, "authority", "Name the forum and meeting, or the officer",
    ),
}  # fmt: skip

MILESTONES = {
    "a milestone of an action that is not there": Refused(
        BEGUN, ProposeMilestone(plan=PLAN, action="9.9", text="Done"),
        Code.UNKNOWN_ITEM, "action", "Check the name, or add it first.",
    ),
    "a milestone of an area": Refused(
        BEGUN, ProposeMilestone(plan=PLAN, action="1", text="Done"),
        Code.UNKNOWN_ITEM, "action", "no action '1'",
    ),
    "a milestone agreed that is not there": Refused(
        BEGUN, AgreeMilestone(plan=PLAN, milestone="1.1/9", authority=BOARD),
        Code.UNKNOWN_ITEM, "milestone", "Check the name, or add it first.",
    ),
    "a milestone agreed that does not say what to reach": Refused(
        BEGUN, AgreeMilestone(plan=PLAN, milestone="1.1/2", authority=BOARD),
        Code.MILESTONE_NOT_STATED, "milestone", "Reword it first, then agree it.",
    ),
    "a milestone agreed by nobody": Refused(
        BEGUN, AgreeMilestone(plan=PLAN, milestone="1.1/1"),
        Code.AUTHORITY_REQUIRED, "authority", "Name the forum and meeting, or the officer",
    ),
}  # fmt: skip

TARGET_DATES = {
    "another date set over one in force": Refused(
        BEGUN, SetTargetDate(plan=PLAN, milestone="1.1/1", date=MAY, reason=REASON),
        Code.TARGET_DATE_IN_FORCE, "date", "Move the date instead of setting it.",
    ),
    "a date in force made ongoing without a reason": Refused(
        BEGUN, SetTargetDate(plan=PLAN, milestone="1.1/1", date=None),
        Code.REASON_REQUIRED, "reason", "Give the reason for it.",
    ),
    "a date for what is ongoing without a reason": Refused(
        IS_ONGOING, SetTargetDate(plan=PLAN, milestone="1.1/1", date=MAY),
        Code.REASON_REQUIRED, "reason", "Give the reason for it.",
    ),
    "a date for what recurs without a reason": Refused(
        RECURS, SetTargetDate(plan=PLAN, milestone="1.1/1", date=MAY),
        Code.REASON_REQUIRED, "reason", "Give the reason for it.",
    ),
    "a date in force taken back without a reason": Refused(
        BEGUN, DeferTargetDate(plan=PLAN, milestone="1.1/1", authority=BOARD),
        Code.REASON_REQUIRED, "reason", "Give the reason for it.",
    ),
    "a recurrence taken back without authority": Refused(
        RECURS, DeferTargetDate(plan=PLAN, milestone="1.1/1", reason=REASON),
        Code.AUTHORITY_REQUIRED, "authority", "Name the forum and meeting, or the officer",
    ),
    "a date moved that is to be confirmed": Refused(
        BEGUN, _move(Month(2025, 3), item="1.1/2"),
        Code.NO_TARGET_DATE, "milestone", "Set its date instead.",
    ),
    "a date moved that recurs": Refused(
        RECURS, _move(Month(2025, 3)),
        Code.NO_TARGET_DATE, "milestone", "Set its date instead.",
    ),
    "a date moved from another than the one in force": Refused(
        BEGUN, _move(Month(2025, 4)),
        Code.FROM_DIFFERS, "fromDate", "Look at it again, then move it from the date in force.",
    ),
    "a date moved without a reason": Refused(
        BEGUN, _move(Month(2025, 3)),
        Code.REASON_REQUIRED, "reason", "Give the reason for it.",
    ),
    "a recurrence of no months": Refused(
        BEGUN, SetRecurrence(plan=PLAN, milestone="1.1/2", every_months=0),
        Code.RECURRENCE_IMPOSSIBLE, "everyMonths", "Check the months and the two dates.",
    ),
    "a recurrence of more than ten years": Refused(
        BEGUN, SetRecurrence(plan=PLAN, milestone="1.1/2", every_months=121),
        Code.RECURRENCE_IMPOSSIBLE, "everyMonths", "Check the months and the two dates.",
    ),
    "a recurrence that ends before it begins": Refused(
        BEGUN,
        SetRecurrence(
            plan=PLAN, milestone="1.1/2", every_months=3, first=Month(2025, 6),
            until=Day(2025, 5, 31),
        ),
        Code.RECURRENCE_IMPOSSIBLE, "until", "Check the months and the two dates.",
    ),
    "a recurrence over a date in force without a reason": Refused(
        BEGUN, SetRecurrence(plan=PLAN, milestone="1.1/1", every_months=3, first=Year(2026)),
        Code.REASON_REQUIRED, "reason", "Give the reason for it.",
    ),
}  # fmt: skip

for _name, _command in (
    ("set", SetTargetDate(plan=PLAN, milestone="9.9/1", date=MAY)),
    ("deferred", DeferTargetDate(plan=PLAN, milestone="9.9/1")),
    ("moved", _move(Month(2025, 3), item="9.9/1")),
    ("made to recur", SetRecurrence(plan=PLAN, milestone="9.9/1", every_months=3)),
    ("taken for an action's", SetTargetDate(plan=PLAN, milestone="1.1", date=MAY)),
):
    TARGET_DATES[f"a date {_name} of a milestone that is not there"] = Refused(
        BEGUN, _command, Code.UNKNOWN_ITEM, "milestone", "Check the name, or add it first."
    )
