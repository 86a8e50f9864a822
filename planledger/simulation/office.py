"""The office that carries a history out, act by act."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from planledger.domain.commands import PlanCommand
from planledger.domain.finding import find_any
from planledger.domain.plan import Plan
from planledger.domain.refusals import Refusal
from planledger.events.envelope import Entry
from planledger.events.values import Author, PartyKind, Personal
from planledger.ledger import Ledger
from planledger.simulation.acts import Act, ToFind
from planledger.simulation.clock import SimulatedClock


class StoryError(Exception):
    """A history did not go as told: a rule has changed, or the story is wrong."""


class Office:
    """People with accounts, who know of the plan what they themselves recorded."""

    def __init__(
        self, ledger: Ledger, clock: SimulatedClock, plan: str, accounts: Mapping[str, str]
    ) -> None:
        """Work on one plan of a ledger whose clock this is; `accounts` are names by account."""
        self._ledger = ledger
        self._clock = clock
        self._plan = plan
        self._authors = {
            account: Author(id=f"{plan}:{account}", name=Personal(words=name))
            for account, name in accounts.items()
        }
        self._recorded: dict[str, Entry] = {}
        self.acts = 0
        self.refusals = 0

    def carry_out(self, acts: Iterable[Act], watch: Callable[[int], None]) -> None:
        """Carry out acts, in their order; `watch` is told how many are done.

        Raises StoryError when one is refused that should not be, or the other way round, or is
        so already.
        """
        for act in acts:
            self._clock.move_on(act.day)
            fields: Any = {name: self._found(value) for name, value in act.fields.items()}
            command: Any = act.command(plan=self._plan, **fields)
            self._carry_out(act, command)
            watch(self.acts)

    def party(self, name: Personal, kind: PartyKind | None) -> str:
        """Give the id of the party of this name; of two the first."""
        plan = self._now()
        parties = plan.parties.values() if plan is not None else ()
        found = [one for one in parties if one.name == name and kind in (None, one.kind)]
        if not found:
            raise StoryError(f"No party of this name is known: {name}.")
        return min(found, key=lambda one: one.registered_at).id

    def query_about(self, item: str) -> str:
        """Give the id of the open query about an item."""
        plan = self._now()
        about = find_any(plan, item) if plan is not None else None
        queries = plan.queries.values() if plan is not None else ()
        open_ones = [
            query.id
            for query in queries
            if about is not None and query.item == about.id and query.resolution is None
        ]
        if len(open_ones) != 1:
            raise StoryError(f"There are {len(open_ones)} open queries about {item}, not one.")
        return open_ones[0]

    def recorded(self, name: str) -> Entry:
        """Give the last entry that the act of this name recorded."""
        if name not in self._recorded:
            raise StoryError(f"No act named {name!r} has been carried out yet.")
        return self._recorded[name]

    def command_id(self, name: str) -> str:
        """Give the id of the command of the act of this name."""
        return f"{self._plan}:{name}"

    def _carry_out(self, act: Act, command: PlanCommand) -> None:
        self.acts += 1
        outcome = self._ledger.submit(
            command,
            author=self._authors[act.who],
            command_id=self.command_id(act.called or str(self.acts)),
            correlation_id=f"simulation:{self._plan}",
        )
        told = f"Act {self.acts} ({act.command.__name__}, {act.day}, {act.fields})"
        if isinstance(outcome, Refusal):
            if outcome.code is not act.refused:
                raise StoryError(f"{told} was refused: {outcome.code.value}: {outcome.message}")
            self.refusals += 1
            return
        if act.refused is not None:
            raise StoryError(f"{told} was carried out but should have been refused.")
        if not outcome.entries or outcome.repeated:
            raise StoryError(f"{told} was so already.")
        if act.called is not None:
            self._recorded[act.called] = outcome.entries[-1]

    def _now(self) -> Plan | None:
        history = self._ledger.history(self._plan)
        return history.state(history.position)

    def _found(self, value: object) -> object:
        if isinstance(value, ToFind):
            found: object = value.find(self)
            return found
        if isinstance(value, tuple):
            return tuple(self._found(inner) for inner in value)
        return value
