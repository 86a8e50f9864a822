"""What an office by chance does from day to day with the milestones of its plan."""

from typing import cast

import msgspec

from planledger.domain.commands import (
    AgreeMilestone,
    CorrectEntry,
    MoveTargetDate,
    ReassignLead,
    RefuseSignOff,
    RegisterEvidence,
    ReopenMilestone,
    ReportComplete,
    ReportProgress,
    RewordItem,
    SetTargetDate,
    SignOffMilestone,
    VoidEntry,
)
from planledger.events.dates import Month, day
from planledger.events.evidence import EvidenceRegistered
from planledger.events.milestone import MilestoneProgressReported
from planledger.events.values import (
    EvidenceKind,
    Personal,
    Progress,
    ReasonCode,
    ReopenTrigger,
    SignOffLevel,
)
from planledger.simulation.chance.opening import propose
from planledger.simulation.chance.world import DIRECTOR, LEAD, OFFICE, Step, Steps, Wish, World

_MOST_STEPS = 6
"""Milestones an action gets at most, on average."""
_SAID = ("On course.", "Behind, with a plan to recover.", "Waits for a partner.", "Nearly done.")


def turn(world: World) -> Steps:
    """Do one thing, or a few that belong together."""
    if world.amendable and world.happens(1.5):
        yield from _put_right(world)
    elif world.happens(2):
        yield from _reassign(world)
    else:
        yield from _go_on(world, world.one_of(world.steps))


def _go_on(world: World, step: Step) -> Steps:
    if not step.agreed:
        yield from _agree(world, step)
    elif step.due is None:
        yield from _set_date(world, step)
    elif step.claimed:
        yield from _settle(world, step)
    elif step.accepted:
        yield from _after(world, step)
    elif world.happens(25):
        yield from _claim(world, step)
    elif world.happens(40):
        yield from _move(world, step)
    else:
        yield from _report(world, step)


def _agree(world: World, step: Step) -> Steps:
    agreed = AgreeMilestone(plan=world.plan, milestone=step.id, authority=world.board())
    step.agreed = (yield Wish(OFFICE, agreed)) is not None


def _set_date(world: World, step: Step) -> Steps:
    due = world.month(1 + world.chance.randrange(12))
    set_ = SetTargetDate(plan=world.plan, milestone=step.id, date=due, authority=world.board())
    if (yield Wish(OFFICE, set_)) is not None:
        step.due, step.since = due, world.today


def _move(world: World, step: Step) -> Steps:
    due = world.month(1 + world.chance.randrange(9))
    if due == step.due or step.due is None:
        return
    moved = MoveTargetDate(
        plan=world.plan,
        milestone=step.id,
        from_date=step.due,
        to_date=due,
        reason_code=world.one_of(tuple(ReasonCode)),
        reason=Personal(words="It takes longer than was thought."),
        authority=world.board() if world.happens(70) else None,
        effective_on=world.earlier(step.since) if world.happens(6) else None,
    )
    if (yield Wish(OFFICE, moved)) is not None:
        step.due, step.since = due, world.today


def _report(world: World, step: Step) -> Steps:
    reported = ReportProgress(
        plan=world.plan,
        milestone=step.id,
        state=world.one_of((Progress.IN_PROGRESS, Progress.IN_PROGRESS, Progress.ON_HOLD)),
        narrative=Personal(words=world.one_of(_SAID)),
        forecast=_forecast(world),
        effective_on=world.earlier(step.since) if world.happens(9) else None,
    )
    entry = yield Wish(LEAD, reported)
    if entry is not None:
        world.amendable.append(entry)


def _forecast(world: World) -> Month:
    return world.month(world.chance.randrange(12))


def _claim(world: World, step: Step) -> Steps:
    plan = world.plan
    shown = RegisterEvidence(
        plan=plan,
        title=Personal(words="Simulated evidence"),
        kind=world.one_of(tuple(EvidenceKind)),
        uri=f"https://records.example/{world.chance.randrange(10**12):012}",
        items=(step.id,),
        dated=day(world.today),
    )
    entry = yield Wish(LEAD, shown)
    evidence: tuple[str, ...] = ()
    if entry is not None and isinstance(entry.event, EvidenceRegistered):
        evidence = (entry.event.evidence,)
    claimed = ReportComplete(
        plan=plan, milestone=step.id, achieved_on=day(world.today), evidence=evidence
    )
    if (yield Wish(LEAD, claimed)) is not None:
        step.claimed, step.since = True, world.today


def _settle(world: World, step: Step) -> Steps:
    """Accept a claim, or now and then decline it."""
    plan = world.plan
    if world.happens(15):
        missing = Personal(words="It is not shown that it is in use.")
        refused = RefuseSignOff(plan=plan, milestone=step.id, missing=missing)
        if (yield Wish(DIRECTOR, refused)) is not None:
            step.claimed, step.since = False, world.today
        return
    accepted = SignOffMilestone(
        plan=plan, milestone=step.id, level=SignOffLevel.ACCEPTED, authority=world.board()
    )
    if (yield Wish(DIRECTOR, accepted)) is not None:
        step.claimed, step.accepted, step.since = False, True, world.today


def _after(world: World, step: Step) -> Steps:
    """Propose what comes next; where there is enough of it, take something up again."""
    if len(world.steps) < _MOST_STEPS * len(world.actions) and world.happens(50):
        text = f"Step {len(world.steps) + 1} of the plan"
        yield from propose(world, world.one_of(world.actions), text)
        return
    if world.happens(30):
        to = f"Reached and kept up, as seen in {world.today.year} ({world.chance.randrange(10**6)})"
        yield Wish(OFFICE, RewordItem(plan=world.plan, item=step.id, to=to, material=False))
        return
    reopened = ReopenMilestone(
        plan=world.plan,
        milestone=step.id,
        trigger=world.one_of(tuple(ReopenTrigger)),
        reason=Personal(words="It did not last."),
    )
    if (yield Wish(DIRECTOR, reopened)) is not None:
        step.accepted, step.since = False, world.today


def _reassign(world: World) -> Steps:
    action = world.one_of(world.actions)
    lead, other = world.leads.get(action), world.one_of(world.parties)
    if lead is None or other == lead:
        return
    reassigned = ReassignLead(
        plan=world.plan,
        item=action,
        from_parties=(lead,),
        to_parties=(other,),
        reason=Personal(words="The lead has moved to another service."),
    )
    if (yield Wish(DIRECTOR, reassigned)) is not None:
        world.leads[action] = other


def _put_right(world: World) -> Steps:
    """Correct a report of progress, or say that it never happened."""
    place = world.chance.randrange(len(world.amendable))
    entry = world.amendable[place]
    del world.amendable[place]
    reason = Personal(words="Keyed in wrongly.")
    if world.happens(50):
        yield Wish(OFFICE, VoidEntry(plan=world.plan, entry=entry.position, reason=reason))
        return
    said = cast("MilestoneProgressReported", entry.event)
    forecast = _forecast(world)
    event = msgspec.structs.replace(said, forecast=forecast)
    if forecast != said.forecast:
        corrected = CorrectEntry(plan=world.plan, entry=entry.position, event=event, reason=reason)
        yield Wish(OFFICE, corrected)
