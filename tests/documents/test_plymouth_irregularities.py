"""The irregularities of the Plymouth plan, read as a careful person reads them (design 2.1)."""

import pytest

from planledger.documents import Reading
from planledger.events.dates import Month
from planledger.events.target_dates import NotStated, OneOff, Recurring, ToBeConfirmed
from planledger.events.values import Confidence, Definition, ReferenceKind, StatementKind
from tests.documents.plans import (
    actions,
    leads,
    milestones,
    parties,
    queries,
    references,
    statements,
)


def test_headings_fused_to_titles_and_labels_are_split_on_their_words(plymouth: Reading) -> None:
    """Line 27 holds a running title, a heading and a label in bold; none may swallow another."""
    area = plymouth.draft.areas[0]
    assert area.title == "Ensure that practitioners have reasonable workloads"
    assert area.as_printed.startswith("DRAFT CHILDREN'S SOCIAL CARE - POST OFSTED")
    assert area.statements[0].kind is StatementKind.OBJECTIVE


def test_titles_are_verbatim(plymouth: Reading) -> None:
    """The full stop that some titles end with, and an inner mark, are the document's own."""
    titles = [area.title for area in plymouth.draft.areas]
    assert titles[3].endswith("are conducted without undue delay.")
    assert titles[14].startswith("Ensure that assessments are consistently of good quality, ")
    assert "child- focused" in titles[14]
    assert titles[11].endswith("education, employment and training (EET)")


def test_an_objective_without_a_bullet_is_one_objective(plymouth: Reading) -> None:
    """Areas 11 to 17 print their one objective as a paragraph."""
    for area in plymouth.draft.areas[10:]:
        objectives = [each for each in area.statements if each.kind is StatementKind.OBJECTIVE]
        assert [each.key for each in objectives] == [f"{area.ordinal}/objective/1"]
    first = plymouth.draft.areas[10].statements[0]
    assert first.text == (
        "Arrangements for children who require adoption continue to improve "
        "and undue delay is avoided."
    )


def test_indented_bullets_are_nested(plymouth: Reading) -> None:
    """The three points of area 6 say through what its third outcome is reached."""
    outcome = next(each for each in statements(plymouth.draft) if each.key == "6/outcome/3")
    assert outcome.text == "Improved safeguards for children and young people through:"
    assert [(child.key, child.text) for child in outcome.children] == [
        ("6/outcome/3/1", "Reduction of impact of parental substance misuse"),
        ("6/outcome/3/2", "Reduction of impact of domestic abuse on children"),
        ("6/outcome/3/3", "Improved parenting capacity"),
    ]


def test_bullets_and_list_ends_are_no_part_of_a_statement(plymouth: Reading) -> None:
    """The "; and" says the list goes on; the line keeps it, the reading does not."""
    by_key = {each.key: each for each in statements(plymouth.draft)}
    measure = by_key["1/measure/4"]
    assert measure.text == (
        "Improved quality of Children in Need plans, Child Protection plans and Care Plans "
        "for children in care"
    )
    assert measure.as_printed == f"- {measure.text}; and"
    assert by_key["1/outcome/3"].text == "Staff are appropriately supported."


def test_the_dashes_in_an_action_are_part_of_it(plymouth: Reading) -> None:
    """1.1 lists what its analysis covers; those are not milestones."""
    action = actions(plymouth.draft)["1.1"]
    assert action.text == (
        "Undertake an analysis of current case loads to identify: reasons for recent additional "
        "pressures in the 'Advice and Assessment' Service; issues to address caseloads in the "
        "'Children in the Community' service; and specific issues in the 'Children in Care' and "
        "'Care Leavers' Services"
    )
    assert [each.text for each in action.milestones] == [
        "Situation Analysis completed",
        (
            "Consider immediate implications alongside the recent analysis undertaken by the PSW "
            "into caseloads."
        ),
    ]


def test_the_raw_row_and_cell_are_kept_beside_the_reading(plymouth: Reading) -> None:
    """Half the value to an auditor is the difference between what is printed and what is read."""
    action = actions(plymouth.draft)["1.4"]
    assert "\t<p>March 2015</p> <p>TBC</p> <p>TBC</p>\t" in action.as_printed
    assert action.milestones[0].as_printed.startswith('<ul style="list-style-type: none"> ▪ Agree')


def test_a_blank_line_does_not_end_a_table(plymouth: Reading) -> None:
    """1.2 to 1.4 stand below a page break, and are still of area I."""
    refs = [action.ref for action in plymouth.draft.areas[0].actions]
    assert refs == ["1.1", "1.2", "1.3", "1.4"]


def test_a_row_that_goes_on_below_a_page_break_is_joined(plymouth: Reading) -> None:
    """The third milestone of 6.2 breaks off in one line and ends in another."""
    action = actions(plymouth.draft)["6.2"]
    assert [each.text for each in action.milestones] == [
        "Early Help TOM agreed",
        "Communications plan",
        (
            "Consulting on the implementation of the TOM with partners and stakeholders "
            "through a series of workshops."
        ),
    ]
    assert action.as_printed.count("\n") == 1
    assert [query.line for query in queries(plymouth.draft, "6.2")] == [180, 182]


@pytest.mark.parametrize(
    ("ref", "count", "printed"),
    [("1.1", 2, "TBC"), ("2.3", 2, "May 2015"), ("6.2", 3, "January 2015")],
)
def test_one_date_governs_all_milestones_and_is_asked_about(
    plymouth: Reading, ref: str, count: int, printed: str
) -> None:
    """It may belong to the last milestone alone: that reading must stay visible."""
    own = actions(plymouth.draft)[ref].milestones
    keys = {each.key for each in own}
    assert len(own) == count
    assert {each.target_date.as_printed for each in own} == {printed}
    assert all(set(each.shared_with) == keys - {each.key} for each in own)
    (query,) = [each for each in queries(plymouth.draft, ref) if "only one date" in each.question]
    assert printed in query.question


def test_a_date_is_shared_nowhere_else(plymouth: Reading) -> None:
    """A decision due for each milestone by itself (6.1) is no shared date."""
    shared = {key for key, each in milestones(plymouth.draft).items() if each.shared_with}
    assert shared == {"1.1/1", "1.1/2", "2.3/1", "2.3/2", "6.2/1", "6.2/2", "6.2/3"}


def test_a_missing_date_is_not_stated_and_is_asked_about(plymouth: Reading) -> None:
    """17.4 prints two dates for three milestones; the third is neither TBC nor March."""
    targets = [each.target_date for each in actions(plymouth.draft)["17.4"].milestones]
    assert targets == [
        OneOff(as_printed="February 2015", date=Month(2015, 2)),
        OneOff(as_printed="March 2015", date=Month(2015, 3)),
        NotStated(as_printed=""),
    ]
    assert len(queries(plymouth.draft, "17.4")) == 1


@pytest.mark.parametrize(
    ("ref", "printed"),
    [
        ("1.4", ["March 2015", "TBC", "TBC"]),
        ("2.1", ["February 2015", "March 2015"]),
        ("4.1", ["February 2015", "TBC"]),
        ("6.4", ["Dec 2014", "Jan 2015", "February 2015", "March 2015"]),
        ("6.5", ["April 2015", "April 2015"]),
        ("13.1", ["TBC", "TBC"]),
    ],
)
def test_several_dates_in_a_cell_are_paired_in_order(
    plymouth: Reading, ref: str, printed: list[str]
) -> None:
    """Only a space or a paragraph mark stands between them."""
    own = actions(plymouth.draft)[ref].milestones
    assert [each.target_date.as_printed for each in own] == printed


@pytest.mark.parametrize(
    ("ref", "texts"),
    [
        (
            "8.1",
            [
                "Target operating model for phase two CSC reconfiguration agreed.",
                "TOM implemented",
            ],
        ),
        ("14.1", ["Pledge agreed", "Pledge implemented and monitoring arrangements in place"]),
    ],
)
def test_milestones_run_together_are_split_where_the_dates_confirm_it(
    plymouth: Reading, ref: str, texts: list[str]
) -> None:
    """Two dates beside one text without bullets: a line break was lost."""
    assert [each.text for each in actions(plymouth.draft)[ref].milestones] == texts
    assert any("without bullets" in each.question for each in queries(plymouth.draft, ref))


def test_compound_milestones_with_one_date_stay_one(plymouth: Reading) -> None:
    """What is "agreed and implemented" under one date is one promise until a person splits it."""
    own = actions(plymouth.draft)["17.3"].milestones
    assert [each.text for each in own] == [
        "Improvement plan agreed, presented to PSCB and implemented"
    ]


def test_a_board_that_is_to_decide_is_a_decision_due_and_no_date(plymouth: Reading) -> None:
    """Six milestones of 6.1 wait for a board in January; the year is inferred and asked about."""
    targets = [each.target_date for each in actions(plymouth.draft)["6.1"].milestones]
    assert targets == 6 * [
        ToBeConfirmed(
            as_printed=(
                "January Children’s Transformation Board to agree target dates for each milestone."
            ),
            decide_by=Month(2015, 1),
            decider="Children’s Transformation Board",
        )
    ]
    (query,) = queries(plymouth.draft, "6.1")
    assert "the year is not printed" in query.taken


def test_a_first_report_and_then_quarterly_recurs(plymouth: Reading) -> None:
    """15.2 falls due every three months, not once in June."""
    assert milestones(plymouth.draft)["15.2/1"].target_date == Recurring(
        as_printed="First report June 2015 and then quarterly",
        first=Month(2015, 6),
        every_months=3,
        until=None,
    )


def test_a_quarterly_review_recurs_from_a_date_unknown(plymouth: Reading) -> None:
    """11.1 says how often in its milestone and TBC for its date; both are kept."""
    slot = milestones(plymouth.draft)["11.1/1"]
    assert slot.definition is Definition.STATED
    assert slot.target_date == Recurring(as_printed="TBC", first=None, every_months=3, until=None)
    assert len(queries(plymouth.draft, "11.1/1")) == 1


def test_a_milestone_to_be_set_is_undefined_but_its_action_is_no_placeholder(
    plymouth: Reading,
) -> None:
    """3.1 is real work whose milestone a programme will set."""
    action = actions(plymouth.draft)["3.1"]
    assert action.milestones[0].definition is Definition.UNDEFINED
    assert action.milestones[0].text == "To be set through the transformation programme"
    assert not action.placeholder


def test_wrong_numbers_are_kept_and_resolved_apart(plymouth: Reading) -> None:
    """1.4 points at 2.1 and 1.2 by an earlier numbering; its words fit 1.1 and 6.2."""
    found = [
        (each.as_printed, each.printed_target, each.resolved_target, each.confidence)
        for each in references(plymouth.draft, "1.4")
    ]
    assert found == [
        ("2.1", "2.1", "1.1", Confidence.LIKELY),
        ("1.2", "1.2", "6.2", Confidence.LIKELY),
    ]
    assert len(queries(plymouth.draft, "1.4")) == 2


def test_a_pointer_to_milestones_is_no_milestone_and_means_area_i(plymouth: Reading) -> None:
    """12.2 says "improvement 2" in the numbering that 1.4 shows to be out of date."""
    slot = milestones(plymouth.draft)["12.2/1"]
    assert slot.definition is Definition.CROSS_REFERENCE
    (reference,) = references(plymouth.draft, "12.2/1")
    assert (reference.as_printed, reference.printed_target, reference.resolved_target) == (
        "improvement 2",
        "area/2",
        "area/1",
    )
    assert reference.confidence is Confidence.LIKELY
    assert len(queries(plymouth.draft, "12.2/1")) == 1


def test_a_date_before_the_plan_is_legal(plymouth: Reading) -> None:
    """6.4 begins in December 2014; whether that was done is unknown, and no error."""
    first = milestones(plymouth.draft)["6.4/1"].target_date
    assert first == OneOff(as_printed="Dec 2014", date=Month(2014, 12))


def test_small_letters_are_kept_as_printed(plymouth: Reading) -> None:
    """12.1 says "tbc": the same as TBC, in its own letters."""
    target = milestones(plymouth.draft)["12.1/1"].target_date
    assert target == ToBeConfirmed(as_printed="tbc", decide_by=None, decider=None)


def test_two_people_joined_by_and_lead_together(plymouth: Reading) -> None:
    """Nothing was chosen in 17.1 and 17.2, so nothing is asked."""
    for ref in ("17.1", "17.2"):
        assert leads(plymouth.draft, ref) == ["Joy Howick", "Siobhan Wallace"]
        assert queries(plymouth.draft, ref) == []
        assert milestones(plymouth.draft)[f"{ref}/1"].leads is None


@pytest.mark.parametrize(
    ("ref", "names"),
    [
        ("6.5", ["Chair of PSCB", "Partner Agency Leads"]),
        ("8.1", ["IHWB Transformation programme manager", "Alison Botham"]),
    ],
)
def test_leads_without_a_separator_go_with_the_milestones_in_order(
    plymouth: Reading, ref: str, names: list[str]
) -> None:
    """Two leads, two milestones, two dates: lead n has milestone n, and the action has both."""
    draft = plymouth.draft
    by_name = parties(draft)
    assert leads(draft, ref) == names
    assert [each.leads for each in actions(draft)[ref].milestones] == [
        (by_name[name].key,) for name in names
    ]
    assert any("Who leads which" in each.question for each in queries(draft, ref))


def test_two_titles_are_one_post_and_flagged(plymouth: Reading) -> None:
    """3.1 and 8.1 differ by one word; a person says whether they are one post."""
    post = parties(plymouth.draft)["IHWB Transformation programme manager"]
    assert post.aliases == ("IHWB Programme Manager",)
    assert len(queries(plymouth.draft, post.key)) == 1


def test_an_outcome_of_the_above_depends_on_every_row_above(plymouth: Reading) -> None:
    """9.4 waits for 9.1, 9.2 and 9.3."""
    found = references(plymouth.draft, "9.4")
    assert [each.resolved_target for each in found] == ["9.1", "9.2", "9.3"]
    assert {(each.as_printed, each.kind) for each in found} == {
        ("the above", ReferenceKind.DEPENDS_ON)
    }


def test_one_promise_with_two_dates_is_asked_about_and_nothing_decided(
    plymouth: Reading,
) -> None:
    """8.1 has the TOM agreed in February, 1.4 has "Agree TOM" to be confirmed."""
    conflicts = [each for each in plymouth.draft.queries if "one promise" in each.question]
    assert [each.item for each in conflicts] == ["8.1/1"]
    assert "action 1.4" in conflicts[0].question
    slots = milestones(plymouth.draft)
    assert isinstance(slots["8.1/1"].target_date, OneOff)
    assert isinstance(slots["1.4/3"].target_date, ToBeConfirmed)


def test_an_unconfirmed_measure_is_kept_with_its_mark(plymouth: Reading) -> None:
    """Area 14 marks one measure "(TBC)"; it is neither dropped nor taken as settled."""
    measure = next(each for each in statements(plymouth.draft) if each.key == "14/measure/1")
    assert measure.text == "Exit interviews for care leavers (TBC)"
    assert len(queries(plymouth.draft, "14/measure/1")) == 1


def test_a_list_that_promises_more_is_asked_about(plymouth: Reading) -> None:
    """The objectives of area 10 end in "; and" with nothing after: an item may be lost."""
    (query,) = queries(plymouth.draft, "10/objective/2")
    assert query.line == 254


def test_the_source_is_never_corrected(plymouth: Reading) -> None:
    """Spelling is the council's; a WordingChanged event changes it, a reader never does."""
    texts = [each.text for each in statements(plymouth.draft)]
    texts += [each.text for each in milestones(plymouth.draft).values()]
    texts += [each.text for each in actions(plymouth.draft).values()]
    for slip in ("up dated", "up grade", "Improvement functionality", "match to adopters"):
        assert any(slip in text for text in texts), slip
