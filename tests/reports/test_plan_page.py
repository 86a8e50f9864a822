"""The page of a plan: what it says at a point is what GraphQL says, and every point is in reach."""

import re
from itertools import pairwise
from typing import Any

import pytest
from lxml import html  # type: ignore[import-untyped]  # it has none

from planledger.reports import wording
from tests.support.reading_room import Read, Room, rows, said

PLAN = "/plans/northbridge"
Q2, Q2_DAY = "board-2024-q2", "2024-07-14"
ASKED = """query($at: LedgerPoint, $on: Date) { ledger(knownAt: $at, effectiveOn: $on) {
  basis { position effectiveOn }
  plan(ref: "northbridge") {
    title
    totals { areas actions placeholderActions milestones agreedMilestones overdue toBeConfirmed }
    areas { number title actions { ref text leads { name } leadToBeConfirmed withdrawn { on }
      milestones { ref text delivery timeliness dueBy withdrawn { on } slippage { label }
        targetDate { label } } } } } } }"""
POINTS: dict[str, dict[str, Any]] = {
    "": {},
    f"?known={Q2}": {"at": {"review": f"northbridge/{Q2}"}},
    f"?on={Q2_DAY}": {"on": Q2_DAY},
    "?known=@500": {"at": {"position": "500"}},
    "?known=@500&on=2024-12-31": {"at": {"position": "500"}, "on": "2024-12-31"},
    "?known=2024-10-22": {"at": {"endOf": "2024-10-22"}},
    "?known=2025-03-01T12:00:00Z": {"at": {"recordedAt": "2025-03-01T12:00:00Z"}},
}


@pytest.mark.parametrize("query", POINTS, ids=lambda text: text or "now")
def test_the_page_says_what_graphql_says_at_that_point(room: Room, query: str) -> None:
    """Pages are judged by people who cannot ask again; so this does it for them."""
    page = room.get(PLAN + query)
    ledger = room.ask(ASKED, **POINTS[query])["ledger"]
    plan, totals = ledger["plan"], ledger["plan"]["totals"]
    assert page.heading == plan["title"]
    assert f"entry {ledger['basis']['position']}" in said(page.one("//p[@class='basis']"))
    assert wording.day(ledger["basis"]["effectiveOn"]) in said(page.one("//p[@class='basis']"))
    assert f"{totals['areas']} areas and {totals['actions']} actions" in page.text
    assert f"{totals['milestones']} milestones: {totals['agreedMilestones']} agreed" in page.text
    assert f"{totals['overdue']} overdue" in page.text
    shown = _milestones(page)
    for area in plan["areas"]:
        assert f"{area['number']}. {area['title']}" in page.text
        for action in area["actions"]:
            leads = ", ".join(lead["name"] for lead in action["leads"])
            leads = leads or ("To be confirmed" if action["leadToBeConfirmed"] else "Nobody")
            assert f"{action['ref']} {action['text']} Led by {leads}" in page.text
            for milestone in action["milestones"]:
                _holds(milestone, shown[milestone["ref"]])


def _milestones(page: Read) -> dict[str, list[str]]:
    """Give the rows of milestones by ref; a ref that was used again is that of the last."""
    tables = page.all("//section[@class='area']/table")
    cells = [row for table in tables for row in rows(table)[1:]]
    return {row[0].split()[0]: row for row in cells if len(row) == 4}


def _holds(milestone: dict[str, Any], row: list[str]) -> None:
    assert row[1].startswith(milestone["targetDate"]["label"])
    assert row[2] == (wording.day(milestone["dueBy"]) or "–")
    timeliness = wording.sentence(milestone["timeliness"])
    assert row[3].startswith(f"{wording.sentence(milestone['delivery'])} {timeliness}".strip())
    if milestone["slippage"]:
        assert f"{milestone['slippage']['label']} than first set" in row[1]
    assert ("Withdrawn" in row[0]) == bool(milestone["withdrawn"])


def test_a_review_leads_to_its_day_as_now_known_and_back(room: Room) -> None:
    """An auditor asks both of every review, and must not have to type either."""
    reported = room.get(f"{PLAN}?known={Q2}")
    assert reported.links["The same day, 14 July 2024, as now known"] == f"?on={Q2_DAY}"
    assert reported.links["Now"] == "?"
    now_known = room.get(f"{PLAN}?on={Q2_DAY}")
    assert now_known.links["As reported to Improvement Board, Q2 2024"] == f"?known={Q2}"
    current = [said(x) for x in now_known.all("//main//*[@aria-current='page']")]
    assert current == ["The same day, 14 July 2024, as now known"]
    assert "As reported to" not in room.get(PLAN).text


def test_every_closed_review_can_be_picked_also_from_a_past_point(room: Room) -> None:
    """Who looks at the past must find the way forward again."""
    reviews = room.ask('{ ledger { plan(ref: "northbridge") { reviews(closed: true) { ref } } } }')[
        "ledger"
    ]["plan"]["reviews"]
    short = {review["ref"].partition("/")[2] for review in reviews}
    for query in ("", f"?known={Q2}", "?known=@400"):
        options = room.get(PLAN + query).all("//select[@id='known']/option")
        assert short <= {str(option.get("value")) for option in options}
        chosen = [str(x.get("value")) for x in options if x.get("selected") is not None]
        assert chosen == ([query.partition("=")[2]] if query else [])


def test_the_form_works_without_scripts_and_the_last_box_filled_in_counts(room: Room) -> None:
    """Both boxes are sent: what was typed goes before what the list has stood on."""
    form = room.get(f"{PLAN}?known={Q2}").one("//form[@class='pick']")
    assert (form.get("method"), form.get("action")) == ("get", None)
    both = room.get(f"{PLAN}?known={Q2}&known=%40500&on=")
    assert both.text == room.get(f"{PLAN}?known=@500").text
    neither = room.get(f"{PLAN}?known={Q2}&known=&on=")
    assert neither.text == room.get(f"{PLAN}?known={Q2}").text


def test_the_point_goes_along_to_every_item_and_page_that_has_one(room: Room) -> None:
    """Who looks at July and presses on a milestone wants the milestone of July."""
    page = room.get(f"{PLAN}?known={Q2}&on={Q2_DAY}")
    items = [str(x.get("href")) for x in page.all("//section[@class='area']//a")]
    assert items
    assert all(href.endswith(f"?known={Q2}&on={Q2_DAY}") for href in items if "/items/" in href)
    for name in ("KPIs", "Findings", "Queries"):
        assert page.links[name].endswith(f"?known={Q2}&on={Q2_DAY}")
    assert page.links["PDF"].endswith(f"/report.pdf?known={Q2}&on={Q2_DAY}")


def test_the_bar_stands_beside_a_list_that_says_the_same(room: Room) -> None:
    """A drawing is nothing to those who cannot see it."""
    page = room.get(f"{PLAN}?known={Q2}")
    bar = page.one("//figure[@class='timebar']/*[@role='img']")
    assert bar.get("aria-labelledby") == "bar-title bar-desc"
    assert re.search(r"1,304 entries from January 2024 to January 2026, and 16 reviews", said(bar))
    assert len(bar.xpath(".//*[@class='month']")) == 25
    reviews = [float(x.get("x1")) for x in bar.xpath(".//*[@class='review']")]
    assert reviews == sorted(reviews)
    (here,) = bar.xpath(".//*[@class='here']")
    assert float(here.get("x1")) in reviews


def test_what_is_undefined_or_withdrawn_says_so(room: Room) -> None:
    """Nothing is hidden: a placeholder is no action, and what was taken out is still there."""
    page = room.get(PLAN)
    assert re.search(
        r"5\.5 Other actions to be considered Led by [^.]* Still to be defined", page.text
    )
    gone = said(page.one("//th[starts-with(normalize-space(.), '3.3 ')]"))
    assert gone.endswith("Withdrawn on 20 May 2025, replaced by 3.6")


def test_no_page_holds_a_style_or_script_of_its_own(room: Room) -> None:
    """Browsers are told to carry out none, so it would be lost in silence."""
    for address in ("/", PLAN, f"{PLAN}/items/1.4", f"{PLAN}/items/2.3/2", "/documents/page-plan"):
        page = room.get(address)
        assert not page.all("//*[@style] | //style | //script[not(@src)]")
        assert not [x for x in page.tree.iter() if any(a.startswith("on") for a in x.attrib)]
        assert len(page.all("//h1")) == 1
        levels = [int(x.tag[1]) for x in page.all("//main//*[self::h1|self::h2|self::h3|self::h4]")]
        assert all(after <= before + 1 for before, after in pairwise(levels))
        ids = [str(x) for x in page.tree.xpath("//@id")]
        assert len(ids) == len(set(ids))
        assert isinstance(page.tree, html.HtmlElement)
