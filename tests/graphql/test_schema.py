"""The schema as a whole: committed, described everywhere, and one name for one thing."""

from collections.abc import Iterator
from typing import get_args

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    build_schema,
)

from planledger.domain.commands import DraftPlan, ImportPlan, PlanCommand
from planledger.domain.decide import RULES
from planledger.events.catalogue import EVENT_TYPES, stored_name
from planledger.graphql.schema import make_schema
from tests.support.told import ROOT

PRINTED = make_schema().as_str()
SCHEMA = build_schema(PRINTED)

CHAINS = {
    "planDraft": (DraftPlan, "PlanDrafted"),
    "planImport": (ImportPlan, "DocumentImported"),
}
"""The two commands that begin a plan; their rules are not in the table of those about one."""

NAMES = {
    "areaAdd": ("AddArea", "add_area", "AreaAdded"),
    "statementAdd": ("AddStatement", "add_statement", "StatementAdded"),
    "actionAdd": ("AddAction", "add_action", "ActionAdded"),
    "placeholderResolve": ("ResolvePlaceholder", "resolve_placeholder", "PlaceholderResolved"),
    "itemReword": ("RewordItem", "reword_item", "WordingChanged"),
    "itemRenumber": ("RenumberItem", "renumber_item", "ItemRenumbered"),
    "itemWithdraw": ("WithdrawItem", "withdraw_item", "ItemWithdrawn"),
    "leadAssign": ("AssignLead", "assign_lead", "LeadAssigned"),
    "leadReassign": ("ReassignLead", "reassign_lead", "LeadReassigned"),
    "milestonePropose": ("ProposeMilestone", "propose_milestone", "MilestoneProposed"),
    "milestoneAgree": ("AgreeMilestone", "agree_milestone", "MilestoneAgreed"),
    "targetDateSet": ("SetTargetDate", "set_target_date", "TargetDateSet"),
    "targetDateDefer": ("DeferTargetDate", "defer_target_date", "TargetDateDeferred"),
    "targetDateMove": ("MoveTargetDate", "move_target_date", "TargetDateMoved"),
    "recurrenceSet": ("SetRecurrence", "set_recurrence", "RecurrenceSet"),
    "partyRegister": ("RegisterParty", "register_party", "PartyRegistered"),
    "partyRename": ("RenameParty", "rename_party", "PartyRenamed"),
    "partyAlias": ("AliasParty", "alias_party", "PartyAliased"),
    "kpiDefine": ("DefineKpi", "define_kpi", "KpiDefined"),
    "kpiTargetSet": ("SetKpiTarget", "set_kpi_target", "KpiTargetSet"),
    "kpiReadingRecord": ("RecordKpiReading", "record_kpi_reading", "KpiReadingRecorded"),
    "kpiReadingRevise": ("ReviseKpiReading", "revise_kpi_reading", "KpiReadingRevised"),
    "forumEstablish": ("EstablishForum", "establish_forum", "ForumEstablished"),
    "reviewOpen": ("OpenReview", "open_review", "ReviewOpened"),
    "reviewClose": ("CloseReview", "close_review", "ReviewClosed"),
    "planVersionIssue": ("IssueVersion", "issue_version", "PlanVersionIssued"),
    "planVersionApprove": ("ApproveVersion", "approve_version", "PlanApproved"),
    "planVersionSubmit": ("SubmitVersion", "submit_version", "PlanSubmitted"),
    "planBaselineSet": ("SetBaseline", "set_baseline", "PlanBaselined"),
    "planClose": ("ClosePlan", "close_plan", "PlanClosed"),
    "inspectionReportReceive": ("ReceiveReport", "receive_report", "InspectionReportReceived"),
    "milestoneProgressReport": (
        "ReportProgress",
        "report_progress",
        "MilestoneProgressReported",
    ),
    "milestoneReportComplete": (
        "ReportComplete",
        "report_complete",
        "MilestoneReportedComplete",
    ),
    "milestoneSignOff": ("SignOffMilestone", "sign_off_milestone", "MilestoneSignedOff"),
    "milestoneSignOffRefuse": ("RefuseSignOff", "refuse_sign_off", "MilestoneSignOffRefused"),
    "milestoneReopen": ("ReopenMilestone", "reopen_milestone", "MilestoneReopened"),
    "ratingKeyAdopt": ("AdoptRatingKey", "adopt_rating_key", "RatingKeyAdopted"),
    "ratingGive": ("GiveRating", "give_rating", "RatingGiven"),
    "challengeRaise": ("RaiseChallenge", "raise_challenge", "ChallengeRaised"),
    "challengeAnswer": ("AnswerChallenge", "answer_challenge", "ChallengeAnswered"),
    "evidenceRegister": ("RegisterEvidence", "register_evidence", "EvidenceRegistered"),
    "evidenceWithdraw": ("WithdrawEvidence", "withdraw_evidence", "EvidenceWithdrawn"),
    "queryRaise": ("RaiseQuery", "raise_query", "QueryRaised"),
    "referenceRecord": ("RecordReference", "record_reference", "CrossReferenceRecorded"),
    "entryCorrect": ("CorrectEntry", "correct_entry", "EntryCorrected"),
    "entryVoid": ("VoidEntry", "void_entry", "EntryVoided"),
    "queryResolve": ("ResolveQuery", "resolve_query", "QueryResolved"),
}


def test_the_committed_schema_is_the_one_that_is_served() -> None:
    """Clients build on the file; a change must be seen in review."""
    committed = (ROOT / "schema.graphql").read_text(encoding="utf-8")
    assert committed.strip() == PRINTED.strip(), "Run `make schema` and look at what changed."


def _described(kind: GraphQLNamedType) -> Iterator[tuple[str, str | None]]:
    """Give what a type and its parts are described with."""
    yield kind.name, kind.description
    if isinstance(kind, GraphQLEnumType):
        for name, value in kind.values.items():
            yield f"{kind.name}.{name}", value.description
    if isinstance(kind, GraphQLInputObjectType):
        for name, part in kind.fields.items():
            yield f"{kind.name}.{name}", part.description
    if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
        for name, field in kind.fields.items():
            yield f"{kind.name}.{name}", field.description
            for argument_name, argument in field.args.items():
                yield f"{kind.name}.{name}({argument_name})", argument.description


def test_everything_in_the_schema_is_described() -> None:
    """People read the schema instead of a manual, with bounds and what a time means."""
    ours = [kind for name, kind in SCHEMA.type_map.items() if not name.startswith("__")]
    told = [part for kind in ours for part in _described(kind)]
    told += [(f"@{directive.name}", directive.description) for directive in SCHEMA.directives]
    assert len(told) > len(EVENT_TYPES)
    assert [name for name, description in told if not description] == []


def test_one_noun_has_one_name_from_the_mutation_to_the_disk() -> None:
    """Someone new finds the way from `milestoneAgree` to the event on disk without searching."""
    mutation = SCHEMA.mutation_type
    assert mutation is not None
    of_others = {"batchRecord"}  # it holds commands of every other noun
    assert set(mutation.fields) == {*NAMES, *CHAINS, *of_others}
    rules = {command.__name__: rule.__name__ for command, rule in RULES.items()}
    assert {command: rule for command, rule, _ in NAMES.values()} == rules
    commands = {command.__name__ for command in get_args(PlanCommand)}
    assert commands == {*rules, *(command.__name__ for command, _ in CHAINS.values())}


def test_every_event_has_a_type_of_its_name_and_a_stored_name_that_says_it() -> None:
    """One noun, one name: in the catalogue, in the schema, on the disk."""
    interface = SCHEMA.type_map["PlanEvent"]
    assert isinstance(interface, GraphQLInterfaceType)
    shown = {kind.name for kind in SCHEMA.get_possible_types(interface)}
    assert shown == {event.__name__ for event in EVENT_TYPES}
    assert {event for *_, event in (*NAMES.values(), *CHAINS.values())} <= shown
    for event in EVENT_TYPES:
        kebab = "".join(f"-{c.lower()}" if c.isupper() else c for c in event.__name__).lstrip("-")
        assert stored_name(event) == f"{kebab}.v1"
