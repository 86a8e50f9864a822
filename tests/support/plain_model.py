"""The plan as plain dictionaries: what the ledger is held against, written as simply as can be.

It shares no code with `evolve` or `History`; only the events are the same.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from planledger.domain.plan import Plan
from planledger.events import milestone, party, plan, review, structure, target_date
from planledger.events.catalogue import PlanEvent
from planledger.events.envelope import Entry
from planledger.events.target_dates import NotStated, OneOff, TargetDate

Plain = dict[str, Any]


def plain_state(entries: Iterable[Entry], position: int, day: date | None) -> Plain | None:
    """Give state(r, v) as design page 3.2 says it, by filtering, sorting and folding anew."""
    counted = [
        entry
        for entry in entries
        if entry.position <= position and (day is None or entry.effective_on <= day)
    ]
    state: Plain | None = None
    for entry in sorted(counted, key=lambda entry: (entry.effective_on, entry.position)):
        if isinstance(entry.event, plan.PlanDrafted):
            state = {"title": entry.event.title, "items": {}, "parties": {}, "reviews": {}}
        elif state is not None:
            _change(state, entry.event, entry.effective_on, entry.position)
    return state


def _change(state: Plain, event: PlanEvent, on: date, position: int) -> None:
    items = state["items"]
    match event:
        case structure.AreaAdded():
            items[event.area] = _item("area", None, event.number, event.title, on)
        case structure.ActionAdded():
            items[event.action] = _item("action", event.area, event.ref, event.text, on)
        case milestone.MilestoneProposed():
            items[event.milestone] = _item(
                "milestone", event.action, event.ordinal, event.text, on
            ) | {"agreed": None, "target": NotStated(as_printed=""), "original": None}
        case party.PartyRegistered():
            state["parties"][event.party] = event.name.words
        case review.ReviewOpened():
            state["reviews"][event.review] = {"as_at": event.as_at, "closed": None}
        case review.ReviewClosed() if event.review in state["reviews"]:
            state["reviews"][event.review]["closed"] = (on, position)
        case _:
            _change_item(items, event, on)


def _change_item(items: Plain, event: PlanEvent, on: date) -> None:
    item = items.get(getattr(event, "item", getattr(event, "milestone", "")), {})
    match event:
        case _ if not item:
            pass
        case milestone.MilestoneAgreed():
            item["agreed"] = on
        case structure.WordingChanged():
            item["text"] = event.to_text
        case structure.ItemRenumbered():
            item["ref"] = event.to_ref
        case structure.ItemWithdrawn():
            item["withdrawn"] = on
        case party.LeadReassigned():
            item["leads"] = list(event.to_parties)
        case party.LeadAssigned():
            others = [lead for lead in item["leads"] or [] if lead != event.party]
            item["leads"] = [*others, event.party]
        case target_date.TargetDateMoved():
            _date(item, event.to_target_date)
        case (
            target_date.TargetDateSet()
            | target_date.TargetDateDeferred()
            | target_date.RecurrenceSet()
        ):
            _date(item, event.target_date)


def _item(kind: str, above: str | None, ref: str | int, text: str, on: date) -> Plain:
    return {
        "kind": kind, "above": above, "ref": ref, "text": text, "on": on,
        "withdrawn": None, "leads": [] if kind == "action" else None,
    }  # fmt: skip


def _date(item: Plain, target: TargetDate) -> None:
    item["target"] = target
    if item["original"] is None and isinstance(target, OneOff):
        item["original"] = target


def plainly(state: Plan | None) -> Plain | None:
    """Say what the ledger's own plan holds, in the model's words."""
    if state is None:
        return None
    items: Plain = {}
    for area in state.areas.values():
        items[area.id] = _item("area", None, area.number, area.title, area.added_on)
    for action in state.actions.values():
        items[action.id] = _item("action", action.area, action.ref, action.text, action.added_on)
        items[action.id]["leads"] = list(action.leads)
    for step in state.milestones.values():
        items[step.id] = _item("milestone", step.action, step.ordinal, step.text, step.added_on)
        items[step.id]["leads"] = None if step.leads is None else list(step.leads)
        items[step.id] |= {
            "agreed": step.agreed_on, "target": step.target_date, "original": step.original,
        }  # fmt: skip
    for item in (*state.areas.values(), *state.actions.values(), *state.milestones.values()):
        items[item.id]["withdrawn"] = item.withdrawn.on if item.withdrawn else None
    return {
        "title": state.title,
        "items": items,
        "parties": {known.id: known.name.words for known in state.parties.values()},
        "reviews": {
            seen.id: {
                "as_at": seen.as_at,
                "closed": (seen.closed_on, seen.closed_at) if seen.closed_on else None,
            }
            for seen in state.reviews.values()
        },
    }


def hold_structure(state: Plain | None) -> None:
    """Invariant 10: each milestone has an action and each action an area."""
    above = {"milestone": "action", "action": "area"}
    for item in state["items"].values() if state else ():
        if item["kind"] in above:
            assert state is not None
            assert state["items"][item["above"]]["kind"] == above[item["kind"]]
