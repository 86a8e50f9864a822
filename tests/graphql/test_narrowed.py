"""Long lists narrowed to what somebody asked about: one KPI, one item, the worst of a kind."""

from typing import Any

import pytest

from tests.support.face import Asker, Face
from tests.support.found import found, listed


def _listed(asker: Asker, field: str, shown: str, given: str = "") -> list[dict[str, Any]]:
    return listed(asker, field, shown, "northbridge", given=given)


def _plan(asker: Asker, shown: str, at: str = "") -> dict[str, Any]:
    document = f'{{ ledger{at} {{ plan(ref: "northbridge") {{ {shown} }} }} }}'
    plan: dict[str, Any] = asker.ask(document)["ledger"]["plan"]
    return plan


def test_a_kpi_is_found_by_its_name_as_among_the_others(northbridge: Asker) -> None:
    """An analyst who asks about one figure is not to read the series of twelve."""
    shown = "{ id ref definition { version } series { latest { value } } }"
    kpis = _plan(northbridge, f"kpis {shown}")["kpis"]
    assert len(kpis) > 1
    for kpi in kpis:
        assert _plan(northbridge, f'kpi(ref: "{kpi["ref"]}") {shown}')["kpi"] == kpi


def test_a_kpi_that_was_not_there_by_then_is_null(northbridge: Asker) -> None:
    """A name that nobody knows and one that came later are no errors, and no figures."""
    assert _plan(northbridge, 'kpi(ref: "nothing") { ref }') == {"kpi": None}
    before = '(knownAt: { endOf: "2024-01-08" })'
    assert _plan(northbridge, 'kpi(ref: "eet") { ref }', before) == {"kpi": None}


def test_dates_to_be_confirmed_are_narrowed_by_how_long(northbridge: Asker) -> None:
    """ "How long did TBC items stay TBC?" "At least so many days" includes the last of them."""
    shown = "milestone { ref } days"
    everything = _listed(northbridge, "tbcAges", shown)
    for days in sorted({age["days"] for age in everything}):
        long = _listed(northbridge, "tbcAges", shown, f"filter: {{minDays: {days}}}")
        assert long == [age for age in everything if age["days"] >= days]


def test_leads_are_narrowed_by_how_many_actions_they_lead(northbridge: Asker) -> None:
    """ "Who leads too many?" is a question about a few, and not about everybody."""
    shown = "{ party { name } actions }"
    loads = found(
        northbridge,
        f"all: leadLoads {shown} none: leadLoads(minActions: 0) {shown} "
        f"four: leadLoads(minActions: 4) {shown}",
        "northbridge",
    )
    assert loads["all"] == loads["none"]
    assert loads["four"] == [load for load in loads["all"] if load["actions"] >= 4]
    assert 0 < len(loads["four"]) < len(loads["all"])


@pytest.mark.parametrize("field", ["due", "overdue"])
def test_what_is_due_and_overdue_is_narrowed_to_who_leads_it(
    northbridge: Asker, field: str
) -> None:
    """ "What do I owe?" is asked by one lead; a joint one owes it as well."""
    shown = "milestone { ref } dueBy leads { ref }"
    until = 'until: "2027-01-01"' if field == "due" else ""
    everything = _listed(northbridge, field, shown, until)
    leads = {lead["ref"] for one in everything for lead in one["leads"]}
    assert len(leads) > 2
    for party in leads:
        own = _listed(northbridge, field, shown, f'{until} filter: {{lead: "{party}"}}')
        assert own == [one for one in everything if party in {lead["ref"] for lead in one["leads"]}]
        assert 0 < len(own) < len(everything)


def test_ratings_are_narrowed_to_an_item_by_ref_or_id(northbridge: Asker) -> None:
    """ "Why did this go from green to amber?" is asked of one item, whoever rated it."""
    shown = "item { itemId ref kind } forum { ref } ratings { review rating }"
    everything = _listed(northbridge, "ratingTrails", shown)
    for item in {tuple(trail["item"].items()): trail["item"] for trail in everything}.values():
        wanted = [trail for trail in everything if trail["item"] == item]
        for name in (item["ref"], item["itemId"]):
            kind = f'{{item: "{name}", kinds: [{item["kind"]}]}}'
            assert _listed(northbridge, "ratingTrails", shown, f"filter: {kind}") == wanted
    forums = {trail["forum"]["ref"] for trail in everything if trail["item"]["ref"] == "2"}
    assert forums == {"improvement-board", "scrutiny-panel"}


@pytest.mark.parametrize(
    "shown",
    [
        "tbcAges(first: 1, filter: {minDays: -1}) { totalCount }",
        "leadLoads(minActions: -1) { actions }",
    ],
)
def test_fewer_than_none_is_refused(face: Face, shown: str) -> None:
    """A bound that nobody can have meant is a mistake to be told of."""
    face.begin()
    _, (error,) = face.run(f'{{ ledger {{ findings(plan: "alpha") {{ {shown} }} }} }}')
    assert (error.extensions or {}).get("code") == "ARGUMENT_OUT_OF_BOUNDS"
