"""Small figures stay hidden from the public in what changed, in restatements and in histories."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    parse,
    print_ast,
)

from planledger.graphql.trusted import OURS
from tests.support.face import Asker, Face

KPI, QUARTER = "emergency-accommodation", "2024-12-31"
"""Of Northbridge: a KPI with small counts, and a quarter with one of them."""
LINES = "nodes { kind ref track period { first last } before after }"
CHANGES = """query($from: LedgerPoint!, $figures: Figures!) {
  it: changes(plan: "northbridge", from: $from, first: 100, figures: $figures,
    filter: { tracks: [READINGS] }) {""" + LINES + "} }"  # fmt: skip
RESTATED = """query($review: ReviewRef!, $figures: Figures!) {
  it: restatements(plan: "northbridge", review: $review, first: 100, figures: $figures,
    filter: { tracks: [READINGS] }) {""" + LINES + "} }"  # fmt: skip
HISTORY = """query($item: ID!, $figures: Figures!) {
  it: history(item: $item, field: READINGS, first: 100, figures: $figures) {
    nodes { standing changes { ref track period { first last } before after } } } }"""
PUBLIC = """{ ledger { plan(ref: "northbridge") { kpis { ref series {
  period { first last } latest { value } public { symbol value } } } } } }"""


def _asked(asker: Asker, document: str, figures: str, **asked: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = asker.ask(document, figures=figures, **asked)["it"]["nodes"]
    return found


@pytest.fixture(name="public", scope="module")
def _public(northbridge: Asker) -> dict[tuple[str, str], dict[str, Any]]:
    """Give every latest figure by KPI and first and last day of its period."""
    kpis = northbridge.ask(PUBLIC)["ledger"]["plan"]["kpis"]
    return {
        (kpi["ref"], str(point["period"])): point for kpi in kpis for point in kpi["series"]
    }  # fmt: skip


def test_what_a_kpis_page_hides_is_hidden_in_what_changed(
    northbridge: Asker, public: dict[tuple[str, str], dict[str, Any]]
) -> None:
    """A paper about changes that tells what the KPI page hides would undo it."""
    told = _asked(northbridge, CHANGES, "PUBLIC", **{"from": {"position": "0"}})
    assert len(told) == len(public)
    for change in told:
        point = public[change["ref"], str(change["period"])]
        first = change["after"][0]
        assert first.startswith("c (suppressed)") == (point["public"]["symbol"] == "c"), change
    hidden = [change for change in told if change["after"][0].startswith("c (suppressed)")]
    assert len(hidden) == 5, "four small ones, and the year that would tell one of them"
    figures = [_figures(change) for change in told if change["ref"] == KPI]
    assert {"Before: c"} >= {line for lines in figures for line in lines if "Before" in line}


def _figures(change: dict[str, Any]) -> list[str]:
    return [*change["before"], *change["after"]]


def test_the_full_figures_are_told_unless_one_asks_for_the_public_ones(northbridge: Asker) -> None:
    """Who works with the figures has asked this for long: nothing of it may change."""
    full = _asked(northbridge, CHANGES, "FULL", **{"from": {"position": "0"}})
    document = CHANGES.replace(", figures: $figures", "").replace(", $figures: Figures!", "")
    plain = northbridge.ask(document, **{"from": {"position": "0"}})["it"]["nodes"]
    assert full == plain
    assert not [change for change in full if "suppressed" in "".join(_figures(change))]


def test_a_history_hides_them_too_and_is_else_the_same(northbridge: Asker) -> None:
    """Each vintage of a small figure is in the history of its KPI."""
    kpi = {"item": f"Kpi:northbridge/{KPI}"}
    full = _asked(northbridge, HISTORY, "FULL", **kpi)
    told = _asked(northbridge, HISTORY, "PUBLIC", **kpi)
    assert len(full) == len(told)
    small = [
        (change, shown)
        for entry, public in zip(full, told, strict=True)
        for change, shown in zip(entry["changes"], public["changes"], strict=True)
        if change["after"][0].partition(",")[0] in {"1", "2", "3", "4", "5"}
    ]
    assert small
    for _, shown in small:
        assert shown["after"][0].startswith("c (suppressed)")
    others = {"item": "Kpi:northbridge/caseload-average"}
    assert _asked(northbridge, HISTORY, "FULL", **others) == _asked(
        northbridge, HISTORY, "PUBLIC", **others
    )


def test_a_restatement_and_a_struck_entry_hide_what_the_review_read_as_hidden(face: Face) -> None:
    """A small figure that was taken back since is as small as it was."""
    face.begin()
    words = {"name": "Children moved", "formula": "a", "unit": "children", "sourceSystem": "Case"}
    rule = {"suppressionRule": "SMALL_NUMBERS", "polarity": "LOW", "frequencyMonths": 3}
    face.done("kpiDefine", {"plan": "alpha", "kpi": "moved", **words, **rule})
    figure = {"status": "FINAL", "extractedOn": "2026-02-01", "value": "3"}
    period = {"first": "2025-10-01", "last": "2025-12-31", "label": "Q3"}
    reading = {"plan": "alpha", "kpi": "moved", "period": period, "figure": figure}
    entry = face.done("kpiReadingRecord", reading)["position"]
    face.done("forumEstablish", {"plan": "alpha", "forum": "board", "name": "The Board"})
    opened = {"review": "q1", "forum": "board", "label": "Q1", "asAt": "2026-02-12"}
    face.done("reviewOpen", {"plan": "alpha", **opened})
    face.done("reviewClose", {"plan": "alpha", "review": "q1"})
    face.done("entryVoid", {"plan": "alpha", "entry": entry, "reason": "Of another council."})
    restated = RESTATED.replace("northbridge", "alpha")
    struck = HISTORY.replace("standing changes", "standing changes: formerChanges")
    for figures, says in (("FULL", "3, final"), ("PUBLIC", "c (suppressed), final")):
        (change,) = _asked(face, restated, figures, review="q1")
        assert (change["before"][0], change["after"]) == (says, [])
        told = _asked(face, struck, figures, item="Kpi:alpha/moved")
        (former,) = [change for node in told for change in node["changes"]]
        assert former["after"][0] == says


def _fields(node: SelectionSetNode, above: str) -> Iterator[tuple[str, FieldNode]]:
    """Give every field that is selected, with the name of what is above it."""
    for kept in node.selections:
        if isinstance(kept, FieldNode):
            yield above, kept
            if kept.selection_set:
                yield from _fields(kept.selection_set, kept.name.value)
        elif isinstance(kept, InlineFragmentNode):
            yield from _fields(kept.selection_set, above)


SHOWN = sorted(path for path in OURS.glob("*.graphql") if path.stem.startswith(("page-", "paper-")))


FULL = {"value", "numerator", "denominator", "standing", "direction", "baseline"}
"""What of a KPI tells its figures, or narrows them down."""
PUBLIC_TYPES = {"public", "PublicFigure", "PublicTarget"}
"""Under these is what the public may read."""
SHOWN_SO = {("nodes", "standing")}
"""Called alike and of no KPI: whether an entry still stands."""


@pytest.mark.parametrize("path", SHOWN, ids=lambda path: path.stem)
def test_no_page_and_no_paper_asks_for_figures_in_full(path: Path) -> None:
    """One document that asks for the full figures is one that gives all the hidden ones away."""
    fields = [
        found
        for part in parse(path.read_text(encoding="utf-8")).definitions
        if isinstance(part, OperationDefinitionNode | FragmentDefinitionNode)
        for found in _fields(part.selection_set, _above(part))
    ]
    for above, field in fields:
        if field.name.value in FULL:
            assert (above, field.name.value) in SHOWN_SO or above in PUBLIC_TYPES, (
                f"{field.name.value} of {above}"
            )
    if any(field.name.value in {"before", "after"} for _, field in fields):
        for above, field in fields:
            if above == "" and field.name.value in {"changes", "restatements", "history"}:
                stated = {one.name.value: print_ast(one.value) for one in field.arguments or ()}
                assert stated.get("figures") == "PUBLIC", field.name.value


def _above(part: OperationDefinitionNode | FragmentDefinitionNode) -> str:
    """Give the name of the type that a fragment is of; nothing for an operation."""
    return part.type_condition.name.value if isinstance(part, FragmentDefinitionNode) else ""
