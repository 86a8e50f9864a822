"""The act about who leads."""

from typing import Final

from planledger.domain.commands import AssignLead, PlanCommand, ReassignLead
from planledger.recording.act import Act, Field, Kind, Problem, Values
from planledger.recording.acts.making import make


def _lead(plan: str, values: Values) -> PlanCommand | Problem:
    item = values["item"]
    leads: tuple[str, ...] = values["from_parties"] or ()
    wanted: tuple[str, ...] = values["to_parties"] or ()
    if not leads and not wanted:
        return Problem(
            field="to_parties", message="Say who is to lead, or who leads now and does no longer."
        )
    if not leads and len(wanted) == 1:
        return make(AssignLead, plan, values, item=item, party=wanted[0])
    return make(ReassignLead, plan, values, item=item, from_parties=leads, to_parties=wanted)


ACTS: Final = (
    Act(
        name="lead",
        title="Change who leads",
        about="Say who leads an action or a milestone, in place of those who lead it now. A "
        "reason is needed where somebody leads it already.",
        fields=(
            Field(
                name="item",
                label="Action or milestone",
                kind=Kind.ITEM,
                hint="Its ref, for instance 1.4 or 1.4/2.",
                required=True,
            ),
            Field(
                name="from_parties",
                label="Who leads now",
                kind=Kind.PARTIES,
                hint="So that nobody is replaced by mistake; blank where nobody leads.",
                paths=("jointly",),
            ),
            Field(
                name="to_parties",
                label="Who leads from then on",
                kind=Kind.PARTIES,
                hint="Blank where nobody is to lead for the time being.",
                paths=("party",),
            ),
        ),
        command=_lead,
        instead={
            "LEAD_IN_PLACE": "It has a lead already. Fill in who leads now, so that they are "
            "replaced.",
            "FROM_DIFFERS": "It is led by others than those named here. Look at who leads it, "
            "then name them.",
        },
    ),
)
