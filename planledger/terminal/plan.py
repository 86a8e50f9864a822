"""A plan on a terminal: tables for people."""

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from planledger.domain.delivery import Delivery
from planledger.projections.timing import day_label
from planledger.projections.view import (
    ActionView,
    AreaView,
    Basis,
    MilestoneView,
    PlanView,
    ReviewView,
)
from planledger.terminal.layout import STYLES, counted, led_by


def show_plan(plan: PlanView, basis: Basis) -> RenderableType:
    """Lay out a plan at a point. Everything is plain text; nothing in it is taken for markup."""
    parts: list[RenderableType] = [Text(plan.title, style="bold"), Text(_basis(basis))]
    parts.append(Text(_totals(plan)))
    parts.extend(_area(area) for area in plan.areas)
    if plan.kpis:
        parts.append(_kpis(plan))
    if plan.reviews:
        parts.append(_reviews(plan.reviews))
    return Group(*parts)


def _basis(basis: Basis) -> str:
    recorded = f", recorded {basis.recorded_at:%Y-%m-%d %H:%M:%S} UTC" if basis.recorded_at else ""
    review = f", review {basis.review}" if basis.review else ""
    on = day_label(basis.effective_on)
    return f"As known at position {basis.position}{recorded}{review}; effective on {on}"


def _totals(plan: PlanView) -> str:
    totals = plan.totals
    return (
        f"{counted(totals.areas, 'area')}, {counted(totals.actions, 'action')} "
        f"({counted(totals.placeholder_actions, 'placeholder')}, {totals.actions_without_lead} "
        f"without a lead), {counted(totals.milestones, 'milestone')} ({totals.agreed_milestones} "
        f"agreed, {totals.to_be_confirmed} with a date to be confirmed, {totals.overdue} overdue "
        f"as calculated), {counted(totals.open_queries, 'open query', 'open queries')}"
    )


def _area(area: AreaView) -> RenderableType:
    gone = " (withdrawn)" if area.withdrawn else ""
    title = Text(f"\n{area.number}. {area.title}{gone}", style="bold")
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="underline")
    for name, ratio in (("Ref", None), ("Milestone", 5), ("Target date", 2), ("State", 2)):
        table.add_column(name, ratio=ratio, overflow="fold", no_wrap=name == "Ref")
    table.add_column("Lead", ratio=2, overflow="fold")
    for action in area.actions:
        if not action.milestones:
            table.add_row(Text(action.ref), Text(action.text), "", "", Text(led_by(action)))
        for milestone in action.milestones:
            table.add_row(*_milestone(action, milestone))
    return Group(title, table)


def _milestone(action: ActionView, milestone: MilestoneView) -> list[RenderableType]:
    timeliness = milestone.timeliness
    if timeliness is None:
        state = Text("withdrawn", style="strike dim")
    else:
        said = ["agreed"] if milestone.agreed_on else []
        if milestone.delivery is not Delivery.NOT_STARTED:
            said.append(milestone.delivery.value.replace("-", " "))
        state = Text(", ".join([*said, timeliness.value]), style=STYLES.get(timeliness, ""))
    if milestone.slippage is not None:
        state.append(f", {milestone.slippage.label}")
    if milestone.rating is not None:
        state.append(f", rated {milestone.rating.rating.value}")
    return [
        Text(milestone.ref),
        Text(milestone.text if milestone.text != "TBC" else f"TBC: {action.text}"),
        Text(milestone.target_date.label),
        state,
        Text(led_by(milestone)),
    ]


def _kpis(plan: PlanView) -> RenderableType:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="underline")
    for name in ("KPI", "Period", "Value", "Status", "Published"):
        table.add_column(name, overflow="fold")
    for kpi in plan.kpis:
        for reading in kpi.readings:
            latest = reading.latest
            ratio = f"{latest.numerator} of {latest.denominator}"
            table.add_row(
                Text(kpi.definition.name),
                Text(reading.period.label),
                Text(
                    f"{latest.value} {kpi.definition.unit}" if latest.value is not None else ratio
                ),
                Text(latest.status.value),
                Text(f"{len(reading.vintages)}x"),
            )
    return Group(Text("\nKPIs", style="bold"), table)


def _reviews(reviews: tuple[ReviewView, ...]) -> RenderableType:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="underline")
    for name in ("Review", "Forum", "As at", "Closed"):
        table.add_column(name, overflow="fold")
    for review in reviews:
        closed = f"at position {review.closed_at}" if review.closed_at else "open"
        table.add_row(
            Text(review.ref), Text(review.forum.name), Text(str(review.as_at)), Text(closed)
        )
    return Group(Text("\nReviews", style="bold"), table)
