"""How a plan by chance begins: areas, actions, milestones, leads, KPIs and forums, one by one."""

from planledger.domain.commands import (
    AddAction,
    AddArea,
    AddStatement,
    AdoptRatingKey,
    AssignLead,
    DefineKpi,
    DraftPlan,
    EstablishForum,
    ProposeMilestone,
    RegisterParty,
)
from planledger.events.milestone import MilestoneProposed
from planledger.events.party import PartyRegistered
from planledger.events.structure import ActionAdded
from planledger.events.values import (
    PartyKind,
    Personal,
    Polarity,
    Rating,
    RatingMeaning,
    StatementKind,
    SuppressionRule,
)
from planledger.simulation.chance.world import ANALYST, DIRECTOR, OFFICE, Step, Steps, Wish, World

AREAS = 6
_PARTIES = 12
_STEPS = 3
"""Milestones of an action at the beginning."""
KEY = "delivery"
SAYS_SO = Personal(
    words="This ledger is simulated: a program made everything in it by chance, on a clock of its "
    "own. Nobody and nothing named in it exists."
)


def opening(world: World) -> Steps:
    """Begin a plan."""
    title = "Simulated improvement plan"
    yield Wish(OFFICE, DraftPlan(plan=world.plan, title=title, reason=SAYS_SO))
    yield from _parties(world)
    for number in range(1, AREAS + 1):
        yield from _area(world, str(number))
    for index in range(world.size.actions):
        yield from _action(world, area=str(index % AREAS + 1), number=index // AREAS + 1)
    yield from _governance(world)


def forum(number: int) -> str:
    """Give the short name of a forum."""
    return ("board", "panel")[number]


def kpi(number: int) -> str:
    """Give the short name of a KPI."""
    return f"kpi-{number + 1}"


def _parties(world: World) -> Steps:
    for number in range(1, _PARTIES + 1):
        name = Personal(words=f"Simulated lead {number}")
        kind = PartyKind.ORGANISATION if number > 9 else PartyKind.PERSON  # noqa: PLR2004
        entry = yield Wish(OFFICE, RegisterParty(plan=world.plan, kind=kind, name=name))
        if entry is not None and isinstance(entry.event, PartyRegistered):
            world.parties.append(entry.event.party)


def _area(world: World, number: str) -> Steps:
    plan = world.plan
    yield Wish(OFFICE, AddArea(plan=plan, number=number, title=f"Area {number}"))
    for kind in StatementKind:
        text = f"What area {number} is for ({kind.value})"
        yield Wish(OFFICE, AddStatement(plan=plan, area=number, kind=kind, text=text))


def _action(world: World, area: str, number: int) -> Steps:
    ref = f"{area}.{number}"
    added = AddAction(plan=world.plan, area=area, ref=ref, text=f"What action {ref} does")
    entry = yield Wish(OFFICE, added)
    if entry is None or not isinstance(entry.event, ActionAdded):
        return
    action = entry.event.action
    world.actions.append(action)
    lead = world.one_of(world.parties)
    entry = yield Wish(DIRECTOR, AssignLead(plan=world.plan, item=action, party=lead))
    if entry is not None:
        world.leads[action] = lead
    for step in range(1, _STEPS + 1):
        yield from propose(world, action, f"Step {step} of action {ref}")


def propose(world: World, action: str, text: str) -> Steps:
    """Propose a milestone and take it into what the office knows."""
    entry = yield Wish(OFFICE, ProposeMilestone(plan=world.plan, action=action, text=text))
    if entry is not None and isinstance(entry.event, MilestoneProposed):
        world.steps.append(Step(entry.event.milestone, entry.effective_on))


def _governance(world: World) -> Steps:
    plan = world.plan
    for number in range(world.size.forums):
        name = f"Simulated {forum(number)}"
        command = EstablishForum(plan=plan, forum=forum(number), name=name, every_months=3)
        yield Wish(OFFICE, command)
    meanings = tuple(RatingMeaning(rating=one, meaning=f"Means {one.value}") for one in Rating)
    key = AdoptRatingKey(plan=plan, key=KEY, name="Delivery key", meanings=meanings)
    yield Wish(OFFICE, key)
    for number in range(world.size.kpis):
        yield Wish(
            ANALYST,
            DefineKpi(
                plan=plan,
                kpi=kpi(number),
                name=f"Simulated KPI {number + 1}",
                formula="What was done divided by what was due",
                unit="%",
                polarity=tuple(Polarity)[number % 3],
                frequency_months=3,
                source_system="Simulation",
                suppression_rule=SuppressionRule.SMALL_NUMBERS,
                statements=(f"{number % AREAS + 1}/measure/1",),
            ),
        )
