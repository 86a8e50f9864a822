"""What all mutations share: the fields of their inputs, and the answers they give."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

import strawberry

from planledger.domain.commands import PlanCommand
from planledger.domain.refusals import Refusal
from planledger.events import values
from planledger.events.values import Personal
from planledger.graphql.about import Which, thing_about
from planledger.graphql.common import described
from planledger.graphql.context import Info
from planledger.graphql.event import PlanEvent
from planledger.graphql.scalars import PlanRef, Position
from planledger.ledger import ConflictError, Ledger
from planledger.ledger import Recorded as Outcome
from planledger.projections.points import AtPosition
from planledger.projections.view import PlanView


@strawberry.interface(description="A command was accepted.")
class Recorded:
    position: Position = described("Ask for this position to see the plan with the change in it.")
    already_so: bool = described("Nothing was recorded, since it was so already.")
    repeated: bool = described("The command id had been recorded; this is its first answer again.")
    events: list[PlanEvent] = described("What was recorded, in order; one commit.", about=3)


ARecorded = TypeVar("ARecorded", bound=Recorded)


@strawberry.interface(description="A command was not carried out; nothing was recorded.")
class UserError:
    code: str = described("Stable code; safe to match on.")
    message: str = described("What was wrong and what to do next, for people.")
    path: str | None = described("The input field it is about, if one.")


@strawberry.type(description="The ledger understood the command and declined it.")
class Refused(UserError):  # noqa: N818 - an answer, not an exception
    pass


@strawberry.type(description="The plan has changed since it was looked at. Look again, then retry.")
class Conflict(UserError):  # noqa: N818 - an answer, not an exception
    pass


@strawberry.input(description="A forum with its meeting and minute, or a delegated officer.")
class AuthorityInput:
    forum: str | None = strawberry.field(default=None, description="The forum that decided.")
    meeting: date | None = strawberry.field(default=None, description="The day it met.")
    minute: str | None = strawberry.field(default=None, description="The minute's reference.")
    officer: Personal | None = strawberry.field(
        default=None, description="The officer who decided under delegated authority."
    )


@strawberry.input(description="What every command states.")
class StatedInput:
    plan: PlanRef = described("The plan's ref.")
    command_id: strawberry.ID | None = strawberry.field(
        default=None,
        description="An id of your own for this command, up to 100 characters. Sending the same "
        "command again with it is safe and records nothing more. Left out, one is made.",
    )
    correlation_id: str | None = strawberry.field(
        default=None,
        description="Kept with the entries, to follow one piece of work. Up to 100 characters. "
        "Left out, it is the request's X-Request-ID header where the caller sent a usable one: up "
        "to 100 letters, digits and any of ._:/=+- (else none).",
    )
    expected_position: Position | None = strawberry.field(
        default=None,
        description="The position you looked at; a plan changed after it answers Conflict.",
    )
    effective_on: date | None = strawberry.field(
        default=None,
        description="The civil day (Europe/London) it is true in the world; left out, today. It "
        "may lie in the past or up to 20 years ahead, not before what it is about came to be.",
    )
    reason: Personal | None = strawberry.field(default=None, description="Why, in words.")
    authority: AuthorityInput | None = strawberry.field(
        default=None, description="By what right it was decided."
    )


@strawberry.input(description="What every command states, and what it asks.")
class CommandInput(StatedInput, ABC):
    @abstractmethod
    def command(self) -> PlanCommand | Refusal:
        """Give what it asks, or why that cannot be asked."""


@strawberry.input(description="A stretch of days, both ends included.")
class PeriodInput:
    first: date = described("Its first day.")
    last: date = described("Its last day, not before the first.")
    label: str = described('What the council calls it, such as "Q4 2014-15".')


def stated(input: StatedInput) -> dict[str, Any]:
    """Give what a command takes from the fields that all inputs share."""
    authority = input.authority
    return {
        "plan": input.plan,
        "effective_on": input.effective_on,
        "reason": input.reason,
        "authority": authority
        and values.Authority(
            forum=authority.forum,
            meeting=authority.meeting,
            minute=authority.minute,
            officer=authority.officer,
        ),
    }


def record(
    info: Info,
    input: CommandInput,
    recorded: type[ARecorded],
    noun: str,
    which: Which,
) -> ARecorded | Refused | Conflict:
    """Carry out a command and answer with `recorded`, or with why it was not carried out.

    The answer's field `noun` holds the thing the command was about; see `thing_about`.
    """
    ledger = info.context.ledger
    outcome = asked(info, input)
    if not isinstance(outcome, Outcome):
        return outcome
    on = input.effective_on or ledger.today
    plan = seen_after(ledger, outcome, input.plan, on)
    about: Any = plan and thing_about(ledger, plan, noun, outcome, which, on)
    return recorded(**answered(outcome), **{noun: about})


def asked(info: Info, input: CommandInput) -> Outcome | Refused | Conflict:
    """Carry out what an input asks; give what came of it, or why it was not carried out."""
    command = input.command()
    if isinstance(command, Refusal):
        return refused(command)
    return submitted(
        info,
        (command,),
        command_id=input.command_id,
        correlation_id=input.correlation_id,
        expected_position=input.expected_position,
    )


def submitted(
    info: Info,
    commands: Sequence[PlanCommand],
    *,
    command_id: str | None,
    correlation_id: str | None,
    expected_position: int | None,
) -> Outcome | Refused | Conflict:
    """Carry out commands together; give what came of them, or why they were not carried out."""
    try:
        outcome = info.context.ledger.submit_all(
            commands,
            author=info.context.author,
            command_id=command_id,
            correlation_id=info.context.correlation_id
            if correlation_id is None
            else correlation_id,
            expected_position=expected_position,
        )
    except ConflictError as conflict:
        return Conflict(code="CONFLICT", message=str(conflict), path="expectedPosition")
    return refused(outcome) if isinstance(outcome, Refusal) else outcome


def refused(refusal: Refusal) -> Refused:
    """Answer with a refusal."""
    return Refused(code=refusal.code.value, message=refusal.message, path=refusal.path)


def answered(outcome: Outcome) -> dict[str, Any]:
    """Give the fields that every accepted command is answered with."""
    return {
        "position": outcome.position,
        "already_so": not outcome.entries,
        "repeated": outcome.repeated,
        "events": list(outcome.entries),
    }


def seen_after(ledger: Ledger, outcome: Outcome, plan: str, on: date) -> PlanView | None:
    """Show a plan right after a command, on today or on the later day the change takes effect."""
    return ledger.at(AtPosition(outcome.position), max(ledger.today, on)).plan(plan)
