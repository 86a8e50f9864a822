"""One KPI: what it means, how it went, every figure that was published, and as a panel saw it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from planledger.reports import figures
from planledger.reports.desk import Answered
from planledger.reports.figures import Found, Measured
from planledger.reports.pages.chart import NARROW, WIDE, Point, chart
from planledger.reports.pages.kpis import aims, closed_reviews, points
from planledger.reports.pages.page import Page, Visit, plan_in, there
from planledger.reports.wording import day

_DEFINED = {
    "name": "Name",
    "formula": "How it is worked out",
    "unit": "Measured in",
    "polarity": "Which way is better",
    "frequencyMonths": "How often",
    "sourceSystem": "Where the figures come from",
    "suppressionRule": "What public papers hide",
    "statements": "Measures of the plan",
}
"""What of a definition is compared with the one before, and what it is called."""

_RULES = {
    "none": "nothing",
    "small-numbers": "counts of five or fewer, anything out of ten or fewer, and what would tell",
}


def _variables(visit: Visit) -> Mapping[str, Any]:
    kpi, known = visit.path["kpi"], visit.point()
    return {
        **visit.at(),
        "kpi": kpi,
        "item": f"Kpi:{visit.plan}/{kpi}",
        "compared": known is not None,
    }


def _shown(answered: Answered, visit: Visit) -> Mapping[str, Any]:
    plan = plan_in(answered, visit)
    ref = visit.path["kpi"]
    kpi = there(
        plan["kpi"],
        f"There is no KPI {ref!r} in this plan at this point. Look at the list of its KPIs.",
    )
    definitions = kpi["definitions"]
    definition = definitions[-1]
    series = figures.measured(kpi["series"], definitions)
    ahead = _without_figure(kpi)
    drawn = _points(series, ahead, definition)
    entries = {
        node["event"]["position"]: node["event"] for node in answered.data["history"]["nodes"]
    }
    return {
        "basis": answered.data["ledger"]["basis"],
        "plan": plan,
        "kpi": kpi,
        "definition": definition,
        "definitions": list(_definitions(definitions)),
        "series": series,
        "rows": list(_rows(series, ahead)),
        "ahead": ahead,
        "latest": figures.latest(series),
        "hides": any(one.hidden for one in series),
        "charts": [("broad", chart(drawn, WIDE)), ("narrow", chart(drawn, NARROW))],
        "title": _title(definition, series),
        "readings": list(_readings(kpi, definitions, entries)),
        "reviews": closed_reviews(answered),
        "since": _since(kpi, answered.data["now"], entries),
        "polarity": figures.POLARITIES[definition["polarity"]],
        "with_unit": lambda number: figures.with_unit(number, definition["unit"]),
        "started": _started(kpi["targets"], definition["unit"]),
        "tolerance": lambda target: figures.tolerance(target, definition["unit"]),
        "counted": figures.counted,
        "say": _say,
    }


def _points(series: Sequence[Measured], ahead: Sequence[Found], definition: Found) -> list[Point]:
    """Give what is drawn: periods as long as most are, with targets that have no figure."""
    usual = [one for one in series if one.usual]
    if not usual:
        return []
    polarity = definition["polarity"]
    long = figures.length_of(usual[0].point["period"])
    aimed = [_aim(one, polarity) for one in ahead if figures.length_of(one["period"]) == long]
    return sorted((*points(usual, polarity), *aimed), key=lambda point: (point.first, point.last))


def _aim(target: Found, polarity: str) -> Point:
    period = target["period"]
    return Point(
        label=period["label"],
        first=date.fromisoformat(period["first"]),
        last=date.fromisoformat(period["last"]),
        value=None,
        **aims(target, polarity),
    )


def _without_figure(kpi: Found) -> list[Found]:
    """Give the targets of periods that have no figure."""
    read = {_span(one) for one in kpi["series"]}
    return [target for target in kpi["targets"] if _span(target) not in read]


def _started(targets: Sequence[Found], unit: str) -> Sequence[str]:
    """Give the baselines that were stated with targets, each once, the oldest first."""
    said = dict.fromkeys(figures.baseline(target, unit) for target in targets)
    return [one for one in said if one]


def _title(definition: Found, series: Sequence[Measured]) -> str:
    """Say in words what a chart shows."""
    told = [one for one in series if one.usual and one.number is not None]
    if not told:
        return f"{definition['name']}: no figure can be drawn."
    first, last = told[0], told[-1]
    went = f"{first.figure} in {first.point['period']['label']}"
    if last is not first:
        went += f", {last.figure} in {last.point['period']['label']}"
    usual = [one for one in series if one.usual]
    hidden = sum(one.hidden for one in usual)
    hides = f" {hidden} of {len(usual)} figures are hidden." if hidden else ""
    return f"{definition['name']}: {went}.{hides} The table below has every period."


def _rows(series: Sequence[Measured], ahead: Sequence[Found]) -> Iterator[Mapping[str, Any]]:
    """Give the rows of the table: every period with a figure or a target, and what is missing."""
    told = [(_span(one.point), one, one.point["target"]) for one in series]
    aimed = [(_span(target), None, target) for target in ahead]
    before: date | None = None
    for (first, last), one, target in sorted((*told, *aimed), key=lambda row: row[0]):
        if one is None or one.usual:
            since = before and before + timedelta(days=1)
            if since is not None and since.isoformat() < first:
                until = date.fromisoformat(first) - timedelta(days=1)
                yield {"missing": f"{day(since.isoformat())} to {day(until.isoformat())}"}
            before = date.fromisoformat(last)
        period = (one.point if one else target)["period"]
        yield {"missing": None, "one": one, "target": target, "period": period}


def _definitions(definitions: Sequence[Found]) -> Iterator[Mapping[str, Any]]:
    """Give every version, the newest first, with what changed from the one before."""
    befores = [None, *definitions[:-1]]
    for before, now in reversed(list(zip(befores, definitions, strict=True))):
        changed = [
            (called, _say(name, before), _say(name, now))
            for name, called in _DEFINED.items()
            if before is not None and before[name] != now[name]
        ]
        yield {"definition": now, "first": before is None, "changed": changed}


def _say(name: str, definition: Found) -> str:
    """Say a part of a definition in words."""
    value = definition[name]
    if name == "polarity":
        return figures.POLARITIES[value]
    if name == "frequencyMonths":
        return "every month" if value == 1 else f"every {value} months"
    if name == "suppressionRule":
        return _RULES.get(value, f"as it says: {value}; taken as {_RULES['small-numbers']}")
    return ", ".join(value) if name == "statements" else str(value)


def _readings(
    kpi: Found, definitions: Sequence[Found], entries: Mapping[str, Found]
) -> Iterator[Mapping[str, Any]]:
    """Give every figure published for every period, the oldest first."""
    units = figures.units(definitions)
    for reading in kpi["readings"]:
        vintages = [
            {
                "vintage": vintage,
                "figure": figures.figure(
                    vintage["public"], units.get(vintage["definitionVersion"], "")
                ),
                "entry": entries.get(vintage["position"]),
            }
            for vintage in reading["vintages"]
        ]
        yield {"period": reading["period"], "vintages": vintages}


def _since(kpi: Found, now: Found, entries: Mapping[str, Found]) -> Mapping[str, Any] | None:
    """Give what was published of the same periods since; None where nothing is compared."""
    later = now["plan"] and now["plan"].get("kpi")
    if later is None:
        return None
    then = {_span(one): one for one in kpi["readings"]}
    there = {_span(one) for one in later["readings"]}
    units = figures.units(later["definitions"])
    both = [(then[_span(one)], one) for one in later["readings"] if _span(one) in then]
    return {
        "revised": [
            _revised(before, after, units, entries)
            for before, after in both
            if after["vintages"][-1]["position"] != before["vintages"][-1]["position"]
        ],
        "added": [one["period"] for one in later["readings"] if _span(one) not in then],
        "gone": [one["period"] for one in kpi["readings"] if _span(one) not in there],
        "redefined": len(later["definitions"]) - len(kpi["definitions"]),
    }


def _revised(
    before: Found, after: Found, units: Mapping[int, str], entries: Mapping[str, Found]
) -> Mapping[str, Any]:
    """Give a period's figure as it was known, beside the one that is known now."""
    known, last = before["vintages"][-1], after["vintages"][-1]
    was = _strictest(known, after["vintages"])
    said = figures.figure(was, units.get(known["definitionVersion"], ""))
    says = figures.figure(last["public"], units.get(last["definitionVersion"], ""))
    return {
        "period": after["period"],
        "was": said,
        "was_status": known["status"],
        "now": says,
        # That one hidden figure is like another is not for telling.
        "same": said == says and not was["symbol"] and not last["public"]["symbol"],
        "vintage": last,
        "entry": entries.get(last["position"]),
    }


def _strictest(vintage: Found, later: Sequence[Found]) -> Any:  # noqa: ANN401 - a `PublicFigure`
    """Give what of a figure may be shown beside what is known now: the stricter of both counts."""
    now = [one["public"] for one in later if one["position"] == vintage["position"]]
    hidden = [public for public in (vintage["public"], *now) if public["symbol"]]
    return hidden[0] if hidden else vintage["public"]


def _span(reading: Found) -> tuple[str, str]:
    return figures.span_of(reading["period"])


PAGE = Page(
    name="kpi",
    path="/plans/{plan}/kpis/{kpi}",
    variables=_variables,
    shown=_shown,
    under="kpis",
    follows=("history",),
)
