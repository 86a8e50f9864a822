"""What a public paper may tell of figures that differ between two points."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from planledger.answers import reveal
from planledger.events.kpi import KpiDefined, KpiReadingRecorded, KpiReadingRevised, KpiTargetSet
from planledger.events.values import Period, Personal, Polarity, ReadingStatus, RevisionCause
from planledger.projections.changes.net import At, net, state
from planledger.projections.changes.public import PublicOnly, State
from planledger.projections.changes.shapes import Track
from planledger.projections.changes.words import say
from tests.projections.changes.books import indexed
from tests.support.books import START, Book

LATER = date(2026, 12, 31)
QUARTERS = [
    (date(2025, 1, 1), date(2025, 3, 31)),
    (date(2025, 4, 1), date(2025, 6, 30)),
    (date(2025, 7, 1), date(2025, 9, 30)),
    (date(2025, 10, 1), date(2025, 12, 31)),
]
YEAR = (date(2025, 1, 1), date(2025, 12, 31))


def period(span: tuple[date, date]) -> Period:
    """Call a period by its first day."""
    return Period(first=span[0], last=span[1], label=str(span[0]))


def defined(rule: str, version: int = 1) -> KpiDefined:
    """Define a KPI that counts children under a rule."""
    return KpiDefined(
        kpi="children", definition_version=version, name="Children", formula="As counted",
        unit="children", polarity=Polarity.LOW, frequency_months=3, source_system="Case records",
        suppression_rule=rule, statements=(),
    )  # fmt: skip


def read(span: tuple[date, date], value: int, version: int = 1) -> KpiReadingRecorded:
    """Read the first figure of a period."""
    return KpiReadingRecorded(
        kpi="children", definition_version=version, period=period(span),
        value=Decimal(value), numerator=None, denominator=None, status=ReadingStatus.FINAL,
        extracted_on=START,
    )  # fmt: skip


def revised(span: tuple[date, date], value: int) -> KpiReadingRevised:
    """Publish another figure for a period."""
    return KpiReadingRevised(
        kpi="children", definition_version=1, period=period(span),
        value=Decimal(value), numerator=None, denominator=None, status=ReadingStatus.FINAL,
        extracted_on=START, cause=RevisionCause.ERROR, note=None,
    )  # fmt: skip


def told(book: Book, start: int, end: int) -> dict[date, tuple[list[str], list[str]]]:
    """Give the figures' first lines before and after, as the public reads them, by first day."""
    index = indexed(book.entries)
    ends = At(start, LATER), At(end, LATER)
    shows = PublicOnly([State(at, state(index, at)) for at in ends])
    known = state(index, At(book.entries[-1].position, LATER))
    found = {}
    for change in net(index, *ends):
        if change.track is Track.READINGS:
            assert change.span is not None
            said = say(known, change, shows)
            found[change.span[0], change.span[1]] = (_texts(said.before), _texts(said.after))
    return {span[0] if span != YEAR else LATER: lines for span, lines in found.items()}


def _texts(lines: Sequence[Personal]) -> list[str]:
    return [reveal(line) for line in lines]


def test_small_figures_and_what_gives_them_away_are_hidden_in_what_changed() -> None:
    """A year less three of its quarters is the fourth: the paper about changes hides it, too."""
    book = Book()
    book.write(defined("small-numbers"))
    start = book.entries[-1].position
    book.write_all([read(span, n) for span, n in zip(QUARTERS, (3, 20, 30, 40), strict=True)])
    end = book.write(read(YEAR, 93)).position
    found = told(book, start, end)
    assert found[QUARTERS[0][0]] == (
        [],
        ["c (suppressed), final", "2025-01-01, taken 6 January 2026"],
    )
    assert found[LATER][1][0] == "c (suppressed), final"
    assert [found[first][1][0] for first, _ in QUARTERS[1:]] == [
        "20, final", "30, final", "40, final",
    ]  # fmt: skip


def test_figures_published_before_are_hidden_where_anything_of_the_kpi_is() -> None:
    """What a figure was, against what is shown now, would unmask the hidden one beside it."""
    book = Book()
    book.write_all([defined("small-numbers"), read(QUARTERS[0], 3), read(QUARTERS[1], 20)])
    start = book.entries[-1].position
    end = book.write(revised(QUARTERS[1], 24)).position
    before, after = told(book, start, end)[QUARTERS[1][0]]
    assert before[0] == "c (suppressed), final"
    assert (after[0], after[2]) == ("24, final", "Before: c")
    assert told(book, end, start)[QUARTERS[1][0]][1] == before


@pytest.mark.parametrize(
    ("rules", "lines"),
    [
        (("none", "small-numbers"), ("c (suppressed), final", "c (suppressed), final")),
        (("small-numbers", "none"), ("c (suppressed), final", "c (suppressed), final")),
        (("none", "none"), ("3, final", "4, final")),
    ],
)
def test_a_rule_that_came_or_went_between_hides_both(
    rules: tuple[str, str], lines: tuple[str, str]
) -> None:
    """When in doubt, hide: a paper cannot be taken back."""
    book = Book()
    book.write_all([defined(rules[0]), read(QUARTERS[0], 3)])
    start = book.entries[-1].position
    book.write(defined(rules[1], version=2))
    end = book.write(revised(QUARTERS[0], 4)).position
    before, after = told(book, start, end)[QUARTERS[0][0]]
    assert (before[0], after[0]) == lines


@pytest.mark.parametrize(
    ("figures", "lines"),
    [
        ((3, 30), ("c (suppressed), final", "30, final")),
        ((30, 3), ("c (suppressed), final", "c (suppressed), final")),
        ((30, 31), ("30, final", "31, final")),
    ],
)
def test_a_figure_that_was_put_right_is_hidden_if_either_was_small(
    figures: tuple[int, int], lines: tuple[str, str]
) -> None:
    """A restatement shows a figure beside the one it replaces: neither may give away the other."""
    book = Book()
    book.write(defined("small-numbers"))
    start = book.write(read(QUARTERS[0], figures[0])).position
    end = book.correct(start, read(QUARTERS[0], figures[1])).position
    before, after = told(book, start, end)[QUARTERS[0][0]]
    assert (before[0], after[0]) == lines


def test_a_figure_in_no_state_is_shown_only_where_there_never_was_a_rule() -> None:
    """What came and went between two points was in no paper that says what may be told of it."""
    for rule, shown in (("small-numbers", False), ("none", True)):
        book = Book()
        book.write(defined(rule))
        wrong = book.write(read(QUARTERS[0], 30))
        book.correct(wrong.position, read(QUARTERS[0], 31))
        index = indexed(book.entries)
        at = At(book.entries[-1].position, LATER)
        shows = PublicOnly([State(at, state(index, at))])
        assert shows.figure("children", QUARTERS[0], wrong) is shown
        assert not shows.figure("another", QUARTERS[0], wrong), "a KPI that nothing is known of"


def aimed(span: tuple[date, date], baseline: int) -> KpiTargetSet:
    """Aim at something in a period, from a baseline."""
    return KpiTargetSet(
        kpi="children", period=period(span), target=Decimal(2), baseline=Decimal(baseline),
        floor=Decimal(5), tolerance=None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("rules", "baseline", "read_too", "said"),
    [
        (("small-numbers",), 4, None, "c (suppressed)"),
        (("small-numbers",), 20, None, "20"),
        (("small-numbers",), 20, 3, "c (suppressed)"),
        (("none",), 4, 3, "4"),
        (("none", "small-numbers"), 4, None, "c (suppressed)"),
    ],
)
def test_a_baseline_is_a_figure_and_a_target_is_none(
    rules: tuple[str, ...], baseline: int, read_too: int | None, said: str
) -> None:
    """Four children at the start are as few as four in a quarter; two to be aimed at are nobody."""
    book = Book()
    book.write(defined(rules[0]))
    if read_too is not None:
        book.write(read(QUARTERS[1], read_too))
    start = book.entries[-1].position
    end = book.write(aimed(QUARTERS[0], baseline)).position
    book.write_all([defined(rule, version=2) for rule in rules[1:]])
    index = indexed(book.entries)
    ends = At(start, LATER), At(book.entries[-1].position, LATER)
    shows = PublicOnly([State(at, state(index, at)) for at in ends])
    (change,) = net(index, At(start, LATER), At(end, LATER))
    lines = _texts(say(state(index, ends[1]), change, shows).after)
    assert lines[1] == f"Target 2; Baseline {said}; Floor 5"
    assert not shows.baseline("another", Decimal(20)), "a KPI that nothing is known of"


def test_a_plan_that_did_not_exist_yet_has_no_say() -> None:
    """From before the beginning to now, what is public now is told."""
    book = Book()
    book.write_all([defined("small-numbers"), read(QUARTERS[0], 30)])
    assert told(book, 0, book.entries[-1].position)[QUARTERS[0][0]][1][0] == "30, final"
