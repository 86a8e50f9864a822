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
from planledger.domain.plan import Plan
from planledger.domain.refusals import Code, Refusal
from planledger.domain.rules.record import unknown_entry
from planledger.events.envelope import Envelope, Fact
from planledger.projections.foreseeing import supposed
from planledger.projections.history import History

MOST_COMMANDS = 500
"""How many commands may be recorded together."""

_SETTLES = (CloseReview, IssueVersion, SetBaseline)
"""What says how the plan stood at its position: a position stands for the whole of its commit."""


class Trial:
    """Commands decided one after the other on one plan; nothing is recorded.

    Each is judged on the plan as those accepted before leave it. One that is refused changes
    nothing, so all that is wrong with many can be found at once.
    """

    def __init__(self, history: History, stamp: Stamp) -> None:
        """Begin with what is recorded; `history` itself stays as it is."""
        self._recorded = history.position
        self._history = history
        self._is_own = False
        self._stamp = stamp
        self._accepted: list[Fact] = []
        self._place = 0

    @property
    def plan(self) -> Plan | None:
        """All that would be known of the plan, whatever its day; None where there is none."""
        history = self._caught_up()
        return history.state(history.position)

    def decide(self, command: PlanCommand, *, more: bool = False) -> list[Envelope] | Refusal:
        """Decide the next command; give what it would record.

        With `more` to come after it, what must be the last is refused.
        """
        if more and isinstance(command, _SETTLES):
            return _not_last()
        history = self._caught_up()
        decided = _decide(command, history, replace(self._stamp, place=self._place), self._recorded)
        self._place += 1
        if not isinstance(decided, Refusal):
            self._accepted = supposed(decided, history, command.plan)
        return decided

    def _caught_up(self) -> History:
        """Give the history with what was accepted: only when it is asked for, as it costs."""
        if self._accepted:
            if not self._is_own:
                self._history, self._is_own = self._history.supposing(), True
            self._history.extend(self._accepted)
            self._accepted = []
        return self._history


def decide_all(
    commands: Sequence[PlanCommand], history: History, stamp: Stamp
) -> list[Envelope] | Refusal:
    """Decide commands on the plan of one history; give what to record, nothing yet recorded.

    Each is judged on the plan as those before it leave it. The first refusal is that of all; its
    path begins with "commands.N", N from 0, where there are several.
    """
    trial = Trial(history, stamp)
    envelopes: list[Envelope] = []
    for place, command in enumerate(commands):
        decided = trial.decide(command)
        if isinstance(decided, Refusal):
            return decided if len(commands) == 1 else of_several(place, decided)
        envelopes += decided
    return envelopes


def _decide(
    command: PlanCommand, history: History, stamp: Stamp, recorded: int
) -> list[Envelope] | Refusal:
    not_recorded = range(recorded + 1, history.position + 1)
    if isinstance(command, CorrectEntry | VoidEntry) and command.entry in not_recorded:
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


def impossible(commands: Sequence[PlanCommand]) -> Refusal | None:
    """Refuse commands that cannot be one commit, whatever each of them says."""
    if not 1 <= len(commands) <= MOST_COMMANDS:
        return _batch(f"1 to {MOST_COMMANDS} commands are recorded together, not {len(commands)}.")
    for place, command in enumerate(commands):
        if command.plan != commands[0].plan:
            return of_several(place, _batch("All must be about one plan. Send the rest apart."))
        if isinstance(command, _SETTLES) and place + 1 < len(commands):
            return of_several(place, _not_last())
    return None


def _not_last() -> Refusal:
    return _batch("It says how the plan stood, so it must be the last. Send the rest apart.")


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
