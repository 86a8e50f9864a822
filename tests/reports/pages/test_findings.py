"""Findings: the counts are those of GraphQL and of the command line, and each is shown whole."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from planledger.reports.pages.found import FINDINGS, GROUPS
from planledger.storage.sqlite import SqliteStore
from tests.support.ledgers import SettableClock
from tests.support.program import invoke
from tests.support.reading_room import Read, Room, reading, rows, said

OVERVIEW = "/plans/northbridge/findings"
POINTS = [{}, {"known": "board-2024-q3"}, {"known": "@400", "on": "2024-06-01"}]
BY_COMMAND = {
    "tbc-ages": "tbc_ages",
    "moved": "date_moves",
    "slipped": "slipped",
    "reopened": "reopened",
    "stalled": "stalled",
    "challenges": "challenges",
    "late-entries": "late_entries",
    "amendments": "amendments",
    "conflicts": "conflicts",
    "due": "due",
}
"""Findings that `planledger findings --json` lists under these names, and lists alike."""
OPEN_BY_COMMAND = {
    "placeholders": "placeholders",
    "undefined": "milestones",
    "without-date": "without_date",
    "to-be-confirmed": "to_be_confirmed",
    "vacant-actions": "vacant_actions",
    "vacant-milestones": "vacant_milestones",
}


def _counts(page: Read) -> dict[str, int]:
    """Give the counts at the head of the overview, by the name of the finding."""
    links = page.all("//nav[@class='contents']//a[starts-with(@href, '#')]")
    counts = {link.get("href")[1:]: said(link.xpath("./span")[0]) for link in links}
    return {name: int(text) for name, text in counts.items() if name in FINDINGS}


def _asked(room: Room, name: str, query: dict[str, str]) -> int:
    """Ask GraphQL for a count, in a way of its own."""
    finding = FINDINGS[name]
    around, _, field = finding.field.rpartition(".")
    wanted = {"claims": "withoutEvidence: true"}.get(field, "")
    if finding.filter:
        wanted = ", ".join(f"{key}: true" for key in finding.filter)
    given = f", filter: {{ {wanted} }}" if wanted else ""
    inner = f"{field}(first: 1{given}) {{ totalCount }}"
    point = {"known": None, **query}["known"]
    known = (
        f'knownAt: {{ position: "{point[1:]}" }}' if point and point.startswith("@")
        else f'knownAt: {{ review: "northbridge/{point}" }}' if point else ""
    )  # fmt: skip
    on = f'effectiveOn: "{query["on"]}"' if "on" in query else ""
    at = f"({known} {on})" if known or on else ""
    inner = f"{around} {{ {inner} }}" if around else inner
    found = room.ask(f'{{ ledger{at} {{ findings(plan: "northbridge") {{ {inner} }} }} }}')
    answer = found["ledger"]["findings"]
    return int((answer[around] if around else answer)[field]["totalCount"])


@pytest.mark.parametrize("query", POINTS, ids=["now", "review", "position"])
def test_the_counts_at_the_head_are_those_of_graphql(room: Room, query: dict[str, str]) -> None:
    """A director who is told "21 overdue" must find 21, whoever counts."""
    address = f"{OVERVIEW}?{'&'.join(f'{key}={value}' for key, value in query.items())}"
    counts = _counts(room.get(address))
    assert counts.keys() == FINDINGS.keys()
    assert counts == {name: _asked(room, name, query) for name in FINDINGS}


def test_the_counts_are_those_of_the_command_line(room: Room, northbridge_file: Path) -> None:
    """Two ways to ask one ledger must not give two answers."""
    url = f"sqlite:///{northbridge_file}"
    arguments = ("findings", "northbridge", "--at", "board-2024-q3", "--json", "--ledger", url)
    run = invoke(*arguments, folder=northbridge_file.parent)
    found = json.loads(run.stdout)["findings"]
    counts = _counts(room.get(OVERVIEW, known="board-2024-q3"))
    for name, key in BY_COMMAND.items():
        assert counts[name] == len(found[key]), name
    for name, key in OPEN_BY_COMMAND.items():
        assert counts[name] == len(found["undefined"][key]), name
    assert counts["overdue"] == sum(one["days_overdue"] > 0 for one in found["due"])
    assert counts["without-evidence"] == sum(one["without_evidence"] for one in found["claims"])
    assert counts["moved-after-passing"] == sum(m["after_it_passed"] for m in found["date_moves"])
    assert counts["moved-before-review"] == sum(
        bool(m["before_reviews"]) for m in found["date_moves"]
    )


def test_every_finding_has_a_section_that_says_what_it_means(room: Room) -> None:
    """A number without what it counts, and how, is no finding."""
    page = room.get(OVERVIEW)
    assert "None of it is a council's judgement" in page.text
    counts = _counts(page)
    for group in GROUPS:
        for finding in group.findings:
            heading = page.one(f"//h3[@id='{finding.name}']")
            assert said(heading) == f"{finding.title}: {counts[finding.name]}"
            assert said(heading.getnext()) == finding.says


def test_the_overview_shows_the_first_twenty_and_leads_to_all(room: Room) -> None:
    """An overview that lists a hundred things hides the ten that matter."""
    page = room.get(OVERVIEW)
    count = _counts(page)["overdue"]
    assert count > 10
    (table,) = page.all("//h3[@id='overdue']/following-sibling::div[1]//table")
    assert len(rows(table)) == 1 + 10
    whole = room.get(page.links[f"All {count}: overdue"])
    assert whole.heading == f"Overdue: {count}"
    (table,) = whole.all("//table")
    assert len(rows(table)) == 1 + count


@pytest.mark.parametrize("name", FINDINGS)
def test_each_finding_is_shown_whole_on_its_own_page(room: Room, name: str) -> None:
    """What the overview cuts off must be somewhere; its page counts as many and lists them."""
    count = _counts(room.get(OVERVIEW, known="board-2025-q3"))[name]
    page = room.get(f"{OVERVIEW}/{name}", known="board-2025-q3")
    assert page.heading == f"{FINDINGS[name].title}: {count}"
    assert FINDINGS[name].says in page.text
    listed = [row for table in page.all("//table") for row in rows(table)[1:]]
    assert len(listed) == min(count, 50)
    assert all(len(row) == len(FINDINGS[name].columns) for row in listed)
    if not count:
        assert "None at this point." in page.text


def test_what_falls_due_by_a_day_can_be_asked_for(room: Room) -> None:
    """ "What is due before our next meeting?" asks for a day."""
    soon = _counts(room.get(OVERVIEW, known="board-2024-q1"))["due"]
    later = room.get(OVERVIEW, known="board-2024-q1", until="2025-03-31")
    assert _counts(later)["due"] > soon
    (form,) = later.all("//form[@action='#due']")
    assert {i.get("name"): i.get("value") for i in form.xpath(".//input")} == {
        "known": "board-2024-q1",
        "until": "2025-03-31",
    }
    count = _counts(later)["due"]
    whole = room.get(later.links[f"All {count}: overdue or falling due"])
    assert whole.heading == f"Overdue or falling due: {count}"


def test_completeness_states_what_it_is_out_of(room: Room) -> None:
    """80% of what? A percentage that does not say is not to be printed."""
    page = room.get(OVERVIEW)
    (table,) = page.all("//h3[@id='completeness']/following-sibling::div[1]//table")
    _, actions, stated, slots = rows(table)
    for row, noun in ((actions, "actions"), (stated, "stated milestones"), (slots, "milestone")):
        assert all(" of " in cell and noun in cell and "%" in cell for cell in row[1:]), row


@pytest.fixture
def long(tmp_path: Path) -> Iterator[Room]:
    """Give a plan with 60 actions that nobody leads, and a milestone moved 120 times."""
    clock = SettableClock()
    with reading(SqliteStore(tmp_path / "plans.db", clock, create=True), clock) as room:

        def do(mutation: str, **given: object) -> None:
            room.done(mutation, plan="alpha", **given)

        do("planDraft", title="<script>alert(1)</script>")
        do("areaAdd", number="1", title="Leadership")
        for number in range(1, 61):
            do("actionAdd", area="1", ref=f"1.{number}", text=f"<b>Lead</b> {number}")
        do("milestonePropose", action="1.1", text="=1+1 \u202eabc")
        do("targetDateSet", milestone="1.1/1", date="2026-02")
        for month in range(120):
            dates = [f"{2026 + (m // 12)}-{m % 12 + 1:02}" for m in (month + 1, month + 2)]
            do(
                "targetDateMove", milestone="1.1/1", fromDate=dates[0], toDate=dates[1],
                reason="Late", reasonCode="RESOURCES",
            )  # fmt: skip
        yield room


def test_a_finding_longer_than_a_page_is_turned_over(long: Room) -> None:
    """Fifty to a page, none twice and none lost; the counts are of all of them."""
    page = long.get("/plans/alpha/findings/vacant-actions")
    seen: list[str] = []
    for _ in range(3):
        assert page.heading == "Actions that nobody leads: 60"
        seen += [row[0].split()[0] for row in rows(page.one("//table"))[1:]]
        if "Next page" not in page.links:
            break
        page = long.get(f"/plans/alpha/findings/vacant-actions{page.links['Next page']}")
    assert seen == [f"1.{number}" for number in range(1, 61)]
    assert "Back to the first of them" in page.links


def test_moves_are_counted_beyond_a_page_of_the_answer(long: Room) -> None:
    """Those after the hundredth count, too, and each is told apart by what is to be looked at."""
    page = long.get("/plans/alpha/findings")
    counts = _counts(page)
    assert counts["moved"] == counts["moved-without-authority"] == 120
    assert "<script>alert" not in page.html
    assert "<b>Lead" not in page.html
    assert "style=" not in page.html


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/plans/nowhere/findings", 404, "There is no plan 'nowhere'"),
        ("/plans/nowhere/findings/overdue", 404, "There is no plan 'nowhere'"),
        ("/plans/northbridge/findings/nothing", 404, "There is no finding 'nothing'"),
        ("/plans/northbridge/findings?until=soon", 400, "'soon' is not a day"),
        ("/plans/northbridge/findings?until=2999-01-01", 400, "20 years at the most"),
        ("/plans/northbridge/findings/overdue?after=x", 400, "no cursor here"),
    ],
)
def test_what_cannot_be_shown_is_said(room: Room, address: str, status: int, says: str) -> None:
    """Nothing found would look like good news where somebody mistyped."""
    assert says in room.get(address, status=status).text


def test_an_empty_plan_has_no_findings_and_says_so(tmp_path: Path) -> None:
    """A plan that was only drafted has nothing to find, and no table without rows."""
    clock = SettableClock()
    with reading(SqliteStore(tmp_path / "plans.db", clock, create=True), clock) as room:
        room.done("planDraft", plan="alpha", title="A plan")
        clock.now += timedelta(days=1)
        page = room.get("/plans/alpha/findings")
        assert set(_counts(page).values()) == {0}
        assert all(len(rows(table)) > 1 for table in page.all("//table"))
        assert page.text.count("None at this point.") == len(FINDINGS)


def test_what_is_overdue_is_listed_once_and_counted_twice(room: Room) -> None:
    """The list of what falls due begins with what is overdue, which stands right above it."""
    page = room.get(OVERVIEW, known="board-2024-q2", until="2024-09-30")
    counts = _counts(page)
    (overdue,) = page.all("//h3[@id='overdue']/following-sibling::div[1]//table")
    (due,) = page.all("//form[@action='#due']/following-sibling::div[1]//table")
    assert counts["due"] > counts["overdue"] > 0
    assert len(rows(due)) - 1 == min(10, counts["due"] - counts["overdue"])
    first, second = ({(row[0], row[1]) for row in rows(table)[1:]} for table in (overdue, due))
    assert not first & second
    assert said(due.xpath("./caption")[0]).endswith(f"not overdue yet, of {counts['due']}")


def test_one_finding_can_be_shown_of_the_overview(room: Room) -> None:
    """A link in a paper leads to what the paper says, and from there to all the others."""
    page = room.get(OVERVIEW, only="slipped")
    assert [heading.get("id") for heading in page.all("//main//h3")] == ["slipped"]
    assert _counts(room.get(OVERVIEW + page.links["All findings"])).keys() == FINDINGS.keys()
    assert _counts(room.get(OVERVIEW, only="nothing")).keys() == FINDINGS.keys()
