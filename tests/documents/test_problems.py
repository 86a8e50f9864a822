"""What cannot be read is said by line, and what can be kept is kept."""

from planledger.documents import Reading
from planledger.events.target_dates import NotStated, ToBeConfirmed
from tests.documents.plans import (
    HEADER,
    actions,
    leads,
    milestones,
    problem_lines,
    queries,
    read,
    row,
    small_plan,
)

ROW = row("1.1", "Mend roads", "Roads mended", "May 2024", "Amina Rook")
FIRST = 9
"""The line on which the first row of a small plan stands."""


def _only_problem(reading: Reading) -> tuple[int, str]:
    (problem,) = reading.problems
    return problem.line, problem.message


def test_the_small_plan_has_its_first_row_where_the_tests_say() -> None:
    """The line numbers below would be wrong together otherwise."""
    assert actions(read(small_plan(ROW)).draft)["1.1"].line == FIRST


def test_a_reference_used_twice_is_said_and_both_rows_are_kept() -> None:
    """Dropping either would lose a promise; the ledger needs two keys for them."""
    reading = read(small_plan(ROW, ROW.replace("Mend", "Widen")))
    line, message = _only_problem(reading)
    assert line == FIRST + 1
    assert "an action 1.1 already" in message
    assert [each.text for each in actions(reading.draft).values()] == ["Mend roads", "Widen roads"]
    assert list(milestones(reading.draft)) == ["1.1/1", "1.1 (2)/1"]


def test_a_row_of_too_many_cells_names_the_rest() -> None:
    """A stray tab pushes a lead out of the table; its name must appear somewhere."""
    reading = read(small_plan(ROW + "\tPriya Dell"))
    line, message = _only_problem(reading)
    assert line == FIRST
    assert "6 cells where 5 are expected" in message
    assert "“Priya Dell” is not read" in message
    assert leads(reading.draft, "1.1") == ["Amina Rook"]


def test_empty_cells_at_the_end_of_a_row_are_no_problem() -> None:
    """Tables copied from a page often end in tabs."""
    assert read(small_plan(ROW + "\t\t")).problems == ()


def test_a_row_of_too_few_cells_names_what_is_missing() -> None:
    """Its other cells are read all the same."""
    reading = read(small_plan("1.1\tMend roads\tRoads mended\tMay 2024"))
    line, message = _only_problem(reading)
    assert line == FIRST
    assert "Nothing is read for DELIVERY LEAD" in message
    assert leads(reading.draft, "1.1") == []


def test_a_row_before_the_first_area_is_said() -> None:
    """It belongs to no area, so it cannot be kept; the line says where it is."""
    reading = read(f"{ROW}\n{small_plan(ROW)}")
    line, message = _only_problem(reading)
    assert line == 1
    assert "before the first area" in message


def test_an_action_under_another_area_is_said_and_kept() -> None:
    """Either its number or the heading above it is wrong; only a person knows which."""
    reading = read(small_plan(ROW, row("7.2", "Light roads", "Lamps lit", "TBC", "TBC")))
    line, message = _only_problem(reading)
    assert line == FIRST + 1
    assert "Action 7.2 stands under area 1" in message
    assert "7.2" in actions(reading.draft)


def test_an_unreadable_date_is_not_stated_said_and_asked_about() -> None:
    """Calling it "to be confirmed" would say something the document does not."""
    reading = read(small_plan(ROW.replace("May 2024", "when funds allow")))
    line, message = _only_problem(reading)
    assert line == FIRST
    assert "“when funds allow”" in message
    assert milestones(reading.draft)["1.1/1"].target_date == NotStated(
        as_printed="when funds allow"
    )
    assert len(queries(reading.draft, "1.1")) == 1


def test_a_day_that_does_not_exist_is_unreadable() -> None:
    """31 February is a slip of the pen; no neighbouring day is put in its place."""
    reading = read(small_plan(ROW.replace("May 2024", "31 February 2024")))
    assert problem_lines(reading) == [FIRST]
    assert isinstance(milestones(reading.draft)["1.1/1"].target_date, NotStated)


def test_words_beside_a_date_that_were_not_read_are_said() -> None:
    """To say "Completed" is a claim about delivery: the date is read, the claim is not lost."""
    reading = read(small_plan(ROW.replace("May 2024", "Completed May 2024")))
    assert "“Completed”" in _only_problem(reading)[1]
    assert milestones(reading.draft)["1.1/1"].target_date.as_printed == "May 2024"


def test_more_dates_than_milestones_are_said() -> None:
    """Two bulleted milestones, three dates: the third belongs to something that is lost."""
    three = row("1.1", "Mend", "▪ A agreed; ▪ B agreed", "May 2024 June 2024 July 2024", "TBC")
    reading = read(small_plan(three))
    assert "“July 2024” is left over" in _only_problem(reading)[1]
    assert len(queries(reading.draft, "1.1")) == 1


def test_an_empty_milestone_keeps_its_slot() -> None:
    """A row without a milestone still has a date and a lead that must go somewhere."""
    reading = read(small_plan(row("1.1", "Mend", "", "TBC", "Amina Rook")))
    slot = milestones(reading.draft)["1.1/1"]
    assert slot.text == "(no milestone printed)"
    assert isinstance(slot.target_date, ToBeConfirmed)
    assert [query.line for query in queries(reading.draft, "1.1")] == [FIRST]


def test_a_line_in_a_table_without_a_reference_is_said() -> None:
    """A note between rows belongs to no action."""
    reading = read(small_plan(ROW, "Note: subject to funding"))
    line, message = _only_problem(reading)
    assert line == FIRST + 1
    assert "Note: subject to funding" in message


def test_a_note_between_a_heading_and_its_first_label_is_said() -> None:
    """It is neither a title nor a statement."""
    text = small_plan(ROW).replace("OBJECTIVES:", "\nSee also the action plan.\n\nOBJECTIVES:")
    line, message = _only_problem(read(text))
    assert text.split("\n")[line - 1] == "See also the action plan."
    assert "between the heading" in message


def test_marks_without_words_are_said() -> None:
    """A rule of dashes carries nothing, but no line may vanish without a word."""
    assert "marks but no words" in _only_problem(read(small_plan(ROW, "-----")))[1]


def test_a_table_with_unknown_columns_is_said() -> None:
    """Without a lead column, the rows are read in the usual order and must be checked."""
    text = small_plan(ROW).replace(HEADER, "ACTION\tPROGRESS MILESTONES\tTARGET DATE\tCOST")
    line, message = _only_problem(read(text))
    assert line == FIRST - 1
    assert "DELIVERY LEAD" in message


def test_an_area_without_a_table_or_a_title_is_said() -> None:
    """An empty area is a sign of a lost page."""
    reading = read(small_plan(ROW) + "AREA FOR IMPROVEMENT 2:\n")
    assert [problem.message for problem in reading.problems] == [
        "This area has no title. Write it after the number.",
        (
            "Area 2 has no table of actions. Check that its rows begin with a reference such as "
            "1.1 and have tabs between their cells."
        ),
    ]
    assert reading.draft.areas[1].title == "(no title printed)"


def test_an_area_number_used_twice_is_said() -> None:
    """References such as 1.2 could then mean two things."""
    again = small_plan(ROW).split("\n", 3)[3].replace("1.1\t", "1.2\t")
    reading = read(f"{small_plan(ROW)}{again}")
    assert "an area 1 already" in _only_problem(reading)[1]
    assert [area.ordinal for area in reading.draft.areas] == [1, 2]


def test_a_cell_too_long_to_be_one_is_said() -> None:
    """A lost line end can pour a whole document into one cell."""
    reading = read(small_plan(row("1.1", "x" * 30_000, "Done", "TBC", "TBC")))
    assert "has 30000 characters" in _only_problem(reading)[1]


def test_a_lead_too_long_to_be_a_name_is_said() -> None:
    """Prose in the column of leads names nobody."""
    reading = read(small_plan(row("1.1", "Mend", "Done", "TBC", "to be found " * 50)))
    assert "too long to be a name" in _only_problem(reading)[1]
    assert leads(reading.draft, "1.1") == []


def test_too_many_milestones_for_one_cell_are_kept_as_one() -> None:
    """Thirty bullets in a cell are a broken table, not thirty promises."""
    many = "".join(f"▪ Part {number} agreed; " for number in range(40))
    reading = read(small_plan(row("1.1", "Mend", many, "TBC", "TBC")))
    assert "40 milestones in one cell" in _only_problem(reading)[1]
    assert len(milestones(reading.draft)) == 1
