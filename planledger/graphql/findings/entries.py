"""Findings that name entries: how dates moved, who led when, what was late, what was put right."""

from datetime import date
from typing import Any, cast

import strawberry

from planledger.events.values import ReasonCode
from planledger.graphql.common import described
from planledger.graphql.entries import Entries
from planledger.graphql.event import PlanEvent
from planledger.graphql.findings.finding import NamedItem
from planledger.graphql.milestone import Slippage
from planledger.graphql.party import Party
from planledger.graphql.scalars import Position, ReviewRef
from planledger.graphql.target_date import OneOff, TargetDate
from planledger.projections.findings import AmendmentKind, Finding, TbcEnd


class Told:
    """A finding, with the entries that its list names at hand."""

    __slots__ = ("entries", "found")

    def __init__(self, found: Finding, entries: Entries) -> None:
        """Tell of what was found."""
        self.found = found
        self.entries = entries

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the finding has
        """Give a field of the finding."""
        return getattr(self.found, name)


def _entry(field: str, description: str) -> Any:  # noqa: ANN401 - as strawberry.field itself
    """Describe a field that shows the entry whose position the finding has as `field`."""

    def resolve(root: Told) -> PlanEvent:
        return cast("PlanEvent", root.entries.at(getattr(root, field)))

    return strawberry.field(resolver=resolve, description=description)


def _correction(root: Told) -> PlanEvent | None:
    corrected = root.learned_at != root.position
    return cast("PlanEvent", root.entries.at(root.learned_at)) if corrected else None


@strawberry.type(description="How long a milestone's date was, or is, to be confirmed.")
class TbcAge:
    milestone: NamedItem = described("The milestone.")
    since: date = described("The civil day from which it was to be confirmed.")
    until: date | None = described("The civil day it ended; null where it has not.")
    days: int = described("Days from the one to the other, or to the effective day.")
    ended_by: TbcEnd | None = described("What ended it; null where nothing has.")
    had_date: OneOff | None = described("The date taken out of force for it, if there was one.")


@strawberry.type(description="The first date a milestone was given. It is no slippage.")
class FirstSetting:
    milestone: NamedItem = described("The milestone.")
    position: Position = described("Position of the entry.")
    event: PlanEvent = _entry("position", "The entry: who set it, why and by what right.")
    on: date = described("The civil day on which it took effect.")
    was: TargetDate = described("What stood in place of a date until then.")
    new: OneOff = described("The date.")


@strawberry.type(
    description="That a milestone's date became another one; also by way of having none in between."
)
class DateMove:
    milestone: NamedItem = described("The milestone.")
    position: Position = described("Position of the entry.")
    event: PlanEvent = _entry("position", "The entry: who moved it, why and by what right.")
    correction: PlanEvent | None = strawberry.field(
        resolver=_correction,
        description="The last correction of the entry, if there is one; the rest is as it says.",
    )
    on: date = described("The civil day on which it took effect.")
    recorded_on: date = described("The civil day on which it was recorded.")
    old: OneOff = described("The date before.")
    new: OneOff = described("The date from then on.")
    slippage: Slippage | None = described("Against the date before; null for the same month.")
    from_original: Slippage | None = described("Against the first date ever set.")
    baseline: str | None = described("Ref of the last baseline before the move, if any.")
    from_baseline: Slippage | None = described("Against the date there, if there was one.")
    reason_code: ReasonCode | None = described("The kind of reason, if one was given.")
    set_again: bool = described("The date before had been taken out of force in between.")
    after_it_passed: bool = described("The date before had passed when the move took effect.")
    before_reviews: list[ReviewRef] = described(
        "Reviews in whose last five working days before the cut-off it took effect or was "
        "recorded, the day of the cut-off included.",
        about=1,
    )


@strawberry.type(
    description="How far the date in force lies from the original and from a baseline's."
)
class Slipped:
    milestone: NamedItem = described("The milestone.")
    target_date: TargetDate = described("The date in force.")
    from_original: Slippage | None = described("Against the first date ever set.")
    baseline: str | None = described("Ref of the baseline compared with, if there is one.")
    at_baseline: TargetDate | None = described("What stood there, if the milestone did.")
    from_baseline: Slippage | None = described("Against the date there, if there was one.")


@strawberry.type(description="That the same parties led an item from one day to another.")
class LeadInterval:
    item: NamedItem = described("The action or milestone.")
    leads: list[Party] = described(
        "Who led it, under their present names; empty is vacant.", about=2
    )
    inherited: bool = described("A milestone had them from its action.")
    since: date = described("The first civil day.")
    until: date | None = described(
        "The civil day from which it was otherwise, or the item left the plan; null if it still is."
    )
    position: Position = described("Position of the entry that made it so.")
    event: PlanEvent = _entry("position", "The entry that made it so.")


@strawberry.type(description="An entry recorded after the day on which it took effect.")
class LateEntry:
    position: Position = described("Position of the entry.")
    event: PlanEvent = _entry("position", "The entry.")
    type: str = strawberry.field(
        resolver=lambda root: root.found.event,
        description="The name it is stored under, such as milestone-agreed.v1.",
        graphql_type=str,
    )
    item: NamedItem | None = described("What it is about, if it is an item.")
    effective_on: date = described("The civil day on which it took effect.")
    recorded_on: date = described("The civil day on which it was recorded.")
    days: int = described("Days from the one to the other.")


@strawberry.type(description="That an entry was corrected or voided.")
class AmendmentFinding:
    kind: AmendmentKind = described("What was done.")
    position: Position = described("Position of the correction or void.")
    event: PlanEvent = _entry("position", "The correction or void: who made it, and why.")
    on: date = described("The civil day it gives itself.")
    recorded_on: date = described("The civil day on which it was recorded.")
    entry: Position = described(
        "Position of the entry it is about, which can be a correction or void itself."
    )
    about: Position = described("Position of the entry about the plan that it is about in the end.")
    original: PlanEvent = _entry("about", "That entry, as it was recorded.")
    item: NamedItem | None = described("What that entry is about, if it is an item.")
    undone: bool = described("It was voided itself later.")
    reviews: list[ReviewRef] = described(
        "Closed reviews that had reported the entry before this.", about=1
    )
