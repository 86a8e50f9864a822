"""Carrying out an operation: compiled where that goes well, else by graphql-core."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from graphql import (
    ExecutionResult,
    GraphQLError,
    GraphQLResolveInfo,
    GraphQLSchema,
    execute_sync,
)
from msgspec import Struct

from planledger.graphql.context import Context
from planledger.graphql.execution.compiling import Compiled
from planledger.graphql.execution.preparing import ERRORS_TOLD, Prepared
from planledger.graphql.execution.question import Question
from planledger.graphql.execution.roomy import roomy


class Carried(Struct, frozen=True):
    """What came of carrying out an operation; errors as they were found."""

    data: dict[str, Any] | None
    errors: tuple[GraphQLError, ...] = ()
    final: bool = False
    """The same operation with the same variables will give the same for ever, by this release."""


def carry_out(
    schema: GraphQLSchema,
    prepared: Prepared,
    question: Question,
    context: Context,
    root: object = None,
) -> Carried:
    """Carry out the operation that is asked for, from a root value.

    The document has it. Waits for the store: call it in a thread.
    """
    return roomy(partial(_carry_out, schema, prepared, question, context, root))


def _carry_out(
    schema: GraphQLSchema, prepared: Prepared, question: Question, context: Context, root: object
) -> Carried:
    attempt = _compiled(schema, prepared, question.operation).attempt(
        question.variables or {}, context, root
    )
    if attempt.data is not None:
        return Carried(attempt.data, final=attempt.final)
    result = ordinarily(schema, prepared, question, context, root, attempt.found)
    errors = tuple(result.errors or ())
    return Carried(result.data, errors, final=attempt.final and not errors)


def _compiled(schema: GraphQLSchema, prepared: Prepared, name: str | None) -> Compiled:
    compiled = prepared.compiled.get(name)
    if compiled is None:
        operation = prepared.operation(name)
        if operation is None:
            raise ValueError("The document has no such operation; whoever asks looks first.")
        compiled = prepared.compiled[name] = Compiled(schema, prepared.document, operation)
    return compiled


def ordinarily(  # noqa: PLR0913, PLR0917 - all that graphql-core needs
    schema: GraphQLSchema,
    prepared: Prepared,
    question: Question,
    context: Context,
    root: object = None,
    found: Mapping[str, object] | None = None,
) -> ExecutionResult:
    """Carry it out by graphql-core; `found` is what resolvers at the root gave or raised before."""
    return execute_sync(
        schema,
        prepared.document,
        root_value=root,
        context_value=context,
        variable_values=dict(question.variables or {}),
        operation_name=question.operation,
        max_coercion_errors=ERRORS_TOLD,
        middleware=[_as_before(found)] if found else None,
    )


def _as_before(found: Mapping[str, object]) -> Callable[..., Any]:
    """Give middleware that resolves fields at the root as they were resolved before, if so."""

    def resolved(
        resolve: Callable[..., Any],
        shown: object,
        info: GraphQLResolveInfo[Context],
        **arguments: Any,
    ) -> Any:  # noqa: ANN401 - as any resolver
        place = str(info.path.key)
        if info.path.prev is not None or place not in found:
            return resolve(shown, info, **arguments)
        before = found[place]
        if isinstance(before, Exception):
            raise before
        return before

    return resolved
