"""A made-up plan in another layout: nothing in the reader may know Plymouth."""

from datetime import date

import pytest

from planledger.documents import Reading
from planledger.events.dates import Day, Month, Quarter
from planledger.events.target_dates import (
    NotStated,
    OneOff,
    Ongoing,
    Recurring,
    TargetDate,
    ToBeConfirmed,
)
from planledger.events.values import Confidence, PartyKind, ReferenceKind
from tests.documents.plans import (
    NORTHBRIDGE,
    actions,
    leads,
    milestones,
    parties,
    problem_lines,
    queries,
    references,
    statements,
)


def test_the_plan_bears_its_own_title_and_date(northbridge: Reading) -> None:
    """The date stands behind a word ("Dated:"); the inspection's date in the prose is another."""
    assert northbridge.draft.title == "NORTHBRIDGE COUNCIL: ADULT CARE RECOVERY PLAN"
    assert northbridge.draft.stated_on == date(2024, 3, 3)
    assert queries(northbridge.draft, None) == []


def test_headings_may_be_small_roman_and_wrapped(northbridge: Reading) -> None:
    """Three headings, three forms."""
    assert [(area.number, area.title) for area in northbridge.draft.areas] == [
        ("1", "Keep adults at risk safe"),
        ("II", "Strengthen the Early Offer Gateway (EOG)"),
        ("3", "Make records that people can read"),
    ]


def test_labels_may_be_singular_small_or_followed_by_their_text(northbridge: Reading) -> None:
    """Labels: "OBJECTIVE: text", "Outcomes", "MEASURES:", and "OUTCOME:" fused to a heading."""
    assert [(each.key, each.text) for each in statements(northbridge.draft)] == [
        ("1/objective/1", "Every adult at risk is seen within two days."),
        ("1/outcome/1", "Adults at risk are seen in time"),
        ("1/outcome/2", "Adults live well through:"),
        ("1/outcome/2/1", "less waiting"),
        ("1/outcome/2/2", "fewer moves between homes."),
        ("1/outcome/3", "Carers are heard & helped."),
        ("1/measure/1", "Number of adults seen within two days"),
        ("1/measure/2", "Carers' survey (tbc)"),
        ("2/outcome/1", "People find help early."),
        ("2/measure/1", "Calls answered"),
        ("3/objective/1", "Records are plain"),
        ("3/objective/2", "Records are shared"),
    ]


@pytest.mark.parametrize(
    ("key", "text", "target"),
    [
        ("1.1/1", "Posts advertised", OneOff(as_printed="31/03/2024", date=Day(2024, 3, 31))),
        ("1.1/2", "Posts filled", OneOff(as_printed="by 31st May 2024", date=Day(2024, 5, 31))),
        ("1.2/1", "Rota agreed", OneOff(as_printed="End of March 2024", date=Month(2024, 3))),
        (
            "1.4/1",
            "Monthly audit",
            Recurring(as_printed="April 2024", first=Month(2024, 4), every_months=1, until=None),
        ),
        ("2.1/1", "Rota published", OneOff(as_printed="2024-06-30", date=Day(2024, 6, 30))),
        ("2.2/1", "EOG designed", OneOff(as_printed="Q1 2024/25", date=Quarter(2024, 2))),
        ("2.2/3", "EOG reviewed.", OneOff(as_printed="Q4 2024/25", date=Quarter(2025, 1))),
        ("2.3/1", "Gateway staffed", Ongoing(as_printed="Ongoing")),
        (
            "2.4/1",
            "Report to members",
            Recurring(
                as_printed="every six months from April 2024 until April 2026",
                first=Month(2024, 4),
                every_months=6,
                until=Month(2026, 4),
            ),
        ),
        ("2.5/1", "Training held", NotStated(as_printed="Summer 2024")),
        (
            "2.6/1",
            "Budget set",
            ToBeConfirmed(
                as_printed="Quality Board to agree dates in June 2024.",
                decide_by=Month(2024, 6),
                decider="Quality Board",
            ),
        ),
        ("2.7/1", "See 2.2 above", NotStated(as_printed="")),
        ("3.1/1", "Supplier chosen", OneOff(as_printed="May", date=Month(2024, 5))),
        ("3.1/2", "Data moved", OneOff(as_printed="Jun 2024", date=Month(2024, 6))),
        ("3.1/3", "Old system closed", OneOff(as_printed="31 July 2024", date=Day(2024, 7, 31))),
        (
            "3.2/1",
            "Guide published",
            ToBeConfirmed(as_printed="March 2024 (TBC)", decide_by=None, decider=None),
        ),
        ("3.3/1", "Standard agreed", OneOff(as_printed="June 2024", date=Month(2024, 6))),
    ],
)
def test_milestones_and_dates_are_read(
    northbridge: Reading, key: str, text: str, target: TargetDate
) -> None:
    """Days, months, quarters, recurrences and boards, in columns of another order."""
    slot = milestones(northbridge.draft)[key]
    assert (slot.text, slot.target_date) == (text, target)


@pytest.mark.parametrize(
    ("ref", "names"),
    [
        ("1.1", ["Amina Rook", "Tom O'Dell"]),
        ("1.2", ["Head of Duty and Access"]),
        ("1.3", []),
        ("1.4", ["Amina Rook", "Tom O'Dell", "Priya Dell"]),
        ("2.4", ["Priya Dell"]),
        ("2.6", ["Priya Dell"]),
        ("2.7", []),
        ("3.1", ["Tom O'Dell"]),
    ],
)
def test_leads_are_told_apart(northbridge: Reading, ref: str, names: list[str]) -> None:
    """An "and" joins two people but is part of a post's title; a person may be named with one."""
    assert leads(northbridge.draft, ref) == names


def test_parties_are_of_their_kinds(northbridge: Reading) -> None:
    """Kinds are told from words; a name that does not say leaves a query."""
    kinds = {name: party.kind for name, party in parties(northbridge.draft).items()}
    assert kinds == {
        "Amina Rook": PartyKind.PERSON,
        "Tom O'Dell": PartyKind.PERSON,
        "Head of Duty and Access": PartyKind.POST,
        "Priya Dell": PartyKind.PERSON,
        "Duty Team": PartyKind.BODY,
        "Northbridge Health Trust": PartyKind.ORGANISATION,
        "GATEWAY": PartyKind.ORGANISATION,
        "Heads of Service": PartyKind.COLLECTIVE,
        "Kestrel": PartyKind.ORGANISATION,
    }
    asked = [
        each.item for each in northbridge.draft.queries if "Its words do not say" in each.question
    ]
    assert asked == [parties(northbridge.draft)["Kestrel"].key]


def test_pointers_that_fit_are_taken_as_printed(northbridge: Reading) -> None:
    """A right number must not be argued away: only words that fit elsewhere move a pointer."""
    found = {
        (each.item, each.as_printed, each.kind, each.resolved_target, each.confidence)
        for each in northbridge.draft.references
    }
    assert found == {
        ("1.2", "2.1", ReferenceKind.REFERENCE, "2.1", Confidence.CERTAIN),
        ("1.4", "1.1", ReferenceKind.DEPENDS_ON, "1.1", Confidence.CERTAIN),
        ("2.7/1", "2.2", ReferenceKind.REFERENCE, "2.2", Confidence.CERTAIN),
    }
    assert references(northbridge.draft, "1.2")[0].printed_target == "2.1"


def test_only_one_action_is_a_placeholder(northbridge: Reading) -> None:
    """Further actions to be scoped, with a milestone TBC."""
    found = [key for key, action in actions(northbridge.draft).items() if action.placeholder]
    assert found == ["1.3"]


def test_what_could_not_be_read_is_said_by_line(northbridge: Reading) -> None:
    """A column of progress, a page number, a season, an unknown label and what is under it."""
    lines = NORTHBRIDGE.read_text("utf-8").split("\n")
    said = {lines[line - 1].strip() for line in problem_lines(northbridge)}
    assert said == {
        (
            "1.2\tReview the duty rota (see 2.1)\tRota agreed\tHead of Duty and Access"
            "\tEnd of March 2024\tOn track"
        ),
        "Page 2 of 5",
        "2.5\tTrain staff\tTraining held\tSummer 2024\tHeads of Service",
        "RISKS:",
        "- Staff may leave",
    }


def test_every_choice_left_a_query(northbridge: Reading) -> None:
    """One for each thing the reader had to choose, and none besides."""
    assert [each.item for each in northbridge.draft.queries] == [
        "1/measure/2",  # a survey (tbc)
        "1.4/1",  # an audit that recurs
        "area/2",  # a table without column names
        "party/4",  # a manager named with her post
        "2.5",  # Summer 2024
        "2.6",  # a board is to decide
        "party/4",  # the same manager, printed otherwise
        "2.7",  # no date
        "3.1",  # milestones run together
        "3.1/1",  # May, without a year
        "party/2",  # a director named with his post
        "3.2",  # March 2024 (TBC)
        "party/9",  # Kestrel
        "3.3",  # a row that goes on
    ]
