"""The mutations that put the record itself right. They answer with the entry as it stands then."""

from dataclasses import replace
from datetime import date
from typing import Annotated, cast

import strawberry

from planledger.domain.commands import CorrectEntry, VoidEntry
from planledger.domain.patching import Change, patched, root_at, shown_name
from planledger.domain.record import Record
from planledger.domain.refusals import Refusal
from planledger.graphql.common import described
from planledger.graphql.context import Info
from planledger.graphql.entries import as_it_stands
from planledger.graphql.event import SHOWN_AS, PlanEvent
from planledger.graphql.recording import (
    CommandInput,
    Conflict,
    Recorded,
    Refused,
    StatedInput,
    answered,
    asked,
    refused,
    stated,
    submitted,
)
from planledger.graphql.scalars import Json, Position
from planledger.ledger import Ledger
from planledger.ledger import Recorded as Outcome

_STORED_AS = {shown_name(shown): stored for stored, shown in SHOWN_AS.items()}


@strawberry.type(description="The record was put right, or was so already.")
class EntryRecorded(Recorded):
    entry: PlanEvent | None = described(
        "The entry that was wrong, in its place, saying what it says from now on; null where it is "
        "void. Who recorded it and why are those of its own."
    )


EntryResult = Annotated[
    EntryRecorded | Refused | Conflict,
    strawberry.union("EntryResult", description="What came of a command about the record."),
]


@strawberry.input(description="What one field of an entry should have said.")
class FieldChangeInput:
    field: str = described('The field, as the type of the entry\'s event names it: "achievedOn".')
    to: Json | None = strawberry.field(
        default=None,
        description="What it should have said, written as the entry shows it: a text, a number "
        '("31.20"), true or false, a day, a partial date ("2015-03"), a value of an enum '
        '("IN_PROGRESS"), or a list of these. A target date and a period are stated whole: '
        '{first: "2015-06", everyMonths: 3, asPrinted: "quarterly"}; a date that is due once may '
        'be the date alone ("2015-05"). Null for nothing.',
    )


@strawberry.input(
    description="Have an entry say what it should have said. Needs a reason. For what was wrong "
    "in the record; where the world changed, record that."
)
class EntryCorrectInput(StatedInput):
    entry: Position = described("Position of the entry that was wrong, or of a correction of it.")
    changes: list[FieldChangeInput] = strawberry.field(
        default_factory=list,
        description="Only what was wrong, each field once; none where only the day was.",
    )
    effective_on: date | None = strawberry.field(
        default=None,
        description="The civil day (Europe/London) it should have been effective on; left out, "
        "the day it was. The correction counts at once, for every day.",
    )


@strawberry.input(
    description="Say that what an entry says never happened. Needs a reason; refused where entries "
    "that stand depend on it. A correction or a void can itself be voided, unless what comes back "
    "by that could not be recorded beside what was recorded since."
)
class EntryVoidInput(CommandInput):
    entry: Position = described("Position of the entry.")
    effective_on: date | None = strawberry.field(
        default=None, description="Leave it out: a void counts at once, for every day."
    )

    def command(self) -> VoidEntry:
        """Give what it asks."""
        return VoidEntry(**stated(self), entry=self.entry)


def entry_correct(info: Info, input: EntryCorrectInput) -> EntryResult:
    """Correct an entry."""
    ledger = info.context.ledger
    record = ledger.record(input.plan)
    seen = record.positions[-1] if record.positions else 0
    event = patched(
        record,
        input.entry,
        [Change(_STORED_AS.get(change.field, change.field), change.to) for change in input.changes],
        _before(ledger, record, input),
    )
    if isinstance(event, Refusal):
        return refused(event)
    command = CorrectEntry(**stated(input), entry=input.entry, event=event)
    # The event was put together from what the entry said: somebody else's correction between
    # must not be undone by it.
    expected = seen if input.expected_position is None else min(seen, input.expected_position)
    outcome = submitted(
        info,
        (command,),
        command_id=input.command_id,
        correlation_id=input.correlation_id,
        expected_position=expected,
    )
    if isinstance(outcome, Refused):
        return replace(outcome, path=_path(outcome.path, input))
    return _answer(ledger, input, outcome)


def entry_void(info: Info, input: EntryVoidInput) -> EntryResult:
    """Void an entry."""
    return _answer(info.context.ledger, input, asked(info, input))


def _before(ledger: Ledger, record: Record, input: EntryCorrectInput) -> int | None:
    """Give the position that this very command was recorded after, if it was recorded before.

    Sent again, it must be put together from what the entry said then, or else it would not be the
    same command, and would be refused instead of answered.
    """
    root = root_at(record, input.entry)
    if input.command_id is None or root is None:
        return None
    amendments = [fact.position for fact in record.amended.get(root.position, ())[1:]]
    for position, entry in ledger.entries_at(amendments).items():
        if entry.envelope.command_id == input.command_id:
            return position - 1
    return None


def _path(path: str | None, input: EntryCorrectInput) -> str | None:
    """Turn a path into the event, which callers do not see, into one into the changes."""
    if path is None or path.partition(".")[0] != "event":
        return path
    field = path.split(".")[1:2]
    for number, change in enumerate(input.changes):
        if field == [change.field]:
            return f"changes.{number}.to"
    return "changes"


def _answer(
    ledger: Ledger, input: EntryCorrectInput | EntryVoidInput, outcome: Outcome | Refused | Conflict
) -> EntryRecorded | Refused | Conflict:
    if not isinstance(outcome, Outcome):
        return outcome
    record = ledger.record(input.plan)
    root = root_at(record, input.entry)
    entry = None
    if root is not None:
        recorded = ledger.entries_at([root.position])[root.position]
        entry = as_it_stands(record, recorded, outcome.position)
    return EntryRecorded(**answered(outcome), entry=cast("PlanEvent | None", entry))
