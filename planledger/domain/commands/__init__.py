"""What may be asked of a plan.

A command says what its caller states; who asks and on which day is stamped on by the ledger
(`Stamp`), so that `decide` needs no clock. Items may be named by ref ("1.4", "1.4/2") or by id.
"""

from planledger.domain.commands.base import Command, Stamp
from planledger.domain.commands.evidence import RegisterEvidence, WithdrawEvidence
from planledger.domain.commands.kpi import (
    DefineKpi,
    Figure,
    RecordKpiReading,
    ReviseKpiReading,
    SetKpiTarget,
)
from planledger.domain.commands.milestone import (
    AgreeMilestone,
    ProposeMilestone,
    RefuseSignOff,
    ReopenMilestone,
    ReportComplete,
    ReportProgress,
    SignOffMilestone,
)
from planledger.domain.commands.party import (
    AliasParty,
    AssignLead,
    ReassignLead,
    RegisterParty,
    RenameParty,
)
from planledger.domain.commands.plan import (
    ApproveVersion,
    ClosePlan,
    DraftPlan,
    ImportPlan,
    IssueVersion,
    ReceiveReport,
    SetBaseline,
    SubmitVersion,
)
from planledger.domain.commands.query import RaiseQuery, RecordReference, ResolveQuery
from planledger.domain.commands.record import CorrectEntry, VoidEntry
from planledger.domain.commands.review import (
    AdoptRatingKey,
    AnswerChallenge,
    CloseReview,
    EstablishForum,
    GiveRating,
    OpenReview,
    RaiseChallenge,
)
from planledger.domain.commands.structure import (
    AddAction,
    AddArea,
    AddStatement,
    RenumberItem,
    ResolvePlaceholder,
    RewordItem,
    WithdrawItem,
)
from planledger.domain.commands.target_date import (
    DeferTargetDate,
    MoveTargetDate,
    SetRecurrence,
    SetTargetDate,
)

__all__ = [
    "AddAction",
    "AddArea",
    "AddStatement",
    "AdoptRatingKey",
    "AgreeMilestone",
    "AliasParty",
    "AnswerChallenge",
    "ApproveVersion",
    "AssignLead",
    "ClosePlan",
    "CloseReview",
    "Command",
    "CorrectEntry",
    "DeferTargetDate",
    "DefineKpi",
    "DraftPlan",
    "EstablishForum",
    "Figure",
    "GiveRating",
    "ImportPlan",
    "IssueVersion",
    "MoveTargetDate",
    "OpenReview",
    "PlanCommand",
    "ProposeMilestone",
    "RaiseChallenge",
    "RaiseQuery",
    "ReassignLead",
    "ReceiveReport",
    "RecordKpiReading",
    "RecordReference",
    "RefuseSignOff",
    "RegisterEvidence",
    "RegisterParty",
    "RenameParty",
    "RenumberItem",
    "ReopenMilestone",
    "ReportComplete",
    "ReportProgress",
    "ResolvePlaceholder",
    "ResolveQuery",
    "ReviseKpiReading",
    "RewordItem",
    "SetBaseline",
    "SetKpiTarget",
    "SetRecurrence",
    "SetTargetDate",
    "SignOffMilestone",
    "Stamp",
    "SubmitVersion",
    "VoidEntry",
    "WithdrawEvidence",
    "WithdrawItem",
]

PlanCommand = (
    DraftPlan
    | ImportPlan
    | IssueVersion
    | ApproveVersion
    | SubmitVersion
    | SetBaseline
    | ClosePlan
    | ReceiveReport
    | AddArea
    | AddStatement
    | AddAction
    | RenumberItem
    | RewordItem
    | ResolvePlaceholder
    | WithdrawItem
    | ProposeMilestone
    | AgreeMilestone
    | ReportProgress
    | ReportComplete
    | SignOffMilestone
    | RefuseSignOff
    | ReopenMilestone
    | SetTargetDate
    | DeferTargetDate
    | MoveTargetDate
    | SetRecurrence
    | RegisterParty
    | RenameParty
    | AliasParty
    | AssignLead
    | ReassignLead
    | DefineKpi
    | SetKpiTarget
    | RecordKpiReading
    | ReviseKpiReading
    | EstablishForum
    | OpenReview
    | CloseReview
    | AdoptRatingKey
    | GiveRating
    | RaiseChallenge
    | AnswerChallenge
    | RegisterEvidence
    | WithdrawEvidence
    | ResolveQuery
    | RaiseQuery
    | RecordReference
    | CorrectEntry
    | VoidEntry
)
