"""Figures in words: with their unit, and nothing that tells of a hidden one."""

from typing import Any

import pytest

from planledger.reports import figures

DEFINITION = {"version": 1, "unit": "children", "frequencyMonths": 3}
QUARTERS = {
    "Q1": ("2024-01-01", "2024-03-31"),
    "Q2": ("2024-04-01", "2024-06-30"),
    "Q3": ("2024-07-01", "2024-09-30"),
    "year": ("2024-01-01", "2024-12-31"),
}


def _public(value: str | None = None, **more: Any) -> dict[str, Any]:
    nothing = {"numerator": None, "denominator": None, "symbol": None, "secondary": False}
    return {"value": value, **nothing, **more}


def _point(name: str, value: str | None = "7", **more: Any) -> dict[str, Any]:
    first, last = QUARTERS[name]
    return {
        "period": {"first": first, "last": last, "label": name},
        "latest": {"definitionVersion": 1},
        "standing": "MET",
        "direction": "BETTER",
        "public": _public(value, **more),
    }


def _hidden(name: str) -> dict[str, Any]:
    return _point(name, None, symbol="c")


@pytest.mark.parametrize(
    ("public", "unit", "said"),
    [
        (_public("22.30"), "%", "22.30%"),
        (_public("1234567"), "children", "1,234,567 children"),
        (_public("0.00000001"), "m", "0.00000001 m"),
        (_public("-5"), "points", "-5 points"),
        (_public(numerator="99", denominator="444"), "ratio", "99 of 444"),
        (_public(), "%", ""),
        (_public(symbol="c"), "%", "c"),
    ],
)
def test_a_figure_is_said_with_its_unit(public: dict[str, Any], unit: str, said: str) -> None:
    """22.30 stays 22.30: digits that were published are not rounded away."""
    assert figures.figure(public, unit) == said


@pytest.mark.parametrize(
    ("public", "unit", "number"),
    [
        (_public("22.3"), "%", "22.3"),
        (_public(numerator="1", denominator="4"), "%", "25"),
        (_public(numerator="1", denominator="4"), "ratio", "0.25"),
        (_public(numerator="1", denominator="0"), "%", "None"),
        (_public(numerator="1"), "%", "None"),
        (_public(symbol="c"), "%", "None"),
    ],
)
def test_a_figure_is_one_number_where_it_can_be_drawn(
    public: dict[str, Any], unit: str, number: str
) -> None:
    """A ratio without a value is drawn as what it comes to; a hidden one not at all."""
    found = figures.number(public, unit)
    assert str(found if found is None else found.normalize()).replace("2.5E+1", "25") == number


def test_nothing_is_told_of_how_a_hidden_figure_stands_nor_of_the_next_ones_direction() -> None:
    """ "Target of 2 met" says that it is 0, 1 or 2; "better than before" says more than 7."""
    series = [_point("Q1"), _hidden("Q2"), _point("Q3")]
    one, two, three = figures.measured(series, [DEFINITION])
    assert (one.standing, one.direction) == ("MET", "BETTER")
    assert (two.standing, two.direction, two.number, two.figure) == (None, None, None, "c")
    assert (three.standing, three.direction) == ("MET", None)


def test_a_total_over_the_year_is_neither_drawn_nor_the_latest() -> None:
    """Beside quarters, a year's count stands four times as high and would flatten them."""
    series = [_point("Q1"), _point("year", "31"), _point("Q2"), _point("Q3", "9")]
    shown = figures.measured(series, [DEFINITION])
    assert [one.usual for one in shown] == [True, False, True, True]
    latest = figures.latest(shown)
    assert latest is not None
    assert latest.figure == "9 children"


def test_a_hidden_total_says_nothing_of_the_next_quarter() -> None:
    """Only periods of one length are compared with each other."""
    series = [_point("Q1"), {**_hidden("year")}, _point("Q2")]
    assert figures.measured(series, [DEFINITION])[2].direction == "BETTER"


def test_where_no_period_is_as_long_as_defined_most_decide() -> None:
    """A KPI may be read otherwise than its definition says, and still have a course."""
    monthly = {**DEFINITION, "frequencyMonths": 1}
    shown = figures.measured([_point("Q1"), _point("year"), _point("Q2")], [monthly])
    assert [one.usual for one in shown] == [True, False, True]
    assert figures.latest(figures.measured([], [monthly])) is None


def test_tolerance_of_a_percentage_is_in_points() -> None:
    """2% of 20% would be 0.4; two points are meant."""
    assert figures.tolerance({"tolerance": "2"}, "%") == "2 points"
    assert figures.tolerance({"tolerance": "1"}, "cases") == "1 cases"
    assert figures.tolerance({"tolerance": None}, "%") == "none"
