"""Short ways to ask what is found in a plan, over GraphQL."""

from collections.abc import Mapping
from typing import Any

from tests.support.face import Asker, paged

LISTS: Mapping[str, tuple[str, str]] = {
    "overdue": ("milestone", "dueBy"),
    "due": ("milestone", "dueBy"),
    "undefined.placeholders": ("", ""),
    "undefined.milestones": ("", ""),
    "undefined.withoutDate": ("", ""),
    "undefined.toBeConfirmed": ("milestone", ""),
    "undefined.vacantActions": ("", ""),
    "undefined.vacantMilestones": ("", ""),
    "tbcAges": ("milestone", "since days until"),
    "firstSettings": ("milestone", "on position"),
    "dateMoves": ("milestone", "on position slippage { amount unit }"),
    "slipped": ("milestone", "fromOriginal { amount unit }"),
    "leadIntervals": ("item", "since until leads { ref }"),
    "claims": ("milestone", "claim { reportedOn position }"),
    "reopened": ("milestone", "refused"),
    "lateEntries": ("item", "days position recordedOn"),
    "amendments": ("item", "position kind recordedOn"),
    "conflicts": ("item", "reference kind"),
    "stalled": ("milestone", "since days"),
    "challenges": ("item", "challenge { ref raisedOn } isOpen daysLate"),
    "openQueries": ("item", "query { ref line }"),
    "ratingTrails": ("item", "forum { ref } changes { after }"),
}
"""Every list, with the field that names what it is about ("" for the thing itself), and more."""


def found(asker: Asker, shown: str, plan: str, at: str = "") -> Any:  # noqa: ANN401 - as asked for
    """Give fields of what is found in a plan; None where there is no plan."""
    document = f'{{ ledger{at} {{ findings(plan: "{plan}") {{ {shown} }} }} }}'
    return asker.ask(document)["ledger"]["findings"]


def listed(  # noqa: PLR0913 - a list is asked for by all of these
    asker: Asker,
    field: str,
    shown: str,
    plan: str,
    *,
    given: str = "",
    at: str = "",
    first: int = 100,
) -> list[dict[str, Any]]:
    """Give all of one of the lists, page by page; `given` are its arguments but for the page.

    A list of what is left open is named with a dot: "undefined.placeholders".
    """
    around, _, name = field.rpartition(".")
    open_, shut = (f"{around} {{", "}") if around else ("", "")
    document = (
        f'query($first: Int!, $after: String) {{ ledger{at} {{ findings(plan: "{plan}") {{ '
        f"{open_} {name}(first: $first, after: $after {given}) {{ totalCount edges {{ node {{ "
        f"{shown} }} }} pageInfo {{ hasNextPage endCursor }} }} {shut} }} }} }}"
    )

    def ask(after: str | None) -> dict[str, Any]:
        page: dict[str, Any] = asker.ask(document, first=first, after=after)["ledger"]["findings"]
        for step in field.split("."):
            page = page[step]
        counts.add(page["totalCount"])
        return page

    counts: set[int] = set()
    nodes = [edge["node"] for edge in paged(ask)]
    assert counts == {len(nodes)}, "every page counts all of them"
    return nodes
