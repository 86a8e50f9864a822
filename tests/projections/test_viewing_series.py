"""A KPI's series: each period's latest figure, how it stands, and which way it goes."""

from datetime import date
from decimal import Decimal

import pytest

from planledger.events.kpi import KpiDefined, KpiReadingRecorded, KpiReadingRevised, KpiTargetSet
from planledger.events.values import Period, Polarity, ReadingStatus, RevisionCause
from planledger.projections import view
from planledger.projections.measuring import Direction, Standing
from planledger.projections.view import view_plan
from tests.support.books import Book

ON = date(2026, 6, 15)
Q3 = Period(first=date(2025, 10, 1), last=date(2025, 12, 31), label="Q3")
Q4 = Period(first=date(2026, 1, 1), last=date(2026, 3, 31), label="Q4")
HALF = Period(first=date(2025, 10, 1), last=date(2026, 3, 31), label="October to March")


def defined(version: int = 1, unit: str = "%", rule: str = "small-numbers") -> KpiDefined:
    """Define the KPI."""
    return KpiDefined(
        kpi="visits",
        definition_version=version,
        name="Visits in time",
        formula="n / d",
        unit=unit,
        polarity=Polarity.HIGH,
        frequency_months=3,
        source_system="Case system",
        suppression_rule=rule,
        statements=(),
    )


def read(period: Period, numerator: int, denominator: int, version: int = 1) -> KpiReadingRecorded:
    """Record the first figure of a period."""
    return KpiReadingRecorded(
        kpi="visits",
        definition_version=version,
        period=period,
        value=None,
        numerator=Decimal(numerator),
        denominator=Decimal(denominator),
        status=ReadingStatus.PROVISIONAL,
        extracted_on=date(2026, 4, 1),
    )


def revised(period: Period, numerator: int, denominator: int) -> KpiReadingRevised:
    """Record a later figure of a period."""
    return KpiReadingRevised(
        kpi="visits",
        definition_version=1,
        period=period,
        value=None,
        numerator=Decimal(numerator),
        denominator=Decimal(denominator),
        status=ReadingStatus.FINAL,
        extracted_on=date(2026, 4, 1),
        cause=RevisionCause.FINALISED,
        note=None,
    )


def aimed_at(period: Period, target: int, baseline: str | None = None) -> KpiTargetSet:
    """Set a period's target."""
    return KpiTargetSet(
        kpi="visits",
        period=period,
        baseline=Decimal(baseline) if baseline else None,
        target=Decimal(target),
        floor=Decimal(50),
        tolerance=Decimal(2),
    )


def shown(
    *events: KpiDefined | KpiReadingRecorded | KpiReadingRevised | KpiTargetSet,
) -> view.KpiView:
    """Show the KPI."""
    book = Book()
    book.write_all(events)
    (kpi,) = view_plan(book.folded(), ON).kpis
    return kpi


def test_each_period_stands_by_its_latest_figure() -> None:
    """A provisional figure that was revised must not keep a target met."""
    series = shown(
        defined(),
        aimed_at(Q3, 90),
        aimed_at(Q4, 90),
        read(Q4, 91, 100),
        read(Q3, 89, 100),
        revised(Q4, 40, 100),
    ).series
    assert [point.period for point in series] == [Q3, Q4]
    assert [point.standing for point in series] == [
        Standing.WITHIN_TOLERANCE,
        Standing.BELOW_FLOOR,
    ]
    assert [point.direction for point in series] == [None, Direction.WORSE]
    assert series[1].latest.numerator == Decimal(40)
    assert series[1].target is not None
    assert series[1].target.target == Decimal(90)
    assert [point.public.value for point in series] == [Decimal("89.0"), Decimal("40.0")]


def test_a_period_without_a_target_stands_to_none() -> None:
    """A target of another period says nothing of this one."""
    (point,) = shown(defined(), aimed_at(Q3, 90), read(Q4, 91, 100)).series
    assert (point.target, point.standing) == (None, Standing.NO_TARGET)


def test_no_way_is_shown_over_a_changed_definition() -> None:
    """A rise that comes of counting otherwise is no improvement."""
    series = shown(defined(), read(Q3, 60, 100), defined(2), read(Q4, 90, 100, version=2)).series
    assert [(point.definition_changed, point.direction) for point in series] == [
        (False, None),
        (True, None),
    ]


def test_a_quarter_is_compared_with_the_quarter_before() -> None:
    """The half-year in between is another kind of figure."""
    series = shown(defined(), read(Q3, 60, 100), read(HALF, 150, 200), read(Q4, 90, 100)).series
    assert [(point.period.label, point.direction) for point in series] == [
        ("Q3", None),
        ("October to March", None),
        ("Q4", Direction.BETTER),
    ]


def test_a_small_figure_is_hidden_in_public_wherever_it_stands() -> None:
    """Its history, and the total it is part of, must not give it away."""
    kpi = shown(
        defined(), read(Q3, 8, 100), revised(Q3, 4, 100), read(Q4, 90, 100), read(HALF, 94, 200)
    )
    by_label = {point.period.label: point.public for point in kpi.series}
    assert [(one.symbol, one.secondary) for one in by_label.values()] == [
        ("c", False),
        ("c", True),
        (None, False),
    ]
    first = kpi.readings[0]
    assert [vintage.public.symbol for vintage in first.vintages] == ["c", "c"]
    assert first.latest.numerator == Decimal(4)


Q1 = Period(first=date(2026, 4, 1), last=date(2026, 6, 30), label="Q1")
Q2 = Period(first=date(2025, 7, 1), last=date(2025, 9, 30), label="Q2")


def test_nothing_is_told_of_how_a_hidden_figure_stands_nor_of_the_next_ones_direction() -> None:
    """ "Target of 2 met" says that it is 0, 1 or 2; "better than before" says more than 7."""
    kpi = shown(
        defined(),
        aimed_at(Q4, 2),
        *(read(period, count, 100) for period, count in ((Q2, 50), (Q3, 60), (Q4, 4), (Q1, 70))),
        read(HALF, 64, 200),
    )
    told = {one.period.label: (one.public_standing, one.public_direction) for one in kpi.series}
    assert told == {
        "Q2": (Standing.NO_TARGET, None),
        "Q3": (Standing.NO_TARGET, Direction.BETTER),
        "Q4": (None, None),
        "Q1": (Standing.NO_TARGET, None),
        "October to March": (None, None),
    }
    full = {one.period.label: (one.standing, one.direction) for one in kpi.series}
    assert full["Q4"] == (Standing.MET, Direction.WORSE), "Who works with the figures has it all."
    assert full["Q1"] == (Standing.NO_TARGET, Direction.BETTER)


def test_a_hidden_total_says_nothing_of_the_next_quarter() -> None:
    """Only periods of one length are compared with each other."""
    year = Period(first=date(2025, 10, 1), last=date(2026, 9, 30), label="year")
    kpi = shown(defined(), read(Q3, 60, 100), read(year, 4, 200), read(Q4, 70, 100))
    assert [one.public_direction for one in kpi.series] == [None, None, Direction.BETTER]


@pytest.mark.parametrize(
    ("unit", "rule", "count", "baseline", "told"),
    [
        ("children", "small-numbers", 60, "4", None),
        ("children", "small-numbers", 60, "40", "40"),
        ("children", "small-numbers", 4, "40", None),
        ("children", "none", 4, "4", "4"),
        ("%", "small-numbers", 60, "4", "4"),
        ("%", "small-numbers", 4, "44.4", None),
        ("%", "small-numbers", 4, "70.0", "70.0"),
    ],
)
def test_a_small_baseline_is_hidden_and_one_that_may_repeat_a_hidden_figure(
    unit: str, rule: str, count: int, baseline: str, told: str | None
) -> None:
    """A KPI starts from a figure; targets are decided, and are shown however small they are."""
    kpi = shown(
        defined(unit=unit, rule=rule),
        aimed_at(Q4, 2, baseline),
        read(Q3, 70, 100),
        read(Q4, count, 100),
    )
    (target,) = kpi.targets
    assert target.baseline == Decimal(baseline)
    assert (target.public.baseline, target.public.symbol) == (
        (Decimal(told), None) if told else (None, "c")
    )
    assert target.target == Decimal(2)


def test_where_no_baseline_was_stated_none_is_hidden() -> None:
    """ "c" would say that there is one."""
    (target,) = shown(defined(unit="children"), aimed_at(Q4, 2), read(Q3, 4, 100)).targets
    assert (target.public.baseline, target.public.symbol) == (None, None)


def test_a_rule_that_came_later_hides_earlier_figures_too() -> None:
    """What must be hidden now was no less telling before."""
    kpi = shown(defined(rule="none"), read(Q3, 4, 100), defined(2))
    assert kpi.series[0].public.symbol == "c"
