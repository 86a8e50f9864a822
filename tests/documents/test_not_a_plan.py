"""Files that are no plan: refused in one clear line, never read as something else."""

from datetime import date

import pytest

from planledger.documents import MAX_BYTES, MAX_LINES, NotAPlanError, read_document
from tests.documents.plans import PLYMOUTH, milestones, row, small_plan

ROW = row("1.1", "Mend roads", "Roads mended", "May 2024", "Amina Rook")
PLAN = small_plan(ROW)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"%PDF-1.4 ...", "a PDF"),
        (b"PK\x03\x04rest", "a Word, Excel or zip file"),
        ("AREA FOR IMPROVEMENT 1:".encode("utf-16"), "UTF-16"),
        (b"text\0more", "binary"),
        (b"line one\nb\xe9ton", "not text in UTF-8: line 2"),
        (b"x" * (MAX_BYTES + 1), "larger than the 10 MB"),
        (b"\n" * MAX_LINES + b"x", "lines, more than"),
        (b"Dear Ann,\nsee you on 3 March 2024.\n", "some other document"),
        (b"3 March 2024\nAREA FOR IMPROVEMENT 1: Roads\nOBJECTIVES:\n- Safe\n", "No table"),
        (PLAN.replace("3 March 2024", "Final").encode(), "bears no date"),
    ],
)
def test_a_file_that_is_no_plan_is_refused_in_one_line(data: bytes, said: str) -> None:
    """The clerk must see at once what the file is and what to give instead."""
    with pytest.raises(NotAPlanError) as caught:
        read_document(data, "file.txt")
    message = str(caught.value)
    assert said in message
    assert "\n" not in message
    assert message.endswith(".")


def test_a_file_of_just_the_largest_size_is_read() -> None:
    """The bound is the last size that is accepted, so that a check before reading can use it."""
    data = PLAN.encode()
    full = data + b" " * (MAX_BYTES - len(data))
    assert len(read_document(full, "file.txt").draft.areas) == 1


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_line_ends_and_a_byte_order_mark_change_nothing(ends: str) -> None:
    """The same text saved on another machine is the same plan, line by line."""
    plain = PLYMOUTH.read_bytes()
    other = b"\xef\xbb\xbf" + plain.replace(b"\n", ends.encode())
    one, two = read_document(plain, "p.txt"), read_document(other, "p.txt")
    assert two.draft.areas == one.draft.areas
    assert two.draft.queries == one.draft.queries
    assert two.problems == one.problems


def test_a_date_given_by_hand_overrides_the_document() -> None:
    """A document without a date can still be imported by somebody who knows it."""
    data = PLAN.replace("3 March 2024", "Final").encode()
    reading = read_document(data, "file.txt", stated_on=date(2024, 4, 1))
    assert reading.draft.stated_on == date(2024, 4, 1)
    assert reading.draft.queries == ()


def test_a_month_alone_is_its_first_day_and_is_asked_about() -> None:
    """Everything in the plan is effective on that day, so a guess must be visible."""
    reading = read_document(PLAN.replace("3 March 2024", "March 2024").encode(), "f.txt")
    assert reading.draft.stated_on == date(2024, 3, 1)
    assert [query.taken for query in reading.draft.queries] == ["On 1 March 2024."]


def test_a_date_in_prose_gives_way_to_the_documents_own() -> None:
    """A plan names the day of the inspection long before its own date."""
    prose = "This answers the visit of 1 February 2024."
    both = PLAN.replace("3 March 2024", f"{prose}\n3 March 2024")
    assert read_document(both.encode(), "f.txt").draft.stated_on == date(2024, 3, 3)
    alone = read_document(PLAN.replace("3 March 2024", prose).encode(), "f.txt")
    assert alone.draft.stated_on == date(2024, 2, 1)
    assert len(alone.draft.queries) == 1


def test_the_small_plan_reads() -> None:
    """The refusals above must come from what is wrong in them, not from the plan they share."""
    reading = read_document(PLAN.encode(), "f.txt")
    assert reading.problems == ()
    assert list(milestones(reading.draft)) == ["1.1/1"]
