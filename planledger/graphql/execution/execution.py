"""Questions carried out over one schema."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import strawberry
from anyio import fail_after, to_thread
from graphql import ExecutionResult, Executor, GraphQLError, OperationType

from planledger.graphql.context import Context, Grounds
from planledger.graphql.errors import Teller, declined, unavailable
from planledger.graphql.execution.carrying import carry_out
from planledger.graphql.execution.limits import EVERYBODY, Limits
from planledger.graphql.execution.outcome import Failure, Outcome, Response
from planledger.graphql.execution.preparing import ERRORS_TOLD, Prepared, Preparing, Unfit
from planledger.graphql.execution.question import Question

ANSWER_SECONDS = 20.0
"""How long carrying out a document may take; it may be recorded even so."""

_CODES = {
    Failure.PARSING: "GRAPHQL_PARSE_FAILED",
    Failure.VALIDATION: "GRAPHQL_VALIDATION_FAILED",
    Failure.SIZE: "OPERATION_TOO_LARGE",
    Failure.OPERATION: "OPERATION_UNKNOWN",
    Failure.VARIABLES: "BAD_USER_INPUT",
}
"""The code of an error that has none of its own, by what failed."""


class Execution:
    """Carries out documents; safe to use from many threads."""

    def __init__(
        self, schema: strawberry.Schema, *, mask: bool = True, limits: Limits | None = EVERYBODY
    ) -> None:
        """Carry out what is asked of `schema`, within `limits` if there are any.

        What clients must not see is masked and logged; without `mask` it is left to the caller, as
        the `original_error` of the error.
        """
        self._schema = schema._schema  # noqa: SLF001 - the library has no other way to it
        self._preparing = Preparing(self._schema, limits)
        self._teller = Teller(mask=mask)

    def prepare(self, document: str) -> Prepared | Unfit:
        """Parse and validate a document, or recall what came of it."""
        return self._preparing.prepare(document)

    def kind(self, question: Question) -> OperationType | None:
        """Tell a query from a mutation; None where nothing could be carried out."""
        prepared = self.prepare(question.document)
        if isinstance(prepared, Unfit):
            return None
        operation = prepared.operation(question.operation)
        return None if operation is None else operation.operation

    def answer(self, question: Question, context: Context) -> Outcome:
        """Carry out a query or a mutation. Waits for the store: call it in a thread."""
        prepared = self.prepare(question.document)
        said = prepared.costs.told(question.operation)
        if isinstance(prepared, Unfit):
            return self._failed(prepared.failure, prepared.errors, context, said)
        operation = prepared.operation(question.operation)
        if operation is None or operation.operation is OperationType.SUBSCRIPTION:
            return self._failed(Failure.OPERATION, [_which(question, prepared)], context, said)
        # What it rests on is its own, whoever else has the context.
        carried = carry_out(self._schema, prepared, question, replace(context, grounds=Grounds()))
        if carried.data is None and carried.errors and not any(e.path for e in carried.errors):
            return self._failed(Failure.VARIABLES, carried.errors, context, said)
        return Outcome(
            data=carried.data,
            errors=self._teller.told(carried.errors, context, "BAD_USER_INPUT"),
            extensions=said,
            final=carried.final,
        )

    async def answer_in_time(self, question: Question, context: Context) -> Response:
        """Carry out a query or a mutation in a thread of its own, and answer within a time.

        Should it take longer than anybody waits, it is answered for as the store would be: the
        store is what it waits for, or who waits for the store. Whoever cancels this goes on at
        once; what was begun is still carried out.
        """

        def carry_out() -> Response:
            # Written where it was made, while all of it is at hand for the processor.
            return self.answer(question, context).written()

        try:
            with fail_after(ANSWER_SECONDS):
                return await to_thread.run_sync(carry_out, abandon_on_cancel=True)
        except TimeoutError:
            errors = (unavailable(context),)
            return Outcome(data=None, errors=errors, failure=Failure.TIME).written()

    def begun(self, question: Question, context: Context) -> Executor[Any] | Outcome:
        """Begin a subscription; or give what came of it where nothing can be carried out."""
        prepared = self.prepare(question.document)
        said = prepared.costs.told(question.operation)
        if isinstance(prepared, Unfit):
            return self._failed(prepared.failure, prepared.errors, context, said)
        executor = Executor.build(
            self._schema,
            prepared.document,
            context_value=context,
            raw_variable_values=dict(question.variables or {}),
            operation_name=question.operation,
            max_coercion_errors=ERRORS_TOLD,
        )
        if isinstance(executor, list):
            return self._failed(Failure.VARIABLES, executor, context, said)
        return executor

    def told(self, result: ExecutionResult, context: Context) -> Outcome:
        """Give what came of one event of a subscription, its errors as clients are told them."""
        errors = self._teller.told(result.errors or (), context, "BAD_USER_INPUT")
        return Outcome(data=result.data, errors=errors)

    def _failed(
        self,
        failure: Failure,
        errors: Iterable[GraphQLError],
        context: Context,
        said: Mapping[str, Any],
    ) -> Outcome:
        told = self._teller.told(errors, context, _CODES[failure])
        return Outcome(data=None, errors=told, extensions=said, failure=failure)


def _which(question: Question, prepared: Prepared) -> GraphQLError:
    if prepared.operation(question.operation) is not None:
        return declined(
            "OPERATION_NOT_POSSIBLE",
            "A subscription is answered over a WebSocket (graphql-transport-ws) or as "
            "text/event-stream.",
        )
    if question.operation is None:
        return declined("OPERATION_UNKNOWN", "Say by operationName which operation to carry out.")
    return declined(
        "OPERATION_UNKNOWN", f"The document has no operation {question.operation[:80]!r}."
    )
