"""Who led what, and when, and how much each lead has to see to."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from planledger.events.envelope import Fact
from planledger.events.milestone import MilestoneProposed
from planledger.events.party import LeadAssigned, LeadReassigned
from planledger.events.structure import ActionAdded
from planledger.projections.findings.matter import Finding, Matter, NamedItem
from planledger.projections.timing import Timeliness
from planledger.projections.view import MilestoneView, PartyView

Leads = tuple[str, ...] | None
"""Ids of leads; None inherits the action's."""


class _Change(NamedTuple):
    """That an item's own leads became others."""

    on: date
    at: int
    leads: Leads


class LeadInterval(Finding, frozen=True, kw_only=True, gc=False):
    """That the same parties led an item from one day to another."""

    item: NamedItem
    leads: tuple[PartyView, ...]
    """Under their present names; empty is vacant."""
    inherited: bool
    """Whether a milestone had them from its action."""
    since: date
    until: date | None
    """The first day on which it was otherwise, or it left the plan; None where it still is."""
    position: int
    """The entry that made it so."""


class LeadLoad(Finding, frozen=True, kw_only=True, gc=False):
    """How much a party leads on the day; a joint lead counts for each of them."""

    party: PartyView | None
    """None counts what nobody leads."""
    actions: int
    milestones: int
    """Those led by themselves or by their action."""
    overdue: int
    """Milestones of these that are overdue."""
    without_date: int
    """Milestones of these that have no date."""


def lead_intervals(matter: Matter) -> tuple[LeadInterval, ...]:
    """List who led every action and milestone, and when, in the order of the plan.

    The intervals of an item follow each other without a gap, from the day it came to be until it
    left the plan.
    """
    tracks = _tracks(matter.facts)
    found: list[LeadInterval] = []
    for action in matter.actions:
        above = tracks[action.state.id]
        states = [_State(on, at, leads or (), inherited=False) for on, at, leads in above]
        found += _intervals(action.named, states, action.gone_on, matter)
        for placed in action.milestones:
            states = _resolved(tracks[placed.state.id], above)
            found += _intervals(placed.named, states, placed.gone_on, matter)
    return tuple(found)


def lead_loads(matter: Matter) -> tuple[LeadLoad, ...]:
    """Count what each party leads, who leads most first, and last what nobody leads.

    What is withdrawn does not count, nor do placeholders that are resolved, with what stands under
    them. Parties that lead nothing are left out.
    """
    actions: dict[str | None, int] = defaultdict(int)
    milestones: dict[str | None, list[MilestoneView]] = defaultdict(list)
    for action in matter.live_actions:
        for party in _ids(action.action.leads) if not action.is_resolved else ():
            actions[party] += 1
    for placed in matter.open:
        for party in _ids(placed.milestone.leads):
            milestones[party].append(placed.milestone)
    loads = [
        LeadLoad(
            party=matter.parties[party] if party is not None else None,
            actions=actions[party],
            milestones=len(led := milestones[party]),
            overdue=sum(milestone.timeliness is Timeliness.OVERDUE for milestone in led),
            without_date=sum(milestone.due_by is None for milestone in led),
        )
        for party in (*matter.parties, None)
        if party in actions or party in milestones
    ]
    return tuple(
        sorted(loads, key=lambda load: (load.party is None, -load.actions - load.milestones))
    )


class _State(NamedTuple):
    """Who leads an item from a day on."""

    on: date
    at: int
    leads: tuple[str, ...]
    inherited: bool


def _tracks(facts: Sequence[Fact]) -> Mapping[str, list[_Change]]:
    """Give who led each action and milestone by itself, as `domain.steps.party` folds it."""
    tracks: dict[str, list[_Change]] = defaultdict(list)
    for fact in facts:
        match fact.envelope.event:
            case ActionAdded(action=item):
                leads: Leads = ()
            case MilestoneProposed(milestone=item):
                leads = None
            case LeadAssigned(item=item, party=party) if item in tracks:
                before = tracks[item][-1].leads or ()
                leads = (*(lead for lead in before if lead != party), party)
            case LeadReassigned(item=item, to_parties=leads) if item in tracks:
                pass
            case _:
                continue
        tracks[item].append(_Change(fact.effective_on, fact.position, leads))
    return tracks


def _resolved(own: Sequence[_Change], above: Sequence[_Change]) -> list[_State]:
    """Give who leads a milestone, its action's leads where it has none of its own."""
    added = own[0]
    states = []
    mine = theirs = None
    changes = [(change, True) for change in own] + [(change, False) for change in above]
    for change, is_own in sorted(changes, key=lambda one: one[0][:2]):
        if is_own:
            mine = change.leads
        else:
            theirs = change.leads
        if change[:2] >= added[:2]:
            leads = theirs if mine is None else mine
            states.append(_State(change.on, change.at, leads or (), inherited=mine is None))
    return states


def _intervals(
    item: NamedItem, states: Sequence[_State], gone: date | None, matter: Matter
) -> list[LeadInterval]:
    """Turn states into intervals: the last of a day counts, and what did not change is one."""
    by_day = {state.on: state for state in states if gone is None or state.on < gone}
    kept: list[_State] = []
    for state in by_day.values():
        if not kept or kept[-1][2:] != state[2:]:
            kept.append(state)
    ends = [*(state.on for state in kept[1:]), gone]
    return [
        LeadInterval(
            item=item,
            leads=matter.shown_parties(state.leads),
            inherited=state.inherited,
            since=state.on,
            until=until,
            position=state.at,
        )
        for state, until in zip(kept, ends, strict=False)
    ]


def _ids(leads: tuple[PartyView, ...]) -> tuple[str | None, ...]:
    return tuple(lead.party for lead in leads) or (None,)


def led(intervals: Sequence[LeadInterval], item: str, on: date) -> LeadInterval | None:
    """Find who led an item, by ref or global id, on a day; None where it was not in the plan.

    A ref can have been used by several items one after the other, but by one on a day.
    """
    for interval in intervals:
        is_on = interval.since <= on and (interval.until is None or on < interval.until)
        if item in {interval.item.ref, interval.item.id} and is_on:
            return interval
    return None
