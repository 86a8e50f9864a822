"""How figures stand to targets, and which way they go."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planledger.domain.plan import KpiTarget, Span
from planledger.events.values import Period, Polarity
from planledger.projections.measuring import (
    Direction,
    Standing,
    direction,
    length,
    measured,
    standing,
)
from planledger.projections.suppression import Figure

Q1 = Period(first=date(2026, 1, 1), last=date(2026, 3, 31), label="Q1")
numbers = st.decimals(-1000, 1000, places=2)


def aim(target: str, tolerance: str | None = None, floor: str | None = None) -> KpiTarget:
    """Aim at a number."""
    return KpiTarget(
        period=Q1,
        baseline=None,
        target=Decimal(target),
        floor=Decimal(floor) if floor else None,
        tolerance=Decimal(tolerance) if tolerance else None,
    )


@pytest.mark.parametrize(
    ("number", "target", "polarity", "said"),
    [
        ("90", aim("90"), Polarity.HIGH, Standing.MET),
        ("89.9", aim("90"), Polarity.HIGH, Standing.BELOW_TARGET),
        ("88", aim("90", "2"), Polarity.HIGH, Standing.WITHIN_TOLERANCE),
        ("87.99", aim("90", "2"), Polarity.HIGH, Standing.BELOW_TARGET),
        ("79", aim("90", "2", "80"), Polarity.HIGH, Standing.BELOW_FLOOR),
        ("80", aim("90", "2", "80"), Polarity.HIGH, Standing.BELOW_TARGET),
        ("79", aim("90", "20", "80"), Polarity.HIGH, Standing.BELOW_FLOOR),
        ("20", aim("20"), Polarity.LOW, Standing.MET),
        ("15", aim("20", "2", "30"), Polarity.LOW, Standing.MET),
        ("22", aim("20", "2", "30"), Polarity.LOW, Standing.WITHIN_TOLERANCE),
        ("31", aim("20", "2", "30"), Polarity.LOW, Standing.BELOW_FLOOR),
        ("100", aim("100"), Polarity.TARGET, Standing.MET),
        ("103", aim("100", "3"), Polarity.TARGET, Standing.WITHIN_TOLERANCE),
        ("97", aim("100", "3"), Polarity.TARGET, Standing.WITHIN_TOLERANCE),
        ("104", aim("100", "3"), Polarity.TARGET, Standing.BELOW_TARGET),
        ("89", aim("100", "3", "90"), Polarity.TARGET, Standing.BELOW_FLOOR),
        ("90", None, Polarity.HIGH, Standing.NO_TARGET),
        (None, aim("90"), Polarity.HIGH, Standing.NO_TARGET),
    ],
)
def test_a_figure_stands_by_what_is_better_for_it(
    number: str | None, target: KpiTarget | None, polarity: Polarity, said: Standing
) -> None:
    """Re-referrals under their target are good news, and timeliness under its target is not."""
    assert standing(Decimal(number) if number else None, target, polarity) is said


@pytest.mark.parametrize(
    ("before", "now", "polarity", "said"),
    [
        ("70", "71", Polarity.HIGH, Direction.BETTER),
        ("70", "69.9", Polarity.HIGH, Direction.WORSE),
        ("70", "70.0", Polarity.HIGH, Direction.SAME),
        ("70", "71", Polarity.LOW, Direction.WORSE),
        ("70", "69", Polarity.LOW, Direction.BETTER),
        ("90", "108", Polarity.TARGET, Direction.BETTER),
        ("110", "90", Polarity.TARGET, Direction.SAME),
        ("100", "101", Polarity.TARGET, Direction.WORSE),
        (None, "70", Polarity.HIGH, None),
        ("70", None, Polarity.HIGH, None),
    ],
)
def test_travel_is_better_or_worse_never_up_or_down(
    before: str | None, now: str | None, polarity: Polarity, said: Direction | None
) -> None:
    """An arrow that points up under a falling re-referral rate has misled many a panel."""
    was, is_now = (Decimal(text) if text else None for text in (before, now))
    assert direction(was, is_now, (Decimal(100), Decimal(100)), polarity) is said


def test_closeness_is_judged_by_each_periods_own_target() -> None:
    """Where the aim moved too, only how far off each figure was can be compared."""
    ten, twenty = Decimal(10), Decimal(20)
    assert direction(ten, ten, (ten, twenty), Polarity.TARGET) is Direction.WORSE
    assert direction(ten, ten, (None, ten), Polarity.TARGET) is None
    assert direction(ten, ten, (ten, None), Polarity.TARGET) is None


@given(numbers, numbers, st.sampled_from(Polarity), numbers)
def test_there_and_back_is_better_one_way_and_worse_the_other(
    one: Decimal, other: Decimal, polarity: Polarity, target: Decimal
) -> None:
    """A series cannot get better both ways."""
    there = direction(one, other, (target, target), polarity)
    back = direction(other, one, (target, target), polarity)
    opposite = {
        Direction.BETTER: Direction.WORSE,
        Direction.WORSE: Direction.BETTER,
        Direction.SAME: Direction.SAME,
    }
    assert there is not None
    assert back is opposite[there]


@pytest.mark.parametrize(
    ("value", "ratio", "unit", "number"),
    [
        ("12.5", None, "days", "12.5"),
        (None, ("25", "80"), "%", "31.25"),
        (None, ("25", "80"), "children each", "0.3125"),
        ("31.3", ("25", "80"), "%", "31.3"),
        (None, ("25", "0"), "%", None),
    ],
)
def test_a_ratio_is_judged_by_what_it_comes_to(
    value: str | None, ratio: tuple[str, str] | None, unit: str, number: str | None
) -> None:
    """It is not rounded: 94.96 per cent does not meet 95."""
    figure = Figure(
        value=Decimal(value) if value else None,
        numerator=Decimal(ratio[0]) if ratio else None,
        denominator=Decimal(ratio[1]) if ratio else None,
        unit=unit,
        rules=("none",),
        position=1,
    )
    assert measured(figure) == (Decimal(number) if number else None)


@pytest.mark.parametrize(
    ("span", "long"),
    [
        ((date(2026, 1, 1), date(2026, 3, 31)), ("months", 3)),
        ((date(2025, 10, 1), date(2025, 12, 31)), ("months", 3)),
        ((date(2025, 4, 1), date(2026, 3, 31)), ("months", 12)),
        ((date(2024, 2, 1), date(2024, 2, 29)), ("months", 1)),
        ((date(2026, 1, 5), date(2026, 1, 11)), ("days", 7)),
    ],
)
def test_quarters_are_as_long_as_each_other(span: Span, long: tuple[str, int]) -> None:
    """A quarter is compared with a quarter, never with the year it ends."""
    assert length(span) == long
