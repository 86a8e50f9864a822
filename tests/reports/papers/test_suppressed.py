"""What is suppressed in public stays suppressed in every paper and every format."""

import re

from planledger.reports.figures import HIDDEN
from tests.support.papers import ON, Press, cells, pairs, table_in

SMALL = """{ ledger { plan(ref: "northbridge") { kpis { ref definition { name }
  series { period { label } latest { value numerator denominator } public { symbol } } } } } }"""


def _hidden(press: Press) -> list[tuple[str, str]]:
    """Give the KPI and the period of every figure that the public does not see."""
    plan = press.asker.ask(SMALL)["ledger"]["plan"]
    return [
        (kpi["ref"], point["period"]["label"])
        for kpi in plan["kpis"]
        for point in kpi["series"]
        if point["public"]["symbol"] is not None
    ]


def test_a_suppressed_figure_is_no_number_in_the_sheet(press: Press) -> None:
    """A blank could be taken for nought; the symbol says that there is something."""
    paper = press.paper("kpis", on=ON)
    hidden = _hidden(press)
    assert hidden
    columns = ("kpi", "period", "value", "numerator", "denominator", "symbol", "standing")
    rows = {row[:2]: row[2:] for row in cells(paper.sheet, *columns)}
    for key in hidden:
        assert rows[key] == (None, None, None, "c", "Not shown")


def test_a_suppressed_figure_is_told_of_as_suppressed_wherever_it_is_read(press: Press) -> None:
    """Both in the series of its KPI, and where it is told that it was recorded."""
    hidden = _hidden(press)
    paper = press.paper("kpis", on=ON)
    for kpi, period in hidden:
        shown = pairs(table_in(paper, f"series_{kpi}"), "period", "figure")
        assert shown[period] == HIDDEN
    changed = press.paper("changes", from_="@0", on=ON)
    told = [after for kind, after in cells(changed.sheet, "kind", "after") if kind == "KPI"]
    assert sum("suppressed" in str(after) for after in told) >= len(hidden)


def test_no_paper_asks_for_more_than_the_public_sees(press: Press) -> None:
    """Its document stands in its annex: what it does not ask for, no format can give away."""
    papers = [*press.all(), press.paper("review", review="board-2024-q3")]
    for paper in papers:
        text = paper.answered.document.text
        outside = text.partition("fragment Figure on PublicFigure")[0]
        assert not {"value", "numerator", "denominator"} & set(re.findall(r"\w+", outside))
        assert text.count("changes(") == text.count("figures: PUBLIC")
