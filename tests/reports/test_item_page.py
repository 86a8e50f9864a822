"""The page of an item: everything that is said about it, and what can be recorded of it."""

import pytest

from tests.support.reading_room import Read, Room, rows, said

ITEMS = "/plans/northbridge/items"


@pytest.fixture(name="late", scope="module")
def _late(room: Room) -> Read:
    """Give the page of a milestone whose date slipped, and that was claimed complete twice."""
    return room.get(f"{ITEMS}/2.3/2")


def test_a_milestone_says_how_its_date_moved_and_what_was_calculated(late: Read) -> None:
    """What is calculated must never be taken for what the council said."""
    facts = late.facts()
    assert late.heading == "Milestone 2.3/2 New framework in use in every team"
    assert facts["Target date"] == "March 2025"
    assert facts["First set as"].endswith("; now 10 months later")
    assert facts["Due by, calculated"] == "31 March 2025"
    assert facts["Timeliness, calculated"].startswith("Overdue on ")
    assert facts["Delivery"] == "In progress"
    assert facts["Led by"] == "Delia Frost (as its action)"
    assert facts["Cannot be done before"] == "2.3/1"


def test_claims_show_what_became_of_them(room: Room, late: Read) -> None:
    """A claim that was taken back stays on the page, with who took it back and why."""
    claims = said(late.part("Reports that it is complete"))
    assert "No longer stands" in claims
    asked = room.ask(
        """{ ledger { plan(ref: "northbridge") { milestone(ref: "2.3/2") {
          completions { refused { missing } reopened { trigger } } ratings { rationale } } } } }"""
    )["ledger"]["plan"]["milestone"]
    assert claims.count("Reported on") == len(asked["completions"])
    for claim in asked["completions"]:
        if claim["refused"]:
            assert claim["refused"]["missing"] in claims
    assert len(rows(late.part("Ratings by review").xpath(".//table")[0])) == 1 + len(
        asked["ratings"]
    )


def test_an_item_leads_up_to_what_it_is_in_and_on_to_its_history(late: Read) -> None:
    """Whoever comes from a search must see where they are."""
    crumbs = [said(x) for x in late.all("//nav[@aria-label='Breadcrumbs']//li")]
    assert crumbs == ["Plans", "northbridge", "Area 2", "Action 2.3", "Milestone 2.3/2"]
    assert late.links["Action 2.3"] == f"{ITEMS}/2.3"
    history = late.links["Its history: who, when, why and by whose authority"]
    assert history == "/plans/northbridge/history/2.3/2"


def test_a_past_page_of_an_item_says_what_was_known_then(room: Room) -> None:
    """The date that the first review saw is not the date of today."""
    then = room.get(f"{ITEMS}/2.3/2?known=board-2024-q1")
    now = room.get(f"{ITEMS}/2.3/2")
    assert then.facts()["Target date"] != now.facts()["Target date"]
    assert then.links["As it is now"] == f"{ITEMS}/2.3/2"
    assert then.links["Action 2.3"] == f"{ITEMS}/2.3?known=board-2024-q1"
    assert not then.all("//nav[@class='acts']"), "The past takes no change."


@pytest.mark.parametrize(
    ("ref", "acts"),
    [
        ("2.3/2", {"move-date", "progress", "complete", "lead", "evidence", "raise-query"}),
        ("1.1/1", {"move-date", "reopen", "lead", "evidence", "raise-query"}),
        ("5.1/4", {"move-date", "sign-off", "refuse-sign-off", "lead", "evidence", "raise-query"}),
        ("1.5/1", {"set-date", "lead", "evidence", "raise-query"}),
        ("1.4", {"lead", "evidence", "raise-query"}),
        ("3.3", set[str]()),
        ("3", {"raise-query"}),
    ],
)
def test_only_what_fits_an_item_as_it_stands_can_be_recorded(
    room: Room, ref: str, acts: set[str]
) -> None:
    """A button that leads to a refusal is a trap."""
    page = room.get(f"{ITEMS}/{ref}")
    links = [str(x.get("href")) for x in page.all("//nav[@class='acts']//a")]
    assert {link.partition("?")[0].rpartition("/")[2] for link in links} == acts
    assert all(ref.replace("/", "%2F") in link or ref in link for link in links)


def test_an_area_shows_what_it_is_for_and_the_kpis_that_serve_it(room: Room) -> None:
    """Impact is looked for here: objectives, outcomes, measures, and their figures."""
    page = room.get(f"{ITEMS}/3")
    assert page.heading == "Area 3 Make the front door safe and swift"
    assert "a shared guide to thresholds" in said(page.part("Outcomes"))
    measures = page.part("Measures")
    assert "/plans/northbridge/kpis/re-referrals" in measures.xpath(".//a/@href")
    assert "3.3 Bring health into the front door" in said(page.part("Actions"))


def test_a_statement_names_the_kpis_that_serve_it_or_says_that_none_does(room: Room) -> None:
    """A measure that nothing measures is what an inspector looks for."""
    served = room.get(f"{ITEMS}/3/measure/1")
    (kpi,) = served.part("KPIs that serve it").xpath(".//a/@href")
    assert kpi == "/plans/northbridge/kpis/re-referrals"
    assert "No KPI serves this outcome yet." in room.get(f"{ITEMS}/1/outcome/1").text


def test_a_placeholder_names_what_replaced_it(room: Room) -> None:
    """What was promised without being defined must lead to what was done about it."""
    facts = room.get(f"{ITEMS}/1.5").facts()
    assert facts["Defined"] == "Still to be defined"
    assert facts["Replaced by"] == "1.6, 1.7"


def test_the_source_of_an_item_is_shown_as_it_was_printed(plymouth: Room) -> None:
    """With its line, and with the markup that stood in it, which is text here."""
    page = plymouth.get("/plans/plymouth-2015/items/1.1")
    assert "<ul style=" in said(page.one("//blockquote"))
    assert "&lt;ul style=" in page.html
    assert "As printed there" in page.text


def test_several_milestones_that_share_one_printed_date_say_so(plymouth: Room) -> None:
    """Whether the date was meant for both is a question for a person, and so it is a query too."""
    page = plymouth.get("/plans/plymouth-2015/items/2.3/1")
    assert "One printed date for this and 2.3/2" in page.facts()["Target date"]
    decided = plymouth.get("/plans/plymouth-2015/items/6.1/1").facts()["Target date"]
    assert decided.startswith("To be confirmed")
    assert "Transformation Board" in decided
