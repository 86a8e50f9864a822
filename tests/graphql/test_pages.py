"""Pages: each says where it lies in its list, in the way that clients know."""

from typing import Any

import pytest

from tests.support.face import Asker, Face

PAGE = "edges { cursor } pageInfo { hasPreviousPage hasNextPage startCursor endCursor }"
LISTS = {
    "plans": "{ ledger { plans(first: 3 %s) { totalCount %s } } }",
    "milestones": """{ ledger { milestones(first: 3 filter: {area: "2"} %s) {
      totalCount %s } } }""",
    "by due day": "{ ledger { milestones(first: 40 order: DUE %s) { totalCount %s } } }",
    "history": '{ history(item: "northbridge/1", inside: true, first: 40 %s) { totalCount %s } }',
    "changes": """{ changes(plan: "northbridge", from: {position: "0"}, first: 50,
      filter: {kinds: [MILESTONE, KPI]} %s) { totalCount %s } }""",
    "all entries": "{ events(first: 100 %s) { %s } }",
    "some entries": '{ events(first: 3 plan: "northbridge", types: [REVIEW_CLOSED] %s) { %s } }',
    "of one item": '{ events(first: 3 plan: "northbridge", item: "1.1/1" %s) { %s } }',
}


def _page(asker: Asker, document: str, after: str | None) -> dict[str, Any]:
    found: Any = asker.ask(document % (f'after: "{after}"' if after else "", PAGE))
    while "pageInfo" not in found:
        (found,) = found.values()
    page: dict[str, Any] = found
    return page


@pytest.mark.parametrize("name", LISTS)
def test_every_page_of_a_list_says_where_it_begins_and_ends_and_what_lies_around_it(
    northbridge: Asker, name: str
) -> None:
    """A client draws its arrows by this, and must not offer a page that is not there."""
    pages = [_page(northbridge, LISTS[name], None)]
    while pages[-1]["pageInfo"]["hasNextPage"]:
        pages.append(_page(northbridge, LISTS[name], pages[-1]["pageInfo"]["endCursor"]))
    assert name == "plans" or len(pages) > 1
    for number, page in enumerate(pages):
        cursors = [edge["cursor"] for edge in page["edges"]]
        assert page["pageInfo"] == {
            "hasPreviousPage": number > 0,
            "hasNextPage": number < len(pages) - 1,
            "startCursor": cursors[0],
            "endCursor": cursors[-1],
        }
    counts = {page.get("totalCount") for page in pages}
    assert counts <= {sum(len(page["edges"]) for page in pages), None}
    assert len(counts) == 1


@pytest.mark.parametrize(
    ("asked", "previous"),
    [
        ('after: "0"', False),
        ('after: "1"', True),
        ('after: "99"', True),
        ('after: "1", types: [AREA_ADDED]', False),
        ('after: "2", types: [AREA_ADDED]', True),
        ('after: "4", plan: "beta"', False),
        ('after: "5", plan: "beta"', True),
        ('after: "99", plan: "gamma"', False),
        ('after: "99", types: [REVIEW_OPENED]', False),
        ('after: "3", plan: "alpha", item: "1.1/1"', False),
        ('after: "4", plan: "alpha", item: "1.1/1"', True),
        ('after: "4", plan: "alpha", item: "1.1/1", types: [AREA_ADDED]', False),
        ('after: "4", plan: "alpha", item: "1.1/1", types: [MILESTONE_PROPOSED]', True),
    ],
)
def test_only_what_is_wanted_counts_as_lying_before(
    face: Face, asked: str, previous: object
) -> None:
    """Of entries, too, where one goes on from a position that need not be in the list."""
    face.begin()
    face.begin("beta")
    page = face.ask(f"{{ events(first: 1, {asked}) {{ {PAGE} }} }}")["events"]
    assert page["pageInfo"]["hasPreviousPage"] is previous


def test_a_page_with_nothing_on_it_has_no_ends(face: Face) -> None:
    """An empty ledger has lists, too."""
    nothing = {"hasPreviousPage": False, "hasNextPage": False}
    ends = {"startCursor": None, "endCursor": None}
    for document in ("{ ledger { plans(first: 3 %s) { %s } } }", "{ events(first: 3 %s) { %s } }"):
        assert _page(face, document, None) == {"edges": [], "pageInfo": {**nothing, **ends}}
