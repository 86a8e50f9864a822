"""The KPIs of a plan: the latest figure of each, and where it is going."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from planledger.reports import figures
from planledger.reports.desk import Answered
from planledger.reports.figures import Found, Measured
from planledger.reports.pages.chart import SPARK, Point, chart
from planledger.reports.pages.page import Page, Visit, plan_in


def _variables(visit: Visit) -> Mapping[str, Any]:
    return visit.at()


def _shown(answered: Answered, visit: Visit) -> Mapping[str, Any]:
    plan = plan_in(answered, visit)
    rows = [_row(kpi) for kpi in plan["kpis"]]
    return {
        "basis": answered.data["ledger"]["basis"],
        "plan": plan,
        "reviews": closed_reviews(answered),
        "rows": rows,
        "hides": any(one.hidden for row in rows for one in row["series"]),
        "polarities": figures.POLARITIES,
    }


def _row(kpi: Found) -> Mapping[str, Any]:
    definition = kpi["definition"]
    series = figures.measured(kpi["series"], kpi["definitions"])
    usual = [one for one in series if one.usual]
    return {
        "kpi": kpi,
        "series": series,
        "latest": figures.latest(series),
        "spark": chart(points(usual, definition["polarity"]), SPARK),
        "with_unit": lambda number: figures.with_unit(number, definition["unit"]),
    }


def closed_reviews(answered: Answered) -> Sequence[Found]:
    """Give the reviews that can be chosen to look from, the last first."""
    plan = answered.data["now"]["plan"]
    return list(reversed(plan["reviews"])) if plan else []


def points(series: Sequence[Measured], polarity: str) -> list[Point]:
    """Give what a chart is to draw of a series."""
    return [_point(one, polarity) for one in series]


def _point(one: Measured, polarity: str) -> Point:
    period, target = one.point["period"], one.point["target"]
    return Point(
        label=period["label"],
        first=date.fromisoformat(period["first"]),
        last=date.fromisoformat(period["last"]),
        value=None if one.number is None else float(one.number),
        symbol=one.point["public"]["symbol"],
        provisional=one.point["latest"]["status"] == "PROVISIONAL",
        starts=_begins(one) if one.point["definitionChanged"] else None,
        **aims(target, polarity),
    )


def _begins(one: Measured) -> str:
    return f"Definition {one.point['latest']['definitionVersion']}"


def aims(target: Found | None, polarity: str) -> dict[str, Any]:
    """Give what a `KpiTarget` has a chart draw: target, floor, and the band of its tolerance."""
    if target is None:
        return {}
    aim, floor, tolerance = (_float(target[name]) for name in ("target", "floor", "tolerance"))
    band = None
    if aim is not None and tolerance is not None:
        below = aim if polarity == "LOW" else aim - tolerance
        above = aim if polarity == "HIGH" else aim + tolerance
        band = (below, above)
    return {"target": aim, "floor": floor, "band": band}


def _float(text: str | None) -> float | None:
    return None if text is None else float(Decimal(text))


PAGE = Page(
    name="kpis", path="/plans/{plan}/kpis", variables=_variables, shown=_shown, under="kpis"
)
