"""What was found in a plan, on a terminal: a section with one table for each finding."""

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from planledger.projections.findings import Findings
from planledger.projections.timing import day_label
from planledger.projections.view import Basis
from planledger.terminal.findings import dates, people, record, work
from planledger.terminal.findings.section import Section
from planledger.terminal.layout import Cell, Listing, basis_label

__all__ = ["SECTIONS", "show_findings"]

SECTIONS: dict[str, Section] = {
    section.name: section
    for section in (
        work.SECTIONS[0],
        dates.SECTIONS[0],
        *work.SECTIONS[1:4],
        *dates.SECTIONS[1:],
        *people.SECTIONS,
        *work.SECTIONS[4:],
        *record.SECTIONS,
    )
}
"""Every finding by its name, in the order in which they are told."""


def show_findings(
    plan: str, basis: Basis, findings: Findings, sections: Sequence[Section]
) -> Group:
    """Lay out what was found; sections with nothing in them are named at the end."""
    parts: list[RenderableType] = [
        Text(f"Found in {plan} at {basis_label(basis)}", style="bold"),
        Text(
            f"All of this is calculated by planledger from what was recorded, for "
            f"{day_label(findings.on)}; none of it is the council's judgement."
        ),
    ]
    empty = []
    for section in sections:
        found = section.look(findings)
        rows = list(section.rows(found))
        if rows:
            parts.extend(_section(section, found, rows))
        else:
            empty.append(section.title)
    if empty:
        parts.append(Text(f"\nNothing found: {'; '.join(empty)}."))
    return Group(*parts)


def _section(
    section: Section, found: object, rows: Sequence[tuple[Cell, ...]]
) -> Iterator[RenderableType]:
    title = Text(f"\n{section.title}", style="bold")
    yield title.append(f"\nCalculated by planledger. {section.note}", style="not bold")
    yield Listing(section.columns, rows, head=section.head)
    if rest := section.rest(found):
        yield Text(rest)
