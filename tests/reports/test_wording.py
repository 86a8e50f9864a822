"""Values of the schema in plain English."""

import pytest

from planledger.reports import wording
from tests.support.face import SCHEMA

ENUMS = [
    name
    for kind in SCHEMA._schema.type_map.values()
    if not kind.name.startswith("__") and hasattr(kind, "values")
    for name in kind.values
]


def test_every_name_of_an_enum_is_said_in_words() -> None:
    """A reader must not meet DONE_LATE, nor a name in half capitals."""
    assert len(ENUMS) > 100
    for name in ENUMS:
        said = wording.words(name)
        assert said
        assert "_" not in said
        assert said == said.lower()
        assert wording.sentence(name)[1:] == said[1:]
    assert (wording.words(None), wording.sentence(None)) == ("", "")


@pytest.mark.parametrize(
    ("stored", "said"),
    [
        (None, ""),
        ("2015", "2015"),
        ("2015-03", "March 2015"),
        ("2015-03-01", "1 March 2015"),
        ("2015-03-31", "31 March 2015"),
    ],
)
def test_a_date_is_said_as_exactly_as_it_is_and_no_more(stored: str | None, said: str) -> None:
    """A month that becomes a day is a promise that nobody made."""
    assert wording.day(stored) == said


def test_what_is_no_date_is_not_passed_on() -> None:
    """A page that showed it would show a fault as a fact."""
    with pytest.raises(ValueError, match="March"):
        wording.day("March 2015")


@pytest.mark.parametrize(
    ("instant", "said", "civil"),
    [
        ("2015-03-31T22:59:59+00:00", "31 March 2015, 23:59", "2015-03-31"),
        ("2015-03-31T23:00:00+00:00", "1 April 2015, 00:00", "2015-04-01"),
        ("2015-01-31T23:59:00+00:00", "31 January 2015, 23:59", "2015-01-31"),
        ("2015-10-25T01:30:00Z", "25 October 2015, 01:30", "2015-10-25"),
    ],
)
def test_a_moment_is_told_by_the_clock_in_london(instant: str, said: str, civil: str) -> None:
    """In summer the day ends an hour before it does in UTC."""
    assert (wording.moment(instant), wording.civil(instant)) == (said, civil)
    assert (wording.moment(None), wording.civil(None)) == ("", None)


def test_numbers_and_lists_read_as_somebody_writes_them() -> None:
    """One action, two actions; a, b and c."""
    assert wording.count(1, "query", "queries") == "1 query"
    assert wording.count(0, "action") == "0 actions"
    assert wording.count(1_304, "entry", "entries") == "1,304 entries"
    assert [wording.listed(list("abc")[:n]) for n in range(4)] == ["", "a", "a and b", "a, b and c"]


def test_an_authority_says_what_was_stated_and_nothing_else() -> None:
    """What is left out must not leave commas behind."""
    whole = {"forum": "board", "meeting": "2024-07-14", "minute": "5.2", "officer": None}
    assert wording.authority(whole) == "board, 14 July 2024, minute 5.2"
    assert wording.authority({"forum": None, "officer": "Ann"}) == "Ann, under delegated authority"
    assert wording.authority(None) == ""
