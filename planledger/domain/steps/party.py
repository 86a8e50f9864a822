"""How parties and leads change."""

from msgspec.structs import replace

from planledger.domain.plan import Action, Milestone, Party, Plan, find_item
from planledger.domain.steps.common import Steps, with_item
from planledger.events import party
from planledger.events.envelope import Fact

_LED = (Action, Milestone)  # a tuple: `Action | Milestone` would be made anew at every step


def _party_registered(plan: Plan, event: party.PartyRegistered, entry: Fact) -> Plan:
    known = plan.parties.get(event.party)
    if known is None:
        at = entry.position
        known = Party(id=event.party, kind=event.kind, name=event.name, registered_at=at)
    known = replace(known, kind=event.kind, name=event.name)
    return replace(plan, parties=plan.parties.set(known.id, known))


def _party_renamed(plan: Plan, event: party.PartyRenamed, _: Fact) -> Plan:
    known = plan.parties.get(event.party)
    if known is None:
        return plan
    aliases = (*known.aliases, known.name)
    return replace(
        plan, parties=plan.parties.set(known.id, replace(known, name=event.name, aliases=aliases))
    )


def _party_aliased(plan: Plan, event: party.PartyAliased, _: Fact) -> Plan:
    known = plan.parties.get(event.party)
    if known is None:
        return plan
    aliases = (*known.aliases, event.alias)
    return replace(plan, parties=plan.parties.set(known.id, replace(known, aliases=aliases)))


def _lead_assigned(plan: Plan, event: party.LeadAssigned, _: Fact) -> Plan:
    led = find_item(plan, event.item)
    if not isinstance(led, _LED):
        return plan
    others = tuple(lead for lead in led.leads or () if lead != event.party)
    return with_item(plan, _led_by(led, (*others, event.party)))


def _lead_reassigned(plan: Plan, event: party.LeadReassigned, _: Fact) -> Plan:
    led = find_item(plan, event.item)
    if not isinstance(led, _LED):
        return plan
    return with_item(plan, _led_by(led, event.to_parties))


def _led_by(led: Action | Milestone, leads: tuple[str, ...]) -> Action | Milestone:
    """Say who leads it, or that nobody does: from then on that is no longer to be confirmed."""
    if isinstance(led, Action):
        return replace(led, leads=leads, lead_to_be_confirmed=None)
    return replace(led, leads=leads)


STEPS: Steps = {
    party.PartyRegistered: _party_registered,
    party.PartyRenamed: _party_renamed,
    party.PartyAliased: _party_aliased,
    party.LeadAssigned: _lead_assigned,
    party.LeadReassigned: _lead_reassigned,
}
