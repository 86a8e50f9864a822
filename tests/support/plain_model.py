"""The plan as plain dictionaries: what the ledger is held against, written as simply as can be.

It shares no code with `evolve` or `History`; only the events are the same.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from planledger.domain.plan import Plan
from planledger.events import milestone, party, plan, record, review, structure, target_date
from planledger.events.catalogue import PlanEvent
from planledger.events.envelope import Entry
from planledger.events.target_dates import NotStated, OneOff, TargetDate

Plain = dict[str, Any]


def plain_state(
    entries: Iterable[Entry], position: int, day: date | None, as_of: int | None = None
) -> Plain | None:
    """Give state(r, v) as design page 3.2 says it, by filtering, sorting and folding anew.

    With `as_of`, what was known at `position` is put right by the amendments known there.
    """
    known = [entry for entry in entries if entry.position <= (as_of or position)]
    counted = [
        (on, at, event)
        for on, at, event in standing(known)
        if at <= position and (day is None or on <= day)
    ]
    return fold_plainly(counted)


def fold_plainly(happened: Iterable[tuple[date, int, PlanEvent]]) -> Plain | None:
    """Give what all of this leaves, in effective order."""
    state: Plain | None = None
    for on, at, event in sorted(happened, key=lambda place: place[:2]):
        if isinstance(event, plan.PlanDrafted):
            state = {
                "title": event.title, "items": {}, "parties": {}, "reviews": {}, "ratings": {},
            }  # fmt: skip
        elif state is not None:
            _change(state, event, on, at)
    return state


def standing(entries: Sequence[Entry]) -> list[tuple[date, int, PlanEvent]]:
    """Give what stands: effective day, position and event, resolved from the newest on."""
    void: set[int] = set()
    says: dict[int, tuple[date, PlanEvent]] = {}
    for entry in reversed(entries):
        if entry.position in void:
            continue
        match entry.event:
            case record.EntryVoided(entry=position):
                void.add(position)
            case record.EntryCorrected(entry=position, event=event):
                says.setdefault(position, (entry.effective_on, event))
            case event:
                says.setdefault(entry.position, (entry.effective_on, event))
    about_the_world = [
        entry.position
        for entry in entries
        if not isinstance(entry.event, record.EntryVoided | record.EntryCorrected)
    ]
    return [(says[at][0], at, says[at][1]) for at in about_the_world if at not in void]


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
            ) | {
                "agreed": None, "target": NotStated(as_printed=""), "original": None,
                "delivery": "not-started", "claims": [],
            }  # fmt: skip
        case party.PartyRegistered():
            state["parties"][event.party] = event.name.words
        case review.ReviewOpened():
            state["reviews"][event.review] = {"as_at": event.as_at, "closed": None}
        case review.ReviewClosed() if event.review in state["reviews"]:
            state["reviews"][event.review]["closed"] = (on, position)
        case review.RatingGiven():
            state["ratings"][event.item, event.review] = event.rating.value
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
        case _:
            _deliver(item, event)


def _deliver(item: Plain, event: PlanEvent) -> None:
    match event:
        case milestone.MilestoneProgressReported():
            if "stands" not in item["claims"]:
                item["delivery"] = event.state.value
        case milestone.MilestoneReportedComplete() if event.occurrence is None:
            item["delivery"] = "reported-complete"
            item["claims"].append("stands")
        case (
            milestone.MilestoneSignedOff()
            | milestone.MilestoneSignOffRefused()
            | milestone.MilestoneReopened()
        ) if "stands" in item["claims"]:
            _judge(item, event)
        case _:
            pass


def _judge(item: Plain, event: PlanEvent) -> None:
    latest = max(n for n, claim in enumerate(item["claims"]) if claim == "stands")
    match event:
        case milestone.MilestoneSignedOff():
            assured = "assured" in (event.level.value, item["delivery"])
            item["delivery"] = "assured" if assured else "signed-off"
        case milestone.MilestoneSignOffRefused():
            item["delivery"] = "in-progress"
            item["claims"][latest] = "refused"
        case milestone.MilestoneReopened():
            item["delivery"] = "in-progress"
            item["claims"][latest] = "reopened"
        case _:
            pass


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
            "delivery": step.delivery.value,
            "claims": [
                "refused" if claim.refused else "reopened" if claim.reopened else "stands"
                for claim in step.completions
            ],
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
        "ratings": {place: given.rating.value for place, given in state.ratings.items()},
    }


def plain_totals(state: Plain) -> Plain:
    """Count what is in a plan; what was withdrawn, or is under what was, does not count."""
    items = state["items"]

    def live(item: Plain) -> bool:
        above = items.get(item["above"])
        return item["withdrawn"] is None and (above is None or live(above))

    def counted(kind: str) -> list[Plain]:
        return [item for item in items.values() if item["kind"] == kind and live(item)]

    milestones = counted("milestone")
    return {
        "areas": len(counted("area")),
        "actions": len(counted("action")),
        "actions_without_lead": sum(not item["leads"] for item in counted("action")),
        "milestones": len(milestones),
        "agreed_milestones": sum(item["agreed"] is not None for item in milestones),
        "one_off": sum(isinstance(item["target"], OneOff) for item in milestones),
        "not_stated": sum(isinstance(item["target"], NotStated) for item in milestones),
        "reported_complete": sum(item["delivery"] == "reported-complete" for item in milestones),
        "signed_off": sum(item["delivery"] == "signed-off" for item in milestones),
    }


def hold_structure(state: Plain | None) -> None:
    """Invariant 10: each milestone has an action and each action an area."""
    above = {"milestone": "action", "action": "area"}
    for item in state["items"].values() if state else ():
        if item["kind"] in above:
            assert state is not None
            assert state["items"][item["above"]]["kind"] == above[item["kind"]]
