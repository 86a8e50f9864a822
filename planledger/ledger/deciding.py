"""Commands decided one after the other, as if those before were recorded already."""

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from planledger.domain.commands import (
    CloseReview,
    CorrectEntry,
    IssueVersion,
    PlanCommand,
    SetBaseline,
    Stamp,
    VoidEntry,
)
from planledger.domain.decide import decide
from planledger.domain.decided import Decided
from planledger.domain.refusals import Code, Refusal
from planledger.domain.rules.record import unknown_entry
from planledger.events.envelope import Envelope, Fact
from planledger.projections.history import History

MOST_COMMANDS = 500
"""How many commands may be recorded together."""

_SETTLES = (CloseReview, IssueVersion, SetBaseline)
"""What says how the plan stood at its position: a position stands for the whole of its commit."""


def decide_all(
    commands: Sequence[PlanCommand], history: History, stamp: Stamp
) -> list[Envelope] | Refusal:
    """Decide commands on the plan of one history; give what to record, nothing yet recorded.

    Each is judged on the plan as those before it leave it. The first refusal is that of all; its
    path begins with "commands.N", N from 0, where there are several.
    """
    recorded = history
    envelopes: list[Envelope] = []
    for place, command in enumerate(commands):
        decided = _decide(command, history, replace(stamp, place=place), recorded.position)
        if isinstance(decided, Refusal):
            return decided if len(commands) == 1 else of_several(place, decided)
        envelopes += decided
        if decided and place + 1 < len(commands):
            history = recorded.supposing() if history is recorded else history
            history.extend(_supposed(decided, history, command.plan))
    return envelopes


def _decide(
    command: PlanCommand, history: History, stamp: Stamp, recorded: int
) -> list[Envelope] | Refusal:
    supposed = range(recorded + 1, history.position + 1)
    if isinstance(command, CorrectEntry | VoidEntry) and command.entry in supposed:
        return unknown_entry(command.entry)
    on = command.effective_on or stamp.today
    outcome = decide(
        command,
        plan=history.state(history.position, on),
        record=history.record,
        timeline=history.spine(history.position),
        stamp=stamp,
    )
    if isinstance(outcome, Refusal):
        return outcome
    return [_envelope(found, command, stamp, found.effective_on or on) for found in outcome]


def _envelope(decided: Decided, command: PlanCommand, stamp: Stamp, on: date) -> Envelope:
    return Envelope(
        event=decided.event,
        effective_on=on,
        author=stamp.author,
        command_id=stamp.command_id,
        correlation_id=stamp.correlation_id,
        reason=command.reason,
        authority=command.authority,
        source=decided.source,
    )


def _supposed(envelopes: Sequence[Envelope], history: History, plan: str) -> list[Fact]:
    """Give facts as if they came next. No event says a position that is not recorded."""
    learned = history.record.facts[-1].recorded_us if history.record.facts else 0
    return [
        Fact(history.position + number, learned, plan, history.version + number, envelope)
        for number, envelope in enumerate(envelopes, start=1)
    ]


def impossible(commands: Sequence[PlanCommand]) -> Refusal | None:
    """Refuse commands that cannot be one commit, whatever each of them says."""
    if not 1 <= len(commands) <= MOST_COMMANDS:
        return _batch(f"1 to {MOST_COMMANDS} commands are recorded together, not {len(commands)}.")
    for place, command in enumerate(commands):
        if command.plan != commands[0].plan:
            return of_several(place, _batch("All must be about one plan. Send the rest apart."))
        if isinstance(command, _SETTLES) and place + 1 < len(commands):
            return of_several(
                place,
                _batch("It says how the plan stood, so it must be the last. Send the rest apart."),
            )
    return None


def _batch(message: str) -> Refusal:
    return Refusal(code=Code.BATCH_IMPOSSIBLE, message=message, path="commands")


def of_several(place: int, refusal: Refusal) -> Refusal:
    """Say which of several commands was refused; none is recorded."""
    path = None if refusal.path == "commands" else refusal.path
    where = f"commands.{place}"
    return replace(
        refusal,
        message=f"Command {place + 1}: {refusal.message}",
        path=f"{where}.{path}" if path else where,
    )
