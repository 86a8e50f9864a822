"""KPIs at a point: what each counts, its targets, its public figures, and what was revised."""

import itertools
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from planledger.reports import figures, wording
from planledger.reports.desk import Answered, Data
from planledger.reports.figures import Measured
from planledger.reports.papers.paper import Column, Paper, Section, Table, Value
from planledger.reports.papers.parts import DAY, NUMBER, REF, of_one_point, there, yes
from planledger.reports.papers.report import Report
from planledger.reports.points import point_name
from planledger.reports.settled import Settled
from planledger.reports.wording import count

SUPPRESSED: Final = (
    "Counts of five or fewer, and percentages of ten things or fewer, are suppressed: they stand "
    f'as "{figures.HIDDEN}", and so does any other figure from which one could be worked out. How '
    "such a figure stands is not shown, nor which way it or the one after it went; targets are no "
    "figures about people, and are shown."
)

_UNMEASURED: Final = (None, "NO_TARGET")
"""How a figure stands that is hidden, or has no target."""


def _paper(answered: Answered) -> Paper:
    found = answered.data["ledger"]
    basis = found["basis"]
    plan = there(found["plan"], answered.variables["plan"])
    kpis = plan["kpis"]
    return of_one_point(
        answered,
        kind="kpis",
        name="KPIs",
        sections=(_in_short(kpis, basis), *map(_kpi, kpis), _record(kpis)),
        sheet=_sheet(kpis),
    )


def _in_short(kpis: Sequence[Data], basis: Data) -> Section:
    latest = [(kpi, figures.latest(_measured(kpi))) for kpi in kpis]
    stood = [one.standing for _, one in latest if one and one.standing not in _UNMEASURED]
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
                rows=tuple(_latest(kpi, one) for kpi, one in latest),
                empty="There is no KPI.",
                again=True,
            ),
        ),
    )


def _measured(kpi: Data) -> list[Measured]:
    return figures.measured(kpi["series"], kpi["definitions"])


def _latest(kpi: Data, one: Measured | None) -> tuple[Value, ...]:
    name = kpi["definition"]["name"]
    if one is None:
        return (name, None, "No figure yet", None, None, None)
    return (
        name,
        one.point["period"]["label"],
        one.figure or None,
        _number(one.point["target"], "target"),
        one.stands,
        _went(one),
    )


def _went(one: Measured) -> str | None:
    return wording.sentence(one.went) or None


def _number(found: Data | None, name: str) -> Decimal | None:
    """Give a decimal of an answer, with all its digits."""
    return None if found is None or found[name] is None else Decimal(found[name])


def _kpi(kpi: Data) -> Section:
    definition = kpi["definition"]
    suppression = definition["suppressionRule"].replace("-", " ")
    return Section(
        heading=definition["name"],
        sentences=(
            (
                f"What is counted: {definition['formula'].rstrip('.')}. "
                f"Unit: {definition['unit']}. "
                f"{figures.POLARITIES[definition['polarity']]}. "
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
                one.point["period"]["label"],
                one.figure or None,
                _number(one.point["target"], "target"),
                _number(one.point["target"], "floor"),
                one.stands,
                _went(one),
                wording.sentence(one.point["latest"]["status"]),
            )
            for one in _measured(kpi)
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
                _published(kpi, before),
                _published(kpi, after),
                wording.sentence(after["cause"]) or None,
                wording.civil(after["recordedAt"]),
                int(after["position"]),
            )
            for kpi in kpis
            for reading, before, after in _revised(kpi)
        ),
        empty="No figure was replaced.",
    )


def _published(kpi: Data, vintage: Data) -> str | None:
    unit = figures.units(kpi["definitions"]).get(vintage["definitionVersion"], "")
    return figures.figure(vintage["public"], unit) or None


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
    Column("baseline_symbol", "Baseline suppressed"),
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
        rows=tuple(_row(kpi, one) for kpi in kpis for one in _measured(kpi)),
        empty="No figure is recorded at this point.",
    )


def _row(kpi: Data, one: Measured) -> tuple[Value, ...]:
    point = one.point
    period, latest, public, target = (
        point[name] for name in ("period", "latest", "public", "target")
    )
    revisions = sum(reading["period"] == period for reading, *_ in _revised(kpi))
    return (
        kpi["ref"],
        kpi["definition"]["name"],
        kpi["definition"]["unit"],
        period["label"],
        period["first"],
        period["last"],
        *(_number(public, name) for name in ("value", "numerator", "denominator")),
        public["symbol"],
        *(_number(target, name) for name in ("target", "floor", "tolerance")),
        _number(target and target["public"], "baseline"),
        target and target["public"]["symbol"],
        one.stands,
        _went(one),
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
    variables=Settled.at_end,
    paper=_paper,
)
