"""Charts of figures over time: every number at its place, and nothing where there is none."""

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planledger.reports.pages.chart import NARROW, SPARK, WIDE, Chart, Frame, Point, chart
from planledger.reports.pages.scale import scale_of

QUARTERS = [
    (date(2024, 1, 1), date(2024, 3, 31)),
    (date(2024, 4, 1), date(2024, 6, 30)),
    (date(2024, 7, 1), date(2024, 9, 30)),
    (date(2024, 10, 1), date(2024, 12, 31)),
]
NUMBERS = st.floats(min_value=-1e20, max_value=1e20).filter(lambda x: x == 0 or abs(x) > 1e-20)


def _points(*values: float | None, **more: object) -> list[Point]:
    return [
        Point(label=f"Q{index}", first=first, last=last, value=value, **more)  # type: ignore[arg-type]
        for index, (value, (first, last)) in enumerate(zip(values, QUARTERS, strict=False))
    ]


def _drawn(points: list[Point], frame: Frame = WIDE) -> Chart:
    found = chart(points, frame)
    assert found is not None
    return found


def _places(path: str) -> list[tuple[str, float, float]]:
    return [(kind, float(x), float(y)) for kind, x, y in re.findall(r"([ML])(\S+) (\S+)", path)]


@pytest.mark.parametrize("points", [[], _points(None), _points(None, None, symbol="c")])
def test_where_there_is_no_number_there_is_no_chart(points: list[Point]) -> None:
    """An empty frame would look like figures that are all zero."""
    assert chart(points) is None


@pytest.mark.parametrize("frame", [WIDE, NARROW, SPARK])
def test_one_figure_is_one_mark_and_no_line(frame: Frame) -> None:
    """A line from nowhere would claim a course."""
    found = _drawn(_points(22.5), frame)
    (mark,) = found.marks
    assert [kind for kind, _, _ in _places(found.line)] == ["M"]
    assert frame.left < mark.x < frame.width - frame.right
    assert frame.top <= mark.y <= frame.height - frame.bottom


@pytest.mark.parametrize("value", [0.0, 5.0, -5.0, 1e20, 1e-15])
def test_figures_that_are_all_equal_lie_on_a_level_line(value: float) -> None:
    """There is no range to divide by; the line must not leave the chart, nor the numbers vanish."""
    found = _drawn(_points(value, value, value))
    assert len({y for _, _, y in _places(found.line)}) == 1
    (y, *_) = (mark.y for mark in found.marks)
    assert WIDE.top <= y <= WIDE.height - WIDE.bottom
    assert len(found.ticks) >= 2


def test_more_is_higher_and_later_is_further_right_also_below_zero() -> None:
    """A chart that is upside down is worse than none."""
    found = _drawn(_points(-4.0, 0.0, 3.5, 1.0))
    xs = [mark.x for mark in found.marks]
    assert xs == sorted(xs)
    a, b, c, d = (mark.y for mark in found.marks)
    assert a > b > d > c
    assert found.from_zero


def test_numbers_stand_where_the_scale_says() -> None:
    """What a person reads off the lines must be the figure."""
    found = _drawn(_points(20.0, 30.0))
    at = {tick.text: tick.y for tick in found.ticks}
    assert [mark.y for mark in found.marks] == [at["20"], at["30"]]


def test_the_line_breaks_off_where_a_figure_is_hidden() -> None:
    """A line drawn across would let everybody read the hidden figure off it."""
    points = _points(7.0, None, 8.0, 6.0)
    points[1] = Point(label="Q1", first=QUARTERS[1][0], last=QUARTERS[1][1], value=None, symbol="c")
    found = _drawn(points)
    assert [kind for kind, _, _ in _places(found.line)] == ["M", "M", "L"]
    hidden = found.marks[1]
    assert (hidden.value, hidden.symbol) == (None, "c")
    # The symbol stands at the foot of the chart, wherever the figure would have been.
    assert hidden.y == WIDE.height - WIDE.bottom - 6


def test_the_line_breaks_off_where_a_period_is_missing() -> None:
    """Nobody counted then; the chart leaves room for the period and draws nothing across it."""
    whole, gap = _points(7.0, 8.0, 9.0), _points(7.0, 8.0, 9.0)
    del gap[1]
    assert [kind for kind, _, _ in _places(_drawn(whole).line)] == ["M", "L", "L"]
    found = _drawn(gap)
    assert [kind for kind, _, _ in _places(found.line)] == ["M", "M"]
    assert [mark.x for mark in found.marks] == [_drawn(whole).marks[index].x for index in (0, 2)]


def test_the_line_breaks_off_where_the_definition_changes_and_says_so() -> None:
    """Figures made under two definitions do not compare; a line between them would compare them."""
    points = _points(7.0, 8.0, 9.0)
    first, last = QUARTERS[1]
    points[1] = Point(label="Q1", first=first, last=last, value=8.0, starts="Definition 2")
    found = _drawn(points)
    assert [kind for kind, _, _ in _places(found.line)] == ["M", "M", "L"]
    (begins,) = found.breaks
    assert begins.text == "Definition 2"
    assert found.marks[0].x < begins.x < found.marks[1].x


def test_targets_are_steps_that_hold_for_their_period() -> None:
    """A target that slopes from one year to the next was never set."""
    points = _points(5.0, 5.0, 5.0, 5.0, target=4.0, floor=8.0, band=(4.0, 5.0))
    for index in (2, 3):
        first, last = QUARTERS[index]
        points[index] = Point(label="x", first=first, last=last, value=5.0, target=2.0)
    found = _drawn(points)
    steps = _places(found.targets)
    assert [kind for kind, _, _ in steps] == ["M"] + ["L"] * 7
    for (_, x, y), (_, further, same) in pairwise(steps):
        assert x == further or y == same
    assert len(found.bands) == 2
    assert all(box.width > 0 and box.height > 0 for box in found.bands)
    # The floor ends with the last period that has one.
    assert max(x for _, x, _ in _places(found.floors)) == steps[3][1]


def test_what_is_provisional_is_marked() -> None:
    """A figure that may change is not one to hold somebody to."""
    points = [*_points(1.0), *_points(2.0, 3.0, provisional=True)[1:]]
    assert [mark.provisional for mark in _drawn(points).marks] == [False, True]


@pytest.mark.parametrize("frame", [WIDE, NARROW])
@pytest.mark.parametrize("number", [1, 4, 30, 400])
def test_labels_do_not_stand_in_each_other_nor_out_of_the_chart(frame: Frame, number: int) -> None:
    """On a telephone most of them have to be left out, and never the last."""
    starts = [date(2000, 1, 1) + timedelta(days=30 * index) for index in range(number)]
    points = [
        Point(label=f"Q{i} 2024-25", first=day, last=day + timedelta(days=29), value=float(i))
        for i, day in enumerate(starts)
    ]
    found = _drawn(points, frame)
    assert found.periods[-1].text.startswith(f"Q{number - 1} ")
    wide = 8 * 8
    for one, two in pairwise(found.periods):
        assert two.x - one.x >= wide or len(one.text) * 8 <= two.x - one.x
    for period in found.periods:
        half = len(period.text) * 8 / 2
        assert half - 0.1 <= period.x <= frame.width - half + 0.1


def test_a_label_of_any_length_has_its_room() -> None:
    """People name a period as they like; the table has the whole name."""
    first, last = QUARTERS[0]
    found = _drawn([Point(label="x" * 10_000, first=first, last=last, value=1.0)])
    assert [len(period.text) for period in found.periods] == [12]


@given(st.lists(NUMBERS, min_size=1, max_size=8))
def test_whatever_the_numbers_everything_is_inside(values: list[float]) -> None:
    """Counts of millions, shares below zero, and both at once: nothing is drawn over the words."""
    first = date(2020, 1, 1)
    points = [
        Point(
            label=str(i),
            first=first + timedelta(days=i),
            last=first + timedelta(days=i),
            value=value,
            target=-value,
        )
        for i, value in enumerate(values)
    ]
    found = _drawn(points)
    for _, x, y in _places(f"{found.line} {found.targets}"):
        assert WIDE.left <= x <= WIDE.width - WIDE.right
        assert WIDE.top - 0.1 <= y <= WIDE.height - WIDE.bottom + 0.1
    assert 2 <= len(found.ticks) <= 13


@given(st.lists(NUMBERS, min_size=1, max_size=8))
def test_a_scale_holds_its_numbers_and_goes_below_zero_only_for_them(values: list[float]) -> None:
    """A count below zero is no count."""
    scale = scale_of(values)
    room = 1e-6 * (scale.high - scale.low)
    assert scale.low - room <= min(values)
    assert max(values) <= scale.high + room
    assert min(values) < 0 or scale.low >= 0
    assert scale.low < scale.high


@pytest.mark.parametrize(
    ("values", "labels"),
    [
        ([22.3, 27.5], ["22", "24", "26", "28"]),
        ([2.0, 9.0], ["0", "2", "4", "6", "8", "10"]),
        ([61.0, 99.5], ["60", "70", "80", "90", "100"]),
        ([0.5, 0.9], ["0.5", "0.6", "0.7", "0.8", "0.9"]),
        ([1_200_000.0, 2_300_000.0], ["1m", "1.5m", "2m", "2.5m"]),
        ([12_000.0, 15_000.0], ["12,000", "13,000", "14,000", "15,000"]),
        ([-3.0, -1.0], ["-3", "-2", "-1", "0"]),
    ],
)
def test_the_numbers_at_the_side_are_ones_that_people_read(
    values: list[float], labels: list[str]
) -> None:
    """22, 24, 26: a person sees at once what lies between; 22.3, 23.6 nobody can use."""
    assert [label for _, label in scale_of(values).ticks] == labels


def test_what_is_no_number_has_no_scale() -> None:
    """Better no chart than one that shows nothing at all as something."""
    with pytest.raises(ValueError, match="finite"):
        scale_of([float("inf")])
