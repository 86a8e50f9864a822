"""What acts share: fields that several have, and commands made of values."""

from collections.abc import Callable
from typing import Any

from planledger.domain.commands import Command, PlanCommand
from planledger.events.values import Authority
from planledger.recording.act import Field, Kind, Values

MILESTONE = Field(
    name="milestone",
    label="Milestone",
    kind=Kind.MILESTONE,
    hint="Its ref, for instance 1.4/2.",
    required=True,
)
OCCURRENCE = Field(
    name="occurrence",
    label="Which time",
    kind=Kind.PARTIAL_DATE,
    hint="Only of a milestone that is due again and again: the date of the time that is meant.",
)
AS_PRINTED = Field(
    name="as_printed",
    label="As it is printed",
    kind=Kind.TEXT,
    hint="Only where a document says it in other words, for instance “end of March”.",
)
EVIDENCE = Field(
    name="evidence",
    label="Evidence",
    kind=Kind.EVIDENCE,
    hint="What is registered already, by title or id, with ; between several.",
)


def plainly(command: type[Command]) -> Callable[[str, Values], PlanCommand]:
    """Make a command whose fields are called as those of the act; blank ones are left out."""

    def made(plan: str, values: Values) -> PlanCommand:
        fields = set(command.__struct_fields__) - set(Command.__struct_fields__)
        own = {name: values[name] for name in fields & set(values) if values[name] is not None}
        return make(command, plan, values, **own)

    return made


def make(command: type[Command], plan: str, values: Values, **own: Any) -> PlanCommand:
    """Make a command of what is its own, and of what `values` have for every act."""
    made: Any = command(
        plan=plan,
        effective_on=values["effective_on"],
        reason=values["reason"],
        authority=_authority(values),
        **own,
    )
    whole: PlanCommand = made
    return whole


def _authority(values: Values) -> Authority | None:
    fields = ("forum", "meeting", "minute", "officer")
    stated = {field: values[f"authority_{field}"] for field in fields}
    return Authority(**stated) if any(stated.values()) else None
