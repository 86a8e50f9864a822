"""An entry as it should have been, from what people say was wrong in it."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planledger.answers import plain
from planledger.domain.patching import Change, patched, shown_name
from planledger.domain.record import Record
from planledger.domain.refusals import Code, Refusal
from planledger.events.catalogue import PlanEvent
from planledger.events.dates import Day, Month, Quarter, Year
from planledger.events.kpi import KpiDefined, KpiReadingRecorded
from planledger.events.milestone import MilestoneProgressReported, MilestoneReportedComplete
from planledger.events.record import EntryCorrected, EntryVoided
from planledger.events.review import RatingKeyAdopted
from planledger.events.target_date import RecurrenceSet, TargetDateDeferred, TargetDateSet
from planledger.events.target_dates import OneOff, Ongoing, Recurring, ToBeConfirmed
from planledger.events.values import (
    Period,
    Personal,
    Polarity,
    Progress,
    Rating,
    RatingMeaning,
    ReadingStatus,
)
from planledger.events.world import WorldEvent
from tests.support.books import Book
from tests.support.event_strategies import Leaves, strategy_for

LONG_AGO = Period(first=date(2014, 1, 1), last=date(2014, 3, 31), label="Q4")
READING = KpiReadingRecorded(
    kpi="re-referrals", definition_version=1, period=LONG_AGO, value=Decimal(31), numerator=None,
    denominator=None, status=ReadingStatus.FINAL, extracted_on=date(2014, 4, 9),
)  # fmt: skip
PROGRESS = MilestoneProgressReported(
    milestone="m", state=Progress.ON_HOLD, narrative=Personal(words="Slow"), forecast=None
)
DATE_SET = TargetDateSet(
    milestone="m",
    target_date=OneOff(as_printed="MARCH 2015", date=Month(2015, 3)),
    shared_with=("n",),
)
RECURRENCE = RecurrenceSet(
    milestone="m",
    target_date=Recurring(as_printed="Quarterly", first=None, every_months=3, until=None),
    shared_with=(),
)
DEFERRED = TargetDateDeferred(
    milestone="m",
    target_date=ToBeConfirmed(as_printed="TBC", decide_by=None, decider=None),
    shared_with=(),
)
COMPLETE = MilestoneReportedComplete(
    milestone="m", occurrence=None, achieved_on=Month(2015, 3), reporter=None,
    reporter_account="clerk", summary=None, evidence=(),
)  # fmt: skip
DEFINED = KpiDefined(
    kpi="k", definition_version=1, name="K", formula="a / b", unit="%", polarity=Polarity.HIGH,
    frequency_months=3, source_system="Carefirst", suppression_rule="5 or fewer", statements=(),
)  # fmt: skip
KEY = RatingKeyAdopted(key="rag", key_version=1, name="RAG", meanings=())


def _patched(event: PlanEvent, *changes: tuple[str, object]) -> WorldEvent | Refusal:
    book = Book()
    entry = book.write(event)
    return patched(Record(book.entries), entry.position, [Change(*change) for change in changes])


@pytest.mark.parametrize(
    ("event", "field", "to", "becomes"),
    [
        (READING, "value", "31.20", Decimal("31.20")),
        (READING, "value", 31, Decimal(31)),
        (READING, "value", None, None),
        (READING, "status", "PROVISIONAL", ReadingStatus.PROVISIONAL),
        (READING, "status", "provisional", ReadingStatus.PROVISIONAL),
        (READING, "extractedOn", "2014-04-10", date(2014, 4, 10)),
        (READING, "definitionVersion", "2", 2),
        (
            READING,
            "period",
            {"first": "2014-04-01", "last": "2014-06-30", "label": "Q1"},
            Period(first=date(2014, 4, 1), last=date(2014, 6, 30), label="Q1"),
        ),
        (PROGRESS, "state", "IN_PROGRESS", Progress.IN_PROGRESS),
        (PROGRESS, "narrative", "Half done", Personal(words="Half done")),
        (PROGRESS, "forecast", "2015-33", Quarter(2015, 1)),
        (COMPLETE, "achievedOn", "2015", Year(2015)),
        (COMPLETE, "achievedOn", "2015-03-31", Day(2015, 3, 31)),
        (COMPLETE, "evidence", ["a", "b"], ("a", "b")),
        (
            DATE_SET,
            "targetDate",
            "2015-05",
            OneOff(as_printed="May 2015", date=Month(2015, 5)),
        ),
        (
            DATE_SET,
            "targetDate",
            {"date": "2015-05", "asPrinted": "MAY 2015"},
            OneOff(as_printed="MAY 2015", date=Month(2015, 5)),
        ),
        (DATE_SET, "targetDate", {"asPrinted": "always"}, Ongoing(as_printed="always")),
        (
            RECURRENCE,
            "targetDate",
            {"everyMonths": 6, "first": "2015-06", "asPrinted": "Twice a year"},
            Recurring(as_printed="Twice a year", first=Month(2015, 6), every_months=6, until=None),
        ),
        (
            DEFERRED,
            "targetDate",
            {"asPrinted": "tbc", "decider": "The Board"},
            ToBeConfirmed(as_printed="tbc", decide_by=None, decider="The Board"),
        ),
        (DEFINED, "suppressionRule", "SMALL_NUMBERS", "small-numbers"),
        (DEFINED, "suppressionRule", "none", "none"),
        (
            KEY,
            "meanings",
            [{"rating": "GREEN", "meaning": "On course"}],
            (RatingMeaning(rating=Rating.GREEN, meaning="On course"),),
        ),
    ],
)
def test_a_field_is_written_as_the_entry_shows_it(
    event: PlanEvent, field: str, to: object, becomes: object
) -> None:
    """People correct what they see; they never see how it is stored."""
    changed = _patched(event, (field, to))
    names = {shown_name(name): name for name in event.__struct_fields__}
    assert getattr(changed, names[field]) == becomes
    kept = set(event.__struct_fields__) - {names[field]}
    assert all(getattr(changed, name) == getattr(event, name) for name in kept)


def _shown(value: Any) -> Any:  # noqa: ANN401 - any value of an event
    """Give a value as the schema shows it."""
    if type(value).__name__ in {"Period", "RatingMeaning"} or hasattr(value, "as_printed"):
        return {shown_name(f): _shown(getattr(value, f)) for f in value.__struct_fields__}
    if isinstance(value, tuple):
        return [_shown(inner) for inner in value]
    return str(value) if isinstance(value, int | Decimal) and value is not True else plain(value)


TAME: Leaves = {
    str: st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=20),
    int: st.integers(-(2**31) + 1, 2**31 - 1),
    Decimal: st.decimals(-(10**9), 10**9, places=4, allow_nan=False, allow_infinity=False),
}


@given(strategy_for(WorldEvent, TAME))
def test_every_field_of_every_event_can_be_stated_as_it_is_shown(event: PlanEvent) -> None:
    """An event made tomorrow must be one that can be put right, with no code of its own."""
    stated = [
        (shown_name(field), value if isinstance(value, bool) else _shown(value))
        for field in event.__struct_fields__
        for value in [getattr(event, field)]
        if not (isinstance(event, KpiDefined) and field == "suppression_rule")
    ]
    assert _patched(event, *stated) == event


@given(
    strategy_for(WorldEvent, TAME),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    ),
    st.data(),
)
def test_whatever_is_stated_gives_an_event_or_a_refusal(
    event: PlanEvent, to: object, data: st.DataObject
) -> None:
    """Whoever sends nonsense is told so; nothing of it reaches the ledger as an exception."""
    field = data.draw(st.sampled_from(event.__struct_fields__))
    changed = _patched(event, (shown_name(field), to))
    if isinstance(changed, Refusal):
        assert (changed.code, changed.path) == (Code.VALUE_UNUSABLE, "changes.0.to")
        assert changed.message.encode()
        assert len(changed.message) < 1_000
    else:
        assert isinstance(changed, type(event))


def _deep(depth: int) -> object:
    value: object = "x"
    for _ in range(depth):
        value = {"first": [value]}
    return value


@pytest.mark.parametrize("to", [_deep(5_000), [_deep(5_000)], "x" * 10_000_000, ["x"] * 100_000])
@pytest.mark.parametrize(
    ("event", "field"),
    [
        (READING, "value"),
        (READING, "period"),
        (READING, "status"),
        (READING, "extractedOn"),
        (READING, "kpi"),
        (READING, "definitionVersion"),
        (PROGRESS, "narrative"),
        (PROGRESS, "forecast"),
        (DATE_SET, "targetDate"),
        (DATE_SET, "sharedWith"),
        (DEFINED, "suppressionRule"),
        (KEY, "meanings"),
    ],
)
def test_what_is_much_too_large_is_refused_in_few_words(
    event: PlanEvent, field: str, to: object
) -> None:
    """A message that repeats ten megabytes is as bad as keeping them."""
    refusal = _patched(event, (field, to))
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.path) == (Code.VALUE_UNUSABLE, "changes.0.to")
    assert len(refusal.message) < 500


@pytest.mark.parametrize(
    ("event", "field", "to", "says"),
    [
        (READING, "value", 31.2, 'stands in quotes, as "12.5"'),
        (READING, "value", "1e5", "it is a number"),
        (READING, "value", True, "it is a number"),
        (READING, "definitionVersion", "1.5", "it is a whole number"),
        (READING, "definitionVersion", 2**31, "it is a number"),
        (READING, "status", "DONE", "it is one of PROVISIONAL, FINAL"),
        (READING, "status", None, "it is never nothing"),
        (READING, "extractedOn", "9 April", "a day is a text such as 2015-03-31"),
        (READING, "extractedOn", 20140409, "a day is a text such as 2015-03-31"),
        (READING, "extractedOn", "2014-02-30", "out of range"),
        (READING, "period", {"label": "Q4"}, "an object with first, last, label"),
        (
            READING,
            "period",
            {"first": "2014-04-01", "last": "2014-01-01", "label": "Q1"},
            "before it begins",
        ),
        (PROGRESS, "narrative", "a\x00b", "control character"),
        (COMPLETE, "achievedOn", None, "it is never nothing"),
        (COMPLETE, "achievedOn", 2015, "a date is a text such as 2015-03"),
        (COMPLETE, "achievedOn", "March", "is not a date"),
        (COMPLETE, "evidence", "a", "Expected `array`"),
        (COMPLETE, "evidence", [1], "Expected `str`"),
        (DATE_SET, "targetDate", {"date": "2015-05", "every": 3}, "asPrinted, date or with"),
        (RECURRENCE, "targetDate", "2015-05", "asPrinted, first, everyMonths, until"),
        (DEFINED, "suppressionRule", "5 or fewer", "it is one of NONE, SMALL_NUMBERS"),
    ],
)
def test_what_cannot_be_is_refused_with_what_can(
    event: PlanEvent, field: str, to: object, says: str
) -> None:
    """The clerk has the entry before them, not the code."""
    refusal = _patched(event, (field, to))
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.path) == (Code.VALUE_UNUSABLE, "changes.0.to")
    assert refusal.message.startswith(f"{field} cannot be that: ")
    assert says in refusal.message


@pytest.mark.parametrize(
    ("changes", "code", "path"),
    [
        ([("price", "1")], Code.FIELD_UNKNOWN, "changes.0.field"),
        ([("value", "1"), ("\ud800" * 1_000, "1")], Code.FIELD_UNKNOWN, "changes.1.field"),
        ([("extracted_on", "2014-04-10")], Code.FIELD_UNKNOWN, "changes.0.field"),
        ([("value", "1"), ("value", "2")], Code.VALUE_UNUSABLE, "changes.1.field"),
    ],
)
def test_a_field_that_is_none_of_the_entrys_or_stated_twice_is_refused(
    changes: Sequence[tuple[str, object]], code: Code, path: str
) -> None:
    """A slip of the keyboard must not be taken for nothing to change."""
    refusal = _patched(READING, *changes)
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.path) == (code, path)
    assert refusal.message.encode()
    assert len(refusal.message) < 500


def test_a_change_is_made_to_what_the_entry_says_now() -> None:
    """The second correction of an entry must not undo the first."""
    book = Book()
    entry = book.write(READING)
    first = patched(Record(book.entries), entry.position, [Change("value", "32")])
    assert not isinstance(first, Refusal)
    correction = book.write(EntryCorrected(entry=entry.position, event=first))
    for named in (entry.position, correction.position):
        second = patched(Record(book.entries), named, [Change("status", "PROVISIONAL")])
        assert isinstance(second, KpiReadingRecorded)
        assert (second.value, second.status) == (Decimal(32), ReadingStatus.PROVISIONAL)
    before = patched(Record(book.entries), entry.position, [], until=entry.position)
    assert before == READING
    book.write(EntryVoided(entry=correction.position))
    assert patched(Record(book.entries), entry.position, []) == READING


def test_an_entry_that_is_not_there_is_refused() -> None:
    """Positions count the whole ledger; one of another plan is easily taken for one of this."""
    book = Book()
    for record, code, path in (
        (Record(), Code.UNKNOWN_PLAN, "plan"),
        (Record(book.entries), Code.UNKNOWN_ENTRY, "entry"),
    ):
        refusal = patched(record, 99, [Change("value", "1")])
        assert isinstance(refusal, Refusal)
        assert (refusal.code, refusal.path) == (code, path)
