"""Long lists narrowed to what somebody asked about: one KPI, one item, the worst of a kind."""

from typing import Any

import pytest

from tests.support.face import Asker, Face


def _found(asker: Asker, shown: str) -> Any:  # noqa: ANN401 - whatever was asked for
    document = f'{{ ledger {{ findings(plan: "northbridge") {{ one: {shown} }} }} }}'
    found = asker.ask(document)
    return found["ledger"]["findings"]["one"]


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
    everything = _found(northbridge, "tbcAges { milestone { ref } days }")
    for days in sorted({age["days"] for age in everything}):
        found = _found(northbridge, f"tbcAges(minDays: {days}) {{ milestone {{ ref }} days }}")
        assert found == [age for age in everything if age["days"] >= days]


def test_leads_are_narrowed_by_how_many_actions_they_lead(northbridge: Asker) -> None:
    """ "Who leads too many?" is a question about a few, and not about everybody."""
    everything = _found(northbridge, "leadLoads { party { name } actions }")
    assert everything == _found(northbridge, "leadLoads(minActions: 0) { party { name } actions }")
    four = _found(northbridge, "leadLoads(minActions: 4) { party { name } actions }")
    assert four == [load for load in everything if load["actions"] >= 4]
    assert 0 < len(four) < len(everything)


def test_what_is_due_and_overdue_is_narrowed_to_who_leads_it(northbridge: Asker) -> None:
    """ "What do I owe?" is asked by one lead; a joint one owes it as well."""
    shown = "{ milestone { ref } dueBy leads { party } }"
    for field, until in (("due", 'until: "2027-01-01"'), ("overdue", "")):
        everything = _found(northbridge, f"{field}{f'({until})' if until else ''} {shown}")
        leads = {lead["party"] for one in everything for lead in one["leads"]}
        assert len(leads) > 2
        for party in leads:
            own = _found(northbridge, f'{field}({until} lead: "{party}") {shown}')
            assert own == [
                one for one in everything if party in {lead["party"] for lead in one["leads"]}
            ]
            assert 0 < len(own) < len(everything)
        assert _found(northbridge, f'{field}({until} lead: "nobody") {shown}') == []


def test_ratings_are_narrowed_to_an_item_by_ref_or_id(northbridge: Asker) -> None:
    """ "Why did this go from green to amber?" is asked of one item, whoever rated it."""
    shown = "{ item { id ref } forum { ref } ratings { review rating } }"
    everything = _found(northbridge, f"ratingTrails {shown}")
    for ref, id_ in {(trail["item"]["ref"], trail["item"]["id"]) for trail in everything}:
        wanted = [trail for trail in everything if trail["item"]["ref"] == ref]
        assert _found(northbridge, f'ratingTrails(item: "{ref}") {shown}') == wanted
        assert _found(northbridge, f'ratingTrails(item: "{id_}") {shown}') == wanted
    forums = {trail["forum"]["ref"] for trail in everything if trail["item"]["ref"] == "2"}
    assert forums == {"improvement-board", "scrutiny-panel"}
    assert _found(northbridge, f'ratingTrails(item: "9.9") {shown}') == []


@pytest.mark.parametrize(
    "shown", ["tbcAges(minDays: -1) { days }", "leadLoads(minActions: -1) { actions }"]
)
def test_fewer_than_none_is_refused(face: Face, shown: str) -> None:
    """A bound that nobody can have meant is a mistake to be told of."""
    face.begin()
    _, (error,) = face.run(f'{{ ledger {{ findings(plan: "alpha") {{ {shown} }} }} }}')
    assert (error.extensions or {}).get("code") == "ARGUMENT_OUT_OF_BOUNDS"
