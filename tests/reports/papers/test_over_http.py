"""Papers at their addresses, under the pages that they belong to."""

import csv
import io
import json

import pytest

from planledger.reports.formats import FORMATS
from tests.support.papers import Press
from tests.support.reading_room import Room

UNDER = {
    "plan": ("/plans/northbridge/report", {"known": "board-2024-q3"}),
    "changes": (
        "/plans/northbridge/changes/report",
        {"from": "board-2024-q2", "to": "board-2024-q3"},
    ),
    "review": ("/plans/northbridge/reviews/board-2024-q3/report", {"known": "@1304"}),
    "milestones": ("/plans/northbridge/milestones/report", {"known": "@788", "on": "2024-10-14"}),
    "kpis": ("/plans/northbridge/kpis/report", {"known": "2025-01-31"}),
    "findings": ("/plans/northbridge/findings/report", {"known": "board-2024-q3"}),
}


@pytest.mark.parametrize("kind", UNDER)
def test_each_paper_is_the_one_that_the_command_writes(room: Room, press: Press, kind: str) -> None:
    """Two ways to one paper that differed would be two papers."""
    address, query = UNDER[kind]
    words = {{"known": "at", "from": "from_"}.get(name, name): text for name, text in query.items()}
    if kind == "review":
        words["review"] = "board-2024-q3"
    paper = press.paper(kind, **words)
    for name in ("json", "csv", "md", "html"):
        response = room.client.get(f"{address}.{name}", params=query)
        assert response.status_code == 200
        assert response.content == FORMATS[name].write(paper), name
        assert response.headers["content-type"].startswith(FORMATS[name].media_type)


def test_a_file_has_a_name_that_says_what_it_is(room: Room) -> None:
    """In a folder of downloads, "report(7).csv" says nothing."""
    address, query = UNDER["changes"]
    headers = room.client.get(f"{address}.csv", params=query).headers
    assert headers["content-disposition"] == (
        'attachment; filename="northbridge-changes-board-2024-q2-board-2024-q3.csv"'
    )
    odd = room.client.get('/plans/northbridge/report.md?known=2024-10-14T09:00:00Z&on=2024-01-09"x')
    assert odd.status_code == 400
    assert "content-disposition" not in odd.headers


def test_a_page_to_print_is_shown_and_may_use_its_own_style(room: Room) -> None:
    """And nothing else: the header allows what the page itself says, and no more."""
    address, query = UNDER["kpis"]
    response = room.client.get(f"{address}.html", params=query)
    assert "content-disposition" not in response.headers
    policy = response.headers["content-security-policy"]
    assert policy.endswith("; frame-ancestors 'none'")
    assert policy.removesuffix("; frame-ancestors 'none'") in response.text.replace("&#39;", "'")


def test_a_paper_that_somebody_has_is_not_sent_again(room: Room) -> None:
    """The tag is of the very bytes."""
    address, query = UNDER["milestones"]
    first = room.client.get(f"{address}.csv", params=query)
    tag = first.headers["etag"]
    again = room.client.get(f"{address}.csv", params=query, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)


def test_one_table_is_given_by_its_key(room: Room) -> None:
    """For whoever is after one of them only."""
    address, query = UNDER["kpis"]
    whole = json.loads(room.client.get(f"{address}.json", params=query).content)
    (table,) = [one for one in whole["tables"] if one["key"] == "revisions"]
    text = room.client.get(f"{address}.csv", params={**query, "table": "revisions"}).text
    keys, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert keys == [column["key"] for column in table["columns"]]
    assert len(rows) == len(table["rows"]) > 0


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/plans/nowhere/report.pdf", 404, "There is no plan 'nowhere'"),
        ("/plans/northbridge/report.docx", 404, "There is no paper as 'docx'."),
        ("/plans/northbridge/changes/report.md", 400, "between two points"),
        ("/plans/northbridge/reviews/nobody/report.md", 404, "There is no review"),
        ("/plans/northbridge/kpis/report.csv?table=x", 404, "There is no table 'x'"),
        ("/plans/northbridge/kpis/report.json?table=kpis", 400, "given as csv"),
        ("/plans/northbridge/report.md?known=@99999", 400, "its last is 1304"),
        ("/plans/northbridge/report.md?on=soon", 400, "Write it as 2015-03-31"),
        (f"/plans/northbridge/report.md?on={'x' * 5_000}", 400, "too long for an address"),
    ],
)
def test_what_cannot_be_written_is_told_on_a_page(
    room: Room, address: str, status: int, said: str
) -> None:
    """A file with an error in it would be filed as the paper."""
    page = room.get(address, status=status)
    assert said in page.text
    assert "content-disposition" not in page.headers


def test_what_else_stands_in_the_address_of_a_page_is_not_the_papers(room: Room) -> None:
    """Its links carry along where in a list somebody was."""
    address, query = UNDER["findings"]
    plain = room.client.get(f"{address}.json", params=query)
    carried = room.client.get(f"{address}.json", params={**query, "after": "x", "to": "@3"})
    assert carried.content == plain.content
