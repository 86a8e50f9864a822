"""What a plan refuses because an item, or what it belongs to, was withdrawn on 3 February."""

from datetime import date

from planledger.domain.commands import (
    AddAction,
    AddStatement,
    AgreeMilestone,
    AssignLead,
    DeferTargetDate,
    MoveTargetDate,
    PlanCommand,
    ProposeMilestone,
    ReassignLead,
    RenumberItem,
    ResolvePlaceholder,
    RewordItem,
    SetRecurrence,
    SetTargetDate,
    WithdrawItem,
)
from planledger.domain.refusals import Code
from planledger.events.dates import Month
from planledger.events.structure import StatementAdded
from planledger.events.values import Progress, StatementKind
from tests.support.accepted_delivery import (
    complete,
    refuse,
    reopen,
    report,
    sign_off,
)
from tests.support.accepted_governance import ask, depend, register
from tests.support.accepted_others import define
from tests.support.accepted_reviews import KEYED, challenge, rate
from tests.support.domain_cases import BEGUN, BOARD, PLAN, REASON, gone
from tests.support.refused_cases import Refused

GONE_ON = date(2025, 2, 3)
ACTION_GONE = BEGUN.happened(gone("front-door"), on=GONE_ON)
AREA_GONE = BEGUN.happened(gone("help"), on=GONE_ON)
MILESTONE_GONE = BEGUN.happened(gone("review"), on=GONE_ON)
OUTCOME_GONE = BEGUN.happened(
    StatementAdded(
        statement="nested", area="help", parent="outcome", kind=StatementKind.OUTCOME, ordinal=1,
        text="Less waiting",
    )
).happened(gone("outcome"), on=GONE_ON)  # fmt: skip
MAY = Month(2025, 5)
ITSELF = "It was withdrawn on 2025-02-03. Propose a new item instead, or give an earlier effective"
ABOVE = "What it belongs to was withdrawn on 2025-02-03. Propose a new item instead, or give an"

OF_THE_MILESTONE: dict[str, tuple[PlanCommand, str]] = {
    "agreed": (AgreeMilestone(plan=PLAN, milestone="1.1/1", authority=BOARD), "milestone"),
    "dated": (SetTargetDate(plan=PLAN, milestone="1.1/1", date=MAY), "milestone"),
    "deferred": (DeferTargetDate(plan=PLAN, milestone="1.1/1"), "milestone"),
    "moved": (
        MoveTargetDate(
            plan=PLAN, milestone="1.1/1", from_date=Month(2025, 3), to_date=MAY, reason=REASON
        ),
        "milestone",
    ),
    "made to recur": (SetRecurrence(plan=PLAN, milestone="1.1/1", every_months=3), "milestone"),
    "reworded": (RewordItem(plan=PLAN, item="1.1/1", to="Anything", material=False), "item"),
    "led": (AssignLead(plan=PLAN, item="1.1/1", party="ben"), "item"),
    "reported on": (report(Progress.ON_HOLD), "milestone"),
    "claimed": (complete(), "milestone"),
    "signed off": (sign_off(), "milestone"),
    "refused": (refuse(), "milestone"),
    "reopened": (reopen(), "milestone"),
    "shown": (register(), "items"),
    "asked about": (ask("1.1/1"), "item"),
    "made to depend on another": (depend("1.1/1", "2.1"), "item"),
    "depended on": (depend("2.1", "1.1/1"), "target"),
    "led by others": (
        ReassignLead(plan=PLAN, item="1.1/1", from_parties=(), to_parties=("ben",), reason=REASON),
        "item",
    ),
}

WITHDRAWN = {
    f"a milestone {what} of a withdrawn {whose}": Refused(past, command, Code.WITHDRAWN, path, says)
    for whose, past, says in (
        ("action", ACTION_GONE, ABOVE),
        ("area", AREA_GONE, ABOVE),
        ("kind", MILESTONE_GONE, ITSELF),
    )
    for what, (command, path) in OF_THE_MILESTONE.items()
}

OF_THE_ACTION: dict[str, tuple[PlanCommand, str]] = {
    "given a milestone": (ProposeMilestone(plan=PLAN, action="1.1", text="Done"), "action"),
    "renumbered": (RenumberItem(plan=PLAN, item="1.1", to="1.9"), "item"),
    "reworded": (RewordItem(plan=PLAN, item="1.1", to="Anything", material=False), "item"),
    "led": (AssignLead(plan=PLAN, item="1.1", party="ben", jointly=True), "item"),
    "resolved": (ResolvePlaceholder(plan=PLAN, action="1.1", replaced_by=()), "action"),
    "put in a placeholder's place": (
        ResolvePlaceholder(plan=PLAN, action="1.2", replaced_by=("1.1",)),
        "replacedBy",
    ),
    "put in the place of another": (
        WithdrawItem(plan=PLAN, item="2.1", replaced_by=("1.1",), reason=REASON, authority=BOARD),
        "replacedBy",
    ),
    "withdrawn for something else": (
        WithdrawItem(plan=PLAN, item="1.1", replaced_by=("2.1",), reason=REASON, authority=BOARD),
        "item",
    ),
}

WITHDRAWN |= {
    f"a withdrawn action {what}": Refused(ACTION_GONE, command, Code.WITHDRAWN, path, ITSELF)
    for what, (command, path) in OF_THE_ACTION.items()
}

OF_THE_AREA: dict[str, tuple[PlanCommand, str]] = {
    "given an action": (AddAction(plan=PLAN, area="1", ref="1.3", text="Begin"), "area"),
    "given a statement": (
        AddStatement(plan=PLAN, area="1", kind=StatementKind.OUTCOME, text="Better"),
        "area",
    ),
    "renumbered": (RenumberItem(plan=PLAN, item="1", to="9"), "item"),
    "reworded": (RewordItem(plan=PLAN, item="1", to="Anything", material=False), "item"),
}

WITHDRAWN |= {
    f"a withdrawn area {what}": Refused(AREA_GONE, command, Code.WITHDRAWN, path, ITSELF)
    for what, (command, path) in OF_THE_AREA.items()
}

WITHDRAWN |= {
    "an action of a withdrawn area withdrawn by itself": Refused(
        AREA_GONE,
        WithdrawItem(plan=PLAN, item="1.1", reason=REASON, authority=BOARD),
        Code.WITHDRAWN, "item", ABOVE,
    ),
    "a statement nested in a withdrawn one": Refused(
        OUTCOME_GONE,
        AddStatement(
            plan=PLAN, area="1", kind=StatementKind.OUTCOME, text="Better", parent="1/outcome/1"
        ),
        Code.WITHDRAWN, "parent", ITSELF,
    ),
    "a statement reworded that is nested in a withdrawn one": Refused(
        OUTCOME_GONE,
        RewordItem(plan=PLAN, item="1/outcome/1/1", to="Anything", material=False),
        Code.WITHDRAWN, "item", ABOVE,
    ),
    "a rating of a withdrawn action": Refused(
        KEYED.happened(gone("front-door"), on=GONE_ON), rate(item="1.1"),
        Code.WITHDRAWN, "item", ITSELF,
    ),
    "a challenge about a milestone of a withdrawn area": Refused(
        KEYED.happened(gone("help"), on=GONE_ON), challenge(),
        Code.WITHDRAWN, "item", ABOVE,
    ),
    "a KPI of a statement in a withdrawn area": Refused(
        AREA_GONE, define("%", kpi="calls"), Code.WITHDRAWN, "statements", ABOVE
    ),
}  # fmt: skip
