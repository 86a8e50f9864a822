"""Subscriptions: each entry is shown once for all who asked alike, however many they are.

A subscriber holds a position and nothing else; the feed wakes it, and it takes what is next. What
an entry looks like depends on the operation alone, so the first to come to it works that out, and
the others are given the same text.
"""

import asyncio
from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import aclosing
from inspect import isawaitable
from typing import Any, cast

from graphql import (
    ExecutionResult,
    Executor,
    FieldNode,
    GraphQLError,
    GraphQLObjectType,
    OperationType,
    VariableNode,
    Visitor,
    create_source_event_stream,
    execute_subscription_event,
    located_error,
    visit,
)
from graphql.execution.collect_fields import collect_fields
from graphql.execution.values import get_argument_values
from msgspec import Struct
from msgspec.json import encode

from planledger.events.envelope import Entry
from planledger.graphql.context import Context
from planledger.graphql.execution.execution import Execution
from planledger.graphql.execution.outcome import Outcome, Response
from planledger.graphql.execution.question import Question
from planledger.projections.recent import Recent

MOST_KEPT = 4_000
"""How many answers all subscribers of a process share: those asked for last."""
LONGEST_KEPT = 4_000
"""How many characters an answer may have to be kept for the next who asks."""

TURN = 100
"""How many kept answers are given before others have their turn."""


class Answer(Struct, frozen=True):
    """What is to be sent of one entry, or the only answer there is."""

    text: str
    """The response of GraphQL, as JSON; empty where it is said only from which position on entries
    will follow."""
    position: int | None = None
    """Of the entry; None for the answer to what is no subscription, and where that ends."""
    refused: tuple[GraphQLError, ...] = ()
    """Why nothing is carried out, or nothing more."""


class Following:
    """Carries out whatever operation, and gives its answers one after another.

    For one event loop.
    """

    def __init__(self, execution: Execution) -> None:
        """Carry out by `execution`."""
        self._execution = execution
        self._kept: Recent[tuple[object, ...], str] = Recent(MOST_KEPT)

    async def answers(self, question: Question, context: Context) -> AsyncGenerator[Answer, None]:
        """Give the one answer to a query or a mutation, or those to a subscription.

        The first of these has the position they follow after, and no text. They end when the feed
        is closed, or with one that has no position and says what failed.
        """
        # In a thread, since a long document that is not known yet takes long to be read.
        kind = await asyncio.to_thread(self._execution.kind, question)
        if kind is not OperationType.SUBSCRIPTION:
            response = await self._execution.answer_in_time(question, context)
            yield _only(response, response.errors if response.failure else ())
            return
        begun = self._execution.begun(question, context)
        if isinstance(begun, Outcome):
            yield _only(begun.written(), begun.errors)
            return
        source = create_source_event_stream(begun)
        if isawaitable(source):
            source = await source
        if isinstance(source, ExecutionResult):
            yield self._broken_off(source.errors or (), context)
            return
        entries = cast("AsyncGenerator[Entry, None]", source)  # as the resolver is one
        async with aclosing(entries):
            async for answer in self._shown(question, context, begun, entries):
                yield answer

    async def _shown(
        self,
        question: Question,
        context: Context,
        executor: Executor[Any],
        entries: AsyncGenerator[Entry, None],
    ) -> AsyncGenerator[Answer, None]:
        name, fields = _root(executor)
        yield Answer("", _begins_after(executor, fields[0], context))
        alike = (question.document, question.operation, _told_apart_by(question, executor, fields))
        given = 0
        try:
            async for entry in entries:
                given += 1
                key = (*alike, entry.position)
                text = self._kept.again(key)
                if text is None:
                    text = self._worked_out(executor, context, entry, key)
                    given = TURN
                if given >= TURN:
                    # Others have their turn: who catches up with all of a ledger takes long.
                    await asyncio.sleep(0)
                    given = 0
                yield Answer(text, entry.position)
        except Exception as error:  # noqa: BLE001 - it is told, masked where nobody expected it
            yield self._broken_off([located_error(error, fields, [name])], context)

    def _worked_out(
        self, executor: Executor[Any], context: Context, entry: Entry, key: tuple[object, ...]
    ) -> str:
        result = execute_subscription_event(executor.build_per_event_executor(entry))
        # No resolver of an entry is asynchronous.
        outcome = self._execution.told(cast("ExecutionResult", result), context)
        text = outcome.written().body.decode()
        # An error names the request that met it, so it is nobody else's.
        if not outcome.errors and len(text) <= LONGEST_KEPT:
            self._kept.keep(key, text)
        return text

    def _broken_off(self, errors: Iterable[GraphQLError], context: Context) -> Answer:
        outcome = self._execution.told(ExecutionResult(None, list(errors)), context)
        return _only(outcome.written(), outcome.errors)


def _only(response: Response, refused: tuple[GraphQLError, ...]) -> Answer:
    return Answer(response.body.decode(), None, refused)


def _root(executor: Executor[Any]) -> tuple[str, Sequence[FieldNode]]:
    """Give the one field of a subscription by its name in the answer, as the document has it."""
    collected = collect_fields(
        executor.schema,
        executor.fragments,
        executor.variable_values,
        _root_type(executor),
        executor.operation,
        executor.hide_suggestions,
    )
    ((name, details),) = collected.grouped_field_set.items()
    return name, [each.node for each in details]


def _root_type(executor: Executor[Any]) -> GraphQLObjectType:
    return cast("GraphQLObjectType", executor.schema.subscription_type)  # a field of it was found


def _begins_after(executor: Executor[Any], field: FieldNode, context: Context) -> int:
    if context.resumed_after is not None:
        return context.resumed_after
    definition = _root_type(executor).fields[field.name.value]
    after = get_argument_values(definition, field, executor.variable_values).get("after")
    return after or 0


def _told_apart_by(
    question: Question, executor: Executor[Any], fields: Iterable[FieldNode]
) -> bytes:
    """Give the variables that what is shown depends on: not which entries, but what of each."""
    names = _Names()
    for field in fields:
        for part in (field.selection_set, *(field.directives or ())):
            if part is not None:
                visit(part, names)
    for fragment in executor.fragment_definitions.values():
        visit(fragment, names)
    given = question.variables or {}
    return encode({name: given[name] for name in sorted(names.found) if name in given})


class _Names(Visitor):
    """Finds the names of variables."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def enter_variable(self, node: VariableNode, *_: Any) -> None:
        self.found.add(node.name.value)
