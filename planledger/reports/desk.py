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

    def __init__(self, code: str, message: str, way: tuple[str, str] | None = None) -> None:
        """Decline with a stable code, and a sentence that says what to do next.

        Where something in the reading room leads on, `way` is its address, and what a link there
        says.
        """
        super().__init__(message)
        self.code = code
        self.message = message
        self.way = way


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

    @property
    def documents(self) -> Mapping[str, TrustedDocument]:
        """Every one of them, by its name."""
        return self._documents

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

        The list is the connection at `path`, such as ("changes",); the document takes `after`. See
        `ask_lists`.
        """
        return self.ask_lists(name, variables, context, {"after": path})

    def ask_lists(
        self,
        name: str,
        variables: Mapping[str, Any],
        context: Context,
        lists: Mapping[str, Sequence[str]],
    ) -> Answered:
        """Carry out a document again and again, until it has given all of several lists.

        Each list is a connection at its path, and goes on after the cursor in the variable that it
        is named by; the document selects `nodes` and `pageInfo { hasNextPage endCursor }` of it.
        All else is as it was first answered; ask for a point that cannot change, or a list may be
        of two states.

        Raises DeclinedError as `ask`, and for a list that is longer than anybody reads.
        """
        answered = latest = self.ask(name, variables, context)
        nodes = {key: list(_nodes(latest.data, path)) for key, path in lists.items()}
        cursors: dict[str, str] = {}
        for _ in range(MOST_FOLLOWED):
            unfinished = [key for key, path in lists.items() if _goes_on(latest.data, path)]
            if not unfinished:
                return _with(answered, [(lists[key], found) for key, found in nodes.items()])
            # A list that has ended is asked for again after its last: nothing comes, at no cost.
            cursors |= _cursors(latest.data, lists)
            latest = self.ask(name, {**variables, **cursors}, context)
            for key in unfinished:
                nodes[key] += _nodes(latest.data, lists[key])
        longest = max(len(found) for found in nodes.values())
        raise DeclinedError(
            "TOO_LONG", f"There are more than {longest:,} to list. Ask for less of it."
        )


def _nodes(data: Data, path: Sequence[str]) -> Sequence[Any]:
    found = _at(data, path)
    return found["nodes"] if found else ()


def _goes_on(data: Data, path: Sequence[str]) -> bool:
    found = _at(data, path)
    return bool(found) and found["pageInfo"]["hasNextPage"]


def _cursors(data: Data, lists: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Give where each list went to, but for those that gave nothing: they stay where they were."""
    found = {key: _at(data, path) for key, path in lists.items()}
    ends = {key: one["pageInfo"]["endCursor"] for key, one in found.items() if one}
    return {key: end for key, end in ends.items() if end is not None}


def _at(data: Data, path: Sequence[str]) -> Any:  # noqa: ANN401 - an object of the answer, or null
    found: Any = data
    for name in path:
        found = found and found[name]
    return found


def _with(answered: Answered, lists: Sequence[tuple[Sequence[str], list[Any]]]) -> Answered:
    """Give an answer with all of its lists in place of their first pages."""
    data: Any = answered.data
    for path, nodes in lists:
        if _at(data, path) is None:
            continue
        changed: Any = {**_at(data, path), "nodes": nodes}
        for depth in range(len(path) - 1, -1, -1):
            changed = {**_at(data, path[:depth]), path[depth]: changed}
        data = changed
    return Answered(
        document=answered.document, variables=answered.variables, data=data, final=answered.final
    )
