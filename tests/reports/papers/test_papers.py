"""What papers say is what GraphQL answers: the same numbers, no more and no less."""

from typing import Any

import pytest

from planledger.reports.papers import REPORTS
from tests.support.papers import ON, Press, cells, pairs, table_in, tables

Q2, Q3 = "board-2024-q2", "board-2024-q3"


def test_the_change_report_counts_what_graphql_counts(press: Press) -> None:
    """A panel is told one number, and whoever checks it must find the same."""
    paper = press.paper("changes", from_=Q2, to=Q3)
    found = press.asker.ask(
        """{ changes(plan: "northbridge", first: 100, figures: PUBLIC,
             from: {review: "northbridge/board-2024-q2"}, to: {review: "northbridge/board-2024-q3"})
           { totals { changes corrections counts { what count } } nodes { ref } } }"""
    )["changes"]
    totals = found["totals"]
    assert len(paper.sheet.rows) == totals["changes"] + totals["corrections"] == 100
    assert [ref for (ref,) in cells(paper.sheet, "ref")] == [one["ref"] for one in found["nodes"]]
    counts = {one["what"]: one["count"] for one in totals["counts"]}
    assert len(table_in(paper, "later").rows) == counts["SLIPPED"] == 6
    assert len(table_in(paper, "first_set").rows) == counts["DATE_SET"] == 1
    said = " ".join(paper.sections[0].sentences)
    assert "100 changes and, apart from them, 0 corrections" in said
    assert "6 target dates moved later, by 3 months to 16 months, and 0 earlier" in said


def test_every_change_stands_once_under_its_area_or_the_whole_plan(press: Press) -> None:
    """What falls between the areas would be hidden from whoever reads area by area."""
    paper = press.paper("changes", from_=Q3, to="board-2024-q4")
    by_area = paper.sections[-1]
    told = [row for part in by_area.sections for table in part.tables for row in table.rows]
    corrected = table_in(paper, "corrections").rows
    assert corrected
    assert len(told) + len(corrected) == len(paper.sheet.rows)
    assert cells(paper.sheet, "is_correction").count(("yes",)) == len(corrected)


def test_a_slip_says_by_how_much_why_and_by_whose_authority(press: Press) -> None:
    """That is what the panel asks, of each date."""
    paper = press.paper("changes", from_=Q2, to=Q3)
    (mentors,) = [row for row in table_in(paper, "slipped_most").rows if row[0] == "6.3/2"]
    assert mentors[2:5] == ("September 2024", "January 2026", "16 months later")
    assert mentors[5] == (
        "Mentors are recruited with the colleges' new year. "
        "Improvement Board, 17 September 2024, minute 14. "
        "Alex Marsh, programme office, 17 September 2024, recorded 18 September 2024, entry 730."
    )


@pytest.mark.parametrize("at", [Q2, Q3, "@1304"])
def test_the_plan_and_the_register_hold_every_item_of_the_plan(press: Press, at: str) -> None:
    """An item that is missing from a paper was taken out of the plan, for whoever reads it."""
    plan = press.paper("plan", at=at, on=ON)
    point = plan.answered.variables["knownAt"]
    asked = press.asker.ask(
        """query ($at: LedgerPoint!, $on: Date!) { ledger(knownAt: $at, effectiveOn: $on) {
             plan(ref: "northbridge") { milestones { ref targetDate { label } }
               areas { ref objectives { ref } outcomes { ref children { ref } } measures { ref }
                       actions { ref } } } } }""",
        at=point,
        on=ON,
    )["ledger"]["plan"]
    assert sorted(ref for (ref,) in cells(plan.sheet, "ref") if isinstance(ref, str)) == sorted(
        _refs(asked)
    )
    register = press.paper("milestones", at=at, on=ON)
    assert cells(register.sheet, "ref", "date_as_read") == [
        (one["ref"], one["targetDate"]["label"]) for one in asked["milestones"]
    ]


def test_the_plan_says_what_the_document_says_of_itself_and_who_is_to_be_confirmed(
    press: Press,
) -> None:
    """Who reads the paper and not the document must miss nothing of it."""
    paper = press.paper("plan", at="@1304", on="2024-01-08")
    (introduction,) = [
        part for part in paper.sections if part.heading == "The document's introduction"
    ]
    asked = press.asked(paper)["ledger"]["plan"]
    assert list(introduction.sentences) == asked["introduction"]
    assert any("The Improvement Board oversees delivery" in one for one in asked["introduction"])
    for kind in ("plan", "milestones"):
        sheet = press.paper(kind, at="@1304", on="2024-01-08").sheet
        leads = [lead for ref, lead in cells(sheet, "ref", "leads") if ref == "1.5/1"]
        assert leads == ["To be confirmed"]


def _refs(plan: Any) -> list[str]:  # noqa: ANN401 - as GraphQL answers it
    found = [milestone["ref"] for milestone in plan["milestones"]]
    for area in plan["areas"]:
        parts = ("objectives", "outcomes", "measures", "actions")
        items = [item for part in parts for item in area[part]]
        children = [child for item in items for child in item.get("children", ())]
        found += [item["ref"] for item in (area, *items, *children)]
    return found


def test_a_review_stands_as_reported_beside_as_now_known(press: Press) -> None:
    """What was restated since is the difference, and is told with its reason."""
    paper = press.paper("review", review=Q3)
    data = press.asked(paper)
    asked = [data[name]["plan"]["totals"] for name in ("reported", "known")]
    shown = {str(row[0]): row[1:] for row in paper.sheet.rows}
    assert shown["Milestones signed off"] == tuple(one["signedOff"] for one in asked)
    assert shown["Milestones overdue (calculated)"] == tuple(one["overdue"] for one in asked)
    totals = data["changes"]["totals"]
    assert totals["corrections"] > 0
    assert len(table_in(paper, "corrections").rows) == totals["corrections"]
    assert len(table_in(paper, "late").rows) == totals["changes"]
    reasons = " ".join(str(row[-1]) for row in table_in(paper, "corrections").rows)
    assert "Keyed in as January 2026; the minute says January 2025." in reasons
    kpis = cells(table_in(paper, "kpis"), "name", "reported", "known")
    assert any(before != after for _, before, after in kpis)


def test_a_review_shows_its_ratings_with_the_key_they_were_given_under(press: Press) -> None:
    """Amber meant something else under the first version of the key."""
    for review, meaning in (
        (Q2, "Complete and awaiting sign-off, or behind"),
        (Q3, "Behind, with a plan to recover"),
    ):
        paper = press.paper("review", review=review)
        given = pairs(table_in(paper, "ratings"), "rating", "meaning")
        assert given["Amber"] == meaning
        assert meaning in [row[-1] for row in table_in(paper, "rating_keys").rows]


def test_findings_are_counted_as_graphql_counts_them(press: Press) -> None:
    """The first page of a list is not the list."""
    paper = press.paper("findings", on=ON)
    found = press.asked(paper)["ledger"]["findings"]
    counted = pairs(table_in(paper, "found"), "name", "value")
    assert (
        counted["Overdue"] == found["overdue"]["totalCount"] == len(table_in(paper, "overdue").rows)
    )
    assert counted["Dates moved after they had passed"] == found["dateMoves"]["totalCount"]
    assert counted["Reported complete without evidence"] == found["claims"]["totalCount"]
    assert sum(int(count) for count in counted.values() if isinstance(count, int)) == len(
        paper.sheet.rows
    )


def test_every_finding_says_how_it_is_calculated(press: Press) -> None:
    """A number that nobody can follow is taken for a judgement."""
    paper = press.paper("findings", on=ON)
    parts = [part for section in paper.sections[1:4] for part in section.sections]
    assert len(parts) == len(table_in(paper, "found").rows)
    assert all(part.sentences[0].endswith(".") for part in parts)


def test_the_rows_of_every_table_fit_its_columns(press: Press) -> None:
    """A row that is too short shows its values under the wrong headings."""
    papers = [*press.all(), press.paper("review", review=Q3)]
    assert {paper.kind for paper in papers} == set(REPORTS)
    for paper in papers:
        for table in tables(paper):
            keys = [column.key for column in table.columns]
            assert len(set(keys)) == len(keys)
            assert {len(row) for row in table.rows} <= {len(keys)}, (paper.kind, table.key)


def test_no_two_tables_of_a_paper_have_one_key(press: Press) -> None:
    """The second one would be lost in the formats that know tables by their keys."""
    for paper in (*press.all(), press.paper("review", review=Q3)):
        own = [id(table) for table in tables(paper)]
        known = {table.key for table in tables(paper)}
        assert len(known) == len(set(own)), paper.kind
