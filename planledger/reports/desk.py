"""The desk at which pages and papers ask: registered documents, carried out by their names."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct

from planledger.graphql.context import Context
from planledger.graphql.execution import Execution, Question
from planledger.graphql.trusted import TrustedDocument

MOST_FOLLOWED: Final = 100
"""How many pages of a list are followed at the most, each of 100."""

Data = Mapping[str, Any]


class DeclinedError(Exception):
    """What was asked for is not there, or cannot be asked so; the message is for people."""

    def __init__(self, code: str, message: str) -> None:
        """Decline with a stable code, and a sentence that says what to do next."""
        super().__init__(message)
        self.code = code
        self.message = message


class Answered(Struct, frozen=True, kw_only=True):
    """What a registered document was answered with."""

    document: TrustedDocument
    variables: Mapping[str, Any]
    """As JSON has them; those that are null are left out."""
    data: Data
    final: bool
    """The same question will be given the same answer for ever, by this release."""


class Desk:
    """Carries out the registered documents. Waits for the store; safe to use from many threads."""

    def __init__(self, execution: Execution, documents: Iterable[TrustedDocument]) -> None:
        """Ask those of `documents` by `execution`."""
        self._execution = execution
        self._documents = {document.name: document for document in documents}

    def ask(self, name: str, variables: Mapping[str, Any], context: Context) -> Answered:
        """Carry out the document of a name.

        Raises DeclinedError where the answer has an error; KeyError where no document has that
        name.
        """
        document = self._documents[name]
        stated = {key: value for key, value in variables.items() if value is not None}
        outcome = self._execution.answer(Question(document.text, stated), context)
        if outcome.errors or outcome.data is None:
            error = outcome.errors[0]
            code = str((error.extensions or {}).get("code", "BAD_USER_INPUT"))
            raise DeclinedError(code, error.message)
        return Answered(document=document, variables=stated, data=outcome.data, final=outcome.final)

    def ask_all(
        self, name: str, variables: Mapping[str, Any], context: Context, path: Sequence[str]
    ) -> Answered:
        """Carry out a document again and again, until it has given all of one list.

        The list is the connection at `path`, such as ("changes",); the document takes `after`, and
        selects `nodes` and `pageInfo { hasNextPage endCursor }` of it. All else is as it was first
        answered; ask for a point that cannot change, or the list may be of two states.

        Raises DeclinedError as `ask`, and for a list that is longer than anybody reads.
        """
        answered = self.ask(name, variables, context)
        found = connection = _at(answered.data, path)
        nodes = list(found["nodes"]) if found else []
        for _ in range(MOST_FOLLOWED):
            if not connection or not connection["pageInfo"]["hasNextPage"]:
                return _with(answered, path, nodes)
            after = connection["pageInfo"]["endCursor"]
            more = self.ask(name, {**variables, "after": after}, context)
            connection = _at(more.data, path)
            nodes += connection["nodes"] if connection else ()
        raise DeclinedError(
            "TOO_LONG", f"There are more than {len(nodes):,} to list. Ask for less of it."
        )


def _at(data: Data, path: Sequence[str]) -> Any:  # noqa: ANN401 - an object of the answer, or null
    found: Any = data
    for name in path:
        found = found and found[name]
    return found


def _with(answered: Answered, path: Sequence[str], nodes: list[Any]) -> Answered:
    """Give an answer with all of the list in place of its first page."""
    if _at(answered.data, path) is None:
        return answered
    data: Any = {**_at(answered.data, path), "nodes": nodes}
    for depth in range(len(path) - 1, -1, -1):
        data = {**_at(answered.data, path[:depth]), path[depth]: data}
    return Answered(
        document=answered.document, variables=answered.variables, data=data, final=answered.final
    )
