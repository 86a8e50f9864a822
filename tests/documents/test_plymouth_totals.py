"""The Plymouth plan read whole: the totals of design page 2.1, which an import must reach."""

from collections import Counter
from datetime import date
from hashlib import sha256

from planledger.documents import READER, Reading
from planledger.events.dates import Month
from planledger.events.target_dates import (
    NotStated,
    OneOff,
    Recurring,
    ToBeConfirmed,
)
from planledger.events.values import Definition, PartyKind, StatementKind
from tests.documents.plans import PLYMOUTH, actions, milestones, statements

SHA256 = "523eb8a0173200ad68f2b2f5536dda16eb4cdf33a039867b587668efde277894"


def test_the_example_is_the_plan_byte_for_byte() -> None:
    """Every line number and every total below speaks of exactly these bytes."""
    assert sha256(PLYMOUTH.read_bytes()).hexdigest() == SHA256


def test_the_draft_says_which_document_it_was_read_from(plymouth: Reading) -> None:
    """Importing the same file twice is noticed by its hash, so the draft must carry it."""
    draft = plymouth.draft
    assert (draft.sha256, draft.filename, draft.reader) == (SHA256, PLYMOUTH.name, READER)
    assert draft.title == "DRAFT CHILDREN SOCIAL CARE IMPROVEMENT PLAN"
    assert draft.stated_on == date(2015, 1, 6)


def test_all_that_stands_before_the_first_area_is_its_introduction(plymouth: Reading) -> None:
    """It says what the plan is and which bodies oversee it, and stands nowhere else."""
    before = PLYMOUTH.read_text("utf-8").partition("**AREA FOR IMPROVEMENT I:")[0]
    printed = [line for line in before.split("\n") if line]
    assert list(plymouth.draft.introduction) == printed
    assert len(printed) == 12


def test_two_leads_are_to_be_confirmed(plymouth: Reading) -> None:
    """The document prints TBC there: nobody left, and nobody is named yet."""
    read = {ref: action.lead_to_be_confirmed for ref, action in actions(plymouth.draft).items()}
    assert {ref: printed for ref, printed in read.items() if printed} == {
        "4.2": "TBC",
        "10.2": "TBC",
    }


def test_nothing_of_the_plan_is_left_unread(plymouth: Reading) -> None:
    """The plan is the one document the reader must read without a single problem."""
    assert plymouth.problems == ()


def test_there_are_17_areas_in_order(plymouth: Reading) -> None:
    """The first area is printed with a roman number: number and ordinal are both kept."""
    areas = plymouth.draft.areas
    assert [area.number for area in areas] == ["I", *(str(number) for number in range(2, 18))]
    assert [area.ordinal for area in areas] == list(range(1, 18))
    assert [area.line for area in areas] == [
        27, 53, 79, 104, 124, 150, 187, 205, 225, 250, 270, 294, 320, 341, 360, 382, 409
    ]  # fmt: skip


def test_there_are_28_objectives_57_outcomes_with_3_nested_and_53_measures(
    plymouth: Reading,
) -> None:
    """A statement lost or split in reading would never be measured afterwards."""
    tops = Counter(statement.kind for area in plymouth.draft.areas for statement in area.statements)
    assert tops == {
        StatementKind.OBJECTIVE: 28,
        StatementKind.OUTCOME: 57,
        StatementKind.MEASURE: 53,
    }
    assert len(list(statements(plymouth.draft))) == 28 + 57 + 53 + 3


def test_each_area_has_its_count_of_statements(plymouth: Reading) -> None:
    """Totals could agree while two areas have swapped statements; the counts by area could not."""
    kinds = (StatementKind.OBJECTIVE, StatementKind.OUTCOME, StatementKind.MEASURE)
    counts = [
        tuple(sum(each.kind is kind for each in area.statements) for kind in kinds)
        for area in plymouth.draft.areas
    ]
    assert counts == [
        (2, 3, 5), (4, 4, 4), (2, 4, 3), (2, 2, 1), (3, 4, 4), (2, 5, 7), (1, 2, 1), (1, 2, 2),
        (2, 3, 4), (2, 2, 2), (1, 3, 3), (1, 5, 6), (1, 3, 2), (1, 2, 2), (1, 3, 2), (1, 8, 2),
        (1, 2, 3),
    ]  # fmt: skip


def test_there_are_48_actions(plymouth: Reading) -> None:
    """48 is the denominator of every percentage by action."""
    counts = [len(area.actions) for area in plymouth.draft.areas]
    assert counts == [4, 3, 3, 2, 2, 5, 1, 2, 4, 2, 4, 3, 2, 1, 3, 3, 4]
    assert len(actions(plymouth.draft)) == 48


def test_8_actions_are_placeholders(plymouth: Reading) -> None:
    """A placeholder counted as an action would make the plan look less complete than it is."""
    found = [key for key, action in actions(plymouth.draft).items() if action.placeholder]
    assert found == ["4.2", "5.2", "8.2", "9.4", "10.2", "11.4", "12.3", "13.2"]


def test_there_are_70_milestone_slots(plymouth: Reading) -> None:
    """59 stated and one recurring activity, one cross-reference, nine undefined."""
    slots = milestones(plymouth.draft)
    assert Counter(slot.definition for slot in slots.values()) == {
        Definition.STATED: 60,
        Definition.CROSS_REFERENCE: 1,
        Definition.UNDEFINED: 9,
    }
    undefined = [key for key, slot in slots.items() if slot.definition is Definition.UNDEFINED]
    assert undefined == [
        "3.1/1", "4.2/1", "5.2/1", "8.2/1", "9.4/1", "10.2/1", "11.4/1", "12.3/1", "13.2/1"
    ]  # fmt: skip


def test_the_target_dates_are_of_their_kinds(plymouth: Reading) -> None:
    """A board that is to decide, a date to be confirmed and no date at all are three things."""
    targets = [slot.target_date for slot in milestones(plymouth.draft).values()]
    kinds = Counter(
        "by a board" if isinstance(target, ToBeConfirmed) and target.decider else type(target)
        for target in targets
    )
    assert kinds == {
        OneOff: 41,
        ToBeConfirmed: 20,
        "by a board": 6,
        Recurring: 2,
        NotStated: 1,
    }


def test_the_printed_months_are_these(plymouth: Reading) -> None:
    """38 printed tokens; a shared one is printed once and counted once here."""
    slots = milestones(plymouth.draft)
    months = Counter(
        slot.target_date.date
        for slot in slots.values()
        if isinstance(slot.target_date, OneOff)
        # Of milestones that share a date, the first stands for the printed token.
        and all(slot.key < other for other in slot.shared_with)
    )
    assert months == {
        Month(2014, 12): 1,
        Month(2015, 1): 4,
        Month(2015, 2): 11,
        Month(2015, 3): 12,
        Month(2015, 4): 8,
        Month(2015, 5): 2,
    }


def test_there_are_17_parties_of_four_kinds(plymouth: Reading) -> None:
    """12 people, 3 posts, a collective and a body, each once, keyed as they first appear."""
    found = plymouth.draft.parties
    assert [party.key for party in found] == [f"party/{place}" for place in range(1, 18)]
    assert [party.line for party in found] == sorted(party.line for party in found)
    assert {
        kind: [party.name for party in found if party.kind is kind]
        for kind in PartyKind
        if kind is not PartyKind.PERSON
    } == {
        PartyKind.POST: [
            "IHWB Transformation programme manager",
            "Lead Officer DELT",
            "Chair of PSCB",
        ],
        PartyKind.COLLECTIVE: ["Partner Agency Leads"],
        PartyKind.BODY: ["Children's Social Care Departmental Management Team"],
        PartyKind.ORGANISATION: [],
    }
    assert sum(party.kind is PartyKind.PERSON for party in found) == 12


def test_there_are_50_lead_assignments(plymouth: Reading) -> None:
    """46 actions have a lead, four of them two; two have none, and that is to be reported."""
    counts = {key: len(action.leads) for key, action in actions(plymouth.draft).items()}
    assert sum(counts.values()) == 50
    assert [key for key, count in counts.items() if count == 2] == ["6.5", "8.1", "17.1", "17.2"]
    assert [key for key, count in counts.items() if count == 0] == ["4.2", "10.2"]


def test_every_key_is_used_once(plymouth: Reading) -> None:
    """Items point at each other by key: two of one key could not be told apart."""
    draft = plymouth.draft
    keys = [
        *(area.key for area in draft.areas),
        *(statement.key for statement in statements(draft)),
        *actions(draft),
        *milestones(draft),
        *(party.key for party in draft.parties),
    ]
    assert len(keys) == len(set(keys)) == 17 + 141 + 48 + 70 + 17


def test_the_queries_are_few_and_name_items_that_exist(plymouth: Reading) -> None:
    """A clerk answers every query: one too many hides the others, and each must lead somewhere."""
    draft = plymouth.draft
    keys = {
        *(area.key for area in draft.areas),
        *(statement.key for statement in statements(draft)),
        *actions(draft),
        *milestones(draft),
        *(party.key for party in draft.parties),
    }
    assert len(draft.queries) == 20
    assert {query.item for query in draft.queries if query.item is not None} <= keys
    assert all(query.question and query.taken and query.instead for query in draft.queries)
    assert [query.line for query in draft.queries] == sorted(query.line for query in draft.queries)
