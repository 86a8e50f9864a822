"""KPIs at a point: what each counts, its targets, its public figures, and what was revised."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from planledger.reports import wording
from planledger.reports.desk import Answered, Data
from planledger.reports.papers import figures
from planledger.reports.papers.paper import Column, Paper, Section, Table, Value
from planledger.reports.papers.parts import (
    DAY,
    NUMBER,
    REF,
    made_on,
    point_name,
    read_from,
    there,
    yes,
)
from planledger.reports.papers.report import Report, Settled
from planledger.reports.wording import count

SUPPRESSED: Final = (
    "Counts of five or fewer, and percentages of ten things or fewer, are suppressed: they stand "
    f'as "{figures.HIDDEN}", and so does any other figure from which one could be worked out.'
)


def _variables(settled: Settled) -> Mapping[str, Any]:
    return settled.at_end()


def _paper(answered: Answered) -> Paper:
    found = answered.data["ledger"]
    basis = found["basis"]
    plan = there(found["plan"], answered.variables["plan"])
    kpis = plan["kpis"]
    return Paper(
        kind="kpis",
        title=f"KPIs at {point_name(basis)}",
        plan=plan["ref"],
        plan_title=plan["title"],
        read_from=(read_from(basis),),
        made_on=made_on(basis),
        sections=(_in_short(kpis, basis), *map(_kpi, kpis), _record(kpis)),
        answered=answered,
        sheet=_sheet(kpis),
    )


def _in_short(kpis: Sequence[Data], basis: Data) -> Section:
    latest = [(kpi, kpi["series"][-1] if kpi["series"] else None) for kpi in kpis]
    stood = [point["standing"] for _, point in latest if point and _is_measured(point)]
    met, near = stood.count("MET"), stood.count("WITHIN_TOLERANCE")
    sentences = [
        (
            f"This paper tells {count(len(kpis), 'KPI')} as known at {point_name(basis)}. "
            f"Of the {len(stood):,} whose latest figure is published and has a target, {met:,} "
            f"met it and {near:,} came within its tolerance; that is calculated from the figures."
        ),
        SUPPRESSED,
    ]
    if not kpis:
        sentences = ["The plan has no KPI at this point. One is there once it is defined."]
    return Section(
        heading="In short",
        sentences=tuple(sentences),
        tables=(
            Table(
                key="latest",
                title="The latest figures",
                columns=(
                    Column("name", "KPI", weight=4),
                    Column("period", "Period", weight=2),
                    Column("figure", "Figure", weight=2),
                    Column("target", "Target", NUMBER),
                    Column("standing", "Against the target", weight=2),
                    Column("direction", "Against the period before", weight=2),
                ),
                rows=tuple(_latest(kpi, point) for kpi, point in latest),
                empty="There is no KPI.",
                again=True,
            ),
        ),
    )


def _is_measured(point: Data) -> bool:
    return point["public"]["symbol"] is None and point["standing"] != "NO_TARGET"


def _latest(kpi: Data, point: Data | None) -> tuple[Value, ...]:
    definition = kpi["definition"]
    if point is None:
        return (definition["name"], None, "No figure yet", None, None, None)
    target = point["target"]
    return (
        definition["name"],
        point["period"]["label"],
        figures.shown(point["public"], definition["unit"]),
        figures.number(target["target"]) if target else None,
        figures.standing(point),
        _direction(point),
    )


def _direction(point: Data) -> str | None:
    return None if point["public"]["symbol"] is not None else figures.direction(point)


def _kpi(kpi: Data) -> Section:
    definition = kpi["definition"]
    polarity = {"HIGH": "Higher is better", "LOW": "Lower is better"}
    suppression = definition["suppressionRule"].replace("-", " ")
    return Section(
        heading=definition["name"],
        sentences=(
            (
                f"What is counted: {definition['formula'].rstrip('.')}. "
                f"Unit: {definition['unit']}. "
                f"{polarity.get(definition['polarity'], 'Nearer to the target is better')}. "
                f"Every {count(definition['frequencyMonths'], 'month')}, from "
                f"{definition['sourceSystem']}. Suppression: {suppression}."
            ),
            f"{_served(definition['statements'])} {_known(kpi)}",
        ),
        tables=(_series(kpi),),
    )


def _served(statements: Sequence[str]) -> str:
    if not statements:
        return "No measure of the plan is named that it serves."
    return f"It serves {wording.listed(list(statements))}."


def _series(kpi: Data) -> Table:
    return Table(
        key=f"series_{kpi['ref']}",
        title=f"Figures: {kpi['definition']['name']}",
        columns=(
            Column("period", "Period", weight=2),
            Column("figure", "Figure", weight=2),
            Column("target", "Target", NUMBER),
            Column("floor", "Floor", NUMBER),
            Column("standing", "Against the target", weight=3),
            Column("direction", "Against the period before", weight=3),
            Column("status", "Status", weight=2),
        ),
        rows=tuple(
            (
                point["period"]["label"],
                figures.shown(point["public"], kpi["definition"]["unit"]),
                *figures.target(point["target"])[:2],
                figures.standing(point),
                _direction(point),
                wording.sentence(point["latest"]["status"]),
            )
            for point in kpi["series"]
        ),
        empty="No figure is recorded yet.",
        again=True,
    )


def _known(kpi: Data) -> str:
    revised, versions = len(list(_revised(kpi))), len(kpi["definitions"])
    said = f"{count(revised, 'figure was', 'figures were')} replaced after being first recorded"
    if versions > 1:
        said += f", and the definition was changed {count(versions - 1, 'time')}"
    return f"{said}."


def _record(kpis: Sequence[Data]) -> Section:
    return Section(
        heading="Revisions and definitions",
        sentences=("What was published before stays in the record, with what took its place.",),
        tables=(_revisions(kpis), _definitions(kpis)),
    )


def _revisions(kpis: Sequence[Data]) -> Table:
    return Table(
        key="revisions",
        title="Figures that were replaced",
        columns=(
            Column("name", "KPI", weight=4),
            Column("period", "Period", weight=2),
            Column("before", "Published before", weight=2),
            Column("after", "Replaced by", weight=2),
            Column("cause", "Cause", weight=2),
            Column("recorded_on", "Recorded on", DAY, weight=2),
            Column("entry", "Entry", NUMBER),
        ),
        rows=tuple(
            (
                kpi["definition"]["name"],
                reading["period"]["label"],
                figures.shown(before["public"]),
                figures.shown(after["public"]),
                wording.sentence(after["cause"]) or None,
                wording.civil(after["recordedAt"]),
                int(after["position"]),
            )
            for kpi in kpis
            for reading, before, after in _revised(kpi)
        ),
        empty="No figure was replaced.",
    )


def _revised(kpi: Data) -> Iterator[tuple[Data, Data, Data]]:
    """Give each figure that replaced another one, with it."""
    for reading in kpi["readings"]:
        vintages = reading["vintages"]
        for before, after in itertools.pairwise(vintages):
            yield reading, before, after


def _definitions(kpis: Sequence[Data]) -> Table:
    return Table(
        key="definitions",
        title="Definitions",
        columns=(
            Column("name", "KPI", weight=3),
            Column("version", "Version", NUMBER),
            Column("effective_on", "From", DAY, weight=2),
            Column("formula", "What is counted", weight=4),
            Column("unit", "Unit"),
            Column("polarity", "Better is"),
            Column("suppression", "Suppression"),
        ),
        rows=tuple(
            (
                one["name"],
                one["version"],
                one["effectiveOn"],
                one["formula"],
                one["unit"],
                wording.sentence(one["polarity"]),
                wording.sentence(one["suppressionRule"].replace("-", "_")),
            )
            for kpi in kpis
            for one in kpi["definitions"]
        ),
        empty="No KPI is defined.",
    )


_COLUMNS: Final = (
    Column("kpi", "KPI", REF),
    Column("name", "Name", weight=4),
    Column("unit", "Unit"),
    Column("period", "Period"),
    Column("period_first", "Period from", DAY),
    Column("period_last", "Period to", DAY),
    Column("value", "Value", NUMBER),
    Column("numerator", "Numerator", NUMBER),
    Column("denominator", "Denominator", NUMBER),
    Column("symbol", "Suppressed"),
    Column("target", "Target", NUMBER),
    Column("floor", "Floor", NUMBER),
    Column("tolerance", "Tolerance", NUMBER),
    Column("baseline", "Baseline", NUMBER),
    Column("standing", "Against the target (calculated)", weight=2),
    Column("direction", "Against the period before (calculated)", weight=2),
    Column("definition_version", "Definition", NUMBER),
    Column("definition_changed", "Definition changed"),
    Column("status", "Status"),
    Column("extracted_on", "Taken on", DAY),
    Column("revisions", "Revisions", NUMBER),
)


def _sheet(kpis: Sequence[Data]) -> Table:
    return Table(
        key="kpis",
        title="KPIs",
        columns=_COLUMNS,
        rows=tuple(_row(kpi, point) for kpi in kpis for point in kpi["series"]),
        empty="No figure is recorded at this point.",
    )


def _row(kpi: Data, point: Data) -> tuple[Value, ...]:
    period, latest = point["period"], point["latest"]
    revisions = sum(reading["period"] == period for reading, *_ in _revised(kpi))
    return (
        kpi["ref"],
        kpi["definition"]["name"],
        kpi["definition"]["unit"],
        period["label"],
        period["first"],
        period["last"],
        *figures.cells(point["public"]),
        *figures.target(point["target"]),
        figures.standing(point),
        _direction(point),
        latest["definitionVersion"],
        yes(point["definitionChanged"]),
        wording.sentence(latest["status"]),
        latest["extractedOn"],
        revisions,
    )


REPORT = Report(
    kind="kpis",
    about="each KPI at a point: definition, targets, public figures and revisions",
    takes=("at", "on"),
    variables=_variables,
    paper=_paper,
)
