"""What a public paper may show of a figure (design page 2.3). Calculated; nothing is changed.

Under the rule "none" nothing is hidden. Under "small-numbers", and under any text from before
rules had names, these are hidden and shown as "c":

* a count of five or fewer: a numerator, or a value whose unit is not "%";
* anything on a denominator of ten or fewer.

A hidden count can often be worked out from others: a year less three of its quarters is the
fourth. So, where the periods of shown counts can be added up and taken away to make the period of
a hidden one, another of them is hidden too, and so on until none can (*secondary*). Nor can it
then be worked out exactly; that two hidden counts add up to so much may still be known.

Papers cannot be taken back, and there may have been one after every entry. So it is the figure
given out last that is hidden: a total that comes after its parts, and not a part that everybody
has read. Of figures given out at once it is the smallest. Then no hidden count can be worked out
from all papers together, but for what nothing prevents any more:

* a small figure given out when the others were out that it follows from;
* a figure that was shown, and is hidden since it was revised or a rule came later. It counts as
  hidden from the beginning, so that what came after it is held back if it would tell;
* what papers showed of an entry that was voided since, and is not known here.

The papers to come hide such a figure, and what it follows from, nevertheless.

Figures published before the latest one are hidden as soon as anything of their KPI is: what they
were against what is shown now would unmask it.

A baseline is a figure too, of a period that nobody names. It is hidden where it is small, and
otherwise as soon as any figure of its KPI is, since it may repeat that one; not where it is the
same as a figure that is shown. Targets, floors and tolerances are what somebody decided, and say
nothing of anybody: they are always shown.

How a hidden figure stands to its target is not said, nor which way it went, nor which way the one
after it went: each of them narrows down what the figure can be.
"""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

from msgspec import Struct

from planledger.domain.plan import KpiDefinition, Span
from planledger.events.values import SuppressionRule

SMALL_COUNT = Decimal(5)
"""A count of so many or fewer is hidden."""
SMALL_DENOMINATOR = Decimal(10)
"""Anything on a denominator of so many or fewer is hidden."""
_NOTHING = SuppressionRule.NONE.value
HIDDEN = "c"
"""Confidential: the symbol in place of a hidden figure."""
PERCENT = "%"
_PLACES = Decimal("0.1")


class Figure(Struct, frozen=True, kw_only=True, gc=False):
    """A figure with what decides whether it may be shown."""

    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    unit: str
    rules: tuple[str, ...]
    """Suppression rules it is under; the strictest counts."""
    position: int
    """Of its entry: no paper before shows it, and any after may have."""

    @property
    def count(self) -> Decimal | None:
        """What it counts, if anything: its numerator, or a value that is no percentage."""
        if self.numerator is not None:
            return self.numerator
        return None if self.unit == PERCENT else self.value

    @property
    def is_small(self) -> bool:
        """Whether its own size has it hidden."""
        if self.rules.count(_NOTHING) == len(self.rules):
            return False
        count, denominator = self.count, self.denominator
        return (count is not None and count <= SMALL_COUNT) or (
            denominator is not None and denominator <= SMALL_DENOMINATOR
        )


class PublicFigureView(Struct, frozen=True, kw_only=True, gc=False):
    """What a public paper may show of a figure: its numbers, or a symbol in their place."""

    value: Decimal | None
    """As recorded; a percentage worked out from a numerator and denominator to one place."""
    numerator: Decimal | None
    denominator: Decimal | None
    symbol: str | None
    """"c" for a figure that is hidden; None for one that is shown."""
    secondary: bool
    """Whether it is hidden only since another hidden figure could be worked out from it."""


def public_figures(
    readings: Mapping[Span, Sequence[Figure]],
) -> dict[Span, tuple[PublicFigureView, ...]]:
    """Give what may be shown of every figure of a KPI: by period, each vintage, oldest first."""
    if not any(figure.is_small for vintages in readings.values() for figure in vintages):
        return {span: tuple(map(_show, vintages)) for span, vintages in readings.items()}
    hidden = hidden_periods(readings)
    return {
        span: (
            *map(_hide, vintages[:-1]),
            _hide(vintages[-1]) if span in hidden else _show(vintages[-1]),
        )
        for span, vintages in readings.items()
    }


def hidden_periods(readings: Mapping[Span, Sequence[Figure]]) -> frozenset[Span]:
    """Give the periods whose latest figures are hidden, small ones and those that unmask them.

    Periods add up as stretches between days do: the count of one is worked out from shown ones
    exactly if these make a chain from its first day to its last, forwards or backwards.
    """
    latest = {span: vintages[-1] for span, vintages in readings.items()}
    small = {span for span, figure in latest.items() if figure.is_small}
    counts = {span: count for span, figure in latest.items() if (count := figure.count) is not None}

    def given_out(span: Span) -> tuple[int, Decimal, timedelta, Span]:
        first = min(figure.position for figure in readings[span])
        return (first, -counts[span], -_length(span), span)

    order = sorted(counts, key=given_out)
    hidden = small | _held_back(order, small)
    for span in sorted(small & counts.keys()):
        while chain := _chain(span, sorted(counts.keys() - hidden)):
            hidden.add(max(chain, key=given_out))
    return frozenset(hidden)


def shows_baseline(
    baseline: Decimal, definitions: Iterable[KpiDefinition], figures: Iterable[PublicFigureView]
) -> bool:
    """Tell whether a baseline of a KPI may be shown, beside what is shown of all its figures."""
    if any(
        definition.suppression_rule != _NOTHING
        and definition.unit != PERCENT
        and baseline <= SMALL_COUNT
        for definition in definitions
    ):
        return False
    shown = tuple(figures)
    return all(figure.symbol is None for figure in shown) or any(
        figure.value == baseline for figure in shown
    )


def percentage(numerator: Decimal, denominator: Decimal) -> Decimal | None:
    """Give a percentage to one decimal place, halves up; None of nothing."""
    if not denominator:
        return None
    return (100 * numerator / denominator).quantize(_PLACES, rounding=ROUND_HALF_UP)


def _hide(figure: Figure) -> PublicFigureView:
    return PublicFigureView(
        value=None,
        numerator=None,
        denominator=None,
        symbol=HIDDEN,
        secondary=not figure.is_small,
    )


def _show(figure: Figure) -> PublicFigureView:
    value, numerator, denominator = figure.value, figure.numerator, figure.denominator
    if value is None and figure.unit == PERCENT and None not in (numerator, denominator):
        assert numerator is not None  # noqa: S101 - as the line above says
        assert denominator is not None  # noqa: S101
        value = percentage(numerator, denominator)
    return PublicFigureView(
        value=value, numerator=numerator, denominator=denominator, symbol=None, secondary=False
    )


def _held_back(order: Iterable[Span], small: set[Span]) -> set[Span]:
    """Give the periods that would have unmasked a small one when they were given out, in order.

    Those that are out join days to groups: what lies between two days of one group is known.
    """
    group: dict[int, int] = {}
    guarded: list[tuple[int, int]] = []
    held_back = set()
    for span in order:
        start, end = (group.setdefault(day, day) for day in _ends(span))
        if span in small:
            if start != end:
                guarded.append(_ends(span))
        elif any({group[first], group[last]} == {start, end} for first, last in guarded):
            held_back.add(span)
        else:
            group = {day: start if of == end else of for day, of in group.items()}
    return held_back


def _chain(span: Span, shown: Sequence[Span]) -> list[Span]:
    """Give the shortest chain of shown periods from a period's first day to its last."""
    start, end = _ends(span)
    came_by: dict[int, Span | None] = {start: None}
    waiting = deque([start])
    while waiting and end not in came_by:
        at = waiting.popleft()
        for other in shown:
            first, last = _ends(other)
            for here, there in ((first, last), (last, first)):
                if here == at and there not in came_by:
                    came_by[there] = other
                    waiting.append(there)
    chain = []
    at = end
    while (link := came_by.get(at)) is not None:
        chain.append(link)
        first, last = _ends(link)
        at = first if at == last else last
    return chain


def _ends(span: Span) -> tuple[int, int]:
    """Give the days, as numbers, on which a period begins and the next would begin."""
    return span[0].toordinal(), span[1].toordinal() + 1


def _length(span: Span) -> timedelta:
    return span[1] - span[0]
