"""Importing a document proposes everything in it and agrees nothing, once and in order."""

from collections import Counter
from datetime import date
from itertools import takewhile

import pytest
from msgspec.structs import replace

from planledger.domain.commands import AgreeMilestone, ImportPlan
from planledger.domain.decided import Decided
from planledger.domain.draft import Draft
from planledger.domain.plan import Plan
from planledger.domain.refusals import Code, Refusal
from planledger.events.milestone import MilestoneAgreed, MilestoneProposed
from planledger.events.party import LeadAssigned, PartyAliased, PartyRegistered
from planledger.events.plan import DocumentImported, PlanDrafted
from planledger.events.query import QueryRaised
from planledger.events.reference import CrossReferenceRecorded
from planledger.events.structure import ActionAdded, AreaAdded, StatementAdded
from planledger.events.target_date import RecurrenceSet, TargetDateDeferred, TargetDateSet
from planledger.events.values import (
    Confidence,
    Definition,
    PartyKind,
    Personal,
    ReferenceKind,
    Source,
    StatementKind,
)
from tests.support.domain_cases import BOARD, PLAN, Past, refused, then
from tests.support.full_draft import BOARD_DECIDES, FULL, NO_DATE, ONE_DATE, ONGOING, QUARTERLY

IMPORT = ImportPlan(plan=PLAN, draft=FULL)


def imported(command: ImportPlan = IMPORT, command_id: str = "command-1") -> tuple[Decided, ...]:
    """Give what an import into an empty ledger records."""
    outcome = Past().when(command, command_id=command_id)
    assert not isinstance(outcome, Refusal), outcome.message
    return outcome


@pytest.fixture(name="plan")
def folded() -> Plan:
    """Give the plan that the document makes."""
    return Past().did(IMPORT).known()


def test_a_document_is_recorded_in_the_order_in_which_it_is_read() -> None:
    """Who reads the feed must meet everything before what points at it."""
    kinds = [type(decided.event) for decided in imported()]
    dated = [MilestoneProposed, TargetDateSet]
    assert kinds == [
        *(PlanDrafted, DocumentImported),
        *(PartyRegistered, PartyAliased, PartyAliased, PartyRegistered),
        *(AreaAdded, *[StatementAdded] * 6),
        *(ActionAdded, LeadAssigned, LeadAssigned),
        *(*dated, *dated, LeadAssigned, MilestoneProposed),
        *(ActionAdded, MilestoneProposed, TargetDateDeferred),
        *(AreaAdded, StatementAdded, ActionAdded, LeadAssigned),
        *(MilestoneProposed, RecurrenceSet, *dated),
        *(CrossReferenceRecorded, CrossReferenceRecorded, QueryRaised, QueryRaised),
    ]


def test_a_lead_that_is_to_be_confirmed_is_recorded_as_printed(plan: Plan) -> None:
    """Nobody leads it, and the document says that somebody will: that is not a vacancy."""
    found = {action.ref: action for action in plan.actions.values()}
    awaited = {ref: action.lead_to_be_confirmed for ref, action in found.items()}
    assert awaited == {"1.1": None, "1.2": "TBC", "2.1": None}
    assert found["1.2"].leads == ()


def test_a_document_is_recorded_with_what_was_found_in_it() -> None:
    """The totals are what a person checks an import by."""
    assert imported()[0].event == PlanDrafted(title="Northbridge improvement plan")
    assert imported()[1].event == DocumentImported(
        sha256="cd" * 32, filename="northbridge.txt", reader="text/1",
        areas=2, statements=7, actions=3, milestones=6, queries=2,
        introduction=(
            Personal(words="Northbridge improvement plan"),
            Personal(words="The Board oversees it."),
        ),
    )  # fmt: skip
    events = Counter(type(decided.event) for decided in imported())
    assert events[AreaAdded] == 2
    assert events[StatementAdded] == 7
    assert events[ActionAdded] == 3
    assert events[MilestoneProposed] == 6
    assert events[QueryRaised] == 2


def test_everything_read_from_a_line_says_where_it_is_printed() -> None:
    """An auditor must be able to lay the plan beside the paper it came from."""
    without = {PlanDrafted, DocumentImported, QueryRaised}  # a query holds its line itself
    for decided in imported():
        assert (decided.source is None) == (type(decided.event) in without), decided
    sources = {type(decided.event): decided.source for decided in reversed(imported())}

    def printed(line: int, text: str) -> Source:
        return Source(document="cd" * 32, line=line, as_printed=Personal(words=text))

    assert sources[AreaAdded] == printed(5, "AREA I: Help")
    assert sources[StatementAdded] == printed(6, "- objective-1")
    assert sources[ActionAdded] == printed(20, "row 1.1")
    assert sources[MilestoneProposed] == sources[TargetDateSet] == printed(20, "• 1.1/1")
    assert sources[TargetDateDeferred] == printed(23, "• 1.2/1")
    assert sources[PartyRegistered] == sources[PartyAliased] == printed(20, "Ada Lark, Board")
    assert sources[LeadAssigned] == printed(20, "row 1.1")
    assert sources[CrossReferenceRecorded] == printed(32, "(1.1)")


def test_statements_are_placed_among_those_of_their_kind_and_nest(plan: Plan) -> None:
    """The ref 6/outcome/3/1 must name the same words in the plan as on the paper."""
    placed = {
        statement.text.removeprefix("Text of "): (statement.kind, statement.ordinal)
        for statement in plan.statements.values()
    }
    assert placed == {
        "objective-1": (StatementKind.OBJECTIVE, 1),
        "outcome-1": (StatementKind.OUTCOME, 1),
        "nested-1": (StatementKind.OUTCOME, 1),
        "nested-2": (StatementKind.OUTCOME, 2),
        "outcome-2": (StatementKind.OUTCOME, 2),
        "measure-1": (StatementKind.MEASURE, 1),
        "outcome-3": (StatementKind.OUTCOME, 1),
    }
    parents = {s.text[8:]: s.parent for s in plan.statements.values()}
    outcome = next(s.id for s in plan.statements.values() if s.text == "Text of outcome-1")
    assert {key for key, parent in parents.items() if parent == outcome} == {"nested-1", "nested-2"}
    assert sum(parent is None for parent in parents.values()) == 5


def test_each_kind_of_target_date_is_recorded_as_itself(plan: Plan) -> None:
    """To be confirmed, nothing at all and ongoing are three things, and none of them is a date."""
    dates = {m.text.removeprefix("Text of "): m.target_date for m in plan.milestones.values()}
    assert dates == {
        "1.1/1": ONE_DATE,
        "1.1/2": ONE_DATE,
        "1.1/3": NO_DATE,
        "1.2/1": BOARD_DECIDES,
        "2.1/1": QUARTERLY,
        "2.1/2": ONGOING,
    }


def test_one_printed_date_that_governs_two_milestones_is_shared_by_both(plan: Plan) -> None:
    """Moved for one of them, it must be seen to have been the other's too."""
    ids = {m.text.removeprefix("Text of "): m.id for m in plan.milestones.values()}
    shared = {m.text.removeprefix("Text of "): m.shared_with for m in plan.milestones.values()}
    assert shared.pop("1.1/1") == (ids["1.1/2"],)
    assert shared.pop("1.1/2") == (ids["1.1/1"],)
    assert set(shared.values()) == {()}


def test_a_milestone_has_leads_of_its_own_only_where_the_document_gives_them(plan: Plan) -> None:
    """The others follow their action when it changes hands."""
    names = {party.id: party.name for party in plan.parties.values()}
    ada, board = Personal(words="Ada Lark"), Personal(words="Board")
    led = {
        action.ref: tuple(names[lead] for lead in action.leads) for action in plan.actions.values()
    }
    assert led == {"1.1": (ada, board), "1.2": (), "2.1": (ada,)}
    own = {m.text[8:]: m.leads for m in plan.milestones.values() if m.leads is not None}
    assert {key: tuple(names[lead] for lead in leads) for key, leads in own.items()} == {
        "1.1/2": (board,)
    }


def test_parties_are_registered_with_their_other_spellings(plan: Plan) -> None:
    """Two spellings taken for one person must be open to question afterwards."""
    parties = [(p.kind, p.name, p.aliases) for p in plan.parties.values()]
    spellings = (Personal(words="A Lark"), Personal(words="Ada  Lark"))
    assert len(parties) == 2
    assert (PartyKind.PERSON, Personal(words="Ada Lark"), spellings) in parties
    assert (PartyKind.BODY, Personal(words="Board"), ()) in parties


def test_a_pointer_keeps_what_is_printed_apart_from_what_it_is_taken_to_mean(plan: Plan) -> None:
    """The printed pointer may be wrong, and both readings must stay visible."""
    area = next(area.id for area in plan.areas.values() if area.number == "I")
    actions = {action.ref: action.id for action in plan.actions.values()}
    pointer, other = sorted(plan.references.values(), key=lambda found: found.as_printed)
    assert pointer.item in plan.milestones
    assert (pointer.as_printed, pointer.kind) == ("(1.1)", ReferenceKind.REFERENCE)
    assert (pointer.printed_target, pointer.resolved_target) == (actions["1.1"], area)
    assert pointer.confidence is Confidence.LIKELY
    assert (other.item, other.kind) == (actions["2.1"], ReferenceKind.DEPENDS_ON)
    assert (other.printed_target, other.resolved_target) == (None, None)


def test_what_the_reader_could_not_decide_is_left_to_a_person(plan: Plan) -> None:
    """Nothing is dropped silently, and nothing decided in secret."""
    queries = {query.line: query for query in plan.queries.values()}
    assert queries.keys() == {20, 1}
    about = next(action.id for action in plan.actions.values() if action.ref == "1.1")
    query = queries[20]
    assert (query.item, query.question) == (about, Personal(words="One date?"))
    assert (query.taken, query.instead) == (Personal(words="Both."), Personal(words="First."))
    assert queries[1].item is None
    assert all(query.resolution is None for query in plan.queries.values())


def test_a_document_agrees_nothing(plan: Plan) -> None:
    """A draft plan is a proposal; only a body with authority makes it a promise."""
    assert MilestoneAgreed not in {type(decided.event) for decided in imported()}
    assert all(milestone.agreed_on is None for milestone in plan.milestones.values())
    kinds = Counter(milestone.definition for milestone in plan.milestones.values())
    assert kinds == {
        Definition.STATED: 4, Definition.UNDEFINED: 1, Definition.CROSS_REFERENCE: 1
    }  # fmt: skip


def test_what_was_imported_can_be_worked_with_by_its_printed_refs() -> None:
    """The paper is in everybody's hands, the ids are not."""
    past = Past().did(IMPORT)
    agreed = past.when(AgreeMilestone(plan=PLAN, milestone="1.1/3", authority=BOARD))
    assert not isinstance(agreed, Refusal), agreed.message
    pointing = AgreeMilestone(plan=PLAN, milestone="2.1/1", authority=BOARD)
    refused(past.when(pointing), Code.MILESTONE_NOT_STATED, "Reword it first, then agree it.")


def test_the_same_document_again_changes_nothing_whatever_else_is_different() -> None:
    """Importing is something people repeat when they are not sure that it worked."""
    past = Past().did(IMPORT)
    then(past.when(IMPORT, command_id="command-2"))
    then(past.when(replace(IMPORT, effective_on=date(2025, 1, 6))))
    other_reading = replace(FULL, reader="text/2", title="Another title", queries=())
    then(past.when(ImportPlan(plan=PLAN, draft=other_reading)))


def test_another_document_does_not_become_part_of_the_plan() -> None:
    """Two versions of a paper in one plan would mix what was promised when."""
    changed: Draft = replace(FULL, sha256="ef" * 32)
    refused(
        Past().did(IMPORT).when(ImportPlan(plan=PLAN, draft=changed)),
        Code.PLAN_EXISTS,
        "this is not the document it was imported from",
    )


def ids_in(decided: tuple[Decided, ...]) -> list[str]:
    """Give the id of everything that came to be, in order."""
    makers = {
        AreaAdded: "area", StatementAdded: "statement", ActionAdded: "action",
        MilestoneProposed: "milestone", PartyRegistered: "party",
        CrossReferenceRecorded: "reference", QueryRaised: "query",
    }  # fmt: skip
    events = [one.event for one in decided]
    return [getattr(event, makers[type(event)]) for event in events if type(event) in makers]


def test_every_thing_that_comes_of_a_document_has_an_id_of_its_own() -> None:
    """Two things of one id would be one to everything that folds the plan."""
    ids = ids_in(imported())
    assert len(ids) == 2 + 7 + 3 + 6 + 2 + 2 + 2
    assert len(set(ids)) == len(ids)
    for made in ids:
        kind = "".join(takewhile(str.isalpha, made))
        assert made.startswith(f"{kind}-")


def test_the_same_document_gets_the_same_ids_in_every_ledger() -> None:
    """A decision made again after somebody was first, or on another machine, must agree."""
    assert imported(command_id="command-1") == imported(command_id="command-2")


def test_the_same_document_under_another_plan_gets_other_ids() -> None:
    """What is said of one plan must never be taken for the other."""
    other = imported(ImportPlan(plan="northbridge-copy", draft=FULL))
    assert set(ids_in(imported())).isdisjoint(ids_in(other))
