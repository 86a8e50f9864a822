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
        "publicStanding": "MET",
        "publicDirection": "BETTER",
        "definitionChanged": False,
        "public": _public(value, **more),
    }


def _hidden(name: str) -> dict[str, Any]:
    nothing = {"publicStanding": None, "publicDirection": None}
    return {**_point(name, None, symbol="c"), **nothing}


@pytest.mark.parametrize(
    ("public", "unit", "said"),
    [
        (_public("22.30"), "%", "22.30%"),
        (_public("1234567"), "children", "1,234,567 children"),
        (_public("0.00000001"), "m", "0.00000001 m"),
        (_public("-5"), "points", "-5 points"),
        (_public(numerator="99", denominator="444"), "ratio", "99 of 444"),
        (_public(), "%", ""),
        (_public(symbol="c"), "%", "c (suppressed)"),
    ],
)
def test_a_figure_is_said_with_its_unit(public: dict[str, Any], unit: str, said: str) -> None:
    """22.30 stays 22.30: digits that were published are not rounded away."""
    assert figures.figure(public, unit) == said


@pytest.mark.parametrize(
    ("public", "unit", "said"),
    [
        (_public("22.3", numerator="99", denominator="444"), "%", "22.3%, 99 of 444"),
        (_public("22.3"), "%", "22.3%"),
        (_public(numerator="99", denominator="444"), "ratio", "99 of 444"),
        (_public(symbol="c", denominator="444"), "%", "c (suppressed)"),
    ],
)
def test_a_figure_in_full_says_what_it_counts(public: dict[str, Any], unit: str, said: str) -> None:
    """Who revises one sees all of what it says; of a hidden one nothing."""
    assert figures.in_full(public, unit) == said


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


def test_how_it_stands_and_which_way_it_went_is_said_in_words() -> None:
    """The same words on pages and in papers; nothing stands in place of what is not told."""
    other = {**_point("Q3"), "definitionChanged": True, "publicDirection": None}
    one, two, three = figures.measured([_point("Q1"), _hidden("Q2"), other], [DEFINITION])
    assert (one.stands, one.went) == ("Target met", "better")
    assert (two.stands, two.went) == ("Not shown", "")
    assert (two.number, two.figure, two.standing, two.direction) == (
        *(None, "c (suppressed)", None, None),
    )
    assert three.went == "not comparable: other definition"


def test_what_once_was_shown_is_hidden_beside_what_would_tell_it_now() -> None:
    """A figure that is hidden now is in an old paper; it is not to be put beside the new one."""
    now = [{"ref": "moves", "series": [_point("Q1"), _hidden("Q2"), _point("Q3")]}]
    changed = [
        {"ref": "moves", "track": track, "period": _point(name)["period"], "before": before}
        for name, track, before in (
            ("Q1", "READINGS", ["c (suppressed), final"]),
            ("Q3", "READINGS", ["7, final", "Q3", "Before: c"]),
            ("Q3", "TARGETS", ["c (suppressed)"]),
        )
    ]
    found = figures.hidden_since(now, changed)
    assert found == {("moves", QUARTERS["Q1"]), ("moves", QUARTERS["Q2"])}


def test_a_baseline_is_said_with_its_unit_or_as_hidden() -> None:
    """A blank would say that none was stated."""
    for public, said in (
        ({"baseline": "9", "symbol": None}, "9 children"),
        ({"baseline": None, "symbol": "c"}, "c (suppressed)"),
        ({"baseline": None, "symbol": None}, ""),
    ):
        assert figures.baseline({"public": public}, "children") == said


def test_a_total_over_the_year_is_neither_drawn_nor_the_latest() -> None:
    """Beside quarters, a year's count stands four times as high and would flatten them."""
    series = [_point("Q1"), _point("year", "31"), _point("Q2"), _point("Q3", "9")]
    shown = figures.measured(series, [DEFINITION])
    assert [one.usual for one in shown] == [True, False, True, True]
    latest = figures.latest(shown)
    assert latest is not None
    assert latest.figure == "9 children"


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
