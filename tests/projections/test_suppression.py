"""What a public paper may show of figures, and that nothing hidden can be worked out."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planledger.domain.plan import Span
from planledger.projections.suppression import (
    Figure,
    PublicFigureView,
    hidden_periods,
    percentage,
    public_figures,
)

START = date(2025, 4, 1)


def figure(
    value: str | None = None,
    ratio: tuple[int, int] | None = None,
    unit: str = "children",
    rules: tuple[str, ...] = ("small-numbers",),
    at: int = 1,
) -> Figure:
    """Give a figure, the first of all or that of a later entry."""
    return Figure(
        value=Decimal(value) if value is not None else None,
        numerator=Decimal(ratio[0]) if ratio else None,
        denominator=Decimal(ratio[1]) if ratio else None,
        unit=unit,
        rules=rules,
        position=at,
    )


def in_turn(counts: Mapping[Span, str]) -> dict[Span, list[Figure]]:
    """Give counts, each out before the next."""
    return {
        span: [figure(count, at=position)]
        for position, (span, count) in enumerate(counts.items(), start=1)
    }


def month(first: int, last: int | None = None) -> Span:
    """Give a stretch of "months" of 30 days, counted from 0, both included."""
    end = last if last is not None else first
    return (START + timedelta(30 * first), START + timedelta(30 * (end + 1) - 1))


def only(of: Figure) -> PublicFigureView:
    """Show the one figure of a KPI."""
    return public_figures({month(0): [of]})[month(0)][0]


@pytest.mark.parametrize(
    ("of", "hidden"),
    [
        (figure("5"), True),
        (figure("0"), True),
        (figure("6"), False),
        (figure("5.5"), False),
        (figure("5", unit="%"), False),
        (figure(ratio=(5, 100)), True),
        (figure(ratio=(6, 100)), False),
        (figure(ratio=(6, 10)), True),
        (figure(ratio=(6, 11)), False),
        (figure("60", ratio=(6, 10), unit="%"), True),
        (figure("5", rules=("none",)), False),
        (figure(ratio=(1, 2), rules=("none",)), False),
        (figure("5", rules=("5 or fewer",)), True),
        (figure("5", rules=("none", "small-numbers")), True),
        (figure("5", rules=("none", "none")), False),
    ],
)
def test_small_counts_and_small_denominators_are_hidden(of: Figure, *, hidden: bool) -> None:
    """Behind a count of three stand three children, whom neighbours can name."""
    shown = only(of)
    assert (shown.symbol == "c") is hidden
    if hidden:
        assert (shown.value, shown.numerator, shown.denominator) == (None, None, None)
        assert not shown.secondary
    else:
        assert (shown.numerator, shown.denominator) == (of.numerator, of.denominator)


@pytest.mark.parametrize(
    ("of", "value"),
    [
        (figure(ratio=(25, 80), unit="%"), "31.3"),
        (figure(ratio=(1, 3), unit="%", rules=("none",)), "33.3"),
        (figure("31.25", ratio=(25, 80), unit="%"), "31.25"),
        (figure(ratio=(25, 80)), None),
        (figure("12.50", unit="days", rules=("none",)), "12.50"),
    ],
)
def test_only_a_percentage_is_worked_out_of_a_ratio(of: Figure, value: str | None) -> None:
    """A figure is shown as recorded, to the digit; 25 of 80 children are not "0.3 children"."""
    assert only(of).value == (Decimal(value) if value is not None else None)


def test_nothing_is_a_percentage_of_nothing() -> None:
    """A division by zero must not take a whole paper down."""
    assert percentage(Decimal(3), Decimal(0)) is None
    assert only(figure(ratio=(6, 0), unit="%", rules=("none",))).value is None


def test_a_total_is_hidden_that_comes_after_its_parts() -> None:
    """A year less three of its quarters is the fourth, and the three are in everybody's hands."""
    quarters = {month(0): "30", month(1): "4", month(2): "20", month(3): "40"}
    assert hidden_periods(in_turn(quarters)) == {month(1)}
    shown = public_figures(in_turn({**quarters, month(0, 3): "94"}))
    hidden = {span: each[0].secondary for span, each in shown.items() if each[0].symbol}
    assert hidden == {month(1): False, month(0, 3): True}
    assert shown[month(2)][0].value == Decimal(20)


def test_the_last_part_is_hidden_that_comes_after_the_total() -> None:
    """The total cannot be taken back any more; what would complete it can be held back."""
    year = {month(0, 3): "94", month(1): "4", month(0): "30", month(2): "20", month(3): "40"}
    assert hidden_periods(in_turn(year)) == {month(1), month(3)}


def test_a_figure_keeps_its_turn_when_it_is_revised() -> None:
    """A quarter that everybody has read is not news since its final figure came after the year."""
    figures = in_turn({month(0): "30", month(1): "4", month(0, 1): "34"})
    figures[month(0)].append(figure("31", at=9))
    assert hidden_periods(figures) == {month(1), month(0, 1)}


def test_of_figures_given_out_at_once_the_smallest_is_hidden() -> None:
    """The public is to lose as little as can be."""
    counts = {month(0): "4", month(1): "30", month(2): "20", month(3): "40", month(0, 3): "94"}
    assert hidden_periods({span: [figure(count)] for span, count in counts.items()}) == {
        month(0),
        month(2),
    }


def test_what_papers_to_come_need_not_say_again_is_hidden_in_them() -> None:
    """Nothing takes the two papers back that tell a late figure, but no third is to repeat it."""
    figures = in_turn({month(0, 1): "34", month(0): "30", month(1): "4"})
    assert hidden_periods(figures) == {month(1), month(0)}


def test_two_hidden_parts_hide_each_other() -> None:
    """What is hidden without need is lost to the public."""
    counts = {month(0): "4", month(1): "3", month(2): "20", month(0, 2): "27"}
    assert hidden_periods(in_turn(counts)) == {month(0), month(1)}


def test_a_year_to_date_less_the_one_before_is_hidden_too() -> None:
    """April to September less April to June is July to September."""
    counts = {month(0, 2): "30", month(3, 5): "4", month(0, 5): "34"}
    assert hidden_periods(in_turn(counts)) == {month(3, 5), month(0, 5)}


def test_parts_that_leave_a_gap_give_nothing_away() -> None:
    """Without the third quarter nobody can tell the second from the year."""
    counts = {month(0): "30", month(1): "4", month(3): "40", month(0, 3): "94"}
    assert hidden_periods(in_turn(counts)) == {month(1)}


def test_percentages_do_not_add_up() -> None:
    """No percentage of a quarter follows from that of the year, so none is hidden for it."""
    figures = {
        month(0): [figure(ratio=(6, 10), unit="%")],
        month(1): [figure("70", unit="%")],
        month(0, 1): [figure("65", unit="%")],
    }
    assert hidden_periods(figures) == {month(0)}


def test_the_figures_before_a_hidden_one_are_hidden() -> None:
    """A provisional six beside a hidden final figure says what it is nearly."""
    shown = public_figures(
        {
            month(0): [figure("6"), figure("5")],
            month(1): [figure("29"), figure("30")],
            month(2): [figure("40")],
        }
    )
    assert [one.symbol for one in shown[month(0)]] == ["c", "c"]
    assert [one.secondary for one in shown[month(0)]] == [True, False]
    assert [(one.symbol, one.secondary) for one in shown[month(1)]] == [("c", True), (None, False)]
    assert shown[month(2)][0].value == Decimal(40)


def test_a_figure_that_was_hidden_stays_hidden_once_revised() -> None:
    """Last year's total less last year's quarters would give it away."""
    shown = public_figures(
        {
            month(0): [figure("4"), figure("12")],
            month(1): [figure("30")],
            month(0, 1): [figure("34"), figure("42")],
        }
    )
    assert [one.value for one in shown[month(0)]] == [None, Decimal(12)]
    assert [one.value for one in shown[month(0, 1)]] == [None, Decimal(42)]


def test_vintages_are_shown_where_nothing_is_hidden() -> None:
    """A revision is for everybody to see."""
    shown = public_figures({month(0): [figure("61"), figure("62")]})
    assert [one.value for one in shown[month(0)]] == [Decimal(61), Decimal(62)]


def rank(rows: Sequence[Sequence[int]]) -> int:
    """Count how many of some equations say something of their own, by elimination."""
    left = [[Fraction(cell) for cell in row] for row in rows]
    found = 0
    for column in range(len(left[0]) if left else 0):
        pivot = next((row for row in left[found:] if row[column]), None)
        if pivot is None:
            continue
        left.remove(pivot)
        left = [
            row
            if index < found
            else [a - b * row[column] / pivot[column] for a, b in zip(row, pivot, strict=True)]
            for index, row in enumerate(left)
        ]
        left.insert(found, pivot)
        found += 1
    return found


def can_be_worked_out(hidden: Span, shown: Sequence[Span], months: int) -> bool:
    """Say whether the count of one period follows from those of others, as months add up."""

    def row(span: Span) -> list[int]:
        return [int(span[0] <= month(n)[0] and month(n)[1] <= span[1]) for n in range(months)]

    rows = [row(span) for span in shown]
    return rank([*rows, row(hidden)]) == rank(rows) if rows else False


MONTHS = 6
spans = st.tuples(st.integers(0, MONTHS - 1), st.integers(0, MONTHS - 1)).map(
    lambda ends: month(min(ends), max(ends))
)
counted = st.lists(st.integers(0, 12), min_size=MONTHS, max_size=MONTHS)


figures_in_turn = st.lists(spans, min_size=1, max_size=9, unique=True)


def counts_of(months: list[int], periods: list[Span]) -> dict[Span, list[Figure]]:
    """Give the count of each period, as months add up; each is out before the next."""
    return in_turn(
        {
            span: str(sum(c for n, c in enumerate(months) if span[0] <= month(n)[0] <= span[1]))
            for span in periods
        }
    )


@given(counted, figures_in_turn)
def test_no_hidden_count_can_be_worked_out_from_shown_ones(
    months: list[int], periods: list[Span]
) -> None:
    """However periods overlap, whoever adds and takes away all that is shown learns nothing."""
    figures = counts_of(months, periods)
    hidden = hidden_periods(figures)
    shown = [span for span in periods if span not in hidden]
    for span in periods:
        if figures[span][-1].is_small:
            assert span in hidden
            assert not can_be_worked_out(span, shown, MONTHS)


@given(counted, figures_in_turn)
def test_no_hidden_count_can_be_worked_out_from_all_papers_that_there_ever_were(
    months: list[int], periods: list[Span]
) -> None:
    """Readers keep papers, of which there may be one after every figure, in whatever order.

    All that they can work out are small counts that those out by then had told already.
    """
    figures = counts_of(months, periods)
    out: set[Span] = set()
    guarded: list[Span] = []
    for number, span in enumerate(periods, start=1):
        if figures[span][-1].is_small and not can_be_worked_out(span, list(out), MONTHS):
            guarded.append(span)
        known = {each: figures[each] for each in periods[:number]}
        out |= known.keys() - hidden_periods(known)
        assert not [each for each in guarded if can_be_worked_out(each, list(out), MONTHS)]


@given(counted, figures_in_turn)
def test_what_was_shown_is_hidden_later_only_for_a_count_that_it_tells(
    months: list[int], periods: list[Span]
) -> None:
    """To hide what everybody has read protects nobody, and looks as if there were a reason."""
    figures = counts_of(months, periods)
    out: set[Span] = set()
    told = False
    for number, span in enumerate(periods, start=1):
        told |= figures[span][-1].is_small and can_be_worked_out(span, list(out), MONTHS)
        known = {each: figures[each] for each in periods[:number]}
        hidden = hidden_periods(known)
        assert told or not out & hidden
        out |= known.keys() - hidden


@given(counted, figures_in_turn)
def test_nothing_is_hidden_where_nothing_is_small(months: list[int], periods: list[Span]) -> None:
    """What the public may see, it must see."""
    assert hidden_periods(counts_of([6 + count for count in months], periods)) == frozenset()


def test_the_check_itself_can_work_out_a_hidden_count() -> None:
    """A check that cannot fail guards nothing."""
    assert can_be_worked_out(month(1), [month(0), month(0, 1)], 2)
    assert can_be_worked_out(month(1), [month(0, 2), month(0), month(2)], 3)
    assert not can_be_worked_out(month(1), [month(0, 2), month(0)], 3)
