"""Rules for parties and leads."""

from planledger.domain.case import Case, item_of, need_reason, party_of, unknown
from planledger.domain.commands import (
    AliasParty,
    AssignLead,
    ReassignLead,
    RegisterParty,
    RenameParty,
)
from planledger.domain.plan import Action, Milestone
from planledger.domain.refusals import Code, Refusal
from planledger.events.base import Event
from planledger.events.party import (
    LeadAssigned,
    LeadReassigned,
    PartyAliased,
    PartyRegistered,
    PartyRenamed,
)


def register_party(command: RegisterParty, case: Case) -> tuple[Event, ...] | Refusal:
    """Register a party; one of the same kind and name is taken to be the same.

    On a day before it was registered that is the same party, known to the plan from then on.
    """
    same = [
        party
        for party in case.known.parties.values()
        if (party.kind, party.name) == (command.kind, command.name)
    ]
    if any(party.id in case.plan.parties for party in same):
        return ()
    # Two may have come to bear one name: the first registered is the same one on every machine.
    first = min(same, key=lambda party: party.registered_at, default=None)
    party_id = first.id if first else case.new_id("party")
    return (PartyRegistered(party=party_id, kind=command.kind, name=command.name),)


def rename_party(command: RenameParty, case: Case) -> tuple[Event, ...] | Refusal:
    """Give a party another name."""
    party = party_of(case, command.party, "party")
    if isinstance(party, Refusal):
        return party
    if party.name == command.name:
        return ()
    return (PartyRenamed(party=party.id, name=command.name),)


def alias_party(command: AliasParty, case: Case) -> tuple[Event, ...] | Refusal:
    """Record another spelling of a party's name."""
    party = party_of(case, command.party, "party")
    if isinstance(party, Refusal):
        return party
    if command.alias == party.name or command.alias in party.aliases:
        return ()
    return (PartyAliased(party=party.id, alias=command.alias),)


def assign_lead(command: AssignLead, case: Case) -> tuple[Event, ...] | Refusal:
    """Assign a lead; beside those in place only when that is what is meant."""
    led = _led_of(case, command.item)
    if isinstance(led, Refusal):
        return led
    party = party_of(case, command.party, "party")
    if isinstance(party, Refusal):
        return party
    leads = led.leads or ()
    beside: tuple[str, ...] = ()
    if command.jointly and led.leads is None:
        # Those it inherits stay beside the new one, so they become leads of its own.
        beside = _in_place(case, led)[-1]
    if party.id in (*leads, *beside):
        return ()
    if leads and not command.jointly:
        return Refusal(
            code=Code.LEAD_IN_PLACE,
            message=f"{command.item} has a lead. Assign jointly to add one beside it, or reassign "
            "to replace it.",
            path="jointly",
        )
    return tuple(LeadAssigned(item=led.id, party=lead) for lead in (*beside, party.id))


def reassign_lead(command: ReassignLead, case: Case) -> tuple[Event, ...] | Refusal:
    """Replace the leads in place, which the caller must name, for a reason; or leave it vacant."""
    led = _led_of(case, command.item)
    if isinstance(led, Refusal):
        return led
    for path, names in (
        ("fromParties", command.from_parties),
        ("toParties", command.to_parties),
    ):
        for name in names:
            party = party_of(case, name, path)
            if isinstance(party, Refusal):
                return party
    wanted = tuple(dict.fromkeys(command.to_parties))
    if led.leads == wanted:
        return ()
    stated = frozenset(command.from_parties)
    if stated not in (frozenset(leads) for leads in _in_place(case, led)):
        return Refusal(
            code=Code.FROM_DIFFERS,
            message=f"{command.item} is not led by those named in fromParties. Look at its leads "
            "again, then reassign from them.",
            path="fromParties",
        )
    refusal = need_reason(command, "Who leads is part of what was promised.")
    in_place = led.leads or ()
    return refusal or (LeadReassigned(item=led.id, from_parties=in_place, to_parties=wanted),)


def _in_place(case: Case, led: Action | Milestone) -> tuple[tuple[str, ...], ...]:
    """Give what may be stated as the leads in place: its own, or also those it inherits."""
    if isinstance(led, Action) or led.leads is not None:
        return (led.leads or (),)
    action = case.plan.actions.get(led.action)
    return ((), action.leads if action else ())


def _led_of(case: Case, name: str) -> Action | Milestone | Refusal:
    item = item_of(case, name)
    if isinstance(item, Action | Milestone | Refusal):
        return item
    return unknown("action or milestone", name, "item")
