"""KPI pages: the public figures, how they went, every vintage, and as a panel saw them."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.kept_kpis import PLAN, QUARTERS, Kept, keeping
from tests.support.reading_room import Read, Room, rows, said

KPIS = """query($plan: PlanRef!) { ledger { plan(ref: $plan) { kpis { ref
  definition { name unit } series { period { label } standing direction
  public { value symbol secondary } } readings { period { label } vintages { position
  public { symbol } } } } } } }"""


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    """Give an empty plan to write KPIs in."""
    with keeping(tmp_path / "plans.db") as kept:
        yield kept


def _table(page: Read, caption: str) -> list[list[str]]:
    (table,) = [one for one in page.all("//table") if caption in said(one.xpath("./caption")[0])]
    return rows(table)


def _by_period(page: Read) -> dict[str, list[str]]:
    _, *body = _table(page, "the figure of every period")
    return {re.sub(r" 1 \w+ \d+ to .*", "", row[0]): row for row in body}


def test_the_list_has_every_kpi_with_its_latest_public_figure(room: Room) -> None:
    """A director asks for all of them at once, and for the figures the public may read."""
    page = room.get("/plans/northbridge/kpis")
    body = {row[0]: row[1:] for row in _table(page, "each with its latest figure")[1:]}
    kpis = room.ask(KPIS, plan="northbridge")["ledger"]["plan"]["kpis"]
    assert len(body) == len(kpis)
    assert body["Re-referrals within twelve months Lower is better"][:4] == [
        *("22.3% provisional", "Q3 2025-26", "20%", "Target not met")
    ]
    moved = body["Care leavers who moved into emergency accommodation Lower is better"]
    assert moved[:5] == ["c provisional", "Q3 2025-26", "2 care leavers", "not shown", "–"]
    assert page.links["Re-referrals within twelve months"] == "/plans/northbridge/kpis/re-referrals"


def test_a_kpi_shows_every_period_with_its_target_and_says_which_way_is_better(room: Room) -> None:
    """What the panel reads off the chart stands in the table beside it."""
    page = room.get("/plans/northbridge/kpis/re-referrals")
    assert page.heading == "Re-referrals within twelve months"
    assert "Lower is better." in page.text
    row = _by_period(page)["Q3 2024-25"]
    assert row == [
        *("Q3 2024-25", "31.2%", "141 of 452", "Final", "22%", "2 points", "28%"),
        *("Worse than the floor", "worse", "1"),
    ]
    charts = page.all("//*[local-name()='svg'][@role='img']")
    assert len(charts) == 2
    for chart in charts:
        (title,) = chart.xpath("./*[local-name()='title']")
        assert chart.get("aria-labelledby") == title.get("id")
        assert "27.5% in Q4 2023-24, 22.3% in Q3 2025-26" in said(title)


def test_as_the_panel_saw_it_and_what_was_revised_since(room: Room) -> None:
    """ "Which figure did the review see, and has it been revised since?" is asked of every KPI."""
    page = room.get("/plans/northbridge/kpis/re-referrals", known="board-2024-q4")
    assert "As reported to Improvement Board, Q4 2024" in page.text
    assert _by_period(page)["Q3 2024-25"][1:4] == ["26.8%", "118 of 440", "Provisional"]
    (_, row) = _table(page, "published again since")
    assert row[:4] == ["Q3 2024-25", "26.8% provisional", "31.2% final", "Revision"]
    assert "Mina Torres" in row[4]
    assert "Q4 2024-25, Q1 2025-26" in page.text
    assert "31.2%" not in " ".join(map(" ".join, _table(page, "every period, the oldest first")))
    (chosen,) = page.all("//select[@name='known']/option[@selected]")
    assert chosen.get("value") == "board-2024-q4"
    # All reviews can be chosen from there, later ones too.
    assert len(page.all("//select[@name='known']/option")) == 17


def test_every_vintage_is_shown_with_when_and_why(room: Room) -> None:
    """A figure that was published once stays in the record, with who replaced it."""
    page = room.get("/plans/northbridge/kpis/re-referrals")
    table = _table(page, "Every figure published for every period")
    third = [row for row in table if any("872" in cell or "966" in cell for cell in row)]
    assert third[0][:4] == ["Q3 2024-25", "26.8%", "Provisional", "–"]
    assert third[1][:2] == ["31.2%", "Final"]
    assert third[1][2].startswith("Revision")
    assert "recorded" not in third[1][5]
    assert third[1][5].endswith("entry 966")


def test_no_hidden_figure_of_the_plan_is_on_any_kpi_page(room: Room) -> None:
    """A figure that points to a child must not be read off a cell, a title or a chart."""
    kpis = room.ask(KPIS, plan="northbridge")["ledger"]["plan"]["kpis"]
    hidden = [(kpi, point) for kpi in kpis for point in kpi["series"] if point["public"]["symbol"]]
    assert len(hidden) >= 5
    for kpi in {kpi["ref"]: kpi for kpi, _ in hidden}.values():
        page = room.get(f"/plans/northbridge/kpis/{kpi['ref']}")
        table = _by_period(page)
        labels = [p["period"]["label"] for k, p in hidden if k is kpi]
        for label in labels:
            row = table[label]
            assert re.fullmatch("c( because of others)?", row[1]), row
            assert (row[2], row[7], row[8]) == ("hidden", "not shown", "–")
        published = _table(page, "Every figure published for every period")
        marked = sum(row[0].startswith("c") or row[1].startswith("c") for row in published)
        symbols = [v["public"]["symbol"] for r in kpi["readings"] for v in r["vintages"]]
        assert marked == symbols.count("c") > 0
        assert "stands for “confidential”" in page.text


def test_a_changed_definition_is_marked_in_the_chart_and_the_table_and_told(kept: Kept) -> None:
    """Figures before and after do not compare; whoever compares them must see why not."""
    kept.define()
    kept.read(QUARTERS[0], "20")
    kept.define(formula="Moves and returns", unit="moves", reason="Returns were left out")
    kept.read(QUARTERS[1], "30")
    page = kept.page()
    first, second = _by_period(page)["Q1 2024-25"], _by_period(page)["Q2 2024-25"]
    assert (first[1], first[-1]) == ("20 children", "1")
    assert (second[1], second[-1]) == ("30 moves", "2 changed here")
    assert second[8] == "not comparable: other definition"
    assert len(page.all("//*[local-name()='svg'][@role='img']/*[@class='break']")) == 2
    assert page.html.count(">Definition 2</text>") == 2
    told = page.one("//ol[@class='versions']")
    assert said(told).startswith("Definition 2")
    assert "Moves in the period became Moves and returns" in said(told)
    assert "children became moves" in said(told)
    assert "Register became" not in said(told)


def test_a_period_without_a_figure_is_a_gap_and_a_row(kept: Kept) -> None:
    """That nobody counted is a finding, too; a line drawn across would hide it."""
    kept.define()
    kept.read(QUARTERS[0], "20")
    kept.read(QUARTERS[2], "30")
    page = kept.page()
    assert ["1 July 2024 to 30 September 2024", "No figure was recorded."] in _table(
        page, "the figure of every period"
    )
    line = page.all("//*[@class='chart broad']/*[@class='line']")[0].get("d")
    assert line.count("M") == 2
    assert "L" not in line


@pytest.mark.parametrize("polarity", ["HIGH", "LOW", "TARGET"])
def test_which_way_is_better_is_said_in_words(kept: Kept, polarity: str) -> None:
    """A line that goes up is good news for one KPI and bad for the next."""
    kept.define(polarity=polarity)
    words = {
        "HIGH": "Higher is better",
        "LOW": "Lower is better",
        "TARGET": "The closer to the target, the better",
    }
    assert f"{words[polarity]}." in kept.page().text


def test_a_kpi_without_figures_says_so_and_shows_its_targets(kept: Kept) -> None:
    """The first report is due in a quarter; the page must not look broken until then."""
    kept.define()
    assert "No figure has been recorded" in kept.page().text
    kept.target(QUARTERS[0], "4")
    page = kept.page()
    assert "though targets are set" in page.text
    assert page.all("//*[local-name()='svg'][@role='img']") == []
    assert "No figure has been recorded by this point." in kept.room.get(f"/plans/{PLAN}/kpis").text


def test_where_all_figures_are_hidden_nothing_is_drawn(kept: Kept) -> None:
    """A frame with a scale would tell of what size they are."""
    kept.define()
    kept.read(QUARTERS[0], "3")
    page = kept.page()
    assert page.all("//*[local-name()='svg'][@role='img']") == []
    assert "The figure for Q1 2024-25 is hidden" in page.text
    assert "all are hidden" in page.text


def test_texts_that_people_wrote_stay_texts(kept: Kept) -> None:
    """Names of KPIs and periods come from anybody who records."""
    hostile = "<script>alert(1)</script>"
    kept.define(name=f"{hostile} \u202eabc", unit="=1+1", formula="x" * 10_000)
    kept.read((*QUARTERS[0][:2], hostile), "20")
    for page in (kept.page(), kept.room.get(f"/plans/{PLAN}/kpis")):
        assert hostile not in page.html
        assert hostile in page.tree.text_content()
        assert len(page.all("//script")) == 1
        assert "style=" not in page.html


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/plans/nowhere/kpis", "There is no plan 'nowhere'"),
        ("/plans/nowhere/kpis/moves", "There is no plan 'nowhere'"),
        ("/plans/alpha/kpis/nothing", "There is no KPI 'nothing'"),
        ("/plans/alpha/kpis/no:body", "There is no KPI 'no:body'"),
    ],
)
def test_what_is_not_there_is_said(kept: Kept, address: str, says: str) -> None:
    """An address may come from an old paper."""
    assert says in kept.room.get(address, status=404).text


def test_before_it_was_defined_there_is_no_kpi_and_the_page_says_where_to_look(kept: Kept) -> None:
    """At an earlier point it was not there, and now it is."""
    kept.define()
    page = kept.room.get(f"/plans/{PLAN}/kpis/moves", status=404, known="@1")
    assert "at this point" in page.text
    assert "No KPI has been defined" in kept.room.get(f"/plans/{PLAN}/kpis", known="@1").text


def test_a_point_that_is_no_review_is_named_in_the_choice(kept: Kept) -> None:
    """ "Now" must not be shown as chosen where something else is."""
    kept.define()
    kept.reviewed()
    page = kept.page(known="@3")
    (chosen,) = page.all("//select[@name='known']/option[@selected]")
    assert (chosen.get("value"), said(chosen)) == ("@3", "The point looked at: entry 3")


def test_targets_without_figures_stand_among_the_periods(kept: Kept) -> None:
    """A quarter that was aimed at and never counted is missing where it should have been."""
    kept.define()
    for quarter in QUARTERS:
        kept.target(quarter, "10")
    for quarter in (QUARTERS[0], QUARTERS[2]):
        kept.read(quarter, "20")
    labels = [row[0] for row in _table(kept.page(), "the figure of every period")[1:]]
    assert labels == [label for _, _, label in QUARTERS]
    assert _by_period(kept.page())["Q2 2024-25"][1:3] == ["No figure was recorded.", "10 children"]
    # On a day before it ends, a period has no figure yet.
    kept.target(("2030-01-01", "2030-03-31", "Q4 2029-30"), "10")
    assert _by_period(kept.page())["Q4 2029-30"][1] == "No figure yet"
