"""The register on a terminal: the milestones of every plan as one list."""

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from planledger.projections.register import RegisterRow
from planledger.projections.timing import Timeliness, day_label
from planledger.projections.view import Basis
from planledger.terminal.layout import (
    STYLES,
    Cell,
    Column,
    Listing,
    basis_label,
    counted,
    led_by,
)

_COLUMNS = (
    Column("Plan", 11),
    Column("Ref", 6, whole=True),
    Column("Milestone", 24),
    Column("Target date", 14),
    Column("Timeliness (calculated)", 14),
    Column("Delivery", 11),
    Column("Rating", 6),
    Column("Lead", 14),
)
_HEAD = 3


def show_register(basis: Basis, rows: Sequence[RegisterRow]) -> Group:
    """Lay out milestones, those of one plan after those of another."""
    parts: list[RenderableType] = [Text(f"Milestones at {basis_label(basis)}", style="bold")]
    if not rows:
        parts.append(Text("\nNo milestone is wanted by all of that."))
        return Group(*parts)
    parts += [Text(), Listing(_COLUMNS, map(_row, rows), head=_HEAD)]
    plans = len({row.plan.ref for row in rows})
    timed = Counter(row.timeliness for row in rows if row.timeliness is not None)
    each = ", ".join(f"{timed[timeliness]} {timeliness.value}" for timeliness in timed)
    total = f"{counted(len(rows), 'milestone')} in {counted(plans, 'plan')}"
    calculated = f"; as calculated by planledger for {day_label(basis.effective_on)}: {each}"
    parts.append(Text(f"\n{total}{calculated if each else ''}.", style="bold"))
    return Group(*parts)


def _row(row: RegisterRow) -> Iterator[Cell]:
    timeliness: Timeliness | None = row.timeliness
    yield row.plan.ref
    yield row.milestone.ref
    yield row.text
    slipped = row.milestone.slippage
    yield row.target_date + (f" (moved {slipped.label})" if slipped is not None else "")
    if timeliness is None:
        yield Text("withdrawn", style="dim strike")
    else:
        yield Text(timeliness.value, style=STYLES.get(timeliness, ""))
    yield row.delivery.value.replace("-", " ")
    yield row.rating.rating.value if row.rating is not None else ""
    yield led_by(row.milestone)
