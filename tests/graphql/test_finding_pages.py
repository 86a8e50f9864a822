"""Findings in pages: complete, in the order that is asked for, and narrowed to what was meant."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from typing import Any

import pytest

from planledger.ledger import Ledger
from planledger.simulation.clock import SimulatedClock
from planledger.simulation.making import make_by_chance
from planledger.storage.memory import MemoryStore
from tests.support.depth import rounds
from tests.support.face import Asker
from tests.support.found import LISTS, found, listed

Node = Mapping[str, Any]

MILESTONES = [name for name, (field, _) in LISTS.items() if field != "item"]
TOGETHER = {"due": 'until: "2035-12-31"', "stalled": "days: 1"}
"""What has a list hold as much as it can."""


class Known:
    """The items of a plan as the plan itself shows them: what order they have, what they lie under.

    Told from the plan's own fields, so that it does not go by what the findings go by.
    """

    def __init__(self, asker: Asker, plan: str) -> None:
        """Look at a plan at the head."""
        nested = "id ref children { id ref children { id ref children { id } } }"
        shown = f"""{{ ledger {{ plan(ref: "{plan}") {{ areas {{ id ref number
          objectives {{ {nested} }} outcomes {{ {nested} }} measures {{ {nested} }}
          actions {{ id ref leads {{ ref }} milestones {{ id ref leads {{ ref }} }} }}
          }} }} }} }}"""
        self.above: dict[str, tuple[Node, ...]] = {}
        self.leads: dict[str, set[str]] = {}
        for area in asker.ask(shown)["ledger"]["plan"]["areas"]:
            self._see(area, ())
        self.place = {item: place for place, item in enumerate(self.above)}

    def _see(self, item: Node, above: tuple[Node, ...]) -> None:
        self.above[item["id"]] = (*above, item)
        self.leads[item["id"]] = {lead["ref"] for lead in item.get("leads", ())}
        for under in ("objectives", "outcomes", "measures", "children", "actions", "milestones"):
            for each in item.get(under, ()):
                self._see(each, (*above, item))

    def is_under(self, item: str | None, name: str) -> bool:
        """Say whether there is an item, and it is one that has a name, or lies under one."""
        above = self.above[item] if item is not None else ()
        return any(name in {one["id"], one.get("ref"), one.get("number")} for one in above)


def _ask(asker: Asker, plan: str, name: str, given: str = "", first: int = 100) -> list[Node]:
    field, more = LISTS[name]
    shown = f"{field} {{ itemId ref }} {more}" if field else "itemId ref"
    given = f"{TOGETHER.get(name, '')} {given}"
    return list(listed(asker, name, shown, plan, given=given, first=first))


def _item(name: str, node: Node) -> str | None:
    """Give the id of the item that something in a list is about."""
    field, _ = LISTS[name]
    item = node[field] if field else node
    return item["itemId"] if item is not None else None


def _days(slippage: Node | None) -> int:
    if slippage is None:
        return 0
    amount: int = slippage["amount"]
    return amount * (30 if slippage["unit"] == "MONTHS" else 1)


def _backwards(day: str) -> list[int]:
    return [-int(part) for part in day.split("-")]


def _entry(node: Node) -> int:
    return int(node["position"])


Key = Callable[[Node, int], Any]
"""What something goes by in an order, from its fields and the place of its item in the plan."""

_PLAN: Mapping[str, Key] = {"": lambda _, place: place}
_DUE: Mapping[str, Key] = {
    "DUE": lambda one, place: (one["dueBy"], place),
    "PLAN": lambda one, place: (place, one["dueBy"]),
}
ORDERS: Mapping[str, Mapping[str, Key]] = {
    "overdue": _DUE,
    "due": _DUE,
    "tbcAges": {
        "PLAN": lambda one, place: (place, one["since"]),
        "LARGEST": lambda one, place: (-one["days"], place, one["since"]),
    },
    "firstSettings": {
        "OLDEST": lambda one, _: (one["on"], _entry(one)),
        "NEWEST": lambda one, _: (_backwards(one["on"]), -_entry(one)),
    },
    "dateMoves": {
        "OLDEST": lambda one, _: (one["on"], _entry(one)),
        "NEWEST": lambda one, _: (_backwards(one["on"]), -_entry(one)),
        "LARGEST": lambda one, _: (-_days(one["slippage"]), one["on"], _entry(one)),
    },
    "slipped": {
        "PLAN": lambda _, place: place,
        "LARGEST": lambda one, place: (-_days(one["fromOriginal"]), place),
    },
    "leadIntervals": {"": lambda one, place: (place, one["since"])},
    "claims": {
        "OLDEST": lambda one, _: (one["claim"]["reportedOn"], _entry(one["claim"])),
        "NEWEST": lambda one, _: (_backwards(one["claim"]["reportedOn"]), -_entry(one["claim"])),
    },
    "lateEntries": {
        "LARGEST": lambda one, _: (-one["days"], _entry(one)),
        "OLDEST": lambda one, _: _entry(one),
        "NEWEST": lambda one, _: -_entry(one),
    },
    "amendments": {
        "OLDEST": lambda one, _: _entry(one),
        "NEWEST": lambda one, _: -_entry(one),
    },
    "conflicts": {"": lambda one, place: (place, one["reference"])},
    "stalled": {"": lambda one, place: (one["since"], place)},
    "challenges": {
        "OLDEST": lambda one, _: one["challenge"]["raisedOn"],
        "NEWEST": lambda one, _: _backwards(one["challenge"]["raisedOn"]),
    },
    "openQueries": {"": lambda one, _: one["query"]["line"] or 0},
    "ratingTrails": {"": lambda one, place: (place, one["forum"]["ref"])},
}
"""What each list can be ordered by, as its description says; a list left to itself by the first."""


@pytest.fixture(name="simulated", scope="module")
def _simulated() -> Iterator[Asker]:
    """Give the schema over a plan that chance made, with more of most than one page holds."""
    clock = SimulatedClock()
    with closing(Ledger(MemoryStore(clock), clock)) as ledger:
        make_by_chance(
            ledger,
            clock,
            plan="simulated",
            entries=rounds(1_500, 10_000),
            seed=5,
            watch=lambda *_: None,
        )
        yield Asker(ledger)


def _check_order(asker: Asker, plan: str, name: str) -> int:
    known = Known(asker, plan)
    everything = _ask(asker, plan, name)
    for number, (order, key) in enumerate(ORDERS.get(name, _PLAN).items()):
        given = f"order: {order}" if order else ""
        nodes = _ask(asker, plan, name, given)
        keys = [key(node, known.place.get(_item(name, node) or "", -1)) for node in nodes]
        assert keys == sorted(keys), (name, order)
        assert len(nodes) == len(everything)
        assert all(node in everything for node in nodes)
        assert number > 0 or nodes == everything
        assert _ask(asker, plan, name, given, first=7) == nodes
    return len(everything)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_comes_whole_and_in_the_order_asked_for(northbridge: Asker, name: str) -> None:
    """What is listed twice, or lost between two pages, makes every count in a report wrong."""
    assert _check_order(northbridge, "northbridge", name) > 0


def test_a_list_of_hundreds_comes_whole_and_in_the_order_asked_for(simulated: Asker) -> None:
    """Hundreds have many of one day and one size, and still each has one place."""
    counts = {name: _check_order(simulated, "simulated", name) for name in LISTS}
    assert counts["dateMoves"] > 100
    assert counts["leadIntervals"] > 100


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_narrowed_to_an_area_and_to_an_item_with_all_under_it(
    northbridge: Asker, name: str
) -> None:
    """ "Everything about area 6" must not lose what is about a milestone three levels down."""
    known = Known(northbridge, "northbridge")
    everything = _ask(northbridge, "northbridge", name)
    items = {item for node in everything if (item := _item(name, node)) is not None}
    areas = {above[0]["number"] for above in known.above.values()}
    names = {one[by] for item in items for one in known.above[item] for by in ("id", "ref")}
    for argument, wanted in [
        *(("area", area) for area in areas),
        *(("item", one) for one in sorted(names)[:: max(1, len(names) // rounds(6, 500))]),
    ]:
        nodes = _ask(northbridge, "northbridge", name, f'filter: {{{argument}: "{wanted}"}}')
        expected = [node for node in everything if known.is_under(_item(name, node), wanted)]
        assert nodes == expected, (argument, wanted)


@pytest.mark.parametrize("name", MILESTONES)
def test_a_list_of_milestones_is_narrowed_to_what_a_party_leads(
    northbridge: Asker, name: str
) -> None:
    """A lead asks about their own, those of their actions and those they share among them."""
    known = Known(northbridge, "northbridge")
    everything = _ask(northbridge, "northbridge", name)
    parties = sorted({party for leads in known.leads.values() for party in leads})
    for party in parties[:: rounds(3, 1)]:
        nodes = _ask(northbridge, "northbridge", name, f'filter: {{lead: "{party}"}}')
        assert nodes == [
            node for node in everything if party in known.leads[_item(name, node) or ""]
        ], party


def _holds(one: Node, narrowed: str) -> bool:
    """Say whether something is meant by one part of a filter, by its own fields alone."""
    on = str(one.get("on") or one.get("recordedOn") or one.get("claim", {}).get("reportedOn"))
    meant: Mapping[str, Callable[[], bool]] = {
        'since: "2025-01-01"': lambda: on >= "2025-01-01",
        'until: "2025-01-01"': lambda: on <= "2025-01-01",
        "ended: true": lambda: one["until"] is not None,
        "ended: false": lambda: one["until"] is None,
        "kind: VOIDED": lambda: one["kind"] == "VOIDED",
        "kind: CORRECTED": lambda: one["kind"] == "CORRECTED",
        "open: true": lambda: one["isOpen"],
        "open: false": lambda: not one["isOpen"],
        "late: true": lambda: one["daysLate"] > 0,
        "late: false": lambda: one["daysLate"] == 0,
        "changed: true": lambda: bool(one["changes"]),
        "changed: false": lambda: not one["changes"],
        'forum: "scrutiny-panel"': lambda: one["forum"]["ref"] == "scrutiny-panel",
        "kinds: [AREA]": lambda: "/" not in one["item"]["ref"] and "." not in one["item"]["ref"],
        "kinds: [MILESTONE]": lambda: "/" in one["item"]["ref"],
        "vacant: true": lambda: not one["leads"],
        "vacant: false": lambda: bool(one["leads"]),
        'on: "2025-03-31"': lambda: (
            one["since"] <= "2025-03-31" and (one["until"] or "9") > "2025-03-31"
        ),
    }
    return meant[narrowed]()


DAYS = ('since: "2025-01-01"', 'until: "2025-01-01"')
NARROWED: Mapping[str, tuple[str, ...]] = {
    "firstSettings": DAYS,
    "dateMoves": DAYS,
    "claims": DAYS,
    "lateEntries": DAYS,
    "amendments": (*DAYS, "kind: VOIDED", "kind: CORRECTED"),
    "tbcAges": ("ended: true", "ended: false"),
    "challenges": ("open: true", "open: false", "late: true", "late: false"),
    "ratingTrails": (
        "changed: true",
        "changed: false",
        'forum: "scrutiny-panel"',
        "kinds: [AREA]",
        "kinds: [MILESTONE]",
    ),
    "leadIntervals": ("vacant: true", "vacant: false", "kinds: [MILESTONE]", 'on: "2025-03-31"'),
}


@pytest.mark.parametrize("name", NARROWED)
def test_a_list_is_narrowed_to_what_each_part_of_its_filter_says(
    northbridge: Asker, name: str
) -> None:
    """A filter that lets through a little too much, or too little, nobody notices in a report."""
    everything = _ask(northbridge, "northbridge", name)
    for narrowed in NARROWED[name]:
        nodes = _ask(northbridge, "northbridge", name, f"filter: {{{narrowed}}}")
        assert nodes == [one for one in everything if _holds(one, narrowed)], narrowed
        assert len(nodes) < len(everything), narrowed


def test_who_led_anything_on_a_day_is_one_question(northbridge: Asker) -> None:
    """As many answers as there were items, each the one that is given for the item alone."""
    on = "2025-03-31"
    led = _ask(northbridge, "northbridge", "leadIntervals", f'filter: {{on: "{on}"}}')
    assert len(led) > 50
    for one in led[:: rounds(10, 1)]:
        item = f'item: "{one["item"]["itemId"]}"'
        alone = found(
            northbridge,
            f'leadOn({item}, on: "{on}") {{ item {{ itemId ref }} since until leads {{ ref }} }}',
            "northbridge",
        )
        assert alone == {"leadOn": one}
        for lead in one["leads"]:
            given = f'filter: {{{item}, on: "{on}", party: "{lead["ref"]}"}}'
            assert one in _ask(northbridge, "northbridge", "leadIntervals", given)
