"""The matter looked into: one plan as it stood at one point, and the facts behind it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from msgspec import Struct

from planledger.domain.delivery import ACCEPTED, CLAIMED
from planledger.domain.plan import Action, Area, Milestone, Plan, find_item
from planledger.domain.record import Record
from planledger.events.envelope import Fact
from planledger.events.structure import PlaceholderResolved
from planledger.events.values import ItemKind
from planledger.projections.findings.placing import Places
from planledger.projections.timing import DONE
from planledger.projections.view import (
    ActionView,
    AreaView,
    MilestoneView,
    PartyView,
    PlanView,
    global_id,
    ref_of,
)


class Finding(Struct, frozen=True, kw_only=True, gc=False):
    """Something found in a plan. Calculated by planledger, and nobody's judgement."""


class NamedItem(Finding, frozen=True, kw_only=True, gc=False):
    """An item of the plan, as a finding names it."""

    kind: ItemKind
    id: str
    """Its global id at this point, as in the view."""
    ref: str
    text: str
    """Its wording; an area's title."""


class Amendment(NamedTuple):
    """An entry that corrects or voids another, and the entry about the world it is about."""

    fact: Fact
    root: Fact


class Placed(NamedTuple):
    """A milestone with what it stands under."""

    area: AreaView
    action: ActionView
    milestone: MilestoneView
    state: Milestone
    resolved_on: date | None
    """The day its action, a placeholder, was resolved."""

    @property
    def gone_on(self) -> date | None:
        """The day it left the plan, by itself or with what it stands under."""
        days = [
            item.withdrawn.on
            for item in (self.area, self.action, self.milestone)
            if item.withdrawn is not None
        ]
        return min(days, default=None)

    @property
    def is_open(self) -> bool:
        """Whether anything is still to be done about it under this name.

        Not where it left the plan, nor where its action was a placeholder and is resolved: what
        took the place of that has milestones of its own.
        """
        return self.gone_on is None and self.resolved_on is None

    @property
    def named(self) -> NamedItem:
        """Name the milestone."""
        return name_milestone(self.milestone)


class PlacedAction(NamedTuple):
    """An action with the area it stands under, and its milestones."""

    area: AreaView
    action: ActionView
    state: Action
    milestones: tuple[Placed, ...]

    @property
    def gone_on(self) -> date | None:
        """The day it left the plan, by itself or with its area."""
        days = [
            item.withdrawn.on for item in (self.area, self.action) if item.withdrawn is not None
        ]
        return min(days, default=None)

    @property
    def live(self) -> tuple[Placed, ...]:
        """Those of its milestones that are in the plan."""
        return tuple(placed for placed in self.milestones if placed.gone_on is None)

    @property
    def is_resolved(self) -> bool:
        """Whether it was a placeholder, and what it promised was since defined or dropped."""
        return self.state.replaced_by is not None

    @property
    def named(self) -> NamedItem:
        """Name the action."""
        return name_action(self.action)


class Matter:
    """A plan at one point. Nothing in it changes, so what is found in it does not either."""

    def __init__(  # noqa: PLR0913 - what a finding may look at, each once
        self,
        *,
        plan: Plan,
        view: PlanView,
        facts: Sequence[Fact],
        amendments: Sequence[Amendment],
        position: int,
        on: date,
    ) -> None:
        """Take a plan as known at `position` and effective on a day, and its view there.

        `facts` are those about the world that stand there, each as its last correction has it, in
        effective order; `amendments` are those recorded by then, in ledger order.
        """
        self.plan = plan
        self.view = view
        self.facts = facts
        self.amendments = amendments
        self.position = position
        self.on = on
        self._mark = view.id.removeprefix(global_id("Plan", plan.ref, plan.ref, ""))
        self.parties = {party.party: party for party in view.parties}
        self.places = Places(view)
        self.actions = tuple(self._placed(_resolutions(facts)))
        """Every action, withdrawn or not, in the order of the plan."""
        self.milestones = tuple(placed for action in self.actions for placed in action.milestones)
        """Every milestone, withdrawn or not, in the order of the plan."""
        self.live_actions = tuple(placed for placed in self.actions if placed.gone_on is None)
        self.live = tuple(placed for placed in self.milestones if placed.gone_on is None)
        """The milestones that are in the plan."""
        self.open = tuple(placed for placed in self.milestones if placed.is_open)
        """Those of which something may be still to do."""

    def named(self, item: str | None) -> NamedItem | None:
        """Name an item by what entries call it; None where it is not in the plan."""
        found = find_item(self.plan, item) if item is not None else None
        if found is None:
            return None
        noun = type(found).__name__
        return NamedItem(
            kind=ItemKind(noun.lower()),
            id=self._id(noun, found.id),
            ref=ref_of(self.plan, found.id) or "",
            text=found.title if isinstance(found, Area) else found.text,
        )

    def _placed(self, resolved: Mapping[str, date]) -> Iterator[PlacedAction]:
        plan = self.plan
        milestones = {self._id("Milestone", state.id): state for state in plan.milestones.values()}
        actions = {self._id("Action", state.id): state for state in plan.actions.values()}
        for area in self.view.areas:
            for action in area.actions:
                state = actions[action.id]
                on = resolved.get(state.id)
                under = (
                    Placed(area, action, milestone, milestones[milestone.id], on)
                    for milestone in action.milestones
                )
                yield PlacedAction(area, action, state, tuple(under))

    def shown_parties(self, parties: tuple[str, ...]) -> tuple[PartyView, ...]:
        """Show parties under their present names, as far as they are known."""
        return tuple(self.parties[party] for party in parties if party in self.parties)

    def _id(self, kind: str, of: str) -> str:
        return global_id(kind, self.plan.ref, of, self._mark)


def _resolutions(facts: Sequence[Fact]) -> dict[str, date]:
    """Give the days on which placeholders were resolved, by their ids."""
    return {
        event.action: fact.envelope.effective_on
        for fact in facts
        if isinstance(event := fact.envelope.event, PlaceholderResolved)
    }


def amendments_by(record: Record, position: int) -> tuple[Amendment, ...]:
    """Give the corrections and voids recorded by a position, each with what it is about."""
    found = ((fact, record.root(fact)) for fact in record.amendments if fact.position <= position)
    return tuple(Amendment(fact, root) for fact, root in found if root is not None)


def name_milestone(milestone: MilestoneView) -> NamedItem:
    """Name a milestone."""
    return NamedItem(
        kind=ItemKind.MILESTONE, id=milestone.id, ref=milestone.ref, text=milestone.text
    )


def name_action(action: ActionView) -> NamedItem:
    """Name an action."""
    return NamedItem(kind=ItemKind.ACTION, id=action.id, ref=action.ref, text=action.text)


def name_area(area: AreaView) -> NamedItem:
    """Name an area."""
    return NamedItem(kind=ItemKind.AREA, id=area.id, ref=area.ref, text=area.title)


def is_reached(milestone: MilestoneView) -> bool:
    """Say whether a claim stands that a milestone is reached; of a recurring one, every time."""
    return milestone.delivery in CLAIMED or milestone.timeliness in DONE


def is_accepted(milestone: MilestoneView) -> bool:
    """Say whether every such claim was signed off."""
    if milestone.delivery in ACCEPTED:
        return True
    standing = [claim for claim in milestone.completions if claim.stands]
    return is_reached(milestone) and all(claim.sign_offs for claim in standing)
