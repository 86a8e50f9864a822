"""Headings, labels, bullets, columns and rows in the forms that other documents print them."""

import pytest

from planledger.domain.draft import DraftStatement
from planledger.events.dates import Month
from planledger.events.target_dates import OneOff
from planledger.events.values import Definition
from tests.documents.plans import (
    HEADER,
    actions,
    leads,
    milestones,
    queries,
    read,
    row,
    small_plan,
    statements,
)

ROW = row("1.1", "Mend roads", "Roads mended", "May 2024", "Amina Rook")


def _statements(*lines: str) -> tuple[list[tuple[str, str]], list[str]]:
    """Give what is read from lines under OBJECTIVES: keys and texts, and what is asked about."""
    plan = small_plan(ROW).replace("- Roads are safe", "\n".join(lines))
    draft = read(plan).draft
    found: list[DraftStatement] = list(statements(draft))
    return (
        [(each.key.removeprefix("1/objective/"), each.text) for each in found],
        [str(query.item).removeprefix("1/objective/") for query in draft.queries],
    )


@pytest.mark.parametrize(
    ("heading", "number", "title"),
    [
        ("AREA FOR IMPROVEMENT 4: Better roads", "4", "Better roads"),
        ("AREA FOR IMPROVEMENT IV. Better roads", "IV", "Better roads"),
        ("AREA FOR IMPROVEMENT 4 Better roads.", "4", "Better roads."),
        ("AREA FOR IMPROVEMENT NO. 4 - Better roads", "4", "Better roads"),
        ("AREA FOR IMPROVEMENT A: Better roads", "A", "Better roads"),
        ("**AREA FOR IMPROVEMENT 4:** Better roads", "4", "Better roads"),
        ("## Area for improvement 4: Better roads", "4", "Better roads"),
        ("<p>AREA FOR IMPROVEMENT 4: Better &amp; safer roads</p>", "4", "Better & safer roads"),
        ("ROADS PLAN AREA FOR IMPROVEMENT 4: Better roads", "4", "Better roads"),
    ],
)
def test_a_heading_is_known_by_its_words(heading: str, number: str, title: str) -> None:
    """Layout is not meaning; the number and the title are kept as printed."""
    plan = small_plan(ROW).replace("AREA FOR IMPROVEMENT 1: Better roads", heading)
    (area,) = read(plan).draft.areas
    assert (area.number, area.ordinal, area.title) == (number, 1, title)
    assert area.as_printed == heading


@pytest.mark.parametrize(
    "mention",
    [
        "- This is work on area for improvement 2 as well",
        "- See AREA FOR IMPROVEMENT 2: it is larger",
    ],
)
def test_a_mention_of_an_area_is_no_heading(mention: str) -> None:
    """A heading made of a mention would tear an area in two."""
    draft = read(small_plan(ROW).replace("- Roads are safe", mention)).draft
    assert len(draft.areas) == 1


def test_two_headings_in_one_line_are_two_areas() -> None:
    """A conversion that loses line ends fuses what stood on lines of its own."""
    fused = "AREA FOR IMPROVEMENT 1: Roads**AREA FOR IMPROVEMENT 2: Bridges****OBJECTIVES:**"
    draft = read(small_plan(ROW).replace("AREA FOR IMPROVEMENT 1: Better roads", fused)).draft
    assert [area.title for area in draft.areas] == ["Roads", "Bridges"]


def test_an_area_without_a_number_takes_its_place_and_is_asked_about() -> None:
    """Its actions still need an area to stand under."""
    plan = small_plan(ROW).replace("AREA FOR IMPROVEMENT 1:", "AREA FOR IMPROVEMENT:")
    draft = read(plan).draft
    assert draft.areas[0].number == "1"
    assert len(queries(draft, "area/1")) == 1


@pytest.mark.parametrize("bullet", ["-", "▪", "•", "*", "o", "–", "\uf0b7", "1.", "(a)", "•\t"])
def test_bullets_come_in_many_forms(bullet: str) -> None:
    """A bullet says where a statement begins, and is no part of it."""
    found, asked = _statements(f"{bullet} Roads are safe;", f"{bullet} Roads are dry")
    assert found == [("1", "Roads are safe"), ("2", "Roads are dry")]
    assert asked == []


@pytest.mark.parametrize(
    ("lines", "texts", "asked"),
    [
        (["- Roads are", "  safe"], ["Roads are safe"], []),
        (["- Roads are", "Safe"], ["Roads are Safe"], ["1"]),
        (["- Roads are safe;", "Roads are dry"], ["Roads are safe", "Roads are dry"], []),
        (["Roads are safe.", "", "Roads are dry."], ["Roads are safe.", "Roads are dry."], []),
        (["- Roads are", "", "safe"], ["Roads are safe"], ["1"]),
    ],
)
def test_a_line_without_a_bullet_goes_on_or_begins_anew(
    lines: list[str], texts: list[str], asked: list[str]
) -> None:
    """Lines are wrapped by hand; where a capital makes it doubtful, it is asked about."""
    found, questions = _statements(*lines)
    assert [text for _, text in found] == texts
    assert questions == asked


def test_a_deeper_bullet_without_an_announcement_is_nested_and_asked_about() -> None:
    """A slip of the space bar also indents."""
    found, asked = _statements("- Roads are safe", "  - by day", "- Roads are dry")
    assert found == [("1", "Roads are safe"), ("1/1", "by day"), ("2", "Roads are dry")]
    assert asked == ["1/1"]


def test_markup_in_a_statement_is_dropped_and_kept_in_print() -> None:
    """Tags and entities are the converter's, not the council's; the raw line is kept."""
    plan = small_plan(ROW).replace("- Roads are safe", "- <b>Roads</b> &amp; paths are <4 m wide")
    (statement,) = statements(read(plan).draft)
    assert statement.text == "Roads & paths are <4 m wide"
    assert statement.as_printed == "- <b>Roads</b> &amp; paths are <4 m wide"


def test_a_label_printed_twice_goes_on_counting() -> None:
    """A page break repeats a label; two statements of one key could not be told apart."""
    found, _ = _statements("- Safe", "OBJECTIVES (continued)", "- Dry", "", "OBJECTIVES:", "- Lit")
    assert found == [("1", "Safe"), ("2", "Dry"), ("3", "Lit")]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        (HEADER, "1.1\tMend roads\tRoads mended\tMay 2024\tAmina Rook"),
        (
            "REF\tACTIONS\tMILESTONES\tBY WHEN\tLEAD OFFICER",
            "1.1\tMend roads\tRoads mended\tMay 2024\tAmina Rook",
        ),
        (
            "NO.\tLEAD\tTARGET DATE\tACTION\tMILESTONES",
            "1.1\tAmina Rook\tMay 2024\tMend roads\tRoads mended",
        ),
        (
            "ACTION\tPROGRESS MILESTONES\tTARGET DATE\tDELIVERY LEAD",
            "1.1 Mend roads\tRoads mended\tMay 2024\tAmina Rook",
        ),
        (
            f"**{HEADER}**",
            "**1.1**\tMend roads\tRoads mended\tMay 2024\tAmina Rook",
        ),
    ],
)
def test_columns_are_known_by_their_names(header: str, cells: str) -> None:
    """A date read as a lead would be wrong in every row of the table."""
    draft = read(small_plan(cells).replace(HEADER, header)).draft
    action = actions(draft)["1.1"]
    assert action.text == "Mend roads"
    assert action.milestones[0].text == "Roads mended"
    assert action.milestones[0].target_date == OneOff(as_printed="May 2024", date=Month(2024, 5))
    assert leads(draft, "1.1") == ["Amina Rook"]
    assert draft.queries == ()


def test_a_header_repeated_after_a_page_break_is_no_row() -> None:
    """Long tables print their column names on every page."""
    reading = read(small_plan(ROW, "", HEADER, ROW.replace("1.1", "1.2")))
    assert list(actions(reading.draft)) == ["1.1", "1.2"]
    assert reading.problems == ()


def test_a_row_broken_inside_a_cell_is_joined() -> None:
    """A cell with a line break in it ends the line of text, not the row."""
    broken = "1.1\tMend roads\t▪ Roads surveyed;\n▪ Roads mended\tMay 2024 June 2024\tAmina Rook"
    reading = read(small_plan(broken))
    action = actions(reading.draft)["1.1"]
    assert [each.text for each in action.milestones] == ["Roads surveyed", "Roads mended"]
    assert action.as_printed == broken
    assert leads(reading.draft, "1.1") == ["Amina Rook"]
    assert reading.problems == ()
    assert len(queries(reading.draft, "1.1")) == 1


@pytest.mark.parametrize(
    "cell",
    [
        "▪ Plan agreed; and ▪ Roads mended",
        "<ul><li>Plan agreed</li><li>Roads mended</li></ul>",
        "<ul> - Plan agreed; - Roads mended",
        "<p>Plan agreed</p> <p>Roads mended</p>",
        "Plan agreed<br>Roads mended",
        "• Plan agreed • Roads mended",
        "o Plan agreed; o Roads mended;",
    ],
)
def test_milestones_are_told_apart_by_any_bullet_or_break(cell: str) -> None:
    """The marks differ by converter; the milestones are the same two."""
    draft = read(small_plan(row("1.1", "Mend", cell, "May 2024 TBC", "Amina Rook"))).draft
    assert [each.text for each in milestones(draft).values()] == ["Plan agreed", "Roads mended"]
    assert draft.queries == ()


def test_words_that_introduce_a_list_go_with_its_first_milestone() -> None:
    """They are no milestone of their own, and must not be lost."""
    cell = "The following agreed: ▪ Plan; ▪ Budget"
    draft = read(small_plan(row("1.1", "Mend", cell, "May 2024 TBC", "Amina Rook"))).draft
    assert [each.text for each in milestones(draft).values()] == [
        "The following agreed: Plan",
        "Budget",
    ]
    assert len(queries(draft, "1.1")) == 1


@pytest.mark.parametrize(
    "cell", ["A well-kept road", "Phase 1 - roads mended", "Repair o the road"]
)
def test_a_dash_inside_a_milestone_does_not_split_it(cell: str) -> None:
    """Only where an item can begin is a dash a bullet."""
    draft = read(small_plan(row("1.1", "Mend", cell, "May 2024", "Amina Rook"))).draft
    assert [each.text for each in milestones(draft).values()] == [cell]


@pytest.mark.parametrize(
    ("text", "definition"),
    [
        ("TBC", Definition.UNDEFINED),
        ("To be agreed with partners", Definition.UNDEFINED),
        ("To be set through the programme", Definition.UNDEFINED),
        ("See action 1.1", Definition.CROSS_REFERENCE),
        ("See milestones above for area 1", Definition.CROSS_REFERENCE),
        ("As per 1.1", Definition.CROSS_REFERENCE),
        ("See every resident once a year", Definition.STATED),
        ("As many roads as last year", Definition.STATED),
        ("Report to be confirmed by members", Definition.STATED),
    ],
)
def test_the_words_of_a_milestone_say_how_far_it_is_defined(
    text: str, definition: Definition
) -> None:
    """A promise to define is no promise to deliver, and a pointer is neither."""
    draft = read(small_plan(ROW, row("1.2", "Light", text, "TBC", "Amina Rook"))).draft
    assert milestones(draft)["1.2/1"].definition is definition


@pytest.mark.parametrize(
    ("action", "milestone", "placeholder"),
    [
        ("Further actions to be agreed", "TBC", True),
        ("Other actions to be considered", "tbc", True),
        ("Additional actions within the plan", "TBC", True),
        ("Further actions to be agreed", "Report to members", False),
        ("Mend every road", "TBC", False),
    ],
)
def test_a_placeholder_promises_actions_and_nothing_else(
    action: str, milestone: str, *, placeholder: bool
) -> None:
    """Real work whose milestone is still to come is no placeholder."""
    draft = read(small_plan(row("1.1", action, milestone, "TBC", "Amina Rook"))).draft
    assert actions(draft)["1.1"].placeholder is placeholder


def test_the_last_of_several_dates_is_when_one_milestone_is_due() -> None:
    """A milestone is reached when all of it is; the choice is asked about."""
    draft = read(small_plan(row("1.1", "Mend", "Mended", "May 2024 July 2024", "TBC"))).draft
    target = milestones(draft)["1.1/1"].target_date
    assert target == OneOff(as_printed="May 2024 July 2024", date=Month(2024, 7))
    assert len(queries(draft, "1.1")) == 1


def test_a_title_printed_in_two_forms_is_asked_about() -> None:
    """A running title above the first heading may be the newer one."""
    plan = small_plan(ROW).replace("AREA FOR", "ROADS AND BRIDGES PLAN**AREA FOR", 1)
    draft = read(plan).draft
    assert draft.title == "ROADS PLAN"
    assert len(queries(draft, None)) == 1


def test_without_a_title_the_file_gives_its_name() -> None:
    """A plan must be called something; a guess is asked about."""
    draft = read(small_plan(ROW).replace("ROADS PLAN\n", "")).draft
    assert draft.title == "plan.txt"
    assert len(queries(draft, None)) == 1
