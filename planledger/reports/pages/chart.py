"""A chart of figures over time: numbers in, shapes with coordinates out; a template draws them.

Nothing is known here of colours, of languages or of what the figures mean. A figure that is hidden
has no number here, so none can be told from a shape.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from msgspec import Struct

from planledger.reports.pages.scale import Scale, scale_of

LETTER: Final = 8
"""How wide a letter of a label is, about, in the units of a chart."""
LABEL: Final = 12
"""Letters of a period's label that a chart has room for; the table beside it has all."""


class Point(Struct, frozen=True, kw_only=True):
    """A period's figure, with what it is measured against."""

    label: str
    first: date
    last: date
    value: float | None
    """None where there is none to be drawn: it is hidden, or was not stated."""
    symbol: str | None = None
    """What stands in place of a figure that is hidden."""
    provisional: bool = False
    target: float | None = None
    band: tuple[float, float] | None = None
    """From where to where a figure still counts as close to the target."""
    floor: float | None = None
    starts: str | None = None
    """What begins with this period, such as another definition: figures before do not compare."""


class Frame(Struct, frozen=True, kw_only=True):
    """How large a chart is, and how much room its labels have around it."""

    width: int = 720
    height: int = 300
    left: int = 56
    right: int = 24
    top: int = 26
    bottom: int = 34


WIDE: Final = Frame()
NARROW: Final = Frame(width=350, height=260, left=46, right=16)
"""For a telephone."""
SPARK: Final = Frame(width=120, height=30, left=5, right=5, top=5, bottom=5)
"""A line among words, without labels."""


class Mark(Struct, frozen=True, kw_only=True):
    """Where the figure of a period stands, or the symbol in its place."""

    x: float
    y: float
    label: str
    value: float | None
    symbol: str | None
    provisional: bool


class Text(Struct, frozen=True):
    """A label, and the place it stands at."""

    x: float
    y: float
    text: str


class Box(Struct, frozen=True):
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float


class Chart(Struct, frozen=True, kw_only=True):
    """What is to be drawn. Lines are the `d` of a path in SVG."""

    frame: Frame
    ticks: tuple[Text, ...]
    """Lines across, from the lowest: where they stand, and which number they are."""
    periods: tuple[Text, ...]
    """Labels of periods, as many as there is room for."""
    line: str
    """From figure to figure; broken where one is hidden or missing, or does not compare."""
    marks: tuple[Mark, ...]
    targets: str
    floors: str
    bands: tuple[Box, ...]
    breaks: tuple[Text, ...]
    """Where something begins, from which on figures do not compare with those before."""
    from_zero: bool
    """Whether the scale has a zero."""


def chart(points: Sequence[Point], frame: Frame = WIDE) -> Chart | None:
    """Lay out a chart of periods in order; None where there is no number to be drawn.

    Periods do not overlap: those of another length are for the table.
    """
    if not points or all(point.value is None for point in points):
        return None
    scale = scale_of(list(_numbers(points)))
    place = _Place(points, frame, scale)
    marks = tuple(_mark(point, place) for point in points if _is_marked(point))
    return Chart(
        frame=frame,
        ticks=tuple(Text(frame.left, place.y(at), label) for at, label in scale.ticks),
        periods=tuple(_periods(points, place)),
        line=_line(points, place),
        marks=marks,
        targets=_steps(points, [point.target for point in points], place),
        floors=_steps(points, [point.floor for point in points], place),
        bands=tuple(_bands(points, place)),
        breaks=tuple(
            Text(place.x(point.first), frame.top - 8, point.starts)
            for point in points
            if point.starts
        ),
        from_zero=scale.low <= 0 <= scale.high,
    )


class _Place:
    """Where days and numbers stand in a chart."""

    def __init__(self, points: Sequence[Point], frame: Frame, scale: Scale) -> None:
        self.frame = frame
        self._first = points[0].first.toordinal()
        self._days = points[-1].last.toordinal() + 1 - self._first
        self._scale = scale

    def x(self, day: date) -> float:
        return self._across(day.toordinal() - self._first)

    def middle(self, point: Point) -> float:
        days = point.first.toordinal() + point.last.toordinal() + 1
        return self._across(days / 2 - self._first)

    def _across(self, days: float) -> float:
        frame = self.frame
        return round(frame.left + (frame.width - frame.left - frame.right) * days / self._days, 1)

    def y(self, number: float) -> float:
        frame, scale = self.frame, self._scale
        share = number / (scale.high - scale.low) - scale.low / (scale.high - scale.low)
        return round(frame.height - frame.bottom - self.tall * share, 1)

    @property
    def tall(self) -> int:
        return self.frame.height - self.frame.top - self.frame.bottom

    @property
    def ground(self) -> int:
        return self.frame.height - self.frame.bottom


def _numbers(points: Sequence[Point]) -> Iterator[float]:
    for point in points:
        for number in (point.value, point.target, point.floor, *(point.band or ())):
            if number is not None:
                yield number


def _is_marked(point: Point) -> bool:
    return point.value is not None or point.symbol is not None


def _mark(point: Point, place: _Place) -> Mark:
    hidden = point.value is None
    return Mark(
        x=place.middle(point),
        y=place.ground - 6 if point.value is None else place.y(point.value),
        label=point.label,
        value=point.value,
        symbol=point.symbol if hidden else None,
        provisional=point.provisional,
    )


def _line(points: Sequence[Point], place: _Place) -> str:
    parts = []
    before: Point | None = None
    for point in points:
        if point.value is not None:
            follows = before is not None and _follow(before, point) and not point.starts
            parts.append(f"{'L' if follows else 'M'}{place.middle(point)} {place.y(point.value)}")
        before = point if point.value is not None else None
    return " ".join(parts)


def _follow(before: Point, point: Point) -> bool:
    return before.last + timedelta(days=1) == point.first


def _steps(points: Sequence[Point], numbers: Sequence[float | None], place: _Place) -> str:
    """Draw a number of every period as steps, joined where one period follows the other."""
    parts = []
    open_ = False
    for index, (point, number) in enumerate(zip(points, numbers, strict=True)):
        if number is None:
            open_ = False
            continue
        joined = open_ and _follow(points[index - 1], point)
        y = place.y(number)
        parts.append(f"{'L' if joined else 'M'}{place.x(point.first)} {y}")
        parts.append(f"L{place.x(point.last + timedelta(days=1))} {y}")
        open_ = True
    return " ".join(parts)


def _bands(points: Sequence[Point], place: _Place) -> Iterator[Box]:
    for point in points:
        if point.band is not None:
            low, high = point.band
            x, top = place.x(point.first), place.y(high)
            width = place.x(point.last + timedelta(days=1)) - x
            yield Box(x, top, round(width, 1), round(place.y(low) - top, 1))


def _periods(points: Sequence[Point], place: _Place) -> Iterator[Text]:
    """Give labels that do not stand in each other, the last one in any case."""
    labels = [_short(point.label) for point in points]
    room = max(map(len, labels)) * LETTER + LETTER
    middles = [place.middle(point) for point in points]
    apart = min((b - a for a, b in pairwise(middles)), default=room)
    every = max(1, int(-(-room // max(apart, 0.1))))
    y = place.frame.height - place.frame.bottom / 2 + 4
    for index, (x, label) in enumerate(zip(middles, labels, strict=True)):
        if (len(labels) - 1 - index) % every == 0:
            half = len(label) * LETTER / 2
            least, most = half, place.frame.width - half
            yield Text(round(min(max(x, least), most), 1), y, label)


def _short(label: str) -> str:
    return label if len(label) <= LABEL else f"{label[: LABEL - 1]}…"
