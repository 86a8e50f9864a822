"""The schema over a real ledger, and short ways to ask it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from graphql import GraphQLError

from planledger.graphql.context import Context
from planledger.graphql.execution import Execution, Question
from planledger.graphql.schema import make_schema
from planledger.ledger import Ledger
from planledger.storage.sqlite import SqliteStore
from tests.support.ledgers import AUTHOR, SettableClock

SCHEMA = make_schema()
EXECUTION = Execution(SCHEMA)
EVENT = "__typename position plan version effectiveOn type reason commandId correlationId"
RECORDED = "... on Recorded { position alreadySo repeated events { __typename position } }"
ERROR = "... on UserError { code message path }"


class Asker:
    """GraphQL over some ledger."""

    def __init__(self, ledger: Ledger) -> None:
        """Ask `ledger`."""
        self.ledger = ledger
        self.context = Context(ledger=ledger, author=AUTHOR)

    def run(
        self, document: str, variables: dict[str, Any] | None = None
    ) -> tuple[Any, list[GraphQLError]]:
        """Give data and errors."""
        outcome = EXECUTION.answer(Question(document, variables), self.context)
        return outcome.data, list(outcome.errors)

    def ask(self, document: str, **variables: Any) -> dict[str, Any]:
        """Ask what is answered without an error."""
        data: dict[str, Any] | None
        data, errors = self.run(document, variables)
        assert errors == []
        assert data is not None
        return data

    def error(self, document: str, **variables: Any) -> GraphQLError:
        """Ask what is answered with one error and no data."""
        data, errors = self.run(document, variables)
        assert data is None
        (error,) = errors
        return error

    def refusal(self, document: str, **variables: Any) -> object:
        """Ask what is answered with one error, and give its code."""
        error = self.error(document, **variables)
        assert error.message.endswith("."), error.message
        return code_of(error)

    def do(self, mutation: str, given: dict[str, Any], shown: str = "") -> dict[str, Any]:
        """Carry out a mutation, and give what it answers with the fields that are `shown`."""
        kind = f"{mutation[0].upper()}{mutation[1:]}Input!"
        document = (
            f"mutation($input: {kind}) {{ it: {mutation}(input: $input) "
            f"{{ __typename {RECORDED} {ERROR} {shown} }} }}"
        )
        answer: dict[str, Any] = self.ask(document, input=given)["it"]
        return answer

    def done(self, mutation: str, given: dict[str, Any], shown: str = "") -> dict[str, Any]:
        """Carry out a mutation that is to record something."""
        answer = self.do(mutation, given, shown)
        assert answer.get("alreadySo") is False, answer
        return answer

    def head(self) -> int:
        """Give the last position."""
        return int(self.ask("{ ledger { basis { position } } }")["ledger"]["basis"]["position"])


class Face(Asker):
    """GraphQL over a SQLite ledger whose clock is set by hand."""

    def __init__(self, path: Path) -> None:
        """Make the ledger at `path`."""
        self.path = path
        self.clock = SettableClock()
        self.store = SqliteStore(path, self.clock, create=True)
        super().__init__(Ledger(self.store, self.clock))

    def close(self) -> None:
        """Let go of the file."""
        self.ledger.close()

    def begin(self, plan: str = "alpha") -> None:
        """Record a plan with one area, one action and one milestone: four positions."""
        self.done("planDraft", {"plan": plan, "title": f"Plan {plan}"})
        self.done("areaAdd", {"plan": plan, "number": "1", "title": "Leadership"})
        self.done("actionAdd", {"plan": plan, "area": "1", "ref": "1.1", "text": "Lead"})
        self.done("milestonePropose", {"plan": plan, "action": "1.1", "text": "A board meets"})


def code_of(error: GraphQLError) -> object:
    """Give the stable code of an error."""
    return (error.extensions or {}).get("code")


def paged(ask: Callable[[str | None], dict[str, Any]]) -> list[dict[str, Any]]:
    """Follow the pages of a list to its end; `ask` gives the page after a cursor."""
    found: list[dict[str, Any]] = []
    after = None
    while True:
        page = ask(after)
        found += page["edges"]
        if not page["pageInfo"]["hasNextPage"]:
            return found
        assert page["edges"], "a page that is empty and not the last would have no end"
        after = page["pageInfo"]["endCursor"]
