"""Values that events share: what cannot be made, and which texts can be kept."""

import sys
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planledger.events.dates import Month
from planledger.events.target_dates import OneOff, Recurring, ToBeConfirmed
from planledger.events.values import TEXT_LIMIT, Period, Personal, blank_problem, text_problem


def test_a_period_that_ends_before_it_begins_cannot_be_made() -> None:
    """A reading for no day at all would be compared with others as if it were one."""
    with pytest.raises(ValueError, match="ends on 2025-03-31, before it begins on 2025-04-01"):
        Period(first=date(2025, 4, 1), last=date(2025, 3, 31), label="Q4 2024-25")


def test_a_period_of_one_day_is_a_period() -> None:
    """A snapshot on census day is a period, both ends included."""
    day = date(2025, 3, 31)
    assert Period(first=day, last=day, label="31 March 2025").last == day


@pytest.mark.parametrize("months", [0, -3, 121])
def test_a_recurrence_of_no_months_cannot_be_made(months: int) -> None:
    """Whoever lists the dates it falls due on would never come to an end."""
    with pytest.raises(ValueError, match=f"every 1 to 120 months, not every {months}"):
        Recurring(as_printed="", first=None, every_months=months, until=None)


@pytest.mark.parametrize("months", [1, 120])
def test_a_recurrence_may_be_monthly_or_every_ten_years(months: int) -> None:
    """The bounds themselves are allowed."""
    made = Recurring(as_printed="", first=None, every_months=months, until=None)
    assert made.every_months == months


def test_a_target_date_is_compared_with_the_text_as_printed() -> None:
    """Printed as "tbc" or "TBC" it says the same, and the ledger must still show which it was."""
    upper = ToBeConfirmed(as_printed="TBC", decide_by=None, decider=None)
    assert upper != ToBeConfirmed(as_printed="tbc", decide_by=None, decider=None)
    assert OneOff(as_printed="March 2015", date=Month(2015, 3)) == OneOff(
        as_printed="March 2015", date=Month(2015, 3)
    )


@pytest.mark.parametrize(
    "text",
    ["", "Agree the model", "line\nline\tcolumn", "▪ Children’s café – 50 %", "x" * TEXT_LIMIT],
)
def test_ordinary_text_can_be_kept(text: str) -> None:
    """Plans are full of bullets, dashes and accents; none of them is a problem."""
    assert text_problem(text) is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x" * (TEXT_LIMIT + 1), "it has 10,001 characters; 10,000 is the most"),
        ("a\x00b", "a control character (U+0000); take it out"),
        ("a\rb", "a control character (U+000D); take it out"),
        ("\x1b[31mred", "a control character (U+001B); take it out"),
        ("\x85", "a control character (U+0085); take it out"),
        ("\ud800", "a control character (U+D800); take it out"),
    ],
)
def test_a_text_that_would_harm_who_reads_it_is_named(text: str, says: str) -> None:
    """A terminal obeys control characters, and half a surrogate cannot be written at all."""
    problem = text_problem(text)
    assert problem is not None
    assert says in problem


def test_every_control_character_that_unicode_knows_is_found() -> None:
    """The one that is missed ends up in somebody's terminal."""
    harmful = {
        character
        for character in map(chr, range(sys.maxunicode + 1))
        if unicodedata.category(character) in {"Cc", "Cs"} and character not in "\n\t"
    }
    found = {
        character for character in map(chr, range(sys.maxunicode + 1)) if text_problem(character)
    }
    assert found == harmful


@given(st.text(max_size=50))
def test_a_text_without_a_problem_can_be_written_as_utf_8(text: str) -> None:
    """What is accepted must be storable, or the append would crash after the decision."""
    assert text_problem(text) is not None or text.encode().decode() == text


@given(st.text())
def test_a_personal_text_has_the_problems_of_its_words_and_may_not_be_blank(text: str) -> None:
    """It keeps its words to itself, so only it can say what is wrong with them."""
    assert Personal(words=text).problem() == (text_problem(text) or blank_problem(text))


@pytest.mark.parametrize("words", ["", "  ", "\n\t"])
def test_a_blank_text_is_no_text(words: str) -> None:
    """Three spaces in the field would otherwise pass for the reason of a slipped date."""
    assert Personal(words=words).problem() == "it is empty; write something, or leave it out"


def test_the_problem_of_a_personal_text_does_not_give_it_away() -> None:
    """A message may end up in a log, where nobody could erase the name."""
    problem = Personal(words="Ada Lark\x00").problem()
    assert problem is not None
    assert "Ada" not in problem
