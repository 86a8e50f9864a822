"""Looking one thing up by what people call it, and lists cut by how things stand."""

from datetime import timedelta
from typing import Any

import pytest

from tests.support.face import Asker, Face

CALLED = {
    "areas": "area", "milestones": "milestone", "kpis": "kpi", "forums": "forum",
    "reviews": "review", "versions": "version", "baselines": "baseline",
    "inspections": "inspection", "parties": "party", "challenges": "challenge", "queries": "query",
}  # fmt: skip
"""Lists of a plan, with the field that finds one of them by its ref."""


def _plan(asker: Asker, shown: str, at: str = "") -> dict[str, Any]:
    document = f'{{ ledger{at} {{ plan(ref: "northbridge") {{ {shown} }} }} }}'
    plan: dict[str, Any] = asker.ask(document)["ledger"]["plan"]
    return plan


@pytest.mark.parametrize("many", CALLED)
def test_each_of_a_list_is_found_by_what_it_is_called(northbridge: Asker, many: str) -> None:
    """Who asks about one thing is not to read all of them and look for it."""
    field = CALLED[many]
    everything = _plan(northbridge, f"{many} {{ id ref }}")[many]
    assert everything
    first = '(knownAt: {position: "1"})'
    there = {one["ref"] for one in _plan(northbridge, f"{many} {{ ref }}", first)[many]}
    for one in everything:
        assert _plan(northbridge, f'{field}(ref: "{one["ref"]}") {{ id ref }}')[field] == one
        within = one["id"].partition("/")[2]
        assert _plan(northbridge, f'{field}(ref: "{within}") {{ id ref }}')[field] == one
        then = _plan(northbridge, f'{field}(ref: "{one["ref"]}") {{ ref }}', first)[field]
        assert then == ({"ref": one["ref"]} if one["ref"] in there else None)
    for name in ("nothing", "", "\\u0000"):
        assert _plan(northbridge, f'{field}(ref: "{name}") {{ id }}')[field] is None


def test_an_item_of_any_kind_is_found_by_its_ref(northbridge: Asker) -> None:
    """People say "1.4/2" and "6/outcome/3" and not what kind of thing it is."""
    shown = "areas { id ref objectives { id ref } actions { id ref milestones { id ref } } }"
    areas = _plan(northbridge, shown)["areas"]
    for area in areas:
        kinds = {
            "Area": [{"id": area["id"], "ref": area["ref"]}],
            "Statement": area["objectives"],
            "Action": [{"id": one["id"], "ref": one["ref"]} for one in area["actions"]],
            "Milestone": [one for action in area["actions"] for one in action["milestones"]],
        }
        for kind, items in kinds.items():
            for item in items[:3]:
                item_too = f'item(ref: "{item["ref"]}") {{ __typename id ref }}'
                alone = f'alone: {kind.lower()}(ref: "{item["ref"]}") {{ id ref }}'
                found = _plan(northbridge, f"{item_too} {alone}")
                assert found == {"item": {"__typename": kind, **item}, "alone": item}


def test_where_a_ref_was_used_again_it_is_that_of_the_one_in_the_plan(face: Face) -> None:
    """As for commands: who says 1.1 today means the action that there is today."""
    face.begin()
    face.clock.now += timedelta(days=1)
    why = {"reason": "Over.", "authority": {"officer": "The director"}}
    face.done("itemWithdraw", {"plan": "alpha", "item": "1.1", **why})
    document = '{ ledger { plan(ref: "alpha") { action(ref: "1.1") { text } } } }'
    assert face.ask(document)["ledger"]["plan"]["action"] == {"text": "Lead"}
    face.done("actionAdd", {"plan": "alpha", "area": "1", "ref": "1.1", "text": "Anew"})
    assert face.ask(document)["ledger"]["plan"]["action"] == {"text": "Anew"}


@pytest.mark.parametrize(
    ("field", "argument", "stands"),
    [
        ("queries", "open", "resolvedOn"),
        ("challenges", "open", "answeredOn"),
        ("reviews", "closed", "closedOn"),
        ("evidence", "withdrawn", "withdrawnOn"),
    ],
)
def test_a_list_is_cut_by_how_things_stand(
    northbridge: Asker, field: str, argument: str, stands: str
) -> None:
    """ "What is still open?" A list and its opposite share out all there is."""
    shown = f"{{ id {stands} }}"
    at = '(knownAt: { endOf: "2024-10-20" })'
    asked = f"all: {field} {shown} yes: {field}({argument}: true) {shown}"
    found = _plan(northbridge, f"{asked} no: {field}({argument}: false) {shown}", at)
    is_open = argument == "open"
    assert found["yes"] == [one for one in found["all"] if (one[stands] is None) is is_open]
    assert found["no"] == [one for one in found["all"] if (one[stands] is None) is not is_open]
    assert found["yes"]
    assert found["no"]
    null = _plan(northbridge, f"all: {field}({argument}: null) {shown}", at)
    assert null["all"] == found["all"]


def test_reviews_are_cut_by_forum(northbridge: Asker) -> None:
    """A panel looks at its own series of reviews."""
    shown = "{ ref forum { ref } closedOn }"
    everything = _plan(northbridge, f"reviews {shown}")["reviews"]
    own = _plan(northbridge, f'reviews(forum: "scrutiny-panel", closed: true) {shown}')["reviews"]
    assert own == [
        one for one in everything if one["forum"]["ref"] == "scrutiny-panel" and one["closedOn"]
    ]
    assert 0 < len(own) < len(everything)


def test_a_series_is_cut_to_the_periods_that_end_in_a_span_of_days(northbridge: Asker) -> None:
    """A paper shows the last four quarters, and a year's figure with the quarter it ends in."""
    shown = "period { first last label } latest { value } direction"
    kpis = _plan(northbridge, f"kpis {{ ref series {{ {shown} }} }}")["kpis"]
    for since, until in (("2024-06-30", "2025-03-31"), (None, "2024-06-30"), ("2025-01-01", None)):
        days = " ".join(
            f'{name}: "{day}"' for name, day in (("since", since), ("until", until)) if day
        )
        cut = _plan(northbridge, f"kpis {{ ref series({days}) {{ {shown} }} }}")["kpis"]
        assert cut == [
            {
                "ref": kpi["ref"],
                "series": [
                    point
                    for point in kpi["series"]
                    if (since or "") <= point["period"]["last"] <= (until or "9999")
                ],
            }
            for kpi in kpis
        ]
        assert any(0 < len(a["series"]) < len(b["series"]) for a, b in zip(cut, kpis, strict=True))
